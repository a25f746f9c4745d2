"""A figure at a date: 'In January 2025, 7,765 annual reviews were overdue.'"""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.ends import in_years
from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import CANNOT_CHECK, FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.kinds.change import weigh_change
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.pairs import pair_named
from highneeds.assurance.claims.reading import Bound, Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.subjects import word_list
from highneeds.assurance.claims.weigh import (
    Judgement,
    Weighed,
    beside_it,
    by_fact,
    cannot,
    families_for,
    level,
    show,
    softened,
)
from highneeds.vocabulary.source import Source

_ELAPSED = re.compile(r"(?:years?|months?|weeks?) (?:into|ago|later|on|before|after|earlier|from now)\b", re.I)
_OF_WHICH = re.compile(r"\d (?:out )?of (?:the|its|our|these|a total of) $", re.I)
_APART = re.compile(r"\b(?:gap|difference|margin|distance) (?:of|between)\b", re.I)
"""What lies between two figures is neither of them."""
_THE_GAP = re.compile(r"[,;:] (?:so |and |leaving )?(?:the|a) (?:gap|difference|shortfall) (?:is|was|of|being) $", re.I)
TWO = 2


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """Every number that no other kind accounts for, each against the series or fact its words name."""
    found = [(number, *weigh(reading, number)) for number in reading.numbers if number.span not in used]
    lines = _confirmed_lines(reading, [weighed for _, weighed, _ in found])
    for number, weighed, bound in found:
        if lines and weighed.verdict is Verdict.CANNOT_CHECK and not weighed.series:
            when = bound.when if bound.sure else None
            weighed = beside_it(reading, number, families_for(number), lines, when) or weighed
        of_a_series = bool(weighed.series) and not weighed.fact
        yield weighed.at(number.span, *([bound.when.span] if of_a_series and bound.when else []))


def _confirmed_lines(reading: Reading, found: list[Weighed]) -> frozenset[Source]:
    """The lines of documents that give other figures of this sentence."""
    facts = [reading.evidence.fact_named(one.fact) for one in found if one.fact and one.verdict is Verdict.HOLDS]
    return frozenset(fact.source for fact in facts if fact and fact.source.line)


def weigh(reading: Reading, number: Number) -> tuple[Weighed, Bound]:
    bound = reading.period_of(number)
    if _ELAPSED.match(number.noun):
        return cannot("How much time has passed is not held against a figure"), bound
    series, firm = reading.series_about(number.span, _spoken_counts(number))
    by_year = tuple(one for one in series if one.kind == "account")
    series = tuple(one for one in _nth(reading, number, series) if one.kind != "account")
    firm = firm and not _OF_WHICH.search(reading.text[: number.span[0]])
    firm = firm and counts_it(number) and len(series) == 1 and not _APART.search(reading.text)
    apart = _by_the_gap(reading, number)
    if apart is not None:
        return apart, bound
    stepped = _by_a_step(reading, number, series)
    if stepped is not None:
        return stepped, bound
    if series and firm and not any(one.points for one in series):
        return level(reading, series[0], number, bound), bound
    found = [softened(level(reading, one, number, bound), firm) for one in series]
    best = _best(found)
    if best is not None and best.verdict is not Verdict.CANNOT_CHECK:
        return best, bound
    fact = by_fact(reading, number, families_for(number), bound.when if bound.sure else None)
    if fact is not None and not (best and fact.verdict is Verdict.FAILS):
        return fact, bound
    of_year = _of_its_year(reading, number, by_year, bound, firm)
    return of_year or best or cannot("No series or fact of this workspace is behind it"), bound


