"""Carry the deficit from year to year, promised beside actual, and say what the gap between them is made of.

opening + spend - allocation - transfers - DfE payments - council contributions = closing; a deficit is positive.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from highneeds.account.amount import Amount, Ground, SpendRows, given, known, missing, total
from highneeds.intake.ledger.spend import LAST_PERIOD, SpendRow
from highneeds.intake.ledger.years import YearRow
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

NO_ROW = Source("")
"""Where the row of a year stands that nobody gave."""


@dataclass(frozen=True)
class Side:
    """One side of a year, actual or planned: closing = opening + before - payments - contribution."""

    opening: Amount
    before: Amount
    payments: Amount
    contribution: Amount

    @property
    def after(self) -> Amount:
        return self.before - self.payments - self.contribution

    @property
    def closing(self) -> Amount:
        return self.opening + self.after


@dataclass(frozen=True)
class YearPosition:
    """One financial year of the account.

    printed_plan_closing   the planned closing as printed; where it is not the plan's own roll-forward it stands
    outstanding            DfE payments due less received, from the first year to this
    has_row                False for a year between others that nobody gave
    """

    year: FinancialYear
    where: Source
    spend: Amount
    actual: Side
    plan: Side
    printed_plan_closing: Amount | None
    outstanding: Amount
    has_row: bool = True

    @property
    def plan_closing(self) -> Amount:
        return self.printed_plan_closing or self.plan.closing

    @property
    def variance(self) -> Amount:
        return self.actual.before - self.plan.before

    @property
    def gap(self) -> Amount:
        return self.actual.closing - self.plan_closing

    @property
    def gap_from_opening(self) -> Amount:
        """What the year began with: the gap at the end of the year before."""
        return self.actual.opening - self.plan.opening

    @property
    def gap_from_spending(self) -> Amount:
        return self.variance

    @property
    def gap_from_payments(self) -> Amount:
        """Money promised by DfE and council that did not come."""
        return self.plan.payments + self.plan.contribution - self.actual.payments - self.actual.contribution

    @property
    def gap_unexplained(self) -> Amount:
        """What a printed planned closing adds to its own roll-forward; nothing where it is not printed."""
        if self.printed_plan_closing is None:
            if not self.plan.closing.is_known:
                return self.plan.closing
            return known(0, Note.of("stands.no_planned_deficit", sources=(str(self.where),)))
        return self.plan.closing - self.printed_plan_closing


@dataclass(frozen=True)
class RolledAccount:
    """Every year from the first to the last, without a hole: a year nobody gave is there, with its gaps."""

    opening: Amount
    positions: tuple[YearPosition, ...]

    @property
    def first(self) -> FinancialYear:
        return self.positions[0].year

    @property
    def last(self) -> FinancialYear:
        return self.positions[-1].year

    def at(self, year: FinancialYear) -> YearPosition | None:
        return next((one for one in self.positions if one.year == year), None)

    def closing(self, year: FinancialYear) -> Amount:
        """The deficit at 31 March of `year`; the day before the first year is the opening."""
        if year == self.first.plus(-1):
            return self.opening
        position = self.at(year)
        return position.actual.closing if position else missing(Note.of("amount.no_year", year=str(year)))

    @property
    def break_even(self) -> tuple[str | None, tuple[Ground, ...]]:
        """The first year in balance before contributions, 'none', or no answer; and why."""
        for one in self.positions:
            before = one.actual.before
            if before.pence is None:
                return None, before.reasons
            if before.pence <= 0:
                return str(one.year), (one.where,)
        return "none", (Note.of("stands.every_year_above"),)


def roll(
    years: Sequence[YearRow],
    spend: Mapping[FinancialYear, Amount],
    opening: Amount,
    plan_opening: Amount | None = None,
    grants: Mapping[FinancialYear, Amount] | None = None,
) -> RolledAccount:
    """The account of consecutive years.

    years          what each year was allotted, promised and paid
    spend          what each year spent; a year without it has no answer, not a zero
    opening        the deficit before the first year; a surplus is negative
    plan_opening   what the plan began with; the same where it is not given
    grants         the allocation of a year whose row gives none

    closing - planned closing = gap from opening + from spending + from payments + unexplained, in every year.
    """
    rows = {row.year: row for row in years}
    actual_opening, planned_opening = opening, plan_opening or opening
    due_less_received = known(0)
    positions = []
    for year in min(rows).through(max(rows)):
        row = rows.get(year) or YearRow(year, NO_ROW)
        due_less_received = due_less_received + _sum(row, "dfe_payment_due_gbp") - _sum(row, "dfe_payment_received_gbp")
        grant = _grant(row, (grants or {}).get(year))
        position = _position(row, spend.get(year), grant, actual_opening, planned_opening, due_less_received)
        actual_opening = _carried(position.actual.closing, Note.of("stands.closing", year=str(year)))
        planned_opening = _carried(position.plan_closing, Note.of("stands.planned_closing", year=str(year)))
        positions.append(replace(position, has_row=year in rows))
    return RolledAccount(opening, tuple(positions))


def _carried(closing: Amount, source: Note) -> Amount:
    return closing if closing.pence is None else known(closing.pence, source)


def without_block_transfers(years: Sequence[YearRow]) -> tuple[YearRow, ...]:
    """The same years as if nothing had moved between blocks: the deficits differ by exactly the transfers to date."""
    return tuple(replace(row, block_transfer_in_gbp=0) for row in years)


def spend_by_year(rows: Iterable[SpendRow], years: Iterable[YearRow]) -> dict[FinancialYear, Amount]:
    """What each year spent over all lines. Spend by month that stops before March gives no year's figure."""
    known_years = {row.year for row in years}
    by_year: dict[FinancialYear, list[SpendRow]] = {}
    for row in rows:
        if row.year not in known_years:
            raise InputError(
                f"There is spend for {row.year}, a year that the account does not have",
                where=row.where,
                remedy="Add the year to the years file, or correct this one",
            )
        by_year.setdefault(row.year, []).append(row)
    return {year: _spend_of(year, lines) for year, lines in by_year.items()}


