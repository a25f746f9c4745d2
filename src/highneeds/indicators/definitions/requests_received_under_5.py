"""Requests for children under five."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.caseload.pipeline import requests_received
from highneeds.indicators.definitions._fields import AGES, REQUESTED
from highneeds.indicators.mechanism.indicator import indicator
from highneeds.indicators.mechanism.relation import PartOf
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@indicator(
    title="Requests for children under five",
    unit=Unit.COUNT,
    source="SEN2: requests (date received, outcome), person (birth date)",
    basis="Age on the day of receipt; requests marked historic (H) are left out",
    part="requests received in the month for children under 5 on that day",
    example="155 requests: 155",
    fields=REQUESTED + AGES,
    relations=(PartOf("requests_received.value"),),
)
def requests_received_under_5(caseload: Caseload, month: Month) -> int:
    """Requests received in the month, not H, for children under 5 on that day."""
    return requests_received(caseload, month).filter(pl.col("age_at_received") < 5).height
