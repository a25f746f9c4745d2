"""Figures bound to the data: `{{ ehcp_count_ey_ks1 change 2024-01 2025-01 percent }}` becomes '+10.3%'.

A bound figure is computed and formatted when the text is read, so it is always what the data says. The whole syntax:

    {{ figure }}                      the latest value, or the recorded fact as printed
    {{ figure 2025-01 }}              the value of a month or a financial year
    {{ figure change A B }}           the change, signed: '+240', '−1.4 points'
    {{ figure change A B percent }}   the same relative to A: '+10.3%'
    {{ figure moved A B }}            the change in words: 'rose by 240', 'fell by 1.4 percentage points'
    {{ figure moved A B percent }}    'rose by 10.3%'
    {{ figure from A B }}             both ends: '2,338 to 2,578'
    {{ figure highest }}, lowest      with its month: '3,113 in July 2024'; between A and B where they are given

A and B are months (2025-01, Jan 2025, January 2025), financial years (2024-25) or `latest`.
"""

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal

from highneeds.claims.contradictions import contradictions, hedged
from highneeds.claims.evidence.model import ClaimEvidence, EvidenceFact, EvidenceSeries
from highneeds.claims.judge.shown import decimals_of, show, show_change, show_relative
from highneeds.claims.language.tables import values
from highneeds.claims.language.when import when_at
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Period
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.source import Source

BOUND = re.compile(r"\{\{\s*([^{}\n]*?)\s*\}\}")
_FIGURE = re.compile(r"([a-z][a-z0-9_]*)\s*(change|moved|from|highest|lowest)?\s*(.*?)\s*(percent)?$")
_DATE = re.compile(r"latest|[A-Z][a-z]+[ -]\d{2,4}|\d{4}-\d{2,4}")


@dataclass(frozen=True)
class BoundFigure:
    """One bound figure: what the officer wrote, what the reader sees, and the series or fact behind it.

    note   what the writer should know, such as another published value of the same thing; else empty
    """

    written: str
    shown: str
    figure: str
    where: str
    note: str = ""


@dataclass(frozen=True)
class BoundText:
    text: str
    figures: tuple[BoundFigure, ...]


def bind(
    text: str, evidence: ClaimEvidence, where: str = "text", first_line: int = 1, strict: bool = True
) -> BoundText:
    """The text with every bound figure filled in. One that does not exist is refused with its place and a remedy.

    strict   refuse braces that are not closed; False for texts that were not written here
    """
    figures: list[BoundFigure] = []
    known = contradictions(evidence) if "{{" in text else ()
    accused = {name: one.why for one in known for name in one.facts}

    def fill(hit: re.Match[str]) -> str:
        place = _place(where, first_line + text.count("\n", 0, hit.start()))
        figure = _one(hit[1], evidence, place, accused)
        figures.append(figure)
        return figure.shown

    filled = BOUND.sub(fill, text)
    if strict and ("{{" in filled or "}}" in filled):
        at = max(filled.find("{{"), filled.find("}}"))
        line = first_line + filled.count("\n", 0, at)
        remedy = "Write it on one line as {{ figure 2025-01 }}"
        raise InputError("A bound figure is not closed", where=_place(where, line), remedy=remedy)
    return BoundText(filled, tuple(figures))


def _place(where: str, line: int) -> Source:
    return Source(where, line, place=f"{where}:{line}")


def _one(written: str, evidence: ClaimEvidence, place: Source, accused: dict[str, str]) -> BoundFigure:
    parts = _FIGURE.fullmatch(written)
    if parts is None:
        remedy = "Write {{ figure 2025-01 }} or {{ figure change A B }}"
        raise InputError(f"'{written}' is no bound figure", where=place, remedy=remedy)
    name, what, times, percent = parts[1], parts[2] or "value", parts[3], bool(parts[4])
    series = evidence.series_named(name)
    fact = evidence.fact_named(name)
    if series is None and fact is None:
        raise InputError(f"No series or fact is called '{name}'", where=place, remedy=_nearest(name, evidence))
    if series is None and fact is not None:
        return BoundFigure(written, _of_fact(fact, what, times, place), name, str(place), accused.get(name, ""))
    assert series is not None
    return BoundFigure(written, _of_series(series, what, times, percent, place), name, str(place))


