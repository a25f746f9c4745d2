"""Months that a later return tells otherwise than an earlier one did."""

from collections.abc import Iterable
from itertools import pairwise

from highneeds.caseload import Caseload, Caseloads
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import IndicatorValue, measure
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.table import Table

COLUMNS = ("indicator", "period", "earlier_return", "earlier_value", "later_return", "later_value", "settings_changed")


def restated(caseloads: Caseloads, months: Iterable[Month]) -> Table:
    """Every figure of a month that two returns covering it give differently, the returns in the order of their dates.

    `settings_changed` names the choices in which the two differ, so that a new definition is not taken for new data.
    A month that a return does not reach to its end is not held against it.
    """
    rows: list[tuple[object, ...]] = []
    for month in months:
        covering = [one for one in caseloads.members if one.first_day <= month.first_day and reaches(one, month)]
        if len(covering) < 2:
            continue
        measured = [(one, measure(IndicatorInputs(Caseloads.of([one])), [month])) for one in covering]
        for (earlier, then), (later, now) in pairwise(measured):
            rows += [_row(earlier, a, later, b) for a, b in zip(then, now, strict=True) if differs(a, b)]
    return Table.of(COLUMNS, rows, "Restated months")


def reaches(caseload: Caseload, month: Month) -> bool:
    return caseload.reference_date >= month.last_day


def differs(one: IndicatorValue, other: IndicatorValue) -> bool:
    """Both are figures and not the same; a gap on one side is no restatement."""
    both = one.value is not None and other.value is not None
    return both and (one.part, one.whole, one.value) != (other.part, other.whole, other.value)


def _row(earlier: Caseload, then: IndicatorValue, later: Caseload, now: IndicatorValue) -> tuple[object, ...]:
    choices = then.indicator.choices
    changed = [name for name in choices if getattr(earlier.settings, name) != getattr(later.settings, name)]
    return (
        then.indicator.id,
        str(then.period),
        str(earlier.reference_date),
        then.value,
        str(later.reference_date),
        now.value,
        ", ".join(f"{earlier.settings.words_for(name)}, then {later.settings.words_for(name)}" for name in changed),
    )
