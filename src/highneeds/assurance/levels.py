"""The assurance level the owner gave, the level the indicators suggest, and where they disagree and why.

A suggestion is a reading of the indicators, not a judgement of the owner: it says which rows speak against a level.
Volumes (plans, requests, assessments) have no good direction and are never counted for or against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from highneeds.assurance.movement import Judgement, Movement
from highneeds.intake.workspace import Condition, RatedLevel
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.period import Month

TURNING = 3  # month steps in a row in the wrong direction


@dataclass(frozen=True)
class Assurance:
    """One condition.

    given        one level per update of the year
    current      the last level that was given; UNKNOWN without one
    suggested    what the indicators suggest; UNKNOWN where none can be judged
    why          the sentences behind the suggestion, the ones that speak against first
    """

    condition: Condition
    given: tuple[RatedLevel, ...]
    current: AssuranceLevel
    suggested: AssuranceLevel
    why: tuple[str, ...]

    @property
    def agreement(self) -> str:
        """'agree', 'disagree' or 'cannot say'."""
        if not self.current.is_given or not self.suggested.is_given:
            return "cannot say"
        return "agree" if self.current is self.suggested else "disagree"

    @property
    def sentence(self) -> str:
        """How the two stand to each other, in words."""
        if self.agreement == "cannot say":
            return (
                "No level was given." if not self.current.is_given else "No indicator of this condition can be judged."
            )
        if self.agreement == "agree":
            return f"The indicators suggest the level that was given: {self.current.words.lower()}."
        how = "worse" if self.suggested.worry > self.current.worry else "better"
        return (
            f"The indicators suggest {how} than the level given: {self.suggested.words.lower()} "
            f"against {self.current.words.lower()}."
        )


def weigh(condition: Condition, given: Sequence[RatedLevel], movements: Iterable[Movement]) -> Assurance:
    """Hold a condition's given level against its indicators."""
    own = [one for one in movements if one.indicator.condition == condition.number]
    suggested, why = suggest(own)
    rated = [one.level for one in given if one.level.is_given]
    return Assurance(condition, tuple(given), rated[-1] if rated else AssuranceLevel.UNKNOWN, suggested, why)


def suggest(movements: Sequence[Movement]) -> tuple[AssuranceLevel, tuple[str, ...]]:
    """The level that a condition's indicators suggest, and why.

    On target            nothing is worse than a year ago, and nothing has gone the wrong way three months in a row
    Off target           everything that can be judged, at least two indicators, is worse than a year ago
    Off target with plans   in between: something speaks against
    Not known            no indicator with a good direction has a figure a year apart or a run of months
    """
    worse = [one for one in movements if one.on_year.judgement is Judgement.WORSE]
    better = [one for one in movements if one.on_year.judgement in (Judgement.BETTER, Judgement.NO_CLEAR_CHANGE)]
    turning = [one for one in movements if one.adverse_run >= TURNING and one not in worse]
    why = tuple(map(_worse, worse)) + tuple(map(_turning, turning)) + tuple(map(_better, better))
    if not worse and not better and not turning:
        return AssuranceLevel.UNKNOWN, ("No indicator of this condition has a figure that can be judged.",)
    if not worse and not turning:
        return AssuranceLevel.ON_TARGET, why
    if len(worse) >= 2 and not better:
        return AssuranceLevel.OFF_TARGET, why
    return AssuranceLevel.OFF_TARGET_WITH_PLANS, why


def _ends(movement: Movement) -> str:
    """'from 41.0% (Jan 2024) to 40.6% (Jan 2025)'."""
    latest, change = movement.latest, movement.on_year
    assert latest is not None and latest.value is not None and change.value is not None and change.against is not None
    show = movement.indicator.unit.show
    decimals = movement.indicator.decimals
    return (
        f"from {show(latest.value - change.value, decimals)} ({_label(change.against)}) "
        f"to {show(latest.value, decimals)} ({_label(latest.period)})"
    )


def _label(period: object) -> str:
    return period.label if isinstance(period, Month) else str(period)


def _worse(movement: Movement) -> str:
    return f"Worse than a year before: {movement.indicator.short_title}, {_ends(movement)}."


def _better(movement: Movement) -> str:
    word = "Better than" if movement.on_year.judgement is Judgement.BETTER else "The same as"
    return f"{word} a year before: {movement.indicator.short_title}, {_ends(movement)}."


def _turning(movement: Movement) -> str:
    latest = movement.latest
    assert latest is not None and latest.value is not None
    value = movement.indicator.unit.show(latest.value, movement.indicator.decimals)
    return (
        f"Turning the wrong way: {movement.indicator.short_title}, {movement.adverse_run} months in a row, "
        f"to {value} ({_label(latest.period)})."
    )
