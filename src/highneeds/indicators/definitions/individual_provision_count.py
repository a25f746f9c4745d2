"""Children in individual provision."""

from highneeds.caseload import Caseload
from highneeds.indicators.mechanism.indicator import Gap, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children in individual provision",
    unit=Unit.COUNT,
    source="not settled",
    basis="Printed without data source, definition or value",
    part="not stated",
    example="0 definitions: blank",
    also_called=("individual provision",),
)
def individual_provision_count(caseload: Caseload, month: Month) -> Gap:
    """Left blank: nothing says what individual provision is."""
    return Gap("no definition of individual provision is stated", State.BLANK)
