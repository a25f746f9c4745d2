"""Requests refused."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(
        tables.process(published, "requests_decided_not_to_assess"),
        tables.process(published, "requests_received_in_year"),
    )


comparison = Comparison(
    id="pct_requests_refused",
    title="Requests refused",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="requests decided not to assess",
    whole="requests received in the year",
    scale=100,
    example="45 of 180 requests: 25.0",
    when=ComparisonPeriod.CALENDAR_YEAR,
    ratios=ratios,
    subject="Requests refused",
    per=Per.CASE,
    beside=("assess_declined_pct", "assess_declined_count", "assess_agreed_pct", "assess_agreed_count"),
)
