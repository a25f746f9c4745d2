"""Plans in specialist provision: one definition per group of school years up to year 11."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import AGES, PLACED, PLANS
from highneeds.indicators.mechanism.indicator import Indicator, indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.setting import SPECIALIST
from highneeds.vocabulary.unit import Unit


def specialist_share(first: int, last: int, words: str, example: str) -> Indicator:
    """first, last: school years, both included, Reception as 0."""
    short = f"{first or 'R'} to {last}"

    @indicator(
        name=f"specialist_share_yr_{first or 'r'}_{last}",
        title=f"Plans of {words} in specialist provision",
        unit=Unit.PERCENT,
        source="SEN2: person, named plan, placement detail; establishments for the setting",
        basis=(
            "Specialist: state special, non-maintained special, independent special and mainstream independent "
            "schools. Snapshot at the end of the month's last day; one person is one plan"
        ),
        part="plans in specialist provision",
        whole=f"plans in force of years {first} to {last}",
        example=example,
        fields=PLANS + AGES + PLACED,
        settings=True,
        choices=("rollover_month",),
        also_called=(
            f"specialist share, Years {short}",
            f"special or independent, Years {short}",
            f"special school placements, Years {short}",
        ),
        relations=(
            PartOf("all_plans.value", "whole", "years 0 to 14"),
            PartOf("mainstream_share_school_age.whole", "whole", "years 0 to 11"),
        ),
    )
    def share(caseload: Caseload, month: Month) -> Ratio:
        plans = caseload.at_end_of(month).years(first, last)
        return Ratio(len(plans.placed_in(SPECIALIST)), len(plans))

    return share


years_r_to_6 = specialist_share(0, 6, "Reception to year 6", "3 of 8 plans: 37.5")
years_7_to_11 = specialist_share(7, 11, "years 7 to 11", "54 of 100 plans: 54.0")
