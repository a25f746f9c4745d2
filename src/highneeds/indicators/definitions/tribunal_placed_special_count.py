"""Children placed in special or independent settings after an appeal."""

from highneeds.caseload import Caseload
from highneeds.indicators.mechanism.indicator import Gap, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Children placed in special or independent settings after an appeal",
    unit=Unit.COUNT,
    source="the tribunal team's list, which is not part of SEN2",
    basis="SEN2 flags that a case went to tribunal, not what the tribunal ordered",
    part="children placed in specialist provision by order after an appeal",
    example="0 lists: unavailable",
    also_called=("placed in special or independent schools after appeal", "special or independent, tribunal"),
)
def tribunal_placed_special_count(caseload: Caseload, month: Month) -> Gap:
    """Not computed: the tribunal team's list is needed."""
    return Gap("the tribunal team's list is needed; SEN2 does not say what the tribunal ordered")
