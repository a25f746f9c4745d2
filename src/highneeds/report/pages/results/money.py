"""The page of the account, and the pages of the tables behind it."""

from dataclasses import dataclass

from highneeds.report.pages.results.parts import LinkedSentence, PageFinding, TableResult


@dataclass(frozen=True)
class CellResult:
    """A figure of the account: '£29.9m', or 'Not published' and the reason why.

    to      'source:<id>' or ''
    is_gap  words stand where a figure would
    """

    text: str
    reason: str
    to: str
    is_gap: bool


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

    sentence: PageFinding
    years: tuple[str, ...]
    lines: tuple[AccountLine, ...]
    measures: TableResult
    notes: tuple[LinkedSentence, ...]
    groups: tuple[NoteGroup, ...]
    charts: tuple[str, ...]
    pages: tuple[MoneyPage, ...] = ()
    absent: tuple[str, ...] = ()
