"""What a year adds up to, and its average: 'over 2024 as a whole 1,697 were agreed', 'on average 141 a month'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, show

_AVERAGE = re.compile(
    r"\b(?:on average|an average(?: of)?|averag(?:ed|ing|es)|(?:monthly|the) average|a mean of|the mean)\b", re.I
)
_A_MONTH = re.compile(r"\b(?:a|per|each|every) month\b", re.I)
_COST = ("cost", "price")


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    window = _window(reading)
    average = _AVERAGE.search(reading.text)
    if window is None:
        return
    for number in reading.numbers:
        if number.counts in (Counts.TIMES, Counts.POINTS) or number.is_range or reading.role(number) != "level":
            continue
        series, firm = reading.series_about(number.span, number.counts)
        months = [one for one in series if one.months and not one.unit.startswith("gbp")]
        if not months:
            continue
        sure = firm and len(months) == 1
        found = [
            _averaged(one, number, window, sure) if average else _summed(reading, one, number, window, sure)
            for one in months
        ]
        order = (Verdict.HOLDS, Verdict.CANNOT_CHECK, Verdict.FAILS)
        known = sorted((one for one in found if one), key=lambda one: order.index(one.verdict))
        if known:
            yield known[0].owning(number.span)


def _window(reading: Reading) -> When | None:
    """The stretch of more than one month that the sentence speaks of, where it speaks of one."""
    spans = [
        when for when in reading.windows if when.role in ("between", "year_to", "past", "throughout", "always", "")
    ]
    years = [when for when in reading.points if when.grain in ("year", "fy", "season")]
    single = [when for when in reading.points if when.is_month and when.role != "earlier"]
    found = spans or years
    return found[0] if len(found) == 1 and not single else None


def _inside(series: Series, window: When) -> tuple[list[Decimal], bool]:
    """The values of the window, and whether every month of it is known."""
    first = window.first.plus(1) if window.role in ("year_to", "past") else window.first
    inside = [value for _, value in series.within(first, window.last)]
    return inside, len(inside) == first.months_until(window.last) + 1


def _averaged(series: Series, number: Number, window: When, firm: bool) -> Weighed | None:
    inside, whole = _inside(series, window)
    if not inside:
        return None
    mean = sum(inside, Decimal(0)) / len(inside)
    shown = show(series.unit, mean.quantize(Decimal("0.1")))
    why = f"The {len(inside)} months known in {window.text.strip()} average {shown}"
    right = agrees(number, mean)
    verdict = Verdict.HOLDS if right else Verdict.FAILS if whole and firm else Verdict.CANNOT_CHECK
    return Weighed(verdict, why, shown, series.id)


def _summed(reading: Reading, series: Series, number: Number, window: When, firm: bool) -> Weighed | None:
    """Only what happens in a month adds up over a year: decisions, requests, moves. A stock does not."""
    flows = {hit.feature for hit in reading.hits} & {"stage", "way"} and series.unit == "count"
    inside, whole = _inside(series, window)
    if not flows or number.counts is not Counts.COUNT or len(inside) < 2:
        return None
    total, high = sum(inside, Decimal(0)), max(inside)
    right = agrees(number, total)
    if not right and (any(agrees(number, value) for value in inside) or number.low <= high):
        return None
    shown = show(series.unit, total)
    why = f"The {len(inside)} months known in {window.text.strip()} add up to {shown}"
    if right and whole:
        return Weighed(Verdict.HOLDS, why, shown, series.id)
    return Weighed(Verdict.FAILS, why, shown, series.id) if whole and firm else cannot(why, series.id)


OVER_PERIOD = Kind(
    name="total or average of a time",
    title="What the months of a year add up to, and their average",
    order=95,
    read=read,
    examples=(
        Example("Between January 2024 and March 2024, 452 requests for assessment were agreed.", HOLDS, "452"),
        Example("Between January 2024 and March 2024, 552 requests for assessment were agreed.", FAILS, "552"),
        Example("The share of overdue annual reviews averaged 40.3% over 2024.", HOLDS, "40.3%"),
        Example("The share of overdue annual reviews averaged 45.3% over 2024.", FAILS, "45.3%"),
    ),
)
