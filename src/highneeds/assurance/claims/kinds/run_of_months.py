"""How long a run has lasted: 'rose for the fourth month running', 'has now fallen for five months in a row'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.evidence import Series
from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.monthly import sign_for, steps_of
from highneeds.assurance.claims.numbers import in_words
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot, softened
from highneeds.vocabulary.period import Month

_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_ORDINAL = "|".join(_ORDINALS) + r"|\d{1,2}(?:st|nd|rd|th)"
_N = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_RUN = re.compile(
    rf"\b(?:for )?(?:the |a |its |their )?(?P<ord>{_ORDINAL}) (?:(?:successive|consecutive|straight) )?month(?:ly)?"
    rf"(?P<row> running| in a row| in succession)?\b|\b(?:for )?(?P<n>{_N}) (?:successive|consecutive|straight) months"
    rf"|\b(?:for )?(?P<n2>{_N}) months (?:running|in a row|in succession)"
    rf"|\b(?P<n3>{_N}) (?:successive|consecutive|straight) (?:monthly )?(?:falls|rises|increases|decreases"
    rf"|drops|reductions"
    r"|declines)\b",
    re.I,
)


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for hit in _RUN.finditer(reading.text):
        spoken = hit["row"] or re.search(r"successive|consecutive|straight|running|in a row", hit[0], re.I)
        signed = [one for one in reading.directions if one.sign or one.kind in ("better", "worse")]
        if not spoken or not signed:
            continue
        direction = min(signed, key=lambda one: abs(one.span[0] - hit.start()))
        series, firm = reading.series_about(direction.span, None)
        if not series:
            continue
        found = [softened(_judged(reading, one, sign_for(one, direction), hit), firm) for one in series]
        order = (Verdict.HOLDS, Verdict.CANNOT_CHECK, Verdict.FAILS)
        best = min(found, key=lambda weighed: order.index(weighed.verdict))
        numbers = tuple(number.span for number in reading.numbers if overlaps(number.span, hit.span()))
        yield best.owning(hit.span(), direction.span, *numbers)


def _judged(reading: Reading, series: Series, sign: int, hit: re.Match[str]) -> Weighed:
    steps = steps_of(series, sign)
    if not steps:
        return cannot("For this series no step is known", series.id)
    end = _end(reading, series, hit)
    if end not in steps:
        return cannot(f"The step into {end.label} is not known", series.id)
    long = 0
    while steps.get(end.plus(-long)):
        long += 1
    said = _said(hit)
    begins = end.plus(1 - long).label if long else "none"
    why = f"The run to {end.label} is {long} months long, from {begins}"
    limit = min(steps)
    if said <= long or (long and end.plus(-long) < limit):
        return Weighed(Verdict.HOLDS, why, str(long), series.id)
    return Weighed(Verdict.FAILS, why, str(long), series.id)


def _said(hit: re.Match[str]) -> int:
    word = (hit["ord"] or hit["n"] or hit["n2"] or hit["n3"]).lower()
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _ORDINALS.get(word) or int(in_words(word) or 0)


def _end(reading: Reading, series: Series, hit: re.Match[str]) -> Month:
    """The month with which the run ends: the one named after 'to' or beside the run; else the latest."""
    after = re.search(r"\b(?:after|following)\s$", reading.text[: hit.start()], re.I)
    months = [
        when
        for when in reading.points
        if when.is_month and (after or not re.search(r"\b(?:since|from)\s$", reading.text[: when.span[0]]))
    ]
    ended = [when for when in reading.windows if when.role in ("year_to", "between", "until")]
    near = min(months, key=lambda when: abs(when.span[0] - hit.end()), default=None)
    if near and after:
        return near.first.plus(-1)
    return near.first if near else ended[0].last if ended else series.months[-1]


RUN_OF_MONTHS = Kind(
    name="run of months",
    title="How long a run of rises or falls has lasted",
    order=70,
    read=read,
    examples=(
        Example("The number of overdue annual reviews rose for the fourth month running in January 2025.", HOLDS),
        Example("The number of overdue annual reviews rose for the sixth month running in January 2025.", FAILS),
        Example("The number of overdue annual reviews has now risen for three months in a row.", HOLDS),
    ),
)
