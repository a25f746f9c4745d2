"""A count and the percentage it is of a whole: '90% (1,177) have offers, 130 are still in consultation'."""

import re
from collections.abc import Iterable
from decimal import Decimal

from highneeds.assurance.claims.judged import Verdict, agrees
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.numbers import Counts, Number
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed

_REST = re.compile(
    r"^\s*(?:more |further )?(?:\w+ ){0,2}?(?:on-?going|consultations?|outstanding|still|remain|pending"
    r"|waiting|to come|without|under consultation|not yet)",
    re.I,
)
_OF = re.compile(r"^\s*(?:out )?of (?:the |all |a total of |some )?$", re.I)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """A percentage beside its count, where the sentence or the recorded facts give the whole."""
    for percent, count in _pairs(reading):
        weighed = _of_stated_whole(reading, percent, count) or _of_the_rest(reading, percent, count)
        weighed = weighed or _of_recorded_rest(reading, percent, count)
        if weighed is not None and percent.span not in used:
            yield weighed.at(percent.span)


def _pairs(reading: Reading) -> list[tuple[Number, Number]]:
    """A percentage and the count that stands right beside it, in brackets or after a comma."""
    out = []
    for one, other in zip(reading.numbers, reading.numbers[1:], strict=False):
        between = reading.text[one.span[1] : other.span[0]]
        kinds = {one.counts, other.counts}
        near = (
            len(between) <= 4
            or ("(" in between and len(between) < 60)
            or re.search(r"^[^,;.]{0,80}, (?:or )?$", between)
        )
        timed = any(n.noun.lower().startswith(("month", "of the", "week", "year")) and n.in_words for n in (one, other))
        if kinds == {Counts.PERCENT, Counts.COUNT} and near and not timed and not one.is_range and not other.is_range:
            out.append((one, other) if one.counts is Counts.PERCENT else (other, one))
    return out


def _of_stated_whole(reading: Reading, percent: Number, count: Number) -> Weighed | None:
    """'1,177 of the 1,307 children (90%)'."""
    for one, other in zip(reading.numbers, reading.numbers[1:], strict=False):
        between = reading.text[one.span[1] : other.span[0]]
        if (
            count.span in (one.span, other.span)
            and one.counts is other.counts
            and other.counts is Counts.COUNT
            and _OF.match(between)
            and other.low
        ):
            return _judged(percent, one.low, other.low)
    return None


def _of_the_rest(reading: Reading, percent: Number, count: Number) -> Weighed | None:
    """'90% (1,177) ... with 130 ongoing': the whole is the count and the rest."""
    for other in reading.numbers:
        later = other.span[0] > count.span[0] and other.span != percent.span
        if later and other.counts is Counts.COUNT and _REST.match(reading.text[other.span[1] :]):
            return _judged(percent, count.low, count.low + other.low)
    return None


def _of_recorded_rest(reading: Reading, percent: Number, count: Number) -> Weighed | None:
    """The facts of the same table: the same count, the consultations beside it, and their sum."""
    facts = [fact for fact in reading.evidence.recorded if fact.unit == "count" and fact.value is not None]
    mine = [fact for fact in facts if fact.value == count.low and "offer" in fact.meaning.lower()]
    if not mine or "offer" not in reading.text.lower():
        return None
    lines = [
        fact for fact in facts if "consultations" in fact.meaning.lower() and "same cohort" in fact.meaning.lower()
    ]
    offers = [fact for fact in facts if fact.meaning.lower().endswith("draft offers received")]
    if len(lines) != len(offers) or not lines:
        return None
    rest = {offer.value: line.value for offer, line in zip(offers, lines, strict=True)}
    if count.low in rest:
        return _judged(percent, count.low, count.low + (rest[count.low] or 0))
    whole = sum((fact.value or Decimal(0) for fact in (*offers, *lines)), Decimal(0))
    return _judged(percent, count.low, whole)


def _judged(percent: Number, part: Decimal, whole: Decimal) -> Weighed:
    share = part * 100 / whole
    shown = f"{share:.1f}%"
    right = agrees(percent, share)
    verdict = Verdict.CANNOT_CHECK if right is None else Verdict.HOLDS if right else Verdict.FAILS
    return Weighed(verdict, f"{part:,} of {whole:,} is {shown}", shown)


COUNT_AND_PERCENTAGE = Kind(
    name="count and percentage",
    title="A count and the percentage it is of a whole",
    order=200,
    read=read,
    examples=(
        Example("90% (1,177) of the children have an offer, with 130 consultations ongoing.", HOLDS, "90%"),
        Example("96% (1,177) of the children have an offer, with 130 consultations ongoing.", FAILS, "96%"),
        Example("1,177 of the 1,307 children (90%) have an offer.", HOLDS, "90%"),
    ),
)
