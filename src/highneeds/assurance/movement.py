"""How an indicator moves: its latest figure, the change on the month and on the same month a year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.intake.workspace import Indicator, Observation
from highneeds.intake.workspace.dashboard import Direction
from highneeds.vocabulary.period import FinancialYear, Month

FEWEST_POINTS = 12  # below it, the usual month-to-month movement is not known


class Judgement(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no clear change"
    NEITHER = "neither good nor bad"
    UNKNOWN = ""


@dataclass(frozen=True)
class Change:
    """value     the later figure less the earlier, None where there is none to take it from
    against   the period compared with
    reason    why there is no change, or what to beware of
    """

    value: Decimal | None
    against: Month | FinancialYear | None
    judgement: Judgement
    reason: str = ""


@dataclass(frozen=True)
class Movement:
    """One indicator's movement.

    latest         the last observation with a figure, None where there never was one
    adverse_run    how many of the last month steps in a row went the wrong way, roll-over steps ending the run
    gaps           periods without a figure, of how many
    """

    indicator: Indicator
    latest: Observation | None
    on_month: Change
    on_year: Change
    adverse_run: int
    gaps: int
    periods: int

    @property
    def gap_words(self) -> str:
        if not self.gaps:
            return "No gaps"
        if self.gaps == self.periods:
            return "Never reported"
        kind = "months" if self.indicator.frequency == "monthly" else "years"
        return f"{self.gaps} of {self.periods} {kind} without a figure"


def crosses_rollover(earlier: Month, later: Month, rollover_month: int) -> bool:
    """True where children move up a year between two month-ends.

    The year groups change in the snapshot of `rollover_month`, and the placements of the new year begin in September,
    so with a roll-over in August both steps (July to August, August to September) are no like-for-like change.
    """
    return any(month.number in {rollover_month, 9} for month in earlier.plus(1).through(later))


def movement(indicator: Indicator, series: Sequence[Observation], rollover_month: int = 9) -> Movement:
    """The movement of one indicator. `series`: its observations in the order of time."""
    known = [one for one in series if one.value is not None]
    latest = known[-1] if known else None
    return Movement(
        indicator=indicator,
        latest=latest,
        on_month=_on_month(indicator, known, rollover_month),
        on_year=_on_year(indicator, known),
        adverse_run=_adverse_run(indicator, known, rollover_month),
        gaps=len(series) - len(known),
        periods=len(series),
    )


def judge(change: Decimal, good: Direction, usual: Decimal | None = None) -> Judgement:
    """Better or worse by the direction of good; a change within the usual movement is no clear change."""
    if good is Direction.NONE:
        return Judgement.NEITHER
    if change == 0 or (usual is not None and abs(change) <= usual):
        return Judgement.NO_CLEAR_CHANGE
    return Judgement.BETTER if (change > 0) == (good is Direction.UP) else Judgement.WORSE


def usual_movement(known: Sequence[Observation], rollover_month: int) -> Decimal | None:
    """The mean size of the month steps that do not cross the roll-over; None for fewer than twelve points."""
    steps = [abs(step) for _, step in month_steps(known, rollover_month)]
    return sum(steps, Decimal(0)) / len(steps) if len(known) >= FEWEST_POINTS and steps else None


def month_steps(known: Sequence[Observation], rollover_month: int) -> list[tuple[Month, Decimal]]:
    """The like-for-like steps from one month to the next: (later month, change)."""
    monthly = {one.period: one.value for one in known if isinstance(one.period, Month) and one.value is not None}
    return [
        (month, value - monthly[month.plus(-1)])
        for month, value in monthly.items()
        if month.plus(-1) in monthly and not crosses_rollover(month.plus(-1), month, rollover_month)
    ]


def _on_month(indicator: Indicator, known: Sequence[Observation], rollover_month: int) -> Change:
    latest = known[-1] if known else None
    if latest is None or not isinstance(latest.period, Month) or latest.value is None:
        return Change(None, None, Judgement.UNKNOWN, "No monthly figures")
    before = latest.period.plus(-1)
    earlier = next((one.value for one in known if one.period == before), None)
    if earlier is None:
        return Change(None, before, Judgement.UNKNOWN, f"No figure for {before.label}")
    change = latest.value - earlier
    if crosses_rollover(before, latest.period, rollover_month):
        return Change(change, before, Judgement.UNKNOWN, "Crosses the September roll-over: not like for like")
    return Change(change, before, judge(change, indicator.good_direction, usual_movement(known, rollover_month)))


def _on_year(indicator: Indicator, known: Sequence[Observation]) -> Change:
    latest = known[-1] if known else None
    if latest is None or latest.value is None:
        return Change(None, None, Judgement.UNKNOWN, "No figures")
    before = latest.period.plus(-12) if isinstance(latest.period, Month) else latest.period.plus(-1)
    earlier = next((one.value for one in known if one.period == before), None)
    if earlier is None:
        name = before.label if isinstance(before, Month) else str(before)
        return Change(None, before, Judgement.UNKNOWN, f"No figure for {name}")
    change = latest.value - earlier
    return Change(change, before, judge(change, indicator.good_direction))


def _adverse_run(indicator: Indicator, known: Sequence[Observation], rollover_month: int) -> int:
    """How many steps in a row, up to the latest month, went the wrong way."""
    run = 0
    latest = known[-1].period if known else None
    for month, step in reversed(month_steps(known, rollover_month)):
        if month != latest or judge(step, indicator.good_direction) is not Judgement.WORSE:
            break
        run, latest = run + 1, month.plus(-1)
    return run
