"""What commitments cost: by month and line, accrued and not yet billed, and in a full year. Whole pence, day by day.

A commitment costs its annual cost x days / days of the financial year. Each month is the difference of two cumulative
sums, so that twelve months add up to the year exactly.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from highneeds.intake.ledger.commitments import COUNTED
from highneeds.vocabulary.period import FinancialYear, Month

if TYPE_CHECKING:
    import polars as pl

PERIODS = range(1, 13)


@dataclass(frozen=True)
class Accruals:
    """Sums in pence at one day.

    accrued      placed and not yet invoiced
    unpaid       invoiced and not yet paid
    by_line      accrued, by s251 line
    """

    as_at: date
    accrued: int
    unpaid: int
    by_line: dict[str, int]


@dataclass(frozen=True)
class FullYear:
    """in_year      what a year costs
    full_year    what the commitments open at its end cost in a whole year
    next_year    what they cost in the next year as they stand, ends included
    """

    in_year: int
    full_year: int
    next_year: int

    @property
    def effect(self) -> int:
        """What next year begins with above this one."""
        return self.full_year - self.in_year


def period_end(year: FinancialYear, period: int) -> date:
    """The last day of a period: P1 is April, 0 the day before the year."""
    return Month(year.start, 4).plus(period - 1).last_day


def cost_by_period(rows: "pl.DataFrame", year: FinancialYear) -> "pl.DataFrame":
    """line, period, pence for every line and each of the twelve periods; drafts and cancelled ones cost nothing."""
    import polars as pl

    counted = rows.filter(pl.col("status").is_in(list(COUNTED)))
    through = [cost_through(year, period_end(year, period)).alias(str(period)) for period in PERIODS]
    cumulative = counted.select("line", *through).group_by("line").sum().sort("line")
    earlier = [pl.lit(0), *(pl.col(str(period)) for period in PERIODS)]
    monthly = cumulative.select(
        "line", *(pl.col(str(period)) - earlier[period - 1].alias(str(period)) for period in PERIODS)
    )
    long = monthly.unpivot(index="line", variable_name="period", value_name="pence")
    return long.with_columns(pl.col("period").cast(pl.Int64)).sort("line", "period")


def accruals(rows: "pl.DataFrame", year: FinancialYear, as_at: date) -> Accruals:
    """What is placed but not invoiced, and invoiced but not paid, in a year up to a day."""
    import polars as pl

    counted = rows.filter(pl.col("status").is_in(list(COUNTED)))
    placed = cost_through(year, as_at)
    invoiced, paid = (cost_through(year, as_at, name) for name in ("invoiced_to", "paid_to"))
    found = counted.select("line", (placed - invoiced).alias("accrued"), (invoiced - paid).alias("unpaid"))
    lines = found.group_by("line").agg(pl.col("accrued").sum()).sort("line")
    sums = {line: int(accrued) for line, accrued in lines.rows()}
    return Accruals(as_at, sum(sums.values()), int(found["unpaid"].sum() or 0), sums)


def full_year(rows: "pl.DataFrame", year: FinancialYear) -> FullYear:
    """The commitments of a year, those open at its end for a whole year, and next year as it stands."""
    import polars as pl

    counted = rows.filter(pl.col("status").is_in(list(COUNTED)))
    open_at_end = (pl.col("from_day") <= year.last_day) & (
        pl.col("to_day").is_null() | (pl.col("to_day") >= year.last_day)
    )
    after = year.plus(1)
    return FullYear(
        int(counted.select(cost_through(year, year.last_day)).to_series().sum() or 0),
        int(counted.filter(open_at_end)["annual_cost"].sum() or 0),
        int(counted.select(cost_through(after, after.last_day)).to_series().sum() or 0),
    )


def cost_through(year: FinancialYear, day: date, up_to: str = "") -> "pl.Expr":
    """Pence from the first day of the year to `day`, ends included; `up_to` names a column that ends it sooner."""
    import polars as pl

    days_of_year = (year.last_day - year.first_day).days + 1
    begins = pl.max_horizontal(pl.col("from_day"), pl.lit(year.first_day))
    ends = pl.min_horizontal(pl.col("to_day").fill_null(year.last_day), pl.lit(min(day, year.last_day)))
    if up_to:
        nothing = year.first_day - timedelta(days=1)
        ends = pl.min_horizontal(ends, pl.col(up_to).fill_null(nothing))
    days = ((ends - begins).dt.total_days() + 1).clip(0, days_of_year).fill_null(0)
    return (pl.col("annual_cost") * days + days_of_year // 2) // days_of_year
