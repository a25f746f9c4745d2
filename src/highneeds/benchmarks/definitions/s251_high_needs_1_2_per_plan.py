"""High needs spending (lines 1.2) per plan."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import NOT_PER_SUPPORTED, Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    """The plans are those of the January inside the financial year: of January 2024 for 2023-24."""
    return over(tables.outturn(published), tables.plans(published).with_columns(year=pl.col("year") - 1))


comparison = Comparison(
    id="s251_high_needs_1_2_per_plan",
    title="High needs spending (lines 1.2) per plan",
    unit=Unit.GBP,
    source="DfE, LA and school expenditure (section 251 outturn); DfE, Education, health and care plans",
    part="net outturn of the section 251 lines 1.2, in pounds",
    whole="plans in force in the January inside the financial year",
    scale=1,
    example="£18m beside 900 plans: 20,000",
    when=ComparisonPeriod.FINANCIAL_YEAR,
    ratios=ratios,
    subject="High needs spending",
    per=Per.PLAN,
    not_given=NOT_PER_SUPPORTED,
)
