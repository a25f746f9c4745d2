"""Phase transfers finalised on time."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._phase_transfers import TRANSFER_FIELDS, final_plans
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Phase transfers finalised on time",
    unit=Unit.COUNT,
    source="SEN2 from 2025: active plan (phase transfer due and final dates)",
    basis=(
        "SEND Regulations 2014, regulation 18. By month of the date by which the final plan was due; one active "
        "plan record each"
    ),
    part="phase transfers due in the month whose final plan was sent by the due date, the day included",
    example="54 plans: 54",
    fields=TRANSFER_FIELDS,
)
def phase_transfer_final_on_time_count(caseload: Caseload, month: Month) -> int:
    """Phase transfers due in the month whose final plan was sent by the due date, the day included."""
    final, due = final_plans(caseload, month)
    return int((final <= due).sum())
