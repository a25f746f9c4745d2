"""How an indicator moves: its latest figure, the change on the month and on the same month a year before."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from highneeds.assurance.process_control import points_of, usual_step
from highneeds.assurance.rollover import crosses_rollover
from highneeds.intake.workspace import DashboardIndicator, Observation
from highneeds.intake.workspace.dashboard import Direction
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

LARGEST_STEP = Decimal("3.27")  # times the mean moving range: the process limit of a single step (XmR)


class MovementJudgement(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no clear change"
    NEITHER = "neither good nor bad"
    UNKNOWN = ""


class ChangeRemark(StrEnum):
    """NO_MONTHS, NO_FIGURES, NO_EARLIER: why there is no change. ROLLOVER: it is not like for like. ONE_MONTH: only the
    latest month differs, and the one before it had moved the other way."""

    NO_MONTHS = "no_months"
    NO_FIGURES = "no_figures"
    NO_EARLIER = "no_earlier"
    ROLLOVER = "rollover"
    ONE_MONTH = "one_month"


@dataclass(frozen=True)
class FigureChange:
    """value     the later figure less the earlier, None where there is none to take it from
    against   the period compared with
    remark    why there is no change, or what to beware of
    witness   the month before the latest, where it speaks against the change
    """

    value: Decimal | None
    against: Month | FinancialYear | None
    judgement: MovementJudgement
    remark: ChangeRemark | None = None
    witness: Month | None = None


@dataclass(frozen=True)
class Movement:
    """One indicator's movement.

    latest         the last observation with a figure, None where there never was one
    adverse_run    how many of the last month steps in a row went the wrong way, roll-over steps ending the run
    gaps           periods without a figure, of how many
    rollover_month the month in which year groups move up
    hidden         it was reported, and every figure of it is a small count that is not shown
    """

    indicator: DashboardIndicator
    latest: Observation | None
    on_month: FigureChange
    on_year: FigureChange
    adverse_run: int
    gaps: int
    periods: int
    rollover_month: int = 9
    hidden: bool = False


def movement(indicator: DashboardIndicator, series: Sequence[Observation], rollover_month: int = 9) -> Movement:
    """The movement of one indicator. `series`: its observations in the order of time."""
    known = [one for one in series if one.value is not None]
    latest = known[-1] if known else None
    return Movement(
        indicator=indicator,
        latest=latest,
        on_month=_on_month(indicator, known, rollover_month),
        on_year=_on_year(indicator, known, rollover_month),
        adverse_run=_adverse_run(indicator, known, rollover_month),
        gaps=len(series) - len(known),
        periods=len(series),
        rollover_month=rollover_month,
        hidden=latest is None and any(one.state is State.SUPPRESSED for one in series),
    )


def judge(change: Decimal, good: Direction, usual: Decimal | None = None) -> MovementJudgement:
    """Better or worse by the direction of good; a change within the usual movement is no clear change."""
    if good is Direction.NONE:
        return MovementJudgement.NEITHER
    if change == 0 or (usual is not None and abs(change) <= usual):
        return MovementJudgement.NO_CLEAR_CHANGE
    return MovementJudgement.BETTER if (change > 0) == (good is Direction.UP) else MovementJudgement.WORSE


def usual_movement(known: Sequence[Observation], rollover_month: int) -> Decimal | None:
    """The mean size of the month steps away from the roll-over; None for fewer than twelve figures."""
    return usual_step(points_of(known, rollover_month))


def noise(unit: Unit, earlier: Decimal, later: Decimal, usual: Decimal | None) -> Decimal | None:
    """The largest change that says nothing: the usual movement from month to month, and for a count what chance does.

    Two counts of a and b children differ by the root of a + b through chance alone: 3 and 4 by 2.6. None where nothing
    is known.
    """
    if unit is not Unit.COUNT:
        return usual
    return max(usual or Decimal(0), (abs(earlier) + abs(later)).sqrt())


def month_steps(known: Sequence[Observation], rollover_month: int) -> list[tuple[Month, Decimal]]:
    """The like-for-like steps from one month to the next: (later month, change)."""
    monthly = {one.period: one.value for one in known if isinstance(one.period, Month) and one.value is not None}
    return [
        (month, value - monthly[month.plus(-1)])
        for month, value in monthly.items()
        if month.plus(-1) in monthly and not crosses_rollover(month.plus(-1), month, rollover_month)
    ]


def _on_month(indicator: DashboardIndicator, known: Sequence[Observation], rollover_month: int) -> FigureChange:
    latest = known[-1] if known else None
    if latest is None or not isinstance(latest.period, Month) or latest.value is None:
        return FigureChange(None, against=None, judgement=MovementJudgement.UNKNOWN, remark=ChangeRemark.NO_MONTHS)
    before = latest.period.plus(-1)
    earlier = next((one.value for one in known if one.period == before), None)
    if earlier is None:
        return FigureChange(None, before, MovementJudgement.UNKNOWN, ChangeRemark.NO_EARLIER)
    change = latest.value - earlier
    if crosses_rollover(before, latest.period, rollover_month):
        return FigureChange(change, before, MovementJudgement.UNKNOWN, ChangeRemark.ROLLOVER)
    return FigureChange(change, before, judge(change, indicator.good_direction, usual_movement(known, rollover_month)))


def _on_year(indicator: DashboardIndicator, known: Sequence[Observation], rollover_month: int) -> FigureChange:
    latest = known[-1] if known else None
    if latest is None or latest.value is None:
        return FigureChange(None, against=None, judgement=MovementJudgement.UNKNOWN, remark=ChangeRemark.NO_FIGURES)
    before = latest.period.plus(-12) if isinstance(latest.period, Month) else latest.period.plus(-1)
    earlier = next((one.value for one in known if one.period == before), None)
    if earlier is None:
        return FigureChange(None, before, MovementJudgement.UNKNOWN, ChangeRemark.NO_EARLIER)
    change = latest.value - earlier
    band = noise(indicator.unit, earlier, latest.value, usual_movement(known, rollover_month))
    judged = judge(change, indicator.good_direction, band)
    witness = _month_before(known, latest.period, rollover_month)
    clear = judged in (MovementJudgement.BETTER, MovementJudgement.WORSE)
    if clear and band and isinstance(latest.period, Month) and _one_month_only(change, earlier, witness, band):
        against, remark = latest.period.plus(-1), ChangeRemark.ONE_MONTH
        return FigureChange(change, before, MovementJudgement.NO_CLEAR_CHANGE, remark, against)
    return FigureChange(change, before, judged)


def _month_before(known: Sequence[Observation], latest: Month | FinancialYear, rollover_month: int) -> Decimal | None:
    """The figure of the month before the latest, where the two are like for like."""
    if not isinstance(latest, Month) or crosses_rollover(latest.plus(-1), latest, rollover_month):
        return None
    return next((one.value for one in known if one.period == latest.plus(-1)), None)


def _one_month_only(change: Decimal, earlier: Decimal, witness: Decimal | None, band: Decimal) -> bool:
    """The month before says the opposite, and the change is no larger than a single step may be."""
    if witness is None or abs(change) > LARGEST_STEP * band:
        return False
    return (witness - earlier) * change < 0


def _adverse_run(indicator: DashboardIndicator, known: Sequence[Observation], rollover_month: int) -> int:
    """How many steps in a row, up to the latest month, went the wrong way."""
    run = 0
    latest = known[-1].period if known else None
    for month, step in reversed(month_steps(known, rollover_month)):
        if month != latest or judge(step, indicator.good_direction) is not MovementJudgement.WORSE:
            break
        run, latest = run + 1, month.plus(-1)
    return run
