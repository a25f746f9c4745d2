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

import re
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Final, Literal
from xml.etree import ElementTree

from pydantic import ConfigDict, TypeAdapter, ValidationError

# What a run writes for the council's own eyes: small counts stand in it as they are. It never goes out, so that the
# folders beside it can be sent or published whole.
INTERNAL = "internal"
RESULTS_FILE = f"{INTERNAL}/results.json"
FINDINGS_FILE = f"{INTERNAL}/findings.csv"
SCHEMA: Final = 4

OutcomeCode = Literal["found", "clear", "could_not_check"]
SeverityCode = Literal["must_fix", "query", "note"]
FigureState = Literal[
    "reported",
    "computed",
    "provisional",
    "restated",
    "suppressed",
    "not_reported",
    "blank",
    "unavailable",
    "not_published",
]
YesNo = Literal["Yes", "No", "Cannot say"]
DirectionWords = Literal["better", "worse", "no clear change", "neither good nor bad", ""]
VerdictCode = Literal["holds", "fails", "cannot_check"]
Level = Literal["B", "G", "A", "R", "not_yet", "unknown"]


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
class Link:
    """label   the words of the link, whole by themselves: 'In-year forecast, report line 11'"""

    label: str
    to: str


@dataclass(frozen=True)
class Figure:
    """One of the (four) figures of the first page.

    value    '£53m'          reason   why there is no figure, or what it rests on; '' when the figure speaks for itself
    change   '+£23.1m (77%) against the agreement', or ''
    target   'Agreed: £29.9m', or ''
    to       where it comes from, usually 'source:<id>' or 'indicator:<id>'
    """

    id: str
    title: str
    value: str
    change: str
    target: str
    reason: str
    to: str


@dataclass(frozen=True)
class AnswerResult:
    """One on-track question. `answer` is 'Yes', 'No' or 'Cannot say'."""

    id: str
    question: str
    answer: YesNo
    reason: str
    evidence: tuple[Link, ...]


@dataclass(frozen=True)
class LinkedSentence:
    """A sentence with a link after it (what changed; what is asked; a note under a table)."""

    text: str
    to: str


@dataclass(frozen=True)
class ColumnResult:
    title: str
    numeric: bool


