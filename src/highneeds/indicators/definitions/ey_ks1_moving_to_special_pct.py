"""Early years and key stage 1 plans moving into special or independent settings."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.caseload.moves import moves
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import SPECIALIST
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Early years and key stage 1 plans moving into special or independent settings",
    unit=Unit.PERCENT,
    source="SEN2: person, named plan, placement detail; establishments for the setting",
    basis=(
        "Plan in force at this and the previous month-end; then not specialist (no placement included), now "
        "specialist; year 2 or below now. Snapshot at the end of the month's last day; one person is one plan"
    ),
    part="plans of year 2 or below that moved into specialist provision in the month",
    whole="plans in force of year 2 or below",
    example="25 of 2357 plans: 1.1",
    fields=PLANS + AGES + PLACED,
    settings=True,
    choices=("rollover_month",),
    also_called=(
        "early years and key stage 1, moving into special or independent",
        "early years and key stage 1, into special or independent placements",
    ),
    relations=(SameAs("ehcp_count_ey_ks1.value", "whole"),),
)
def ey_ks1_moving_to_special_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans in force of years -4 to 2, those that were not specialist a month ago and are now."""
    specialist = [setting.value for setting in SPECIALIST]
    moved = moves(caseload, month.plus(-1).last_day, month.last_day).filter(pl.col("year").is_between(-4, 2))
    arrived = pl.col("setting_after").is_in(specialist) & ~pl.col("setting_before").is_in(specialist)
    return Ratio(moved.filter(arrived).height, len(caseload.at_end_of(month).years(-4, 2)))
