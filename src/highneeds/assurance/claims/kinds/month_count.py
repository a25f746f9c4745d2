"""In how many months something was so: 'rose in seven of the twelve months', 'only once above 50%', 'in no month'."""

import re
from collections.abc import Iterable

from highneeds.assurance.claims.judged import Verdict
from highneeds.assurance.claims.kinds._kind import FAILS, HOLDS, Example, Kind
from highneeds.assurance.claims.monthly import Told, side_of, told_of_months, windows_for
from highneeds.assurance.claims.numbers import in_words
from highneeds.assurance.claims.reading import Reading
from highneeds.assurance.claims.spans import Span, overlaps
from highneeds.assurance.claims.weigh import Judgement, Weighed, cannot
from highneeds.vocabulary.period import Month

_N = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|eighteen"
    r"|twenty)"
)
_HEDGE = r"(?P<hedge>at least |no fewer than |more than |over |fewer than |as many as |at most |no more than |up to )?"
_OF_MONTHS = re.compile(
    rf"(?:\b(?:in|for|on|during) )?\b(?:only |just )?{_HEDGE}(?P<n>{_N}|none|half|most|a majority) ?(?:months? )?"
    rf"(?:out )?of (?:the |its |these |those |all )?(?:(?:last|past|previous|preceding|first|latest|full) )?"
    rf"(?P<m>{_N} )?(?:calendar |reported |published )?(?:months?|month-ends)\b",
    re.I,
)
_MONTHS = re.compile(
    rf"\b(?:in|for|during) (?:only |just )?{_HEDGE}(?P<n>{_N}) (?:different |separate |calendar )?months?\b"
    r"(?!,? (?:to|time|later|ago|earlier|before|running|in a row|on|prior|ending|end|from now)\b)",
    re.I,
)
_MONTHS_OF = re.compile(
    rf"\b(?:only |just )?{_HEDGE}(?P<n>{_N}) months? (?:of|in|during) (?:the )?(?:(?:19|20)\d\d|year|period)\b"
    rf"|\b(?:only |just ){_HEDGE.replace('hedge', 'hedge2')}(?P<n2>{_N}) months? (?:saw|had|were|recorded)\b",
    re.I,
)
_WHICH = re.compile(r"\s*(?:in which|when|where|that|during which)\b", re.I)
_NONE = re.compile(
    r"\b(?:in )?(?:no|not one|not a single)(?: single)? month\b(?! (?:saw|had|has seen|recorded|was|brought)(?: an?)?"
    r" (?:higher|lower|larger|smaller|greater|fewer|more|less)\b(?! than \d))",
    re.I,
)
_TIMES = re.compile(
    rf"\b(?P<hedge>at least |more than |no more than )?(?:only |just )?(?P<t>once|twice|thrice|(?P<n>{_N}) times|on "
    rf"(?:only |just )?(?P<o>{_N}) occasions?)\b(?! (?:a|per|as|the|more|higher|what)\b)"
    rf"(?:,? (?:in|over|during) (?:the |these )?(?:last |past )?(?P<m>{_N}) months)?",
    re.I,
)
_TIMES_WORDS = {"once": 1, "twice": 2, "thrice": 3}
_AT_LEAST = ("at least", "no fewer than", "as many as")


def read(reading: Reading, used: frozenset[Span]) -> Iterable[Judgement]:
    for hit in _counts(reading.text):
        if any(overlaps(hit.span(), when.span) for when in reading.windows if when.role == "between"):
            continue
        groups = hit.groupdict()
        spans = tuple(number.span for number in reading.numbers if overlaps(number.span, hit.span()))
        told = told_of_months(reading, hit.span(), (*spans, hit.span()))
        one_step = (groups.get("n") or "").lower() == "one" and not groups.get("m")
        if (_needs_a_limit(groups) or one_step) and not (told and not told[0].steps):
            continue
        if not told:
            limits = tuple(number.span for number in reading.numbers if side_of(reading, number))
            yield cannot("What is said of the months is not understood").owning(hit.span(), *spans, *limits)
            return
        if (groups.get("n") or "").lower() == "one" and groups.get("m") and _WHICH.match(reading.text[hit.end() :]):
            hit = re.match(r"(?P<n>.*)", str(groups["m"]).strip()) or hit
            groups = hit.groupdict()
        whole = int(in_words(groups["m"].strip()) or 0) if _worded(groups.get("m")) else _digits(groups.get("m"))
        weighed = _best([_weigh(reading, one, hit, whole or None) for one in told])
        yield weighed.owning(hit.span(), *spans, *told[0].spans)
        return


