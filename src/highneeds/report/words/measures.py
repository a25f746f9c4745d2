"""What a measure does: its change, its gaps, what is unusual in it, and what its condition's measures say together."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from highneeds.assurance.levels import Suggestion, WhyLeftOut
from highneeds.assurance.movement import ChangeRemark, FigureChange, Movement
from highneeds.assurance.process_control import ControlLimits, Signal, SignalKind
from highneeds.assurance.rollover import rollover_words
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.words import listed

ShowNumber = Callable[[Decimal], str]
NAMED = 3  # more months than this are counted, not named
CANNOT_JUDGE = "No indicator of this condition has a figure that can be judged."
NO_INDICATOR = "The condition has no indicator."
LEFT_OUT = {
    WhyLeftOut.VOLUME: "a number to plan for",
    WhyLeftOut.NO_YEAR_BEFORE: "no figure a year apart",
    WhyLeftOut.NEVER: "never reported",
    WhyLeftOut.HIDDEN: "reported, every figure too small to show",
}


def change_remark(change: FigureChange, movement: Movement) -> str:
    """Why there is no change, or what to beware of; '' where there is nothing to say."""
    before = change.against.label if change.against else ""
    match change.remark:
        case ChangeRemark.NO_MONTHS:
            return "No monthly figures"
        case ChangeRemark.NO_FIGURES:
            return "No figures"
        case ChangeRemark.NO_EARLIER:
            return f"No figure for {before}"
        case ChangeRemark.ROLLOVER:
            return (
                f"Crosses the roll-over of school years ({rollover_words(movement.rollover_month)}): not like for like"
            )
        case ChangeRemark.ONE_MONTH:
            witness = change.witness.label if change.witness else ""
            return f"only the latest month differs: {witness} had moved the other way from {before}"
    return ""


def gaps(movement: Movement) -> str:
    """'3 of 13 months without a figure'."""
    if not movement.gaps:
        return "No gaps"
    if movement.gaps == movement.periods:
        return "Never reported"
    kind = "months" if movement.indicator.frequency == "monthly" else "years"
    return f"{movement.gaps} of {movement.periods} {kind} without a figure"


def signal(one: Signal, show: ShowNumber) -> str:
    """A signal of process control as a sentence. `show` prints a value."""
    match one.kind:
        case SignalKind.OUTSIDE:
            names = _names(one.months)
            if len(one.months) > NAMED:
                names = f"{len(one.months)} months from {_span(one.months)}"
            verb = "lies" if len(one.months) == 1 else "lie"
            return f"{names} {verb} outside the usual range of {usual_range(one.limit, show)}."
        case SignalKind.ONE_SIDE:
            side = "above" if one.upwards else "below"
            mean = show(one.limit.mean) if one.limit else ""
            return f"{_span(one.months)}: {len(one.months)} months in a row {side} the mean of {mean}."
        case SignalKind.TREND:
            word = "rising" if one.upwards else "falling"
            return f"{_span(one.months)}: {len(one.months)} months {word} without a break."
        case SignalKind.NEAR:
            edge = one.limit.edge(1 if one.upwards else -1) if one.limit else None
            at = "" if edge is None else f", {show(edge)}"
            return f"{_names(one.months)} lie near the edge of the usual range{at}."


def usual_range(limit: ControlLimits | None, show: ShowNumber) -> str:
    """'20 to 32'; 'up to 32' or 'at least 94.1%' where the other limit is impossible."""
    low, high = (limit.low, limit.high) if limit else (None, None)
    if low is not None and high is not None:
        return f"{show(low)} to {show(high)}"
    if high is not None:
        return f"up to {show(high)}"
    return f"at least {show(low)}" if low is not None else "0% to 100%"


def why(found: Suggestion) -> tuple[str, ...]:
    """The sentences behind a suggested level, the ones that speak against first."""
    if not found.level.is_given:
        return (CANNOT_JUDGE,)
    said: tuple[tuple[Callable[[str, Movement], str], str, Sequence[Movement]], ...] = (
        (_over_the_year, "Worse than a year before", found.worse),
        (_turning, "Turning the wrong way", found.turning),
        (_over_the_year, "Better than a year before", found.better),
        (_over_the_year, "No clear change on a year before", found.unchanged),
    )
    return tuple(words(title, one) for words, title, movements in said for one in movements)


def counted(found: Suggestion) -> str:
    """'Counted: 4 of 6 indicators. Not counted: plans (a number to plan for); moves (no figure a year apart).'"""
    rows = {one.indicator.id for one in (*found.worse, *found.better, *found.unchanged, *found.turning)}
    if not rows and not found.left_out:
        return NO_INDICATOR
    words = f"Counted: {len(rows)} of {len(rows) + len(found.left_out)} indicators."
    out = [f"{', '.join(one.indicator.short_title for one in those)} ({LEFT_OUT[reason]})"
           for reason, those in found.left_out_by_reason.items()]  # fmt: skip
    return f"{words} Not counted: {'; '.join(out)}." if out else words


def _over_the_year(title: str, movement: Movement) -> str:
    """'Worse than a year before: Mainstream share, from 41.0% (Jan 2024) to 40.6% (Jan 2025).'"""
    latest, change = movement.latest, movement.on_year
    assert latest is not None and latest.value is not None and change.value is not None and change.against is not None
    show = movement.indicator.show
    return (
        f"{title}: {movement.indicator.short_title}, "
        f"from {show(latest.value - change.value)} ({change.against.label}) "
        f"to {show(latest.value)} ({latest.period.label})."
    )


def _turning(title: str, movement: Movement) -> str:
    """'Turning the wrong way: Annual reviews overdue, 4 months in a row, to 7,765 (Jan 2025).'"""
    latest = movement.latest
    assert latest is not None and latest.value is not None
    value = movement.indicator.show(latest.value)
    run = f"{movement.adverse_run} months in a row"
    return f"{title}: {movement.indicator.short_title}, {run}, to {value} ({latest.period.label})."


def _span(months: Sequence[Month]) -> str:
    return f"{months[0].label} to {months[-1].label}"


def _names(months: Sequence[Month]) -> str:
    return listed(month.label for month in months)
