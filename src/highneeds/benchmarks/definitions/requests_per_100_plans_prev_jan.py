"""Requests for assessment in the year per 100 plans in its January."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import NOT_PER_SUPPORTED, Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.process(published, "requests_received_in_year"), tables.plans(published))


comparison = Comparison(
    id="requests_per_100_plans_prev_jan",
    title="Requests for assessment in the year as a share of the plans in its January",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="requests received in the year",
    whole="plans in January of that year",
    scale=100,
    example="180 requests beside 900 plans: 20.0",
    when=ComparisonPeriod.CALENDAR_YEAR,
    ratios=ratios,
    subject="Requests for assessment",
    per=Per.PLAN,
    not_given=NOT_PER_SUPPORTED,
)
