"""Phase transfers: the words that three indicators share."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.vocabulary.period import Month

TRANSFER_FIELDS = (("active_plans", "phase_transfer_due"), ("active_plans", "phase_transfer_final"))


def final_plans(caseload: Caseload, month: Month) -> tuple[pl.Series, pl.Series]:
    """The days of the final plans, and of the transfers: of the active plan records with one due in the month."""
    due = caseload.dated_in("active_plans", "phase_transfer_due", month)
    return due["phase_transfer_final"], due["phase_transfer_due"]
