"""Between which two dates a change is meant."""

import re

from highneeds.assurance.claims.evidence import Period, Series
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Ends
from highneeds.vocabulary.period import FinancialYear, Month


def ends_of(reading: Reading, span: Span, series: Series) -> tuple[Ends, ...]:
    """The ends that the words give, most certain first; guesses are marked unsure and can confirm but not accuse."""
    found = _ends_of(reading, span, series)
    if series.months or not series.points:
        return found
    return tuple(Ends(in_years(ends.first), in_years(ends.last), ends.sure) for ends in found)


def in_years(period: Period) -> Period:
    """The financial year that a March ends, for a series by year; another month is in none of them."""
    ends = isinstance(period, Month) and period.number == YEAR_END
    return FinancialYear.of(period.last_day) if ends and isinstance(period, Month) else period


YEAR_END = 3


def _ends_of(reading: Reading, span: Span, series: Series) -> tuple[Ends, ...]:
    stepped = _step(reading, span, series)
    if stepped is not None:
        return (stepped,)
    following = _after_a_window(reading, span, series)
    if following is not None:
        return (following,)
    window = reading.window_near(span)
    if window is not None and window.role in ("between", "year_to", "past", "since", ""):
        return _of_window(window, series)
    pair = _pair(reading, span)
    if pair is not None:
        return (Ends(_as_period(pair[0], series), _as_period(pair[1], series)),)
    points = [when for when in reading.points if when.is_month or when.financial_year]
    main = _main(reading, span, points)
    if main is not None:
        last = _as_period(main, series)
        if isinstance(last, FinancialYear):
            return (Ends(_earlier(last, 1), last),)
        return (Ends(_earlier(last, 12), last, sure=False), Ends(_earlier(last, 1), last, sure=False))
    if not series.points:
        return ()
    told = reading.context.windows if reading.context and not reading.whens else ()
    if told:
        return tuple(Ends(one.first, one.last, sure=False) for ends in told for one in _of_window(ends, series))
    latest = max((period for period in series.points), key=str)
    return (Ends(_earlier(latest, 12), latest, sure=False), Ends(_earlier(latest, 1), latest, sure=False))


def _step(reading: Reading, span: Span, series: Series) -> Ends | None:
    """'and by 96 in the following month': a step named beside the figure itself."""
    centre = reading.segment_of(span)
    for when in reading.points:
        if when.role == "later" and reading.segment_of(when.span) == centre and 0 <= when.span[0] - span[1] < 20:
            before = [one for one in reading.whens if one.span[1] <= span[0] and one.grain != "now"]
            if before:
                return Ends(before[-1].last, _as_period(when, series))
        if when.role == "earlier" and reading.segment_of(when.span) == centre and 0 <= when.span[0] - span[1] < 8:
            return Ends(when.first, when.first.plus(1 if "month" in when.text.lower() else 12))
    return None


_BARE_SINCE = re.compile(r"\bsince(?: then)?\s*(?:[.,;]|$)", re.I)


def _after_a_window(reading: Reading, span: Span, series: Series) -> Ends | None:
    """'... between January and October, but up by 782 since'; '... and rose by four to February 2025'."""
    centre = reading.segment_of(span)
    before = [one for one in reading.windows if one.role == "between" and reading.segment_of(one.span) < centre]
    if not before or any(reading.segment_of(one.span) == centre for one in reading.windows if one.role == "between"):
        return None
    start = _as_period(before[-1].parts[-1] if before[-1].parts else before[-1], series)
    if _BARE_SINCE.search(reading.segments[centre].text) and series.months:
        return Ends(start, series.months[-1])
    for when in reading.points:
        inside = reading.segment_of(when.span) == centre and when.span[0] > span[1]
        if inside and when.last > before[-1].last and re.search(r"\b(?:to|by|until)\s$", reading.text[: when.span[0]]):
            return Ends(start, _as_period(when, series))
    return None


def _of_window(window: When, series: Series) -> tuple[Ends, ...]:
    if len(window.parts) == 2:
        first, last = (_as_period(part, series) for part in window.parts)
        return (Ends(first, last),)
    return (Ends(window.first, window.last),)


def _as_period(when: When, series: Series) -> Period:
    if when.financial_year and any(isinstance(period, FinancialYear) for period in series.points):
        return when.financial_year
    return when.last if when.grain != "fy" else Month.of(FinancialYear(when.first.year).last_day)


def _earlier(period: Period, months: int) -> Period:
    return period.plus(-months) if isinstance(period, Month) else period.plus(-1)


def _pair(reading: Reading, span: Span) -> tuple[When, When] | None:
    """A date and the date it is set against: 'in B ... more than in A', 'from X in A to Y in B', 'a year earlier'."""
    points = [when for when in reading.points if when.is_month or when.financial_year]
    if len(points) < 1:
        return None
    earlier = [when for when in points if reading.is_reference(when)]
    rest = [when for when in points if when not in earlier]
    centre = reading.segment_of(span)
    reference = _nearest(reading, earlier, centre, span)
    if reference is not None:
        main = _nearest_main(reading, [when for when in rest if when.first != reference.first], centre, span)
        if main is not None:
            return (reference, main) if reference.first <= main.first else (main, reference)
        latest = reading.evidence.latest
        peak = re.match(r"\s(?:peak|high|low|level|figure|total)\b", reading.text[reference.span[1] :])
        if reference.first < latest and (re.search(r"\bsince ", reading.text) or peak or reference.role == "earlier"):
            now = When(reference.span, "the latest month", latest, latest, "month")
            if reference.role == "earlier":
                return When(reference.span, reference.text, latest.plus(-12), latest.plus(-12), "month"), now
            return reference, now
    later = [when for when in points if when.role == "later"]
    if len(points) == 2 or later:
        first, last = points[0], points[-1]
        return (first, last) if first.first <= last.first else (last, first)
    return None


def _nearest(reading: Reading, whens: list[When], centre: int, span: Span) -> When | None:
    return min(
        whens, key=lambda when: (abs(reading.segment_of(when.span) - centre), abs(when.span[0] - span[0])), default=None
    )


def _nearest_main(reading: Reading, whens: list[When], centre: int, span: Span) -> When | None:
    before = [when for when in whens if when.span[0] <= span[0]]
    return _nearest(reading, before or whens, centre, span)


def _main(reading: Reading, span: Span, points: list[When]) -> When | None:
    return _nearest(
        reading, [when for when in points if not reading.is_reference(when)], reading.segment_of(span), span
    )
