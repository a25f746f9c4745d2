"""Every month but some: 'in every month except March', 'all but two months', 'only in September was it below 100%'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.monthly import Told, told_of_months, windows_for
from highneeds.assurance.claims.numbers import in_words
from highneeds.assurance.claims.periods import When
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot
from highneeds.vocabulary.period import Month

_BUT = (
    r"(?:except(?:ing)?(?: for| in)?|but(?: for)?|bar|apart from|other than|save(?: for)?|with the exception of"
    r"|aside from)"
)
_N = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_EVERY = re.compile(
    rf"\b(?P<every>(?:in )?(?:every|each)(?: single)? month|(?:in )?all(?: the)?(?: \w+)? months|throughout|always)\b"
    rf"(?P<mid>[^;:]{{0,60}}?),? (?P<but>{_BUT}) (?:in )?(?:the )?(?P<what>.{{3,60}})",
    re.I,
)
_ALL_BUT = re.compile(rf"\b(?:in )?all but (?P<n>{_N})(?: of(?: the)?(?: \w+)?)?(?: months?)?\b", re.I)
_EXCEPTION = re.compile(r"\bthe (?:only |one |sole )?exceptions?\b[^.]{0,12}? (?:was|were|being|is) ", re.I)
_ONLY_IN = re.compile(r"\bonly in (?=[A-Z])|\b(?:the )?only (?:month|time)\b", re.I)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    """The months named or counted after 'except' are those, and no others, in which it was not so."""
    text = reading.text
    every, all_but, only = _EVERY.search(text), _ALL_BUT.search(text), _ONLY_IN.search(text)
    if every:
        yield from _judge(reading, (every.start("every"), every.end("but")), every.end("but"))
    elif all_but:
        yield from _judge(reading, all_but.span(), all_but.start("n"))
    elif _only_behind(reading) is not None:
        start, end = _only_behind(reading) or (0, 0)
        yield from _judge(reading, (start, end), start, turned=True)
    elif only and told_of_months(reading, only.span()):
        yield from _judge(reading, only.span(), only.end(), turned=True)


def _only_behind(reading: Reading) -> Span | None:
    """'in July and August 2024 only': from the first of the months to the word."""
    hit = re.search(r" only\b(?! (?:once|twice))", reading.text)
    months = [when for when in reading.points if when.first == when.last and hit and when.span[1] <= hit.start()]
    if hit is None or not months or months[-1].span[1] != hit.start():
        return None
    first = months[-1]
    for when in reversed(months[:-1]):
        if reading.text[when.span[1] : first.span[0]].strip().lower() not in (",", "and", ", and"):
            break
        first = when
    return first.span[0], hit.end()


def _judge(reading: Reading, span: Span, at: int, turned: bool = False) -> Iterable[Judgement]:
    """`at` is where the exceptions begin; turned: the months named are those in which it was so."""
    named = _named(reading, at)
    counted = None if named else _counted(reading.text[at:])
    if not named and counted is None:
        return
    spans = tuple(one.span for one in reading.numbers if counted is not None and at <= one.span[0] <= at + 4)
    told = told_of_months(reading, span, (*spans, span))
    if not told:
        return
    found = [_weigh(reading, one, span, [when.first for when in named], counted, turned) for one in told]
    order = (Verdict.HOLDS, Verdict.CANNOT_CHECK, Verdict.FAILS)
    best = min(found, key=lambda weighed: order.index(weighed.verdict))
    dates = tuple(when.span for when in reading.whens if when.span[0] >= at and when in named)
    yield best.owning(span, *spans, *dates, *told[0].spans)


def _named(reading: Reading, at: int) -> list[When]:
    """The months that stand where the exceptions are told, or after 'the exception was'."""
    told = _EXCEPTION.search(reading.text)
    start = told.end() if told else at
    out: list[When] = []
    for when in reading.points:
        between = reading.text[out[-1].span[1] if out else start : when.span[0]]
        near = re.fullmatch(
            r"[\s,(]*(?:and|in|the|or|only|month|of|for|was|is|that|did|so|,)*(?:\s(?:in|and))?\s*", between
        )
        if when.span[0] >= start and when.first == when.last and when.grain != "relative" and near:
            out.append(when)
    return out


def _counted(text: str) -> int | None:
    hit = re.match(rf"(?:in )?(?P<n>{_N})\b", text.strip(), re.I)
    if hit is None:
        return None
    return int(hit["n"]) if hit["n"].isdigit() else int(in_words(hit["n"]) or 0)


def _weigh(reading: Reading, told: Told, span: Span, named: list[Month], counted: int | None, turned: bool) -> Weighed:
    windows = windows_for(reading, told, span)
    if not windows:
        return cannot("The series has no values", told.series)
    inside = told.within(*windows[0])
    others = [month for month, true in sorted(inside.items()) if true is turned]
    kept = [month for month in named if month in inside]
    shown = ", ".join(month.label for month in others[:6]) or "none"
    what = "So only in" if turned else "Not so in"
    why = f"{what} {shown}, of {len(inside)} months from {min(inside).label} to {max(inside).label}"
    if len(kept) < len(named):
        return cannot(f"A month named is not known; {why}", told.series)
    right = set(others) == set(kept) if named else len(others) == counted
    if not right and not told.sure:
        return cannot(why, told.series)
    return Weighed(Verdict.HOLDS if right else Verdict.FAILS, why, shown, told.series)


EXCEPTION = Kind(
    name="exception",
    title="Every month but some",
    order=55,
    read=read,
    examples=(
        Example("In every month except January 2024 the share of overdue annual reviews was below 50%.", HOLDS),
        Example("In every month except March 2024 the share of overdue annual reviews was below 50%.", FAILS),
        Example("Overdue annual reviews were below 9,000 in all but three months.", HOLDS),
        Example("Overdue annual reviews were below 9,000 in all but five months.", FAILS),
    ),
)
