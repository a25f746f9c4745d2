"""Share of annual reviews overdue."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._reviews import REVIEW_FIELDS, overdue
from highneeds.indicators.mechanism.indicator import Answer, indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Share of annual reviews overdue",
    unit=Unit.PERCENT,
    source="SEN2: named plan (start), active plan (last review)",
    basis=(
        "Due 12 months after the later of plan start and last review; overdue when due before the month's end, "
        "not on the day. By the council's decision letter unless overdue_basis says otherwise; never back-cast"
    ),
    part="plans in force whose review is overdue",
    whole="plans in force",
    example="7765 of 20707 plans: 37.5",
    fields=REVIEW_FIELDS,
    choices=("overdue_basis", "review_months"),
    reached_only=True,
    also_called=("overdue annual reviews", "annual reviews of plans that were overdue"),
    relations=(SameAs("annual_reviews_overdue_count.value", "part"), SameAs("all_plans.value", "whole")),
)
def annual_reviews_overdue_pct(caseload: Caseload, month: Month) -> Answer:
    """Of all plans in force, those whose next review was due before the snapshot."""
    return overdue(caseload, month)
