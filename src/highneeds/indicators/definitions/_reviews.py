"""Reviews overdue: the words that two indicators share."""

from highneeds.caseload import Caseload, OverdueBasis
from highneeds.caseload.reviews import reviews
from highneeds.indicators.definitions._fields import PLANS
from highneeds.indicators.mechanism.indicator import Gap, lacking
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
    if gap := lacking(caseload, [("active_plans", name) for name in needed]):
        return gap
    plans = reviews(caseload, month.last_day)
    return Ratio(plans.filter("overdue").height, plans.height)