@dataclass(frozen=True)
class TableResult:
    """rows: cells as shown, as many as there are columns. The first cell of a row names it."""

    columns: tuple[ColumnResult, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """title     says the finding            alt   what the picture shows, in one or two sentences
    svg, png, csv   files inside DIR; csv holds the same table with plain values
    narrow    the same drawn for a narrow screen, a file inside DIR; '' where the svg serves there too
    source    'Monitoring report, lines 61 to 66; as at 31 January 2025'
    """

    id: str
    title: str
    alt: str
    svg: str
    png: str
    csv: str
    table: TableResult
    source: str
    narrow: str


@dataclass(frozen=True)
class Reading:
    """One indicator in one period.

    period, label   '2025-01', 'Jan 2025'
    text            '37.5%' or the words of the gap: 'Not reported'
    value           '37.5', or None; part and whole likewise, where there are two counts
    reason          why there is no figure, or ''
    source          'Monitoring report line 80'
    """

    period: str
    label: str
    text: str
    value: str | None
    part: str | None
    whole: str | None
    state: FigureState
    reason: str
    source: str


@dataclass(frozen=True)
class ChangeResult:
    """text        '+0.4 points', '+8.3%', or '' where there is none
    against     'Dec 2024', '' where there is none
    direction   a word, judged by the direction of good; volumes are 'neither good nor bad'
    reason      why there is none, or what to beware of ('Crosses the roll-over of school years'), or ''
    """

    text: str
    against: str
    direction: DirectionWords
    reason: str


@dataclass(frozen=True)
class IndicatorResult:
    """sentence          the finding, the page's heading: 'Overdue annual reviews rose to 7,765 in January 2025'
    short_title       for a row of the dashboard; may equal title
    definition        what is counted, in a sentence or two
    part_words        the numerator in words, or '' where it is a plain amount; whole_words likewise the denominator
    good_direction    'Lower is better', 'Higher is better' or 'Neither good nor bad in itself'
    latest            the last period with a figure; None where there never was one (then `no_latest` says why)
    gaps              'No gaps', '3 of 13 months not reported', 'Never reported'
    next_update       'July 2025', or '' where nobody has said
    signals           process-control sentences; empty where there are none, or too few points
    signals_now       whether one of them touches the latest month of the dashboard
    target            '70.0% in Jan 2026', or that none is on record
    comment           one line on why it stands where it does, '' where nobody wrote one; comment_source: from where
    also_called       further names that people use for it
    beside            ids of the comparisons with other councils that speak of the same thing
    rows              oldest first
    """

    id: str
    condition: int | None
    title: str
    short_title: str
    sentence: str
    unit: str
    definition: str
    part_words: str
    whole_words: str
    data_source: str
    owner: str
    frequency: str
    next_update: str
    good_direction: str
    latest: Reading | None
    no_latest: str
    change_month: ChangeResult
    change_year: ChangeResult
    gaps: str
    sparkline_svg: str
    chart_id: str
    signals: tuple[str, ...]
    signals_now: bool
    target: str
    comment: str
    comment_source: str
    also_called: tuple[str, ...]
    beside: tuple[str, ...]
    rows: tuple[Reading, ...]


@dataclass(frozen=True)
class Given:
    """The level the owner gave at one update: 'April', 'G', 'On target'."""

    update: str
    level: Level
    words: str


@dataclass(frozen=True)
class Claim:
    """A figure, direction, comparison or date in a text, held against the data.

    verdict    holds, fails or cannot_check         stated    the words of the text
    computed   the figure by the data, or ''        why       one sentence
    to         the series or figure behind it: 'indicator:<id>', 'source:<id>' or ''
    bound      the bound figure that is offered in its place, or ''     shows     what a reader would see of it
    """

    verdict: VerdictCode
    stated: str
    computed: str
    why: str
    to: str
    bound: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Narrated:
    """One paragraph in our own words, with the place it restates ('REPORT 159', or '') and its claims."""

    text: str
    source: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class NarrativePart:
    """The paragraphs under one heading: 'Condition 3', 'On track: in year'."""

    title: str
    paragraphs: tuple[Narrated, ...]


@dataclass(frozen=True)
class NamedTable:
    """A table under its own heading. `notes` and `source` stand below it."""

    id: str
    title: str
    table: TableResult
    notes: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ConditionResult:
    """One condition of the agreement.

    given            one per update, in order
    current          the last given level that is a level; 'unknown' without one
    suggested        the level the measures point to, which the office asks the owner about; 'unknown' where they cannot
    agreement        how that and the owner's level stand to each other
    rank             1 for the condition to worry about most
    measures         what its measures do: 'Mixed: 2 better, 1 worse'; it is no level
    apart            the level and the measures point different ways, in a sentence, or ''
    why              the measures one by one, in sentences
    next_step        its next milestone, 'Specialist nurseries move to outreach: Sep 2025'
    owner            the role that answers for it
    chart_id         of the measure that matters most, '' where none has enough figures
    narrative        in our own words, each paragraph with its claims; tables: those that it names
    indicators       ids, in the order of the dashboard
    """

    number: int
    title: str
    full_title: str
    given: tuple[Given, ...]
    current: Level
    current_words: str
    suggested: Level
    suggested_words: str
    agreement: Literal["agree", "disagree", "cannot say"]
    rank: int
    measures: str
    apart: str
    why: tuple[str, ...]
    next_step: str
    owner: str
    chart_id: str
    narrative: tuple[Narrated, ...]
    tables: tuple[NamedTable, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class LevelKey:
    """One of the levels and what it means."""

    level: Level
    words: str
    meaning: str


@dataclass(frozen=True)
class CellResult:
    """A figure of the account: '£29.9m', or 'Not published' and the reason why. to: 'source:<id>' or ''."""

    text: str
    reason: str
    to: str

    @property
    def is_gap(self) -> bool:
        """Words stand where a figure would."""
        return not any(sign.isdigit() for sign in self.text)


@dataclass(frozen=True)
class AccountRow:
    """version   'Promised', 'Latest', 'Achieved', or '' where a line has one row only
    cells     one per year of the account
    """

    version: str
    cells: tuple[CellResult, ...]

    @property
    def all_one_gap(self) -> bool:
        """The same gap in every year, for the same reason: it need be said only once."""
        return self.cells[:1] * len(self.cells) == self.cells and all(cell.is_gap for cell in self.cells)


@dataclass(frozen=True)
class AccountLine:
    """A line of the sum, from top to bottom. `total` rules a line above it."""

    id: str
    title: str
    total: bool
    rows: tuple[AccountRow, ...]


@dataclass(frozen=True)
class NoteGroup:
    """Sentences under one heading."""

    title: str
    notes: tuple[LinkedSentence, ...]


@dataclass(frozen=True)
class MoneyPage:
    """A table of the account on a page of its own.

    words   what it is, in a sentence; group: the heading under which it is listed
    notes   what it says, sentence by sentence
    table   None where the file alone is offered; csv: the same table as a file
    register  the register that it rests on alone, '' for none: who may not see its rows may not see this
    """

    id: str
    title: str
    words: str
    group: str
    synthetic: bool
    notes: tuple[str, ...]
    table: TableResult | None
    csv: str
    register: str = ""


@dataclass(frozen=True)
class Account:
    """sentence   the page's heading: where the money stands
    measures   the contract's account table for people: measure, period, figure, where it comes from
    notes      the few sentences that matter first
    groups     everything else that a reader must know (contradictions, roundings), by subject, each with its link
    charts     ids, in order: the deficit promised and achieved, then the waterfall, then others
    pages      the tables behind it, each on its own page
    absent     what the workspace does not keep, and what therefore has no page
    """

    sentence: str
    years: tuple[str, ...]
    lines: tuple[AccountLine, ...]
    measures: TableResult
    notes: tuple[LinkedSentence, ...]
    groups: tuple[NoteGroup, ...]
    charts: tuple[str, ...]
    pages: tuple[MoneyPage, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForecastPart:
    """One part of the forecast's page, in the order: heading, paragraphs, charts, tables, points.

    level   1, or 2 for a part that belongs to the one before it
    """

    id: str
    title: str
    level: int
    paragraphs: tuple[str, ...]
    charts: tuple[str, ...]
    tables: tuple[NamedTable, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class ForecastPage:
    """sentence   the page's heading: where plans and money go, or why nobody can say
    basis      what it is made from, with the number of draws; '' where there is no forecast
    parts      empty where there is no forecast
    """

    sentence: str
    basis: str
    parts: tuple[ForecastPart, ...]


@dataclass(frozen=True)
class FigureTwice:
    """One indicator in one month, as reported and as computed, as they are shown; '' where there is no difference.

    standing   how the two stand to each other; shown: which of the two every other page shows
    """

    indicator: str
    title: str
    period: str
    reported: str
    computed: str
    difference: str
    standing: str
    shown: str
    why: str


@dataclass(frozen=True)
class CaseloadResult:
    """What was computed from the caseload, beside what was reported. It enters nothing else of these results.

    sentence    the page's heading: how the computed figures stand to the reported ones, or that there is no caseload
    synthetic   True where the caseload is invented; the page and what is downloaded from it say so
    notice      what an invented caseload is for, '' for a real one
    paragraphs  what was read and by which definitions; how its parts ended
    invented    how it was invented, sentence by sentence
    tables      empty without a caseload
    csv         the computed indicators, a file inside DIR; '' without a caseload
    differences  reported beside computed, month by month, a file inside DIR; '' without a caseload
    twice        the same row by row, for the page that holds the two against each other
    """

    sentence: str
    synthetic: bool
    notice: str
    paragraphs: tuple[str, ...]
    invented: tuple[str, ...]
    tables: tuple[NamedTable, ...]
    csv: str
    differences: str
    twice: tuple[FigureTwice, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What moved since the last report, the measures that matter most to the agreement first.

    sentence   the page's heading, since when and how many
    basis      what is compared with what
    better, worse   one sentence a measure
    levels     the levels that an owner changed
    known      figures that became known after the report, beside those in it
    """

    sentence: str
    basis: str
    better: tuple[LinkedSentence, ...]
    worse: tuple[LinkedSentence, ...]
    levels: tuple[LinkedSentence, ...]
    known: tuple[NamedTable, ...]


@dataclass(frozen=True)
class Factor:
    """One thing behind a risk, with what was done about it."""

    text: str
    progress: str


@dataclass(frozen=True)
class Risk:
    """A row of the risk register.

    id        its place in the register, from 1; number: as the register numbers it
    current   the last given level; owner: a role, or that none is named
    figures   what it rests on, each with its source
    """

    id: str
    number: str
    title: str
    current: Level
    current_words: str
    given: tuple[Given, ...]
    owner: str
    mitigations: tuple[str, ...]
    progress: str
    figures: tuple[Link, ...]
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Risks:
    """sentence   the page's heading; rows: worst first, empty without a register"""

    sentence: str
    rows: tuple[Risk, ...]


@dataclass(frozen=True)
class RegisterPage:
    """A register that the council keeps.

    words      what it is for, in a sentence; headline: its one sentence with its figures, '' without any
    rows       '12 rows', or 'fewer than 5 rows' of casework
    attention  how many of them want attention, '' for none
    casework   its rows are about single children: they are not listed here
    measures   its measures in their latest period, small counts hidden
    table      its rows in words, the first of many; None for casework
    left_out   how many of its rows are not listed here, in words, or ''
    """

    id: str
    title: str
    words: str
    headline: str
    rows: str
    attention: str
    casework: bool
    place: str
    measures: TableResult
    table: TableResult | None
    left_out: str


@dataclass(frozen=True)
class Registers:
    """sentence   the page's heading; absent: titles of the registers that are not kept
    due        the calendar: what is late, due or paused in all of them; of casework only how many
    """

    sentence: str
    pages: tuple[RegisterPage, ...]
    absent: tuple[str, ...]
    due: TableResult = TableResult((), ())


AreaKind = Literal["own", "england", "region", "middle", "neighbour", "other"]


@dataclass(frozen=True)
class ComparedArea:
    """One area over the periods of a comparison.

    id      'england', 'region', 'middle', or a council's number
    values  plain numbers for drawing, None where there is none; texts: the same as shown
    """

    id: str
    name: str
    kind: AreaKind
    values: tuple[str | None, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class PublishedComparison:
    """One published measure of every council.

    sentence      the page's heading: ours, England's, and where we stand
    subject, per  what is compared, and what it is divided by; comparisons of one subject differ only in `per`
    part, whole   numerator and denominator in words
    periods       as shown, oldest first
    areas         ours, England, the region, the middle of the neighbours, then the neighbours
    others        every other council with a figure in any of the periods, by name
    rank          '12 of 151, 1 is the highest'
    csv           every council and period, a file inside DIR
    drawn, alt    ours, England, the region and the middle of the neighbours over time: a file inside DIR, and in words
    """

    id: str
    title: str
    sentence: str
    subject: str
    per: Literal["head", "plan", "case", "pupil on SEN support"]
    part: str
    whole: str
    unit: str
    source: str
    periods: tuple[str, ...]
    areas: tuple[ComparedArea, ...]
    others: tuple[ComparedArea, ...]
    rank: str
    csv: str
    drawn: str
    alt: str


@dataclass(frozen=True)
class Comparisons:
    """sentence   the page's heading; measures: empty where nothing is published of this council"""

    sentence: str
    measures: tuple[PublishedComparison, ...]


@dataclass(frozen=True)
class RuleLine:
    """One rule and how it ended. `why` says why it could not be checked, or ''."""

    rule: str
    question: str
    severity: SeverityCode
    outcome: OutcomeCode
    looked_at: int
    found: int
    why: str


@dataclass(frozen=True)
class FindingRow:
    """The contract's columns. `about` links to what it speaks of, where there is a page: 'indicator:<id>'."""

    rule: str
    severity: SeverityCode
    file: str
    line: int | None
    record: str
    field: str
    message: str
    fix: str
    about: str


@dataclass(frozen=True)
class FindingsResult:
    """sentence   the page's heading: '14 findings from 23 checks; none must be fixed before the report goes out'"""

    sentence: str
    rules: tuple[RuleLine, ...]
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True)
class Download:
    """A file to download. group 'report' (one document in its formats) or 'table' (tidy CSV and the like).

    format   'HTML', 'PDF', 'Word', 'Excel workbook', 'CSV'
    bytes    its size
    note     'Tagged for screen readers, 24 pages', or ''; of a table, the section of the report it belongs to
    """

    file: str
    title: str
    format: str
    bytes: int
    group: Literal["report", "table"]
    note: str


@dataclass(frozen=True)
class SectionResult:
    """A section of the report, for the contents on its page. Numbered as the template numbers them."""

    number: int
    title: str
    summary: str


@dataclass(frozen=True)
class ReportResult:
    title: str
    sentence: str
    sections: tuple[SectionResult, ...]


@dataclass(frozen=True)
class ListedReport:
    """A document that there is.

    command    by which it is written alone: 'highneeds report FOLDER --kind board'
    sections   their titles, as this run has written them; none where it is written only when it is asked for
    """

    title: str
    readers: str
    command: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class SourceResult:
    """Where an outside figure comes from.

    document   'Kent Safety Valve monitoring report, 2 April 2025'
    where      'line 11', or ''
    printed    as printed: '£29.9m'
    meaning    'In-year overspend agreed for 2024-25, before contributions'
    note       confidence or caveat, or ''
    """

    id: str
    document: str
    where: str
    printed: str
    meaning: str
    note: str


@dataclass(frozen=True)
class Results:
    """Everything the pages show.

    sentence             where we stand, in one sentence
    overview_charts      chart ids of the first page (normally one)
    changed, asked       what changed since the last report (at most five), what is asked of the reader
    dashboard_sentence   the dashboard's heading: the finding over all indicators
    conditions_sentence  the heading of the page of conditions
    claims_sentence      the heading of the page of claims; narrative: all of it, in its order
    reports              every document that there is, the one that is signed first
    """

    schema: Literal[4]
    council: CouncilResult
    run: RunResult
    sentence: str
    figures: tuple[Figure, ...]
    answers: tuple[AnswerResult, ...]
    overview_charts: tuple[str, ...]
    changed: tuple[LinkedSentence, ...]
    asked: tuple[LinkedSentence, ...]
    dashboard_sentence: str
    conditions: tuple[ConditionResult, ...]
    indicators: tuple[IndicatorResult, ...]
    conditions_sentence: str
    claims_sentence: str
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
    """The results folder cannot be shown. Says what is wrong and where, in a sentence."""


_SHAPES: list[Any] = [value for value in vars().values() if is_dataclass(value)]
for _shape in _SHAPES:
    _shape.__pydantic_config__ = ConfigDict(extra="forbid")

_RESULTS = TypeAdapter(Results)


def written(found: Results) -> bytes:
    """The results as their file holds them."""
    return _RESULTS.dump_json(found, indent=1)


def load(folder: Path) -> Results:
    """The results in `folder`, whole and consistent: every link leads somewhere, every file is there."""
    path = folder / RESULTS_FILE
    try:
        results = _RESULTS.validate_json(path.read_bytes())
    except FileNotFoundError:
        raise ResultsError(f"{path}: there are no results yet. Run highneeds run first.") from None
    except ValidationError as problem:
        raise ResultsError(f"{path}: {_first(problem)} Run highneeds run again with this version.") from None
    problems = [*_repeated(results), *_dead_links(results), *_lost_files(results, folder), *_unsafe_sparklines(results)]
    if problems:
        raise ResultsError(f"{path}: {problems[0]} ({len(problems)} in all)")
    return results


def _first(problem: ValidationError) -> str:
    error = problem.errors()[0]
    return f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}."


PLACES = frozenset(
    ("", "money", "forecast", "dashboard", "conditions", "changes", "risks", "registers", "comparisons")
) | {"findings", "claims", "caseload", "report"}
"""Where a `to` leads by itself."""


def targets(results: Results) -> frozenset[str]:
    """Every `to` that leads somewhere."""
    return frozenset(
        PLACES
        | {f"register:{page.id}" for page in results.registers.pages}
        | {f"risk:{risk.id}" for risk in results.risks.rows}
        | {f"comparison:{one.id}" for one in results.comparisons.measures}
        | {f"indicator:{indicator.id}" for indicator in results.indicators}
        | {f"chart:{chart.id}" for chart in results.charts}
        | {f"source:{source.id}" for source in results.sources}
        | {f"condition:{condition.number}" for condition in results.conditions}
        | {f"rule:{rule.rule}" for rule in results.findings.rules}
    )


def _links(thing: Any) -> list[str]:
    """Every `to` and `about` anywhere inside."""
    if isinstance(thing, tuple):
        return [link for part in thing for link in _links(part)]
    if not is_dataclass(thing):
        return []
    named = [getattr(thing, name) for name in ("to", "about") if hasattr(thing, name)]
    return named + [link for field in fields(thing) for link in _links(getattr(thing, field.name))]


def _dead_links(results: Results) -> list[str]:
    alive = targets(results)
    named = [f"chart:{chart}" for chart in (*results.overview_charts, *results.account.charts)]
    named += [f"chart:{indicator.chart_id}" for indicator in results.indicators if indicator.chart_id]
    named += [f"chart:{chart}" for part in results.forecast.parts for chart in part.charts]
    named += [f"chart:{condition.chart_id}" for condition in results.conditions if condition.chart_id]
    named += [f"comparison:{name}" for indicator in results.indicators for name in indicator.beside]
    named += [f"indicator:{name}" for condition in results.conditions for name in condition.indicators]
    return [f"'{link}' leads nowhere." for link in [*_links(results), *named] if link not in alive]


def _repeated(results: Results) -> list[str]:
    problems = []
    kinds = {kind: getattr(results, kind) for kind in ("figures", "answers", "indicators", "charts", "sources")}
    parts = results.forecast.parts
    kinds["forecast"] = (*parts, *(table for part in parts for table in part.tables))
    kinds["caseload"] = results.caseload.tables
    kinds["money"] = results.account.pages
    kinds["registers"] = results.registers.pages
    kinds["comparisons"] = results.comparisons.measures
    for kind, things in kinds.items():
        ids = [thing.id for thing in things]
        problems += [f"{kind}: '{name}' is there twice." for name in ids if ids.count(name) > 1]
        problems += [f"{kind}: '{name}' is no id." for name in ids if not re.fullmatch(r"[a-z0-9_-]+", name)]
    return problems


def file_in(folder: Path, name: str) -> Path | None:
    """The file of that name inside the folder, or None: nothing outside is reached, not even by a symbolic link."""
    path = (folder / name).resolve()
    return path if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _lost_files(results: Results, folder: Path) -> list[str]:
    names = [document.file for document in results.documents]
    names += [results.caseload.csv] if results.caseload.csv else []
    names += [page.csv for page in results.account.pages]
    names += [name for one in results.comparisons.measures for name in (one.csv, one.drawn)]
    names += [name for chart in results.charts for name in (chart.svg, chart.png, chart.csv, chart.narrow) if name]
    return [f"the file '{name}' is not in the results folder." for name in names if file_in(folder, name) is None]


SPARKLINE_PARTS = frozenset(
    ("svg", "g", "title", "desc", "path", "line", "polyline", "polygon", "rect", "circle", "text")
)
# fmt: off
SPARKLINE_ATTRIBUTES = frozenset((
    "viewBox", "width", "height", "preserveAspectRatio", "role", "aria-label", "aria-hidden", "focusable",
    "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "transform", "vector-effect",
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-opacity", "opacity", "text-anchor", "font-size", "font-weight",
))
# fmt: on


def _unsafe_sparklines(results: Results) -> list[str]:
    return [
        f"indicators: the sparkline of '{indicator.id}' holds more than lines and shapes."
        for indicator in results.indicators
        if indicator.sparkline_svg and not _is_plain_drawing(indicator.sparkline_svg)
    ]


def _is_plain_drawing(svg: str) -> bool:
    """True for an SVG of the parts and attributes above, which may stand in a page as it is."""
    if "<!" in svg or "<?" in svg:
        return False
    try:
        parts = list(ElementTree.fromstring(svg).iter())
    except ElementTree.ParseError:
        return False
    return all(_local(part.tag) in SPARKLINE_PARTS and SPARKLINE_ATTRIBUTES.issuperset(part.attrib) for part in parts)


def _local(tag: Any) -> str:
    return str(tag).removeprefix("{http://www.w3.org/2000/svg}")
