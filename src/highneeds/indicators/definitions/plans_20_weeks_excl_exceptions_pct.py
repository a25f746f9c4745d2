"""Plans issued within 20 weeks, without permitted exceptions."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._decisions import plans_issued_in, within_days
from highneeds.indicators.definitions._fields import ASSESSED, REQUESTED
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Plans issued within 20 weeks, without permitted exceptions",
    unit=Unit.PERCENT,
    source="SEN2: requests (date received), assessment (outcome, date, week20)",
    basis=(
        "SEND Regulations 2014, regulation 13(2): 20 weeks are 140 days, the 140th included; requests marked "
        "historic are included. Cases whose week20 flag is 1 leave both sides"
    ),
    part="plans issued in the month within 20 weeks of the request, without exceptions",
    whole="plans issued in the month, without exceptions",
    example="783 of 2354 plans: 33.3",
    fields=(*REQUESTED, *ASSESSED, ("assessments", "week20")),
    choices=("issue_days",),
    also_called=("plans issued within 20 weeks, excluding exceptions",),
    relations=(PartOf("issue_agreed_count.value", "whole"), PartOf("plans_20_weeks_incl_exceptions_pct.part", "part")),
)
def plans_20_weeks_excl_exceptions_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the plans issued in the month without a permitted exception, those issued within 20 weeks."""
    issued = plans_issued_in(caseload, month).filter(~pl.col("week20").fill_null(False))
    return Ratio(issued.filter(within_days(caseload.settings.issue_days)).height, issued.height)
