"""Requests for assessment per 10,000 people aged 0 to 25."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import NOT_PER_SUPPORTED, Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.process(published, "requests_received_in_year"), tables.population(published, "0-25"))


comparison = Comparison(
    id="requests_per_10000_pop_0_25_mid2023",
    title="Requests for assessment per 10,000 people aged 0 to 25",
    unit=Unit.PER_10000,
    source="DfE, Education, health and care plans; ONS mid-2023 population estimates",
    part="requests received in the year",
    whole="people aged 0 to 25 in the middle of 2023",
    scale=10000,
    example="180 requests among 45,000 people: 40.0",
    when=ComparisonPeriod.CALENDAR_YEAR,
    ratios=ratios,
    subject="Requests for assessment",
    per=Per.HEAD,
    beside=("requests_received", "assessments_underway"),
    not_given=NOT_PER_SUPPORTED,
)
