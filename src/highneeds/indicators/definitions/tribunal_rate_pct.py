"""Appealable decisions that went to tribunal."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._fields import ASSESSED, REQUESTS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Appealable decisions that went to tribunal",
    unit=Unit.PERCENT,
    source="SEN2: requests and assessment (outcome, date, tribunal flags)",
    basis=(
        "By date of the decision appealed: refusals to assess, refusals to issue and plans issued. Our "
        "definition: the published appeal rate also counts reviews, which SEN2 does not hold as decisions"
    ),
    part="refusals and plans issued of the month marked as gone to tribunal",
    whole="refusals to assess, refusals to issue and plans issued in the month",
    example="3 of 45 decisions: 6.7",
    fields=(*REQUESTS, *ASSESSED, ("requests", "tribunal"), ("assessments", "tribunal")),
)
def tribunal_rate_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the month's appealable decisions, those that a record marks as gone to tribunal."""
    refused = caseload.dated_in("requests", "outcome_date", month).filter(pl.col("outcome") == "N")
    assessed = caseload.dated_in("assessments", "outcome_date", month).filter(pl.col("outcome").is_in(["Y", "N"]))
    appealed = assessed.filter(pl.any_horizontal("tribunal", "other_tribunal"))
    return Ratio(refused.filter(pl.col("tribunal")).height + appealed.height, refused.height + assessed.height)
