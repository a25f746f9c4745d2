"""The assurance level the owner gave, the level the indicators suggest, and where they disagree and why.

A suggestion is a reading of the indicators, not a judgement of the owner: it says which rows speak against a level.
Volumes (plans, requests, assessments) have no good direction and are never counted for or against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from highneeds.assurance.movement import Movement, MovementJudgement
from highneeds.intake.workspace import Condition, RatedLevel
from highneeds.intake.workspace.dashboard import Direction
from highneeds.vocabulary.assurance_level import AssuranceLevel

TURNING = 3  # month steps in a row in the wrong direction


class WhyLeftOut(StrEnum):
    """Why an indicator is not counted for or against a level."""

    VOLUME = "volume"
    NO_YEAR_BEFORE = "no_year_before"
    NEVER = "never"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Suggestion:
    """What a condition's indicators suggest, and which of them were counted.

    worse, better, unchanged   by the figure a year apart
    turning                    those of the others that went the wrong way three months in a row or more
    left_out                   those that were not counted
    """

    level: AssuranceLevel
    worse: tuple[Movement, ...]
    better: tuple[Movement, ...]
    unchanged: tuple[Movement, ...]
    turning: tuple[Movement, ...]
    left_out: tuple[Movement, ...]

    @property
    def left_out_by_reason(self) -> dict[WhyLeftOut, list[Movement]]:
        """Those that were not counted, by why not."""
        found: dict[WhyLeftOut, list[Movement]] = {}
        for one in self.left_out:
            found.setdefault(_why_left_out(one), []).append(one)
        return found


@dataclass(frozen=True)
class Assurance:
    """One condition.

    given        one level per update of the year
    current      the last level that was given; UNKNOWN without one
    suggestion   what the indicators suggest; its level is UNKNOWN where none can be judged
    """

    condition: Condition
    given: tuple[RatedLevel, ...]
    current: AssuranceLevel
    suggestion: Suggestion

    @property
    def suggested(self) -> AssuranceLevel:
        return self.suggestion.level

    @property
    def agreement(self) -> Literal["agree", "disagree", "cannot say"]:
        if not self.current.is_given or not self.suggested.is_given:
            return "cannot say"
        return "agree" if self.current is self.suggested else "disagree"


def weigh(condition: Condition, given: Sequence[RatedLevel], movements: Iterable[Movement]) -> Assurance:
    """Hold a condition's given level against its indicators."""
    own = [one for one in movements if one.indicator.condition == condition.number]
    rated = [one.level for one in given if one.level.is_given]
    return Assurance(condition, tuple(given), rated[-1] if rated else AssuranceLevel.UNKNOWN, suggest(own))


def suggest(movements: Sequence[Movement]) -> Suggestion:
    """The level that a condition's indicators suggest, and why.

    On target            nothing is worse than a year ago, and nothing has gone the wrong way three months in a row
    Off target           everything that can be judged, at least two indicators, is worse than a year ago
    Off target with plans   in between: something speaks against
    Not known            no indicator with a good direction has a figure a year apart or a run of months
    """
    worse, better, unchanged = (
        tuple(one for one in movements if one.on_year.judgement is judgement)
        for judgement in (MovementJudgement.WORSE, MovementJudgement.BETTER, MovementJudgement.NO_CLEAR_CHANGE)
    )
    turning = tuple(one for one in movements if one.adverse_run >= TURNING and one not in worse)
    counted = (*worse, *better, *unchanged, *turning)
    left_out = tuple(one for one in movements if one not in counted)
    level = _level(len(worse), len(better) + len(unchanged), len(turning))
    return Suggestion(level, worse, better, unchanged, turning, left_out)


def _level(worse: int, not_worse: int, turning: int) -> AssuranceLevel:
    if not worse + not_worse + turning:
        return AssuranceLevel.UNKNOWN
    if not worse + turning:
        return AssuranceLevel.ON_TARGET
    if worse >= 2 and not not_worse:
        return AssuranceLevel.OFF_TARGET
    return AssuranceLevel.OFF_TARGET_WITH_PLANS


def _why_left_out(movement: Movement) -> WhyLeftOut:
    if movement.indicator.good_direction is Direction.NONE:
        return WhyLeftOut.VOLUME
    if movement.latest:
        return WhyLeftOut.NO_YEAR_BEFORE
    return WhyLeftOut.HIDDEN if movement.hidden else WhyLeftOut.NEVER
