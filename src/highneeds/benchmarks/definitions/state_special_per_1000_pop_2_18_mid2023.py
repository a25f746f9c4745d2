"""Placed in state special schools per 1,000 aged 2 to 18."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    return over(tables.plans_in(published, "special_state"), tables.population(published, "2-18"))


comparison = Comparison(
    id="state_special_per_1000_pop_2_18_mid2023",
    title="Placed in state special schools per 1,000 aged 2 to 18",
    unit=Unit.PER_1000,
    source="DfE, Education, health and care plans; ONS mid-2023 population estimates",
    part="plans in state special schools",
    whole="people aged 2 to 18 in the middle of 2023",
    scale=1000,
    example="300 plans among 20,000 people: 15.0",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="State special schools",
    per=Per.HEAD,
)
