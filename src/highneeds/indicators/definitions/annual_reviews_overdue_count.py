"""Annual reviews overdue."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._reviews import REVIEW_FIELDS, overdue
from highneeds.indicators.mechanism.indicator import Answer, Gap, indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Annual reviews overdue",
    unit=Unit.COUNT,
    source="SEN2: named plan (start), active plan (last review)",
    basis=(
        "Due 12 months after the later of plan start and last review; overdue when due before the month's end, "
        "not on the day. By the council's decision letter unless overdue_basis says otherwise; never back-cast"
    ),
    part="plans in force whose review is overdue",
    example="7765 plans: 7765",
    fields=REVIEW_FIELDS,
    choices=("overdue_basis", "review_months"),
    reached_only=True,
    also_called=("overdue annual reviews", "annual reviews of plans that were overdue"),
)
def annual_reviews_overdue_count(caseload: Caseload, month: Month) -> Answer:
    """Plans in force whose next review was due before the snapshot."""
    found = overdue(caseload, month)
    return found if isinstance(found, Gap) else found.part
