"""Share of plans in mainstream, units and resourced provision included."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(
        tables.plans_in(published, "mainstream", "mainstream_rp_unit", "mainstream_independent"),
        tables.plans_by_setting(published),
    )


comparison = Comparison(
    id="pct_mainstream_incl_units",
    title="Share of plans in mainstream, units and resourced provision included",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="plans in mainstream, mainstream units and resourced provision, and mainstream independent schools",
    whole="all plans by setting",
    scale=100,
    example="450 of 900 plans: 50.0",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="Mainstream schools",
    per=Per.PLAN,
    beside=("mainstream_share_school_age",),
)
