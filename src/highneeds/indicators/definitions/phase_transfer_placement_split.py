"""Phase transfers by local, special and independent placement."""

from highneeds.caseload import Caseload
from highneeds.indicators.mechanism.indicator import Gap, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Phase transfers by local, special and independent placement",
    unit=Unit.PERCENT,
    source="SEN2 from 2025: active plan; the home area is not in SEN2",
    basis="Local needs the child's home area, which a SEN2 return without addresses does not hold",
    part="phase transfers placed locally, in special and in independent settings",
    whole="phase transfers",
    example="0 home areas: unavailable",
)
def phase_transfer_placement_split(caseload: Caseload, month: Month) -> Gap:
    """Not computed: local cannot be told without a home area."""
    return Gap("a SEN2 return does not hold the home area, so a local placement cannot be told")