def _of_its_year(
    reading: Reading, number: Number, series: tuple[Series, ...], bound: Bound, firm: bool
) -> Weighed | None:
    """The account's figure of the financial year that the sentence names."""
    when = bound.when
    year = in_years(when.financial_year or when.last) if when and bound.sure else None
    if year is None or len(series) != 1 or year not in series[0].points or reading.role(number) == "by":
        return None
    value = series[0].points[year]
    shown, right = show(series[0].unit, value), agrees(number, value)
    if right is None:
        return None
    far = not value / 4 <= number.low <= value * 4
    told = any(agrees(other, value) for other in reading.numbers if other.counts is number.counts)
    sure = not far and not told and (firm or len({hit.value for hit in reading.hits if hit.feature == "money"}) == 1)
    verdict = Verdict.HOLDS if right else Verdict.FAILS if sure else Verdict.CANNOT_CHECK
    return Weighed(verdict, f"The account of {year}: {shown}", shown, series[0].id)


def _spoken_counts(number: Number) -> Counts:
    """A bare figure with decimals ('rose to 37.5') is a percentage, never a count."""
    return Counts.PERCENT if number.counts is Counts.COUNT and number.step < 1 else number.counts


def counts_it(number: Number) -> bool:
    """Does the noun behind a bare count allow that a series of the dashboard counts it? 'nine conditions' does not."""
    if number.counts is not Counts.COUNT:
        return True
    words = re.split(r"[,.;:()]", number.noun)[0].lower().split()[:5]
    if words and words[0].startswith(("month", "year", "week")):
        return False
    return not words or words[0] in word_list("uncounted") or bool(set(words) & word_list("counted"))


def _nth(reading: Reading, number: Number, series: tuple[Series, ...]) -> tuple[Series, ...]:
    """'... respectively': the first figure belongs to the first thing named."""
    if "respectively" not in reading.text:
        return series
    peers = [other for other in reading.numbers if other.counts is number.counts]
    dealt = pair_named(reading, number.counts)
    if len(dealt) == len(peers) > len(series):
        return (dealt[peers.index(number)],)
    place = peers.index(number)
    return (series[place],) if len(peers) == len(series) else series


def _by_a_step(reading: Reading, number: Number, series: tuple[Series, ...]) -> Weighed | None:
    """'increased by 96 from January 2025, to 2,674': the known start and the change make the figure."""
    for step in reading.numbers:
        if step.span != number.span and reading.role(step) == "by" and series:
            weighed = weigh_change(reading, step)
            if weighed.verdict is Verdict.HOLDS and weighed.computed == show(series[0].unit, number.low):
                return weighed
    return None


def _by_the_gap(reading: Reading, number: Number) -> Weighed | None:
    """'£53m against a target of £29.9m, the gap is £23.1m': what lies between the two figures before it."""
    before = [one for one in reading.numbers if one.span[1] <= number.span[0] and one.counts is number.counts]
    if len(before) != TWO or any(one.is_range for one in before) or not _THE_GAP.search(reading.text[: number.span[0]]):
        return None
    value = abs(before[0].low - before[1].low)
    verdict = Verdict.HOLDS if agrees(number, value) else Verdict.FAILS
    why = f"{before[0].text.strip()} and {before[1].text.strip()} in the same sentence: {value:,} apart"
    return Weighed(verdict, why, f"{value:,}")


def _best(found: list[Weighed]) -> Weighed | None:
    """Of several series the words fit, one that agrees; else, where all accuse, the first."""
    for verdict in (Verdict.HOLDS, Verdict.CANNOT_CHECK, Verdict.FAILS):
        for weighed in found:
            if weighed.verdict is verdict:
                return weighed
    return None


LEVEL = Kind(
    name="level",
    title="A figure at a date",
    order=900,
    read=read,
    examples=(
        Example("In January 2025, 7,765 annual reviews were overdue.", HOLDS, "7,765"),
        Example("At the end of October 2024, 6,893 annual reviews were overdue.", FAILS, "6,893"),
        Example("About 36% of annual reviews were overdue in January 2025.", FAILS, "36%"),
        Example("With a forecast of £53m against a target of £29.9m, the gap is £33.1m.", FAILS, "£33.1m"),
        Example("The council employs 240 educational psychologists.", CANNOT_CHECK, "240"),
    ),
)
