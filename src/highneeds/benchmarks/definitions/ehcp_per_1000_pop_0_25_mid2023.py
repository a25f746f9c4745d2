"""Plans per 1,000 people aged 0 to 25."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.plans(published), tables.population(published, "0-25"))


comparison = Comparison(
    id="ehcp_per_1000_pop_0_25_mid2023",
    title="Plans per 1,000 people aged 0 to 25",
    unit=Unit.PER_1000,
    source="DfE, Education, health and care plans; ONS mid-2023 population estimates",
    part="plans in force in January",
    whole="people aged 0 to 25 in the middle of 2023",
    scale=1000,
    example="900 plans among 45,000 people: 20.0",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="Plans",
    per=Per.HEAD,
    beside=("all_plans", "ehcp_count_ey_ks1"),
)
