"""docs/how-to/add-a-kind-of-claim.md, followed to the letter: the file is added, and its claims are read."""

import importlib
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cli_runner import run
from golden.small_councils import EXAMPLES, _files
from golden.worked_evidence import WORKED
from highneeds.claims import Reader, claims_table
from highneeds.claims import kinds as room
from highneeds.claims.kinds import kinds, patterns_from
from highneeds.evidence import Evidence
from highneeds.forecast.summary import NoForecast
from highneeds.report.blocks import DataTable
from highneeds.report.build import build
from highneeds.report.pages.narrative import narrated_part
from highneeds.report.reports.submission import submission
from highneeds.report.sections.claims import for_review
from highneeds.vocabulary.note import Note
from memory_store import MemoryStore

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-kind-of-claim.md"
NAME = "highneeds.claims.kinds.first_time"
TEXT = "Overdue annual reviews fell below 7,000 for the first time in October 2024."


def forget() -> None:
    kinds.cache_clear()
    patterns_from.cache_clear()
    sys.modules.pop(NAME, None)
    vars(room).pop("first_time", None)


@pytest.fixture
def added(tmp_path, monkeypatch):
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    (tmp_path / "first_time.py").write_text(code[1], encoding="utf-8")
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    forget()
    yield next(kind for kind in kinds() if kind.name == "first time")
    monkeypatch.undo()
    forget()


def test_a_kind_that_is_added_is_found_and_read(added):
    reader = Reader(WORKED)
    for text, verdict in added.examples:
        claims = reader.claims_in(text)
        (own,) = [one for one in claims if one.kind == "first time"]
        assert own.verdict == verdict, own.why
        assert any(row[0].startswith("first time: ") for row in claims_table(claims).rows)


def test_the_command_the_document_and_the_page_say_what_it_found(added, tmp_path):
    """Kent's overdue reviews were first below 7,000 in September 2024."""
    (tmp_path / "said.md").write_text(f"# Narrative\n\n## Headlines\n\n{TEXT}\n", encoding="utf-8")
    command = run("claims", EXAMPLES / "kent", "--text", tmp_path / "said.md", "--format", "csv")
    assert command.code == 0 and "First so in Sep 2024" in command.out, command.err
    documents = dict(_files("kent"))
    name = next(one for one in documents if one.endswith("narrative.md"))
    documents[name] = b"# Narrative\n\n## Condition 2\n\n" + TEXT.encode() + b"\n"
    evidence = Evidence(MemoryStore(documents))
    said = [cell.text for block in for_review(evidence).blocks if isinstance(block, DataTable) for row in block.rows
            for cell in row.cells]  # fmt: skip
    assert any("First so in Sep 2024" in one for one in said), said
    claims = [one for paragraph in narrated_part(evidence, "Condition 2") for one in paragraph.claims]
    assert [(one.verdict, one.why) for one in claims if one.why.startswith("First so")] == [
        ("fails", "First so in Sep 2024")
    ]


def test_the_reference_has_it_with_its_examples(added, monkeypatch):
    monkeypatch.syspath_prepend(PAGE.parents[2] / "scripts")
    texts = "\n".join(importlib.import_module("write_reference").claim_texts())
    own = texts.split("## First time\n")[1].split("\n## ")[0]
    assert all(f'"{text}" {verdict}' in own for text, verdict in added.examples)


def test_what_it_found_is_said_by_no_report_that_goes_out(added):
    """The council's own words go out without our remark, and a report that goes out refuses the list of claims."""
    documents = dict(_files("kent"))
    name = next(one for one in documents if one.endswith("narrative.md"))
    documents[name] = b"# Narrative\n\n## Headlines: drivers of change\n\n" + TEXT.encode() + b"\n"
    evidence = Evidence(MemoryStore(documents)).supposing(
        forecast=NoForecast(Note.of("no_forecast.refused", why="Not asked for")), earlier_draft=None
    )
    sent = repr(build(submission, evidence))
    assert TEXT in sent and "First so in" not in sent
    with pytest.raises(ValueError, match="its section 'claims' stays inside"):
        build(replace(submission, sections=(for_review,)), evidence)


def test_without_it_the_words_are_not_read():
    forget()
    (one,) = Reader(WORKED).claims_in("Overdue annual reviews fell below 7,000 for the first time in September 2024.")
    assert "for the first time" in one.why and one.verdict == "cannot_check"
