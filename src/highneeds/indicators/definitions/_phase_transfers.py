"""Phase transfers: the words that three indicators share."""

import polars as pl

from highneeds.caseload import Caseload
from highneeds.caseload.caseload import dated_in
from highneeds.vocabulary.period import Month

TRANSFER_FIELDS = (("active_plans", "phase_transfer_due"), ("active_plans", "phase_transfer_final"))


def final_plans(caseload: Caseload, month: Month, which: pl.Expr) -> int:
    """Active plan records with a phase transfer due in the month of which `which` holds."""
    return caseload.active_plans.filter(dated_in("phase_transfer_due", month) & which).height
