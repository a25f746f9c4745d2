"""Share of plans in state special schools."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.plans_in(published, "special_state"), tables.plans_by_setting(published))


comparison = Comparison(
    id="pct_state_special",
    title="Share of plans in state special schools",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="plans in state special schools",
    whole="all plans by setting",
    scale=100,
    example="300 of 900 plans: 33.3",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="State special schools",
    per=Per.PLAN,
    beside=("specialist_share_yr_r_6", "specialist_share_yr_7_11", "specialist_share_yr_12_14_excl_spi"),
)
