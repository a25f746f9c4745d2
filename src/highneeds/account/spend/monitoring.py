"""The year by period and line: budget, actual, accrual, commitment, forecast; manual adjustments stand apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from highneeds.account.pennies import nearest
from highneeds.intake.ledger.spend import LAST_PERIOD, SpendRow
from highneeds.registers.register import RegisterRow
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.s251 import CODES, order

PenceByCell = Mapping[tuple[str, int], int]


@dataclass(frozen=True)
class MonitorRow:
    """One line in one period, in pence; None where there is no figure.

    forecast   actual and accrual up to the last closed period, commitments after it; None where a closed period
               has no postings at all
    """

    line: str
    period: int
    budget: int | None
    actual: int | None
    accrual: int
    commitment: int
    forecast: int | None


@dataclass(frozen=True)
class LineOfYear:
    """The year of one line, in pence: what is booked and accrued, what is committed after it; None as in its rows."""

    line: str
    budget: int | None
    actual: int | None
    accrual: int
    still_committed: int
    forecast: int | None


@dataclass(frozen=True)
class Monitor:
    """closed        the last period whose ledger is closed
    adjustments   by line, dated and owned in their register; in no row, only in the forecast of the year
    """

    year: FinancialYear
    closed: int
    rows: tuple[MonitorRow, ...]
    adjustments: tuple[RegisterRow, ...]

    @property
    def adjusted(self) -> int:
        return sum(row["amount_gbp"] for row in self.adjustments)

    @property
    def forecast(self) -> int | None:
        """The year's forecast before manual adjustments; None while a closed period has no postings."""
        return _sum_of_all(row.forecast for row in self.rows)

    @property
    def forecast_with_adjustments(self) -> int | None:
        return None if self.forecast is None else self.forecast + self.adjusted

    @property
    def by_line(self) -> tuple[LineOfYear, ...]:
        """The year of each line, in the order of its rows."""
        lines = dict.fromkeys(row.line for row in self.rows)
        return tuple(self._year_of([row for row in self.rows if row.line == line], line) for line in lines)

    @property
    def whole(self) -> LineOfYear:
        """All lines together, without manual adjustments."""
        return self._year_of(self.rows, "")

    def _year_of(self, rows: Sequence[MonitorRow], line: str) -> LineOfYear:
        budgets = [row.budget for row in rows if row.budget is not None]
        posted = [row.actual for row in rows if row.actual is not None]
        return LineOfYear(
            line,
            sum(budgets) if budgets else None,
            sum(posted) if posted else None,
            sum(row.accrual for row in rows),
            sum(row.commitment for row in rows if row.period > self.closed),
            _sum_of_all(row.forecast for row in rows),
        )


def monitor(
    year: FinancialYear,
    closed: int,
    actual: PenceByCell,
    commitment: PenceByCell,
    budget: PenceByCell | None = None,
    accrued: Mapping[str, int] | None = None,
    adjustments: Sequence[RegisterRow] = (),
) -> Monitor:
    """Every line in every period.

    actual, commitment, budget   (line, period) -> pence
    accrued                      line -> pence placed and not billed by the last closed period

    A line without actuals in a closed period has none there, which is a gap in the ledger and not a zero, unless the
    ledger has other postings in that period.
    """
    lines = sorted({line for line, _ in (*actual, *commitment, *(budget or {}))}, key=_order)
    posted = {period for _, period in actual}
    rows = [
        _row(line, period, closed, posted, actual, commitment, budget or {}, accrued or {})
        for line in lines
        for period in range(1, LAST_PERIOD + 1)
    ]
    return Monitor(year, closed, tuple(rows), tuple(row for row in adjustments if row["financial_year"] == year))


def budget_by_period(rows: Sequence[SpendRow], year: FinancialYear) -> dict[tuple[str, int], int]:
    """Budgets as given by period; one given for the year is spread evenly, and its twelve parts add up exactly."""
    found: dict[tuple[str, int], int] = {}
    for row in rows:
        if row.year != year or row.budget is None:
            continue
        if row.period is not None:
            found[row.line, row.period] = row.budget
            continue
        through = [nearest(Fraction(row.budget * period, 1200)) for period in range(LAST_PERIOD + 1)]
        found |= {(row.line, period): through[period] - through[period - 1] for period in range(1, LAST_PERIOD + 1)}
    return found


def _row(
    line: str,
    period: int,
    closed: int,
    posted: set[int],
    actual: PenceByCell,
    commitment: PenceByCell,
    budget: PenceByCell,
    accrued: Mapping[str, int],
) -> MonitorRow:
    spent = actual.get((line, period), 0 if period in posted else None)
    accrual = accrued.get(line, 0) if period == closed else 0
    committed = commitment.get((line, period), 0)
    booked = None if spent is None else spent + accrual
    forecast = booked if period <= closed else committed
    return MonitorRow(line, period, budget.get((line, period)), spent, accrual, committed, forecast)


def _sum_of_all(parts: Iterable[int | None]) -> int | None:
    """None where a part is not there."""
    every = list(parts)
    known = [part for part in every if part is not None]
    return sum(known) if len(known) == len(every) else None


def _order(line: str) -> tuple[bool, tuple[int, ...], str]:
    return (line not in CODES, order(line) if line in CODES else (), line)
