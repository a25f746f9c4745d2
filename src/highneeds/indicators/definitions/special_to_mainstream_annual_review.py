"""Children moving from special or independent to mainstream settings, at annual review."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._moves import NO_CAUSE
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children moving from special or independent to mainstream settings, at annual review",
    unit=Unit.COUNT,
    source="SEN2: person, named plan, placement detail; establishments for the setting; a recorded cause of the move",
    basis="SEN2 has no field for the cause of a move; without a record of it the split is not computed",
    part="children who moved from special or independent to mainstream settings because of an annual review",
    example="0 records of a cause: unavailable",
    also_called=("special to mainstream schools, at annual review",),
)
def special_to_mainstream_annual_review(caseload: Caseload, month: Month) -> Answer:
    """Not computed: nothing in the return says why a placement changed."""
    return NO_CAUSE