def _counts(text: str) -> list[re.Match[str]]:
    """The months counted; a bare 'once' only where no other count stands."""
    times = list(_TIMES.finditer(text))
    if times and times[0]["m"]:
        return times[:1]
    found = [hit for pattern in (_OF_MONTHS, _NONE, _MONTHS_OF, _MONTHS) for hit in pattern.finditer(text)]
    return found[:1] or times[:1]


def _needs_a_limit(groups: dict[str, str | None]) -> bool:
    """'twice' counts months only beside a limit or a comparison."""
    return "t" in groups


def _worded(text: str | None) -> bool:
    return bool(text) and not str(text).strip().isdigit()


def _digits(text: str | None) -> int:
    return int(text) if text and text.strip().isdigit() else 0


def _weigh(reading: Reading, told: Told, hit: re.Match[str], whole: int | None) -> Weighed:
    windows = windows_for(reading, told, hit.span(), whole)
    if not windows:
        return cannot(f"Which {whole} months are meant is not certain", told.series)
    results = [_in_window(told, hit, *window) for window in windows]
    return _best(results)


def _in_window(told: Told, hit: re.Match[str], first: Month, last: Month) -> Weighed:
    inside = told.within(first, last)
    true = [month for month, is_true in sorted(inside.items()) if is_true]
    if not inside:
        return cannot("The series has no value in that time", told.series)
    right = _says(hit, len(true), len(inside))
    named = ", ".join(month.label for month in true[:13]) or "none"
    unknown = first.months_until(last) + 1 - len(inside)
    missing = f"; {unknown} not known" if unknown > 0 else ""
    why = f"So in {len(true)} of {len(inside)} months from {min(inside).label} to {max(inside).label}{missing}: {named}"
    if right:
        return Weighed(Verdict.HOLDS, why, str(len(true)), told.series)
    if not told.sure or (unknown > 0 and _says(hit, len(true) + unknown, len(inside) + unknown)):
        return cannot(why, told.series)
    return Weighed(Verdict.FAILS, why, str(len(true)), told.series)


def _says(hit: re.Match[str], true: int, inside: int) -> bool:
    """Is the number of months what the words say?"""
    groups = hit.groupdict()
    word = (groups.get("t") or groups.get("n") or "").lower()
    if "n" not in groups or (not groups.get("n") and not groups.get("t")) or word == "none":
        return true == 0
    if word in ("half", "most", "a majority"):
        return true * 2 == inside if word == "half" else true * 2 > inside
    count = _TIMES_WORDS.get(word) or _number(groups.get("o") or groups.get("n") or "")
    hedge = (groups.get("hedge") or "").strip().lower()
    if hedge in _AT_LEAST:
        return true >= count
    if hedge in ("more than", "over"):
        return true > count
    if hedge in ("at most", "no more than", "up to"):
        return true <= count
    return true < count if hedge == "fewer than" else true == count


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(in_words(text) or 0)


def _best(found: list[Weighed]) -> Weighed:
    """One that holds; else, where any is uncertain, that; else the first that fails."""
    for verdict in (Verdict.HOLDS, Verdict.CANNOT_CHECK, Verdict.FAILS):
        for weighed in found:
            if weighed.verdict is verdict:
                return weighed
    return found[0]


MONTH_COUNT = Kind(
    name="count of months",
    title="In how many months something was so",
    order=60,
    read=read,
    examples=(
        Example("The number of overdue annual reviews rose in four of the twelve months to January 2025.", HOLDS),
        Example("The number of overdue annual reviews rose in six of the twelve months to January 2025.", FAILS),
        Example("The share of overdue annual reviews was below 40% in eight of the thirteen months.", HOLDS),
        Example("In no month was the share of overdue annual reviews above 50%.", FAILS),
        Example("The share of overdue annual reviews was above 50% only once.", HOLDS),
    ),
)
