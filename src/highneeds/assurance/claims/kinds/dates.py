"""When something happened or is due: 'Nore Academy opened in January 2025'."""

import re
from collections.abc import Iterable
from dataclasses import replace

from highneeds.assurance.claims.evidence import Fact
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.subjects import FactMatch, terms_of
from highneeds.assurance.claims.weigh import (
    ACCUSES_DATE,
    CONFIRMS_DATE,
    CONFIRMS_YEAR,
    Bar,
    Judgement,
    Weighed,
    cannot,
    chosen,
)
from highneeds.vocabulary.period import FinancialYear, Month

_AS_PLANNED = re.compile(
    r"\b(?:just |exactly )?as (?:was )?(?:originally |first )?(?:planned|expected|intended|forecast)\b", re.I
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """Every date that does not merely say when a figure was so."""
    parts = {
        part.span for when in reading.whens if when.grain == "window" for part in when.parts if when.role == "between"
    }
    for when in reading.whens:
        dated = when.grain in ("day", "month", "year", "fy", "season", "month_day")
        if dated and when.span not in used and not (when.span in parts and reading.numbers):
            yield weigh(reading, when).at(when.span)


def weigh(reading: Reading, when: When) -> Weighed:
    matches = [match for match in reading.facts_about(when.span, ("date",)) if _comparable(when, match.fact)][:10]
    spoken = _speaks_of_plans(reading)
    matches = sorted((_as_it_happened(reading, match, spoken) for match in matches), key=lambda match: -match.score)
    bar = Bar(CONFIRMS_YEAR if when.grain == "year" else CONFIRMS_DATE, ACCUSES_DATE)
    return chosen(reading, matches, lambda fact: same_date(when, fact), bar) or cannot("No date is behind it")


def _as_it_happened(reading: Reading, match: FactMatch, spoken: bool) -> FactMatch:
    """'opened in' is not what was planned: a planned date speaks only where the text speaks of plans."""
    planned = "plan" in reading.subjects.words_of(match.fact)
    return replace(match, score=match.score * 0.6, strict=match.strict * 0.6) if planned and not spoken else match


def _speaks_of_plans(reading: Reading) -> bool:
    text = _AS_PLANNED.sub("", reading.text)
    return bool({"plan", "forecast", "deadline", "assume", "earliest"} & set(terms_of(text)))


def _comparable(when: When, fact: Fact) -> bool:
    """A financial year is no month, and a day of every year is no date."""
    if when.grain in ("fy", "season"):
        return fact.unit == "financial_year"
    return (fact.unit == "month_day") == (when.grain == "month_day")


def same_date(when: When, fact: Fact) -> bool:
    """The same day, month or year, by the coarser of the two."""
    written = fact.written
    if fact.unit == "financial_year":
        return when.grain == "fy" and str(FinancialYear(when.first.year)) == written
    if fact.unit == "month_day":
        return when.first.number == int(written[:2]) and when.day == int(written[3:5])
    if len(written) == 4:
        return when.first.year == when.last.year == int(written)
    if when.grain in ("fy", "season"):
        return False
    month = Month(int(written[:4]), int(written[5:7]))
    if not when.first <= month <= when.last:
        return False
    return when.day is None or len(written) < 10 or when.day == int(written[8:10])


DATES = Kind(
    name="date",
    title="When something happened or is due",
    order=950,
    read=read,
    examples=(
        Example("Nore Academy opened in January 2025.", HOLDS, "January 2025"),
        Example("Nore Academy opened in September 2024.", FAILS, "September 2024"),
    ),
)
