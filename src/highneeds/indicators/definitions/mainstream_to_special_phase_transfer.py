"""Children moving from mainstream to special or independent settings, at phase transfer."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._moves import NO_CAUSE
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children moving from mainstream to special or independent settings, at phase transfer",
    unit=Unit.COUNT,
    source="SEN2: person, named plan, placement detail; establishments for the setting; a recorded cause of the move",
    basis="SEN2 has no field for the cause of a move; without a record of it the split is not computed",
    part="children who moved from mainstream to special or independent settings because of a phase transfer",
    example="0 records of a cause: unavailable",
    also_called=("mainstream to special schools, at phase transfer",),
)
def mainstream_to_special_phase_transfer(caseload: Caseload, month: Month) -> Answer:
    """Not computed: nothing in the return says why a placement changed."""
    return NO_CAUSE
