"""Decisions to assess or not within six weeks."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.indicators.definitions._decisions import within_days
from highneeds.indicators.definitions._fields import REQUESTS
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import SameAs
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Decisions to assess or not within six weeks",
    unit=Unit.PERCENT,
    source="SEN2: requests (date received, outcome, date of outcome)",
    basis="SEND Regulations 2014, regulation 5(3): six weeks are 42 days, the 42nd included; by month of decision",
    part="request decisions Y or N within six weeks of receipt",
    whole="request decisions Y or N in the month",
    example="300 of 400 decisions: 75.0",
    fields=REQUESTS,
    choices=("decision_days",),
    relations=(SameAs("assess_agreed_pct.whole", "whole"),),
)
def decisions_6_weeks_pct(caseload: Caseload, month: Month) -> Ratio:
    """Of the request decisions of the month, those within six weeks of receipt."""
    decisions = caseload.dated_in("requests", "outcome_date", month).filter(pl.col("outcome").is_in(["Y", "N"]))
    return Ratio(decisions.filter(within_days(caseload.settings.decision_days)).height, decisions.height)
