"""What became of a council's spreadsheet: of every cell of its dashboard, and of every sum of its finance workbook."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.intake.ledger.finance_mapping import MappedLine
from highneeds.intake.spreadsheet.aside import Aside
from highneeds.intake.workspace.dashboard_mapping import MappedRow
from highneeds.vocabulary.table import Table


class CellOutcome(StrEnum):
    """What became of a cell."""

    NEW = "new"
    UNCHANGED = "unchanged"
    RESTATED = "restated"
    FINAL = "final, was provisional"
    NOT_READ = "not read"

    @property
    def is_change(self) -> bool:
        return self in (CellOutcome.RESTATED, CellOutcome.FINAL)


@dataclass(frozen=True)
class ImportedCell:
    """One cell of the spreadsheet and what became of it; `note` says why, where that is not plain."""

    where: str
    printed: str
    title: str
    indicator: str
    period: str
    outcome: CellOutcome
    state: str
    value: Decimal | None
    note: str

    @property
    def row(self) -> tuple[object, ...]:
        names = (self.where, self.printed, self.title, self.indicator, self.period)
        return (*names, self.outcome.value, self.state, self.value, self.note)


@dataclass(frozen=True)
class ImportedDashboard:
    """mapping     of every row, as it is kept
    suggestions  row -> an indicator of another wording that it may be
    cells        every cell of every row
    asides       rows that are no figures, and what each was taken for
    sheets       sheets that were not read
    changed      documents that were written; none where nothing is new
    """

    sheet: str
    heads_at: str
    mapping: tuple[MappedRow, ...]
    suggestions: dict[str, str]
    cells: tuple[ImportedCell, ...]
    asides: tuple[Aside, ...]
    sheets: tuple[str, ...]
    changed: tuple[str, ...]

    def table(self) -> Table:
        columns = ("where", "printed", "row", "indicator", "period", "outcome", "state", "value", "note")
        rows: list[tuple[object, ...]] = [one.row for one in self.cells]
        rows += [(one.where, one.text, "", "", "", "not read", "", None, one.taken_for) for one in self.asides]
        return Table.of(columns, rows, "What was done with every cell")


class SumOutcome(StrEnum):
    """What became of a cell."""

    NEW = "new"
    UNCHANGED = "unchanged"
    RESTATED = "restated"
    NOT_READ = "not read"


@dataclass(frozen=True)
class ImportedSum:
    """One cell of the workbook and what became of it."""

    where: str
    printed: str
    row: str
    goes_to: str
    year: str
    month: str
    outcome: SumOutcome
    amount_gbp: Decimal | None
    note: str

    @property
    def cells(self) -> tuple[object, ...]:
        names = (self.where, self.printed, self.row, self.goes_to, self.year, self.month)
        return (*names, self.outcome.value, self.amount_gbp, self.note)


@dataclass(frozen=True)
class ImportedFinance:
    """sums: every cell of a row of money; asides: what is none; unknown: rows that nobody has mapped yet."""

    sums: tuple[ImportedSum, ...]
    asides: tuple[Aside, ...]
    mapping: tuple[MappedLine, ...]
    unknown: tuple[str, ...]
    changed: tuple[str, ...]

    def table(self) -> Table:
        columns = ("where", "printed", "row", "goes_to", "year", "month", "outcome", "amount_gbp", "note")
        rows: list[tuple[object, ...]] = [one.cells for one in self.sums]
        rows += [(one.where, one.text, "", "", "", "", "not read", None, one.taken_for) for one in self.asides]
        return Table.of(columns, rows, "What was done with every cell")
