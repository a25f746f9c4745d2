"""Plans ceased in the year per 100 plans in its January."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.process(published, "total_ceased"), tables.plans(published))


comparison = Comparison(
    id="ceased_per_100_plans_prev_jan",
    title="Plans ceased in the year per 100 plans in its January",
    unit=Unit.PER_100,
    source="DfE, Education, health and care plans",
    part="plans ceased in the calendar year",
    whole="plans in January of that year",
    scale=100,
    example="72 of 900 plans: 8.0",
    when=ComparisonPeriod.CALENDAR_YEAR,
    ratios=ratios,
    subject="Plans ceased",
    per=Per.PLAN,
    beside=("ceased_count", "ceased_count_by_reason", "ceased_at_review_16_18_pct", "ceased_at_review_19_25_pct"),
)
