"""Pupils with a plan per 100 pupils on SEN support."""

import polars as pl

from highneeds.benchmarks.mechanism import tables
from highneeds.benchmarks.mechanism.comparison import Comparison, ComparisonPeriod, Per, over
from highneeds.intake.published import Published
from highneeds.vocabulary.unit import Unit


def ratios(published: Published) -> pl.DataFrame:
    """Both are published as shares of all pupils of the area's schools, whose number falls out of the ratio."""
    return over(tables.share_of_pupils(published, "SEN_TotStat"), tables.share_of_pupils(published, "SEN_TotSENSuP"))


comparison = Comparison(
    id="pupils_with_plan_per_100_on_sen_support",
    title="Pupils with a plan per 100 pupils on SEN support",
    unit=Unit.PER_100,
    source="DfE, Local authority interactive tool (Special educational needs in England)",
    part="pupils of the area's schools with a plan, as a share of all pupils",
    whole="pupils of the area's schools on SEN support, as a share of all pupils",
    scale=100,
    example="5.2% of pupils with a plan beside 13.0% on SEN support: 40.0",
    when=ComparisonPeriod.JANUARY,
    ratios=ratios,
    subject="Plans",
    per=Per.SUPPORTED,
    beside=("all_plans",),
)
