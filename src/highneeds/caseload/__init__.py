"""Who has a plan, since when, placed where: rows of a return become a `Caseload`, and the questions one can ask it.

caseload = from_return(return_, CaseloadSettings(rollover_month=8))
plans = caseload.at(date(2025, 1, 31))
len(plans.years(0, 6).placed_in(SPECIALIST)), len(plans.years(0, 6))
"""

from highneeds.caseload.caseload import Caseload, from_return
from highneeds.caseload.series import Caseloads
from highneeds.caseload.settings import CaseloadSettings, OverdueBasis
from highneeds.caseload.snapshot import Snapshot

__all__ = ["Caseload", "CaseloadSettings", "Caseloads", "OverdueBasis", "Snapshot", "from_return"]
