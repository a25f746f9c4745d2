"""Plans issued within 20 weeks, exceptions counted."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(
        tables.process(published, "plans_issued_within_20_weeks"), tables.process(published, "plans_issued_den")
    )


comparison = Comparison(
    id="pct_20wk_incl_exceptions",
    title="Plans issued within 20 weeks, exceptions counted",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="plans issued within 20 weeks",
    whole="plans issued",
    scale=100,
    example="50 of 100 plans: 50.0",
    when=ComparisonPeriod.CALENDAR_YEAR,
    ratios=ratios,
    subject="Plans within 20 weeks, exceptions counted",
    per=Per.CASE,
    variant_of="pct_20wk_excl_exceptions",
    beside=("plans_20_weeks_incl_exceptions_pct",),
)
