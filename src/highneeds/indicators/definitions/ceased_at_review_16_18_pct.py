"""Annual reviews that ceased the plan, ages 16 to 18."""

from highneeds.caseload import Caseload
from highneeds.indicators.mechanism.indicator import Gap, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Annual reviews that ceased the plan, ages 16 to 18",
    unit=Unit.PERCENT,
    source="not settled",
    basis=(
        "The dashboard states neither numerator nor denominator, and no reading agrees with the published "
        "statistics; an indicator without them is refused"
    ),
    part="not stated",
    whole="not stated",
    example="0 stated numerators: unavailable",
    also_called=("annual reviews that ceased a plan, aged 16 to 18", "ceased at review, 16 to 18"),
)
def ceased_at_review_16_18_pct(caseload: Caseload, month: Month) -> Gap:
    """Refused: no numerator and denominator are stated."""
    return Gap("no numerator and denominator are stated for this indicator, so it is not computed")