def _nearest(name: str, evidence: ClaimEvidence) -> str:
    known = [one.id for one in evidence.series] + [fact.id for fact in evidence.facts]
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    return f"Did you mean {' or '.join(near)}" if near else "Use an id of indicators.csv or facts.csv"


def _of_fact(fact: EvidenceFact, what: str, times: str, place: Source) -> str:
    if what != "value" or times:
        what = f"'{fact.id}' is a single figure, with no other date"
        raise InputError(what, where=place, remedy="Write its name alone")
    return hedged(fact)


def _of_series(series: EvidenceSeries, what: str, times: str, percent: bool, place: Source) -> str:
    periods = _periods(times, series, place)
    wanted = {"value": (0, 1), "highest": (0, 2), "lowest": (0, 2)}.get(what, (2,))
    if len(periods) not in wanted:
        needs = f"'{what}' needs {' or '.join(str(n) for n in wanted)} dates and has {len(periods)}"
        raise InputError(needs, where=place, remedy="Write months as 2025-01 and financial years as 2024-25")
    if what == "value":
        return show(series.unit, _value(series, periods[0] if periods else _latest(series, place), place))
    if what in ("highest", "lowest"):
        return _extreme(series, what, periods, place)
    first, last = (_value(series, period, place) for period in periods)
    if what == "from":
        return f"{show(series.unit, first)} to {show(series.unit, last)}"
    if what == "moved":
        return _moved(series, first, last, percent, place)
    return _relative(series, first, last, place) if percent else show_change(series.unit, last - first)


def _relative(series: EvidenceSeries, first: Decimal, last: Decimal, place: Source) -> str:
    if not first:
        raise InputError(f"'{series.id}' is zero at the first date", where=place, remedy="Leave out the word percent")
    return show_relative(first, last)


def _moved(series: EvidenceSeries, first: Decimal, last: Decimal, percent: bool, place: Source) -> str:
    if first == last:
        return "did not change"
    verb = "rose" if last > first else "fell"
    if percent:
        return f"{verb} by {_relative(series, first, last, place).lstrip('+−')}"
    change = abs(last - first)
    if series.unit == "percent":
        return f"{verb} by {with_commas(change, max(1, decimals_of(change)))} percentage points"
    return f"{verb} by {show(series.unit, change)}"


def _extreme(series: EvidenceSeries, what: str, periods: tuple[Period, ...], place: Source) -> str:
    months = series.months
    if not months:
        raise InputError(f"'{series.id}' has no months", where=place, remedy="Choose another figure")
    first, last = periods if len(periods) == 2 else (months[0], months[-1])
    inside = [(series.points[month], month) for month in months if str(first) <= str(month) <= str(last)]
    if not inside:
        raise InputError(f"'{series.id}' has no value between those dates", where=place, remedy="Choose other dates")
    value, month = max(inside, key=lambda item: item[0] * (1 if what == "highest" else -1))
    return f"{show(series.unit, value)} in {values('months')[month.number - 1].split()[0].title()} {month.year}"


def _latest(series: EvidenceSeries, place: Source) -> Period:
    if not series.points:
        why = next(iter(series.gaps.values()), "it is blank")
        raise InputError(f"'{series.id}' has no value: {why}", where=place, remedy="Choose another figure")
    return max(series.points, key=str)


def _value(series: EvidenceSeries, period: Period, place: Source) -> Decimal:
    value = series.points.get(period)
    if value is None:
        why = f": {series.gaps[period]}" if period in series.gaps else ""
        what = f"'{series.id}' has no value for {period}{why}"
        raise InputError(what, where=place, remedy="Choose a date that has one")
    return value


def _periods(times: str, series: EvidenceSeries, place: Source) -> tuple[Period, ...]:
    if re.sub(r"\s|\bto\b|\band\b", "", _DATE.sub("", times)):
        raise InputError(f"'{times}' is no date", where=place, remedy="Write 2025-01, January 2025, 2024-25 or latest")
    words = _DATE.findall(times)
    return tuple(_latest(series, place) if word == "latest" else _period(word, place) for word in words)


def _period(word: str, place: Source) -> Period:
    found = when_at(word, 0)
    when = found[0] if found and found[1] == len(word) else None
    if when and when.shape == "fy":
        return FinancialYear(when.year)
    if when and when.shape == "month" and when.month:
        return when.month
    raise InputError(f"'{word}' is no date", where=place, remedy="Write 2025-01, January 2025, 2024-25 or latest")
