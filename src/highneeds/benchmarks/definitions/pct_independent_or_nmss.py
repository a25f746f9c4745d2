"""Share of plans in independent or non-maintained special schools."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(
        tables.plans_in(published, "special_independent", "special_non_maintained"), tables.plans_by_setting(published)
    )


comparison = Comparison(
    id="pct_independent_or_nmss",
    title="Share of plans in independent or non-maintained special schools",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="plans in independent special and non-maintained special schools",
    whole="all plans by setting",
    scale=100,
    example="90 of 900 plans: 10.0",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="Independent and non-maintained schools",
    per=Per.PLAN,
    beside=(
        "specialist_share_yr_r_6",
        "specialist_share_yr_7_11",
        "specialist_share_yr_12_14",
        "specialist_share_yr_12_14_excl_spi",
        "post16_special_independent_pct",
        "phase_transfer_placement_split",
    ),
)
