"""Moves between settings: the words that several indicators share."""

from collections.abc import Collection

from highneeds.caseload import Caseload
from highneeds.caseload.moves import moves, moves_between
from highneeds.indicators.mechanism.indicator import Gap
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import SettingClass

NO_CAUSE = Gap("SEN2 does not record why a placement changed, so the moves are not split by cause")


def moved_between(
    caseload: Caseload, month: Month, there: Collection[SettingClass], here: Collection[SettingClass]
) -> int:
    """Children with a plan at both month-ends, in one of `there` at the first and one of `here` at the second."""
    moved = moves(caseload, month.plus(-1).last_day, month.last_day)
    return moves_between(moved, there, here).height
