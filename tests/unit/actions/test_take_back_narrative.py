"""The narrative from an edited Word file: what would change is shown, what changes is on the record, and no more."""

import io
from datetime import UTC, datetime

import docx

from cli_runner import run
from golden.small_councils import NOTHING
from highneeds.actions.take_back_narrative import narrative_changes, take_back_narrative
from highneeds.evidence import Evidence
from highneeds.forecast.summary import NoForecast
from highneeds.report.words import headlines
from highneeds.vocabulary.note import Note
from memory_store import MemoryStore

NOW = datetime(2025, 7, 15, 9, tzinfo=UTC)
TITLE = headlines.PARTS["Headlines: barriers"]
PLACE = "programme/2025-07/narrative.md"
BEFORE = b"# Emptyshire\n\n## Headlines: barriers\n\nTwo schools are late. [REPORT 11]\n\nNobody was hired.\n"


def word_file(*lines):
    document = docx.Document()
    for style, text in lines:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def edited(*more):
    return word_file(
        ("Heading 2", TITLE), ("Normal", "Two schools are late."), ("Normal", "Three people were hired."), *more
    )


def council(narrative=BEFORE):
    store = MemoryStore(NOTHING | ({PLACE: narrative} if narrative else {}))
    return store, Evidence(store).supposing(forecast=NoForecast(Note.of("no_forecast.refused", why="none")))


def told(found):
    return found.place, [(one.part, list(one.difference)) for one in found.parts]


DIFFERENCE = [("Headlines: barriers", ["-Nobody was hired.", "+Three people were hired."])]


def test_what_would_change_is_shown_and_nothing_is_written():
    store, evidence = council()
    assert told(narrative_changes(evidence, edited(), "x.docx")) == (PLACE, DIFFERENCE)
    assert store.documents[PLACE] == BEFORE and store.record() == ()


def test_what_changes_keeps_the_sources_of_the_rest_and_is_on_the_record():
    store, evidence = council()
    assert told(take_back_narrative(store, evidence, edited(), where="x.docx", by="SEND", now=NOW))[1] == DIFFERENCE
    assert store.documents[PLACE] == BEFORE.replace(b"Nobody was", b"Three people were")
    [entry] = store.record()
    assert (entry.what, entry.why, entry.by) == ("Take the narrative back from x.docx", "Headlines: barriers", "SEND")
    again = take_back_narrative(store, evidence, edited(), where="x.docx", by="SEND", now=NOW)
    assert told(again) == (PLACE, []) and len(store.record()) == 1


def test_a_report_without_a_narrative_begins_one():
    store, evidence = council(b"")
    take_back_narrative(store, evidence, edited(), where="x.docx", by="SEND", now=NOW)
    begun = b"# Narrative\n\n## Headlines: barriers\n\nTwo schools are late.\n\nThree people were hired.\n"
    assert store.documents[PLACE] == begun


def test_the_command_shows_what_would_change_and_with_a_role_changes_it(monkeypatch, tmp_path):
    store, evidence = council()
    monkeypatch.setattr("highneeds.run.gather", lambda folder: evidence)
    (tmp_path / "x.docx").write_bytes(edited())
    shown = "## Headlines: barriers\n-Nobody was hired.\n+Three people were hired.\n\n"
    done = run("narrative", tmp_path, tmp_path / "x.docx")
    assert (done.code, done.out) == (0, f"{shown}1 part of {PLACE} would change\n") and store.record() == ()
    done = run("narrative", tmp_path, tmp_path / "x.docx", "--by", "SEND")
    assert (done.code, done.out) == (0, f"{shown}1 part of {PLACE} changed\n") and store.record()[-1].by == "SEND"
