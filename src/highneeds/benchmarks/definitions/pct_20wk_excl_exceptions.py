"""Plans issued within 20 weeks, exceptions left out."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.process(published, "plans_issued_20_weeks_ex"), tables.process(published, "plans_issued_den_ex"))


comparison = Comparison(
    id="pct_20wk_excl_exceptions",
    title="Plans issued within 20 weeks, exceptions left out",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="plans issued within 20 weeks, cases with exceptions left out",
    whole="plans issued, cases with exceptions left out",
    scale=100,
    example="50 of 80 plans: 62.5",
    when=ComparisonPeriod.CALENDAR_YEAR,
    ratios=ratios,
    subject="Plans within 20 weeks, exceptions left out",
    per=Per.CASE,
    beside=("plans_20_weeks_excl_exceptions_pct", "plans_issued"),
)
