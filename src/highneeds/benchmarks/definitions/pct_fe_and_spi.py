"""Share of plans in further education and special post-16 institutions."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.plans_in(published, "fe_general", "specialist_post16"), tables.plans_by_setting(published))


comparison = Comparison(
    id="pct_fe_and_spi",
    title="Share of plans in further education and special post-16 institutions",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="plans in general further education and special post-16 institutions",
    whole="all plans by setting",
    scale=100,
    example="135 of 900 plans: 15.0",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="Further education and special post-16 institutions",
    per=Per.PLAN,
    beside=("post16_mainstream_fe_pct", "spi_share_yr_12_14"),
)
