"""Plans issued within 20 weeks, exceptions included."""

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._decisions import plans_issued_in, within_days
from highneeds.indicators.definitions._fields import ASSESSED, REQUESTED
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans issued within 20 weeks, exceptions included",
    unit=Unit.PERCENT,
    source="SEN2: requests (date received), assessment (outcome, date)",
    basis=(
        "SEND Regulations 2014, regulation 13(2): 20 weeks are 140 days, the 140th included; requests marked "
        "historic are included. "
    ),
    part="plans issued in the month within 20 weeks of the request",
    whole="plans issued in the month",
    example="784 of 2424 plans: 32.3",
    fields=REQUESTED + ASSESSED,
    choices=("issue_days",),
    also_called=("plans issued within 20 weeks",),
    relations=(SameAs("issue_agreed_count.value", "whole"),),
)
def plans_20_weeks_incl_exceptions_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans issued in the month, those issued within 20 weeks of the request."""
    issued = plans_issued_in(caseload, month)
    return Ratio(issued.filter(within_days(caseload.settings.issue_days)).height, issued.height)
