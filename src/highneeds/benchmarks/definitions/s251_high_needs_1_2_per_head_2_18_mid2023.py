"""High needs spending (lines 1.2) per head aged 2 to 18."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import NOT_PER_SUPPORTED, Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.outturn(published), tables.population(published, "2-18"))


comparison = Comparison(
    id="s251_high_needs_1_2_per_head_2_18_mid2023",
    title="High needs spending (lines 1.2) per head aged 2 to 18",
    unit=Unit.GBP,
    source="DfE, LA and school expenditure (section 251 outturn); ONS mid-2023 population estimates",
    part="net outturn of the section 251 lines 1.2, in pounds",
    whole="people aged 2 to 18 in the middle of 2023",
    scale=1,
    example="£18m among 20,000 people: 900",
    when=ComparisonPeriod.FINANCIAL_YEAR,
    ratios=ratios,
    subject="High needs spending",
    per=Per.HEAD,
    not_given=NOT_PER_SUPPORTED,
)