def _spend_of(year: FinancialYear, rows: Sequence[SpendRow]) -> Amount:
    periods = [row.period for row in rows if row.period is not None]
    if periods and max(periods) < LAST_PERIOD:
        return missing(Note.of("amount.spend_ends", year=str(year), period=max(periods)))
    amount = total(given(row.amount, "amount_gbp", row.where) for row in rows)
    return amount if amount.pence is None else known(amount.pence, SpendRows(len(rows), rows[0].where))


def _position(
    row: YearRow, spend: Amount | None, grant: Amount, opening: Amount, plan_opening: Amount, outstanding: Amount
) -> YearPosition:
    spent = spend or missing(Note.of("amount.no_spend", year=str(row.year)))
    actual = Side(
        opening,
        spent - grant - _sum(row, "block_transfer_in_gbp"),
        _sum(row, "dfe_payment_received_gbp"),
        _sum(row, "council_contribution_gbp"),
    )
    plan = Side(
        plan_opening,
        _sum(row, "plan_in_year_before_gbp"),
        _sum(row, "plan_dfe_payment_gbp"),
        _sum(row, "plan_council_contribution_gbp"),
    )
    printed = row.plan_closing_deficit_gbp
    closing = None if printed is None else known(printed, row.where)
    return YearPosition(row.year, row.where, spent, actual, plan, closing, outstanding)


def _sum(row: YearRow, column: str) -> Amount:
    """A cell of a year's row; a year without a row lacks the cell too."""
    pence = getattr(row, column)
    if pence is None and row.where is NO_ROW:
        return missing(Note.of("amount.no_row", column=column, year=str(row.year)))
    return given(pence, column, row.where)


def _grant(row: YearRow, elsewhere: Amount | None) -> Amount:
    """The row's own allocation; where it is empty, the one given elsewhere."""
    return elsewhere if row.allocation_gbp is None and elsewhere else _sum(row, "allocation_gbp")
