"""Growth of plans in a year."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import AREA, Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.intake.published.breaks import steps_that_are_breaks
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    """No growth across a step that is a change of the return."""
    plans = tables.plans(published)
    before = plans.with_columns(pl.col("year") + 1)
    broken = steps_that_are_breaks(published.table("ehcp_caseload_total"))
    kept = plans.join(broken, on=["la_number", "year"], how="anti")
    change = kept.join(before, on=AREA, suffix="_before").select(*AREA, value=pl.col("value") - pl.col("value_before"))
    return over(change, before)


comparison = Comparison(
    id="ehcp_growth_pct_1y",
    title="Growth of plans in a year",
    unit=Unit.PERCENT,
    source="DfE, Education, health and care plans",
    part="plans in January less plans in the January before",
    whole="plans in the January before",
    scale=100,
    example="990 plans after 900: 10.0",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="Growth of plans",
    per=Per.PLAN,
    beside=("all_plans", "plans_issued"),
)
