"""A council's finance workbook becomes its account: years.csv and spend.csv, with what was done with every cell."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import PurePosixPath

from highneeds.actions._sums_kept import KeptSums
from highneeds.intake.file_names import file_name_to_keep
from highneeds.intake.ledger.finance_mapping import FILE as MAPPING
from highneeds.intake.ledger.finance_mapping import SPOKEN, MappedLine, as_csv, read_finance_mapping
from highneeds.intake.ledger.spend import SPEND_BEGINS_WITH, SPEND_KEYS
from highneeds.intake.ledger.years import MONEY, YEARS_BEGIN_WITH
from highneeds.intake.spreadsheet.aside import OF_ANOTHER_COUNCIL, Aside
from highneeds.intake.spreadsheet.figures import TOO_LARGE, ReadFigure, read_figure
from highneeds.intake.spreadsheet.grid import Grid, read_grids, sheets_to_read
from highneeds.intake.spreadsheet.imported import ImportedFinance, ImportedSum, SumOutcome
from highneeds.intake.spreadsheet.money import MoneyCell, money_cells
from highneeds.intake.values import BEYOND
from highneeds.intake.workspace.council import read_council
from highneeds.store.place import Place, documents
from highneeds.store.protocol import Store
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.s251 import CODES
from highneeds.vocabulary.state import State

YEARS, SPEND = "finance/years.csv", "finance/spend.csv"
PAID = ("dfe_payment_received_gbp", "council_contribution_gbp")
"""What these columns hold has been paid; a column of the workbook that is a budget says nothing of it."""
NOT_APPLICABLE = ("z", "not applicable")
"""A line that a council does not have: nothing is missing of it."""
PENNY = Decimal("0.01")


def import_finance(
    store: Store, file: Place, sheet: str = "", year: FinancialYear | None = None, *, by: str, now: datetime
) -> ImportedFinance:
    """Read a finance workbook into the account. InputError where no sheet holds a sum of a year; nothing is written.

    sheet   the one to read; all that hold sums where it is not given
    year    the financial year of a sheet that says none

    What is kept is read while the store is locked: of two workbooks imported at once, the sums of both are there.
    """
    council = read_council(documents(store))
    grids = read_grids(file)
    hidden = () if sheet else tuple(Aside(one.name, one.name, "a hidden sheet") for one in grids if one.hidden)
    found, asides = _sums(sheets_to_read(grids, sheet), council.la_number, year)
    named = file_name_to_keep(PurePosixPath(file.name).name, also=[council.name])
    with store.change(by=by, now=now, what=f"Import the finance workbook {named}") as change:
        kept = {one.row: one for one in read_finance_mapping(documents(store))}
        reading = _FinanceImport(store, kept, named, now.date())
        sums = tuple(reading.read(found))
        if not any(one.outcome is not SumOutcome.NOT_READ for one in sums):
            raise InputError(_why_none(sums, asides), where=file.name, remedy=_what_to_do(reading, found, asides))
        mapping = tuple({**kept, **reading.mapping}.values())
        for name, data in reading.files().items():
            change.put(name, data)
        change.put(MAPPING, as_csv(mapping).encode())
        changed = tuple(change.documents)
    return ImportedFinance(sums, (*asides, *hidden), mapping, tuple(reading.unknown), changed)


def _sums(
    grids: Sequence[Grid], la_number: str, year: FinancialYear | None
) -> tuple[tuple[MoneyCell, ...], tuple[Aside, ...]]:
    cells: list[MoneyCell] = []
    asides: list[Aside] = []
    for grid in grids:
        found, others = money_cells(grid, la_number)
        cells += [replace(one, year=one.year or year) for one in found]
        asides += others if found or others else [Aside(grid.name, grid.name, "a sheet without years or periods")]
    return tuple(cells), tuple(asides)


def _why_none(sums: Sequence[ImportedSum], asides: Sequence[Aside]) -> str:
    if not sums:
        other = next((one for one in asides if one.taken_for == OF_ANOTHER_COUNCIL), None)
        return f"Every row is of another council: {other.text}" if other else "No sheet holds sums by year or period"
    return f"None of {len(sums)} cells could be read; the first: {sums[0].note}"


def _what_to_do(reading: "_FinanceImport", found: Sequence[MoneyCell], asides: Sequence[Aside]) -> str:
    if not found and any(one.taken_for == OF_ANOTHER_COUNCIL for one in asides):
        return "Use the workspace of that council, or correct la_number in council.toml"
    if found and all(one.year is None for one in found):
        return "Give the financial year with --year 2024-25"
    if reading.unknown:
        return f"Write what the row '{next(iter(reading.unknown))}' is in {MAPPING}, as row,goes_to, and import again"
    return "Write years as 2024-25, or periods as P1 to P12, over the columns, and lines such as 1.2.3 before the rows"


class _FinanceImport:
    """The sums of a workbook against what the account holds."""

    def __init__(self, store: Store, kept: Mapping[str, MappedLine], file: str, today: date) -> None:
        self.kept, self.file = kept, file
        self.mapping: dict[str, MappedLine] = {}
        self.unknown: dict[str, None] = {}
        self.years = KeptSums(store, YEARS, ("year",), YEARS_BEGIN_WITH, today)
        self.spend = KeptSums(store, SPEND, SPEND_KEYS, SPEND_BEGINS_WITH, today)
        self.seen: dict[tuple[str, ...], str] = {}
        self.open: dict[tuple[str, ...], str] = {}

    def read(self, cells: Sequence[MoneyCell]) -> Iterator[ImportedSum]:
        plain = [one for one in cells if not one.to_date]
        yield from (self._one(one) for one in plain)
        yield from self._to_date([one for one in cells if one.to_date])
        yield from self._totals(cells)
        begun = {key[0] for key in self.spend.keys_there()}
        for key, why in self.open.items():  # a year of which nothing is known yet is no year with missing lines
            if key[0] in begun:
                self.spend.leave_open(key, why)

    def _goes_to(self, one: MoneyCell) -> str | None:
        """A line, a column of years.csv, '' for a row that is left out on purpose; None where nobody knows."""
        if one.label in self.kept:
            return self.kept[one.label].goes_to
        target = one.code if one.code in CODES else ""
        if not target and not one.code:
            words = " ".join(re.findall(r"[a-z0-9]+", one.label.lower()))
            target = next(
                (name for name, spoken in SPOKEN.items() if words in spoken or words == name.replace("_", " ")), ""
            )
        if not target:
            return None
        self.mapping[one.label] = MappedLine(one.label, target)
        return target

    def _one(self, one: MoneyCell, amount: Decimal | None = None, note: str = "") -> ImportedSum:
        left, target = self._left_out(one)
        if left:
            return self._sum(one, target, SumOutcome.NOT_READ, None, left)
        read = read_figure(one.cell)
        value = amount if amount is not None else read.value
        if value is None:
            why = read.note or "empty"
            self._leave_open(one, target, read)
            return self._sum(
                one, target, SumOutcome.NOT_READ, None, f"{why}: {read.state.value}" if read.readable else why
            )
        scale = 1 if amount is not None or read.has_scale else one.scale
        if abs(value * scale) >= BEYOND:
            return self._sum(one, target, SumOutcome.NOT_READ, None, TOO_LARGE)
        pounds = (value * scale).quantize(PENNY, ROUND_HALF_UP)
        return self._put(one, target, pounds, "; ".join(filter(None, (read.note, note))))

    def _leave_open(self, one: MoneyCell, target: str, read: ReadFigure) -> None:
        """A line of a year whose sum is withheld or still to come is missing, and no part of a total without it."""
        no_sum = not read.readable or read.state is State.BLANK or one.cell.text.strip().lower() in NOT_APPLICABLE
        if target not in MONEY and one.period is None and one.kind == "amount" and not no_sum:
            self.open[str(one.year), target, ""] = read.note

    def _left_out(self, one: MoneyCell) -> tuple[str, str]:
        """Why a cell is not read, '' where it is; and where its row goes to."""
        target = self._goes_to(one)
        if one.is_total and not target:
            return "a total, which its lines give", ""
        if target is None:
            if one.code:
                return f"line {one.code} is no high needs line", ""
            self.unknown.setdefault(one.label)
            return f"nobody has said yet what this row is: write it in {MAPPING}", ""
        if not target:
            return "the mapping leaves this row out", ""
        if one.year is None:
            return "nothing says of which year it is", target
        if one.kind == "budget" and target in PAID:
            return "a budget is no payment", target
        return ("a sum of a whole year stands under a period" if target in MONEY and one.period else ""), target

    def _put(self, one: MoneyCell, target: str, pounds: Decimal, note: str) -> ImportedSum:
        month = f"P{one.period}" if one.period else ""
        of_year = target in MONEY
        kept = self.years if of_year else self.spend
        key: tuple[str, ...] = (str(one.year),) if of_year else (str(one.year), target, month)
        column = target if of_year else "budget_gbp" if one.kind == "budget" else "amount_gbp"
        again = self.seen.setdefault((*key, column), one.cell.where)
        if again != one.cell.where:
            return self._sum(one, target, SumOutcome.NOT_READ, pounds, f"{again} gives this sum already")
        there = kept.value(key, column)
        other = "" if of_year or column != "amount_gbp" else self._other_way(key)
        if there and Decimal(there.replace(",", "").lstrip("£")) == pounds and not other:
            return self._sum(one, target, SumOutcome.UNCHANGED, pounds, note)
        kept.put(key, column, f"{pounds:.2f}", self.file, restated=bool(other))
        outcome = SumOutcome.RESTATED if there else SumOutcome.NEW
        said = f"was {there}, which stays known until today" if there else ""
        return self._sum(one, target, outcome, pounds, "; ".join(filter(None, (note, other, said))))

    def _other_way(self, key: tuple[str, ...]) -> str:
        """A line of a year is kept whole or by period: what is imported now holds from today on; '' where nothing does.

        What was imported the other way today was never reported, and goes.
        """
        year, line, month = key
        others = [one for one in self.spend.keys_there() if one[:2] == (year, line) and bool(one[2]) != bool(month)]
        days = {one: self.spend.of(one, "amount_gbp") for one in others}
        held = {one: day for one, day in days.items() if day is not None}
        for one, day in held.items():
            if day == self.spend.today:
                self.spend.take_back(one, "amount_gbp")
        mine = self.spend.of(key, "amount_gbp")
        if not held or (mine is not None and mine > max(held.values())):
            return ""
        return "takes the place of the sum of the whole year" if month else "takes the place of its periods"

    def _to_date(self, cells: Sequence[MoneyCell]) -> Iterator[ImportedSum]:
        """Sums to date become sums of each period; the first one, or one after a gap, cannot be taken apart."""
        by_row: dict[tuple[str, str], list[MoneyCell]] = defaultdict(list)
        for one in cells:
            by_row[one.label, str(one.year)].append(one)
        for found in by_row.values():
            before: tuple[int, Decimal] = (0, Decimal(0))
            for one in sorted(found, key=lambda one: one.period or 0):
                read = read_figure(one.cell)
                if read.value is None or one.period is None or one.period != before[0] + 1:
                    yield self._sum(
                        one,
                        "",
                        SumOutcome.NOT_READ,
                        None,
                        read.note or "a sum to date, and not of the period before",
                    )
                    continue
                whole = read.value * (1 if read.has_scale else one.scale)
                yield self._one(one, whole - before[1], f"{read.value:f} to date less the period before")
                before = (one.period, whole)

    def _totals(self, cells: Sequence[MoneyCell]) -> Iterator[ImportedSum]:
        """A printed total is held against the lines that were read."""
        for one in cells:
            read = read_figure(one.cell)
            if not one.is_total or read.value is None or one.label in self.kept:
                continue
            same = [other for other in cells if not other.is_total and _column(other) == _column(one)]
            lines = [
                value for other in same if other.code in CODES and (value := read_figure(other.cell).value) is not None
            ]
            if lines and sum(lines) != read.value:
                note = f"the lines of this column add up to {sum(lines):f}"
                yield self._sum(one, "", SumOutcome.NOT_READ, None, note)

    def _sum(self, one: MoneyCell, target: str, outcome: SumOutcome, amount: Decimal | None, note: str) -> ImportedSum:
        year, month = str(one.year or ""), f"P{one.period}" if one.period else ""
        return ImportedSum(one.cell.where, one.cell.text, one.label, target, year, month, outcome, amount, note)

    def files(self) -> dict[str, bytes]:
        """The documents that differ from what was there."""
        return {one.name: one.as_csv() for one in (self.years, self.spend) if one.changed()}


def _column(one: MoneyCell) -> tuple[object, ...]:
    return (one.year, one.period, one.kind, one.to_date)
