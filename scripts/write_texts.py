"""Write what every document says, as plain text, for review: python scripts/write_texts.py

One file for each kind of document and example, in tests/golden/texts. A test holds the documents to them, so that a
changed sentence shows in review as a changed line. Beside it, in tests/golden/claims_said, what the reader of claims
says of each sentence of its sets, with the reason.
"""

import csv
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import numpy as np

import highneeds.report.words as words
from highneeds.claims import Reader, evidence_of
from highneeds.evidence import RETURNS_AHEAD, Evidence
from highneeds.forecast.joint import JointForecast, JointMeans
from highneeds.forecast.published.panel import TOTALS
from highneeds.forecast.state import AGES, NEEDS, SETTINGS
from highneeds.intake.workspace import read_workspace
from highneeds.report.build import build
from highneeds.report.render.text import render
from highneeds.report.reports import reports
from highneeds.run import gather

REPOSITORY = Path(__file__).parent.parent
TEXTS = REPOSITORY / "tests" / "golden" / "texts"
CLAIMS = REPOSITORY / "tests" / "golden" / "claims_said"
SETS = sorted([*CLAIMS.parent.glob("claims_blind_*.csv"), *CLAIMS.parent.glob("claims_unseen_*.csv")])
WORKED = CLAIMS / "worked.txt"
"""Sentences of small figures, checkable with a pencil, beside what is said of them. A new one: add its line."""
EXAMPLES = ("kent", "harrowdale")
WORDS_FILE = REPOSITORY / "tests" / "golden" / "words_of_documents.txt"
KINDS = ("submission", "review", "since", "board", "cabinet", "forum", "public")
ELSEWHERE = ("claims", "quality", "signing-sheet", "others", "explanations")
"""Sections that golden files of their own hold: every claim, finding and comparison, and the sheet that counts them."""
WORDS_ALONE = ("annexes", "dsg-plan", "lsrp", "scap", "reconciliation")
"""Of these the words are held, and not the figures, which move with every forecast: # stands for a number."""
FROM_FORECAST = ("annex-a-forecast",)
"""A council that publishes enough has a forecast of its own here, which takes long and has tests of its own."""


def texts_of(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """(name of the document, what it says), for each of those that people read through."""
    fresh = evidence.supposing(earlier_draft=None)  # whoever ran the example has drafts in its folder
    for report in reports():
        if report.kind in KINDS:
            document = build(report, fresh)
            sections = tuple(one for one in document.sections if one.id not in ELSEWHERE)
            yield report.name or report.kind, without_runs(render(replace(document, sections=sections)))
        elif report.kind in WORDS_ALONE and not (report.name in FROM_FORECAST and evidence.workspace.facts):
            document = build(report, fresh.supposing(_joint=by_hand(fresh)))
            yield report.name or report.kind, without_figures(render(document, rows=False))


def by_hand(evidence: Evidence) -> dict[int, JointForecast]:
    """In place of the forecast that returns ask for: five plans of ten-year-olds in every year, with and without an
    action; its figures are not held."""
    newest = int(str(evidence.published.table(TOTALS)["year"].max()))
    januaries = tuple(range(newest, newest + RETURNS_AHEAD + 1))
    plans, flows = np.zeros((len(januaries), AGES, len(NEEDS), len(SETTINGS))), np.ones((RETURNS_AHEAD, AGES))
    plans[:, 10, 0, 0] = 5.0
    means = JointMeans(januaries, plans, flows, flows, flows)
    known = evidence.workspace.council.la_number in set(evidence.published.table(TOTALS)["la_number"])
    return {januaries[-1]: JointForecast("", (("", means), ("A new unit", means)))} if known else {}


def words_of_documents() -> str:
    """Every wording that stands ready in report/words, one a line, also those that neither example comes to."""
    found: list[str] = []
    for module in iter_modules(words.__path__):
        found += [f"# {module.name}", ""]
        for name, value in vars(import_module(f"{words.__name__}.{module.name}")).items():
            found += [] if name.startswith("__") else _flat(name, value)
        found.append("")
    return "\n".join(found)


def _flat(name: str, value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{name}: {value}"
    elif isinstance(value, dict | list | tuple):
        parts = value.items() if isinstance(value, dict) else enumerate(value, 1)
        for place, part in parts:
            yield from _flat(f"{name} {place}", part)


def claims_said(readers: Mapping[str, Reader], labelled: Path) -> str:
    """What is said of each sentence of a labelled set."""
    with labelled.open(encoding="utf-8") as file:
        rows = [*csv.DictReader(file)]
    return "".join(sentence_report(readers[row.get("council") or "kent"], row["sentence"]) for row in rows)


def sentence_report(reader: Reader, sentence: str) -> str:
    """A sentence, and under it each place that the reader found: verdict, kind, words, series, figure, reason."""
    claims = [(one.verdict.value, one.kind, one.stated, " ".join(one.series), one.computed, one.why)
              for one in reader.claims_in(sentence)]  # fmt: skip
    return "".join((f"{sentence}\n", *(f"    {' | '.join(claim)}\n" for claim in claims)))


def worked_again(on_file: str) -> str:
    """The sentences of a file as they are told now, of the small evidence of tests/golden/worked_evidence.py."""
    reader = Reader(import_module("golden.worked_evidence").WIDER)
    return "".join(sentence_report(reader, line) for line in on_file.splitlines() if not line.startswith("    "))


def without_figures(text: str) -> str:
    """Every number, and the years in the head of a table that only differ by one, as one mark."""
    marked = re.sub(r"\d[\d,.]*\d|\d", "#", text)
    return re.sub(r"(\|[^|\n]*#[^|\n]*)(?: ?\|[^|\n]*#[^|\n]*)+", r"\1| ...", marked)


def without_runs(text: str) -> str:
    """A run's fingerprint moves with every input, a section's number with every section; nobody reviews them."""
    text = re.sub(r"^(#+) \d+\. ", r"\1 ", text, flags=re.MULTILINE)
    return re.sub(r"\brun [0-9a-f]{12}\b", "run ...", text)


def main() -> None:
    TEXTS.mkdir(parents=True, exist_ok=True)
    WORDS_FILE.write_text(words_of_documents(), encoding="utf-8")
    readers = {name: Reader(evidence_of(read_workspace(REPOSITORY / "examples" / name))) for name in EXAMPLES}
    CLAIMS.mkdir(exist_ok=True)
    for path in SETS:
        (CLAIMS / f"{path.stem}.txt").write_text(claims_said(readers, path), encoding="utf-8")
    sys.path.insert(0, str(REPOSITORY / "tests"))
    WORKED.write_text(worked_again(WORKED.read_text(encoding="utf-8")), encoding="utf-8")
    for example in EXAMPLES:
        with closing(gather(REPOSITORY / "examples" / example)) as evidence:
            for name, text in texts_of(evidence):
                (TEXTS / f"{example}-{name}.txt").write_text(text, encoding="utf-8")
    sys.path.insert(0, str(REPOSITORY / "tests"))
    for module in ("golden.shapes", "golden.formats", "golden.claims_whole", "golden.taken_apart"):
        import_module(module).write()


if __name__ == "__main__":
    main()
