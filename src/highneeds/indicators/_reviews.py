"""Reviews overdue: the words that two indicators share."""

from highneeds.caseload import Caseload, OverdueBasis
from highneeds.caseload.reviews import reviews
from highneeds.indicators._fields import PLANS
from highneeds.indicators.indicator import Gap
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio

REVIEW_FIELDS = PLANS
BASIS_FIELDS = {
    OverdueBasis.DECISION: ("last_review",),
    OverdueBasis.MEETING: ("review_meeting",),
    OverdueBasis.FINALISED: ("last_review", "review_outcome"),
}


def overdue(caseload: Caseload, month: Month) -> Ratio | Gap:
    """Plans whose review is overdue at the month's end, of all plans in force."""
    needed = BASIS_FIELDS[caseload.settings.overdue_basis]
    missing = [name for name in needed if not caseload.carries("active_plans", name)]
    if missing:
        return Gap(f"{caseload.layout_words} does not carry {', '.join(missing)}")
    plans = reviews(caseload, month.last_day)
    return Ratio(plans.filter("overdue").height, plans.height)
