"""The results of one run, as the pages read them: the shape of DIR/internal/results.json, written by `highneeds run`.

The engine decides every word and every figure here; the pages only lay them out. So:

- Text is ready to be shown: '£29.9m', '37.5%', '+0.4 points', 'Jan 2025', '31 January 2025', 'Not reported'.
  A number that a program may want stands beside it as plain text (`value`: '38.8'), None where there is none.
- Nothing is left out silently. A missing figure has text that says so ('Not reported') and a `reason`.
- Every list may be empty; no key may be missing and none may be unknown. What does not fit is refused by name.
- `id` is lower-case letters, digits, '_' and '-'. It becomes part of an address, so it stays the same from run to run.
- A file is named by its path inside DIR, with '/' ('internal/charts/waterfall.svg'), and must exist there.
- `to` is where a link leads. One of:
  'indicator:<id>', 'chart:<id>', 'source:<id>', 'condition:<number>', 'rule:<code>' (its findings),
  'register:<id>', 'risk:<id>', 'comparison:<id>', 'money', 'forecast', 'dashboard', 'findings', 'conditions',
  'changes', 'risks', 'registers', 'comparisons', 'claims', 'caseload', 'report'; or '' where there is nothing to link
  to.
- An SVG file may hold what the chart library writes; it is shown as a picture. `sparkline_svg` stands in the page
  itself, so it holds only svg, g, title, desc, path, line, polyline, polygon, rect, circle and text, with no
  style, class, id, href or event. It uses fill and stroke with 'currentColor' or a colour, and a viewBox.
"""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from highneeds.report.pages.results.caseload import CaseloadResult
from highneeds.report.pages.results.changes import Changes
from highneeds.report.pages.results.comparisons import Comparisons
from highneeds.report.pages.results.conditions import ConditionResult, LevelKey
from highneeds.report.pages.results.documents import Download, ListedReport, ReportResult, SourceResult
from highneeds.report.pages.results.findings import FindingsResult
from highneeds.report.pages.results.forecast import ForecastPage
from highneeds.report.pages.results.indicators import IndicatorResult
from highneeds.report.pages.results.money import Account
from highneeds.report.pages.results.narrative import NarrativePart
from highneeds.report.pages.results.parts import Chart, LinkedSentence, PageFinding
from highneeds.report.pages.results.registers import Registers
from highneeds.report.pages.results.risks import Risks
from highneeds.report.pages.results.standing import AnswerResult, Figure

# What a run writes for the council's own eyes: small counts stand in it as they are. It never goes out, so that the
# folders beside it can be sent or published whole.
INTERNAL = "internal"
RESULTS_FILE = f"{INTERNAL}/results.json"
FINDINGS_FILE = f"{INTERNAL}/findings.csv"
SCHEMA: Final = 5


@dataclass(frozen=True)
class CouncilResult:
    """Whose data this is.

    la_number   '886'
    as_at       '31 January 2025'
    agreement   '2022-23 to 2027-28', or '' without one
    described   one sentence: which documents or returns the figures come from
    """

    name: str
    la_number: str
    as_at: str
    agreement: str
    described: str
    synthetic: bool


@dataclass(frozen=True)
class RunResult:
    """What made these results. `fingerprint` is printed in every document; `version` is highneeds.__version__.

    inputs   the fingerprint of the workspace's own files, by which a change of any of them is noticed
    """

    fingerprint: str
    version: str
    seed: int | None
    inputs: str = ""


@dataclass(frozen=True)
class Results:
    """Everything the pages show.

    sentence             where we stand
    overview_charts      chart ids of the first page (normally one)
    changed, asked       what changed since the last report (at most five), what is asked of the reader
    dashboard_sentence   the dashboard's heading: the finding over all indicators
    conditions_sentence  the heading of the page of conditions
    claims_sentence      the heading of the page of claims; narrative: all of it, in its order
    reports              every document that there is, the one that is signed first
    """

    schema: Literal[5]
    council: CouncilResult
    run: RunResult
    sentence: PageFinding
    figures: tuple[Figure, ...]
    answers: tuple[AnswerResult, ...]
    overview_charts: tuple[str, ...]
    changed: tuple[LinkedSentence, ...]
    asked: tuple[LinkedSentence, ...]
    dashboard_sentence: PageFinding
    conditions: tuple[ConditionResult, ...]
    indicators: tuple[IndicatorResult, ...]
    conditions_sentence: PageFinding
    claims_sentence: PageFinding
    narrative: tuple[NarrativePart, ...]
    levels: tuple[LevelKey, ...]
    account: Account
    forecast: ForecastPage
    caseload: CaseloadResult
    changes: Changes
    risks: Risks
    registers: Registers
    comparisons: Comparisons
    findings: FindingsResult
    charts: tuple[Chart, ...]
    report: ReportResult
    documents: tuple[Download, ...]
    sources: tuple[SourceResult, ...]
    reports: tuple[ListedReport, ...] = ()

    __pydantic_config__ = ConfigDict(extra="forbid")


class ResultsError(Exception):
    """The results cannot be shown. Says what is wrong and where, in a sentence."""


_RESULTS = TypeAdapter(Results)


def written_results(found: Results) -> bytes:
    """The results as their file holds them."""
    return _RESULTS.dump_json(found, indent=1)


def read_results(content: bytes) -> Results:
    """The results out of their file: every key is there and none is unknown."""
    try:
        return _RESULTS.validate_json(content)
    except ValidationError as problem:
        raise ResultsError(f"{_first(problem)} Run highneeds run again with this version.") from None


def _first(problem: ValidationError) -> str:
    error = problem.errors()[0]
    return f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}."
