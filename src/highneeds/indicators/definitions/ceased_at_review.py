"""Annual reviews that ceased the plan: one definition per group of ages, each refused since no counts are stated."""

from highneeds.caseload import Caseload
from highneeds.indicators.mechanism.indicator import Gap, Indicator, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


def ceased_at_review(first: int, last: int) -> Indicator:
    """first, last: ages, both included."""
    ages = f"{first} to {last}"

    @indicator(
        name=f"ceased_at_review_{first}_{last}_pct",
        title=f"Annual reviews that ceased the plan, ages {ages}",
        unit=Unit.PERCENT,
        source="not settled",
        basis=(
            "The dashboard states neither numerator nor denominator, and no reading agrees with the published "
            "statistics; an indicator without them is refused"
        ),
        part="not stated",
        whole="not stated",
        example="0 stated numerators: unavailable",
        also_called=(f"annual reviews that ceased a plan, aged {ages}", f"ceased at review, {ages}"),
    )
    def refused(caseload: Caseload, month: Month) -> Gap:
        return Gap("no numerator and denominator are stated for this indicator, so it is not computed")

    return refused


at_16_to_18 = ceased_at_review(16, 18)
at_19_to_25 = ceased_at_review(19, 25)
