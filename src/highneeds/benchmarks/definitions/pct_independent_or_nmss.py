"""Share of plans in independent or non-maintained special schools."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, over
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
)
