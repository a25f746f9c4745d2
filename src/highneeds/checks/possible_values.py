"""Can a figure of the dashboard be what its unit says?"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from highneeds.checks.finding import Finding, RuleResult, Severity
from highneeds.intake.workspace import DashboardIndicator, Observation
from highneeds.vocabulary.unit import Unit

RULE = "DASHBOARD-possible"
QUESTION = "No share is below 0% or well above 100%, and no count below nought."
MOST_PERCENT = Decimal(110)
"""A part is at most its whole, but places can be filled a little beyond their number: Kent's dashboard has 104.6%."""
COUNTED = (Unit.COUNT, Unit.PLACES, Unit.PLANS)
FIX = "Correct the figure in observations.csv; a share of 37.5% is written as 37.5."


def impossible_values(indicators: Sequence[DashboardIndicator], observations: Iterable[Observation]) -> RuleResult:
    """A query for each value that cannot be, with its place in the file."""
    names = {one.id: one.short_title for one in indicators}
    looked_at, found = 0, []
    for one in observations:
        if one.value is None:
            continue
        looked_at += 1
        if why := _why(one.value, one.unit):
            found.append(_finding(one, names, why))
    return RuleResult.of(RULE, tuple(found), looked_at, "the dashboard has no value")


def _why(value: Decimal, unit: Unit) -> str:
    if unit is Unit.PERCENT and not 0 <= value <= MOST_PERCENT:
        return "is no share of a whole"
    return "is no count" if unit in COUNTED and value < 0 else ""


def _finding(one: Observation, names: Mapping[str, str], why: str) -> Finding:
    message = f"{names[one.indicator]}, {one.period}: {one.value}{'%' if one.unit is Unit.PERCENT else ''} {why}"
    at = one.where
    return Finding(RULE, Severity.QUERY, at.document, at.line, one.indicator, str(one.period), message, FIX)
