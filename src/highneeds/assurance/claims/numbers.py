"""The numbers of a sentence: digits, words, money, percentages, rates, ranges, multiples and fractions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from highneeds.assurance.claims.spans import Span, free


class Size(StrEnum):
    """How the text hedges a figure."""

    EXACT = "exact"
    ABOUT = "about"
    ALMOST = "almost"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    UP_TO = "up to"
    WELL_OVER = "well over"


class Counts(StrEnum):
    """What a number counts, as far as its own words say."""

    PERCENT = "percent"
    POINTS = "points"
    GBP = "gbp"
    PER_1000 = "per_1000"
    TIMES = "times"
    COUNT = "count"


@dataclass(frozen=True)
class Number:
    """step          one unit of the last digit printed, scaled: £29.9m -> 100,000
    last_nonzero  one unit of the last digit that is not zero: 21,000 -> 1,000
    high          the upper end of a range
    noun          the words just after, for what is counted
    """

    span: Span
    text: str
    low: Decimal
    counts: Counts
    step: Decimal
    last_nonzero: Decimal
    high: Decimal | None = None
    size: Size = Size.EXACT
    is_fraction: bool = False
    in_words: bool = False
    noun: str = ""

    @property
    def is_range(self) -> bool:
        return self.high is not None


UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SIMPLE = {word: value for value, word in enumerate(UNITS)} | {word: 20 + 10 * i for i, word in enumerate(TENS)}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_WORD = "(?:" + "|".join([*UNITS, *TENS, *_SCALES]) + ")"
_IN_WORDS = rf"\b(?:(?:a |one )(?=hundred|thousand|million|billion))?{_WORD}(?:(?:[ -]| and ){_WORD})*\b"
_DIGITS = r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\d.,])\d+(?:\.\d+)?"
_SCALE = r"(?:\s?(?:k|m|mn|bn)\b|\s?(?:thousand|million|billion)\b)"
_PERCENT = r"(?:\s?%|\s?per ?cent\b)"
_POINTS = r"(?:\s?(?:%|per ?cent(?:age)?)[- ]points?\b|[ -]points?\b|\s?pp\b|\s?ppts?\b|\s?%pts?\b)"
_RATE = (
    r"(?: (?:children|pupils|young people|people|residents))?\s?(?:(?:out of|in|of|per|for)(?: every"
    r"| each)?|every)\s(?:1,?000|thousand|10,?000)\b"
)
_RATE_FIRST = re.compile(
    rf"\b(?:for|of|in|out of|among) (?:every|each) (?:1,?000|thousand|10,?000)\b[^.;]{{0,60}}?, (?:about "
    rf"|some )?(?P<a>{_DIGITS})"
    rf"(?!{_PERCENT}|\d|,\d|\s?(?:percentage )?points?)",
    re.I,
)
_FRACTION_WORDS = {
    "half": (1, 2), "halves": (1, 2), "third": (1, 3), "thirds": (1, 3), "quarter": (1, 4), "quarters": (1, 4),
    "fifth": (1, 5), "fifths": (1, 5), "tenth": (1, 10), "tenths": (1, 10),
}  # fmt: skip
_NUMERATORS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9, "seven": 7}
_MULTIPLE_WORDS = {
    "doubled": 2, "doubling": 2, "double": 2, "twice": 2, "trebled": 3, "tripled": 3, "triple": 3, "treble": 3,
    "tripling": 3, "trebling": 3, "thrice": 3, "quadrupled": 4, "quadruple": 4, "quadrupling": 4,
}  # fmt: skip

_RANGE = re.compile(
    rf"(?P<lead>between |from )?(?P<p1>£\s?)?(?P<a>{_DIGITS}|{_IN_WORDS})(?P<u1>{_POINTS}|{_PERCENT}|{_SCALE})?"
    rf"(?P<link>\s?-\s?| to | and )(?P<p2>£\s?)?(?P<b>{_DIGITS}|{_IN_WORDS})(?P<u2>{_POINTS}|{_PERCENT}|{_SCALE})?",
    re.I,
)
_RATE_RE = re.compile(rf"(?P<a>{_DIGITS}){_RATE}", re.I)
_IN_N = re.compile(
    r"\b(?P<a>one|two|three|four|five|six|seven|eight|nine|\d{1,2})(?: in| out of)(?: every)? (?P<b>two|three|four|five"
    r"|ten|\d{1,2})\b(?!%)",
    re.I,
)
_ONE_IN_N = re.compile(
    r"\b(?P<a>one|two|three|four) (?:(?:[a-z]+ )?(?:requests?|child|children|pupils?|plans?|reviews?"
    r"|schools?|decisions?"
    r"|applications?|assessments?|young people|placements?|people|families)) (?:in|out of)(?: every)? "
    r"(?P<b>two|three|four|five|six|seven|eight|nine|ten|twenty)\b",
    re.I,
)
_FRACTION = re.compile(
    r"\b(?:(?P<n>a|one|two|three|four|nine|seven)[ -])?(?P<d>half|thirds?|quarters?|fifths?"
    r"|tenths?)\b(?! of (?:the )?(?:year|term|month))"
    r"(?! (?:special|new|party|report|quarter|condition|area|risk|school|sector|term|year|meeting|round|update))",
    re.I,
)
_MULTIPLE = re.compile(
    r"\b(?P<w>doubled|doubling|double|twice|trebled|tripled|triple|treble|tripling|trebling|thrice|quadrupled|quadruple"
    rf"|quadrupling)\b|\b(?P<h>halved|halving|halve)\b|(?P<t>{_DIGITS}|{_WORD})(?: times\b(?! (?:a|per"
    rf"|each|every) )|[- ]?fold\b)",
    re.I,
)
_MONEY = re.compile(
    rf"£\s?(?P<a>{_DIGITS})(?P<s>{_SCALE})?(?P<p>\s?pounds)?|(?P<w>{_DIGITS}"
    rf"|{_IN_WORDS})(?P<s2>{_SCALE})? pounds\b",
    re.I,
)
_POINTS_RE = re.compile(rf"(?P<a>{_DIGITS}|{_IN_WORDS}){_POINTS}", re.I)
_PERCENT_RE = re.compile(rf"(?P<a>{_DIGITS}|{_IN_WORDS}){_PERCENT}", re.I)
_PLAIN = re.compile(rf"(?P<a>{_DIGITS})(?P<s>{_SCALE})?(?![\d])(?P<ord>st|nd|rd|th)?", re.I)
_WORDS_RE = re.compile(rf"{_IN_WORDS}", re.I)

_HEDGES: tuple[tuple[Size, str], ...] = (
    (Size.WELL_OVER, r"(?:well|far|comfortably|significantly|considerably) (?:over|above|more than|in excess of)"),
    (Size.AT_LEAST, r"at least|no (?:fewer|less) than|not less than|a minimum of"),
    (Size.UP_TO, r"up to|no more than|at most|not more than|a maximum of|as much as|as many as"),
    (
        Size.ALMOST,
        r"almost|nearly|just under|just below|approaching|close to|not quite|a little under|slightly under|shy of",
    ),
    (
        Size.OVER,
        r"just over|just above|slightly over|slightly more than|a little over|over|more than|in excess of|upwards of"
        r"|above|exceed(?:s|ed|ing)?|greater than|higher than",
    ),
    (Size.UNDER, r"less than|fewer than|under|below|lower than"),
    (
        Size.ABOUT,
        r"about|around|approximately|approx\.?|circa|ca?\.|c|roughly|some|in the region of|broadly|~|an estimated",
    ),
    (Size.EXACT, r"exactly|precisely"),
)  # fmt: skip
_HEDGE_RES = tuple(
    (size, re.compile(rf"(?<!\w)(?:{words})(?: (?:a|an|the|around|about|some))?\s*£?$", re.I))
    for size, words in _HEDGES
)
_MORE_THAN_BEFORE = re.compile(r"(?:^|\b)(?:higher|more|greater|lower|less|fewer) than$", re.I)


_PER = re.compile(r"\b(?:per|out of every|in every|for every|of every|for each|of each)\s$", re.I)


def numbers_in(text: str, taken: list[Span]) -> tuple[Number, ...]:
    """Every number outside the spans already taken (labels, periods), in the order of the text."""
    found: list[Number] = []
    for reader in (_rates, _in_n, _ranges, _money, _points, _percents, _multiples, _fractions, _plain, _words):
        for number in reader(text):
            if number is not None and free(number.span, taken):
                found.append(number)
                taken.append(number.span)
    found = [number for number in found if not _PER.search(text[: number.span[0]])]
    hedged = [_with_hedge(number, text) for number in found]
    return _shared_units(tuple(sorted(hedged, key=lambda number: number.span)), text)


@cache
def in_words(words: str) -> Decimal | None:
    """'twenty-one' -> 21, 'two hundred and nineteen' -> 219; None where the words are no number."""
    total, current = 0, 0
    for word in re.split(r"[ -]+", words.lower().strip()):
        if word in ("and", "a"):
            current = current or (1 if word == "a" else 0)
        elif word in _SIMPLE:
            current += _SIMPLE[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        else:
            return None
    return Decimal(total + current)


def _value(text: str) -> tuple[Decimal, Decimal, bool] | None:
    """The value, one unit of its last digit, and whether it was in words."""
    if text[0].isdigit():
        digits = text.replace(",", "")
        decimals = len(digits.partition(".")[2])
        return Decimal(digits), Decimal(1).scaleb(-decimals), False
    words = in_words(text)
    return None if words is None else (words, Decimal(1), True)


_POWERS = {name: Decimal(10**3) for name in ("k", "thousand")}
_POWERS |= {name: Decimal(10**6) for name in ("m", "mn", "million")}
_POWERS |= {name: Decimal(10**9) for name in ("bn", "billion")}


def _scale(word: str | None) -> Decimal:
    return _POWERS.get((word or "").strip().lower(), Decimal(1))


def last_nonzero_unit(value: Decimal, step: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 21000 -> 1000, 7765 -> 1, 29.9m -> 100,000."""
    unit = step
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def _make(text: str, span: Span, raw: str, counts: Counts, scale: Decimal = Decimal(1)) -> Number | None:
    read = _value(raw)
    if read is None:
        return None
    value, step, words = read[0] * scale, read[1] * scale, read[2]
    noun = text[span[1] : span[1] + 60].lstrip()
    return Number(
        span, text[span[0] : span[1]], value, counts, step, last_nonzero_unit(value, step), in_words=words, noun=noun
    )


def _rates(text: str) -> Iterator[Number | None]:
    for found in _RATE_RE.finditer(text):
        yield _make(text, found.span(), found["a"], Counts.PER_1000)
    for found in _RATE_FIRST.finditer(text):
        yield _make(text, found.span("a"), found["a"], Counts.PER_1000)


def _in_n(text: str) -> Iterator[Number | None]:
    for found in (*_IN_N.finditer(text), *_ONE_IN_N.finditer(text)):
        part, whole = _value(found["a"]), _value(found["b"])
        if part and whole and 0 < part[0] < whole[0] <= 20:
            yield _fraction_number(text, found.span(), part[0] * 100 / whole[0])


def _fraction_number(text: str, span: Span, percent: Decimal) -> Number:
    noun = text[span[1] : span[1] + 60].lstrip()
    return Number(
        span,
        text[span[0] : span[1]],
        percent,
        Counts.PERCENT,
        Decimal(5),
        Decimal(5),
        is_fraction=True,
        in_words=True,
        noun=noun,
    )


def _ranges(text: str) -> Iterator[Number | None]:
    for found in _RANGE.finditer(text):
        number = _range(text, found)
        if number is not None:
            yield number


_OF_TIME = re.compile(r"\s(?:months|years|weeks)\b", re.I)


def _range(text: str, found: re.Match[str]) -> Number | None:
    lead, link = (found["lead"] or "").strip().lower(), found["link"].strip().lower()
    varied = re.search(r"\b(?:rang|vari|var[iy]|swung|swing|fluctuat|oscillat)\w*\s$", text[: found.start()], re.I)
    if (
        (lead == "from" and not varied)
        or (link == "and") != (lead == "between")
        or (link == "to" and not lead and not found["u2"] and not _OF_TIME.match(text[found.end() :]))
    ):
        return None
    if link == "to" and found["u1"] and _counts_of(found["u1"]) is not _counts_of(found["u2"] or found["u1"]):
        return None  # by 1.4 points to 37.4%
    if link == "-" and not (found["u2"] or found["p1"] or lead or re.match(r"\s?\w", text[found.end() :])):
        return None
    money = found["p1"] or found["p2"]
    unit = found["u2"] or found["u1"] or ""
    counts = Counts.GBP if money else _counts_of(unit)
    scale = _scale(unit) if money or counts is Counts.COUNT else Decimal(1)
    low_scale = _scale(found["u1"]) if money and found["u1"] else scale
    low, high = _value(found["a"]), _value(found["b"])
    if low is None or high is None or low[0] * low_scale >= high[0] * scale:
        return None
    step = max(low[1] * low_scale, high[1] * scale)
    start = found.start("p1") if found["p1"] else found.start("a")
    noun = text[found.end() : found.end() + 60].lstrip()
    bottom, top = low[0] * low_scale, high[0] * scale
    loose = min(last_nonzero_unit(bottom, low[1] * low_scale), last_nonzero_unit(top, high[1] * scale))
    return Number((start, found.end()), text[start : found.end()], bottom, counts, step, loose, high=top, noun=noun)


def _counts_of(unit: str) -> Counts:
    unit = unit.lower()
    if "point" in unit or "pp" in unit or "pt" in unit:
        return Counts.POINTS
    return Counts.PERCENT if "%" in unit or "cent" in unit else Counts.COUNT


def _money(text: str) -> Iterator[Number | None]:
    for found in _MONEY.finditer(text):
        raw, scale = found["a"] or found["w"], found["s"] or found["s2"]
        yield _make(text, found.span(), raw, Counts.GBP, _scale(scale))


def _points(text: str) -> Iterator[Number | None]:
    for found in _POINTS_RE.finditer(text):
        yield _make(text, found.span(), found["a"], Counts.POINTS)


def _percents(text: str) -> Iterator[Number | None]:
    for found in _PERCENT_RE.finditer(text):
        yield _make(text, found.span(), found["a"], Counts.PERCENT)


def _multiples(text: str) -> Iterator[Number | None]:
    for found in _MULTIPLE.finditer(text):
        if found["h"]:
            yield replace(_fraction_number(text, found.span(), Decimal(50)), noun="halved")
            continue
        value = Decimal(_MULTIPLE_WORDS[found["w"].lower()]) if found["w"] else (_value(found["t"]) or (None,))[0]
        if value is None:
            continue
        step = Decimal(1) if found["w"] else (_value(found["t"]) or (0, Decimal(1)))[1]
        noun = text[found.end() : found.end() + 60].lstrip()
        yield Number(found.span(), found[0], value, Counts.TIMES, step, step, in_words=bool(found["w"]), noun=noun)


def _fractions(text: str) -> Iterator[Number | None]:
    for found in _FRACTION.finditer(text):
        part, whole = _FRACTION_WORDS[found["d"].lower()]
        word = (found["n"] or "").lower()
        many = _NUMERATORS.get(word, 1)
        plural = found["d"].lower().endswith(("thirds", "quarters", "fifths", "tenths"))
        if (found["d"].lower() != "half" and not word) or (plural and many == 1) or many * part >= whole:
            continue
        yield _fraction_number(text, found.span(), Decimal(many * part * 100) / whole)


def _plain(text: str) -> Iterator[Number | None]:
    for found in _PLAIN.finditer(text):
        before = text[max(0, found.start() - 1) : found.start()]
        if found["ord"] or before.isalpha() or before == "/" or text[found.end() : found.end() + 1].isalpha():
            continue
        yield _make(text, found.span(), found["a"], Counts.COUNT, _scale(found["s"]))


_DOZEN = re.compile(r"\b(?P<n>half a|a|one|two|three)? ?dozen\b", re.I)


def _words(text: str) -> Iterator[Number | None]:
    for found in _DOZEN.finditer(text):
        many = {"half a": 6, "two": 24, "three": 36}.get((found["n"] or "a").lower(), 12)
        noun = text[found.end() : found.end() + 60].lstrip()
        yield Number(
            found.span(), found[0], Decimal(many), Counts.COUNT, Decimal(1), Decimal(1), in_words=True, noun=noun
        )
    for found in _WORDS_RE.finditer(text):
        after = text[found.end() : found.end() + 12].lower()
        before = text[max(0, found.start() - 9) : found.start()].lower()
        if found[0].lower() == "one" and (
            re.match(r"\s(of|is|reason|that|which|another|way|to|day)\b", after)
            or before.endswith(("this ", "that ", "which ", "new ", "no "))
        ):
            continue
        if found[0].lower() in ("hundred", "thousand", "million", "billion"):
            continue
        yield _make(text, found.span(), found[0], Counts.COUNT)


_SIDES = (Size.OVER, Size.UNDER, Size.WELL_OVER)  # 'below the £73' compares with a figure and hedges none


def _with_hedge(number: Number, text: str) -> Number:
    before = text[max(0, number.span[0] - 40) : number.span[0]].rstrip()
    before = re.sub(r"(?<= )between$", "", before).rstrip()
    if re.search(
        r"\b(?:built|adds?|added|comes?|came|goes|went|made|up to a total of|amount(?:s|ed)?) up to$", before, re.I
    ):
        return number
    for size, pattern in _HEDGE_RES:
        found = pattern.search(before)
        if found and not (size in _SIDES and re.search(r"\bthe\s*£?$", found[0])):
            return replace(number, size=size)
    after = text[number.span[1] : number.span[1] + 14].lower()
    return replace(number, size=Size.ABOUT) if re.match(r"\s(or so|or thereabouts)\b", after) else number


def _shared_units(numbers: tuple[Number, ...], text: str) -> tuple[Number, ...]:
    """'by 1.4 and 1.7 points': a bare number takes the unit of the next one in its list."""
    out = list(numbers)
    for i in range(len(out) - 2, -1, -1):
        between = text[out[i].span[1] : out[i + 1].span[0]].strip().lower()
        bare = out[i].counts is Counts.COUNT and not out[i].in_words
        if (
            bare
            and between in ("and", ",", "or", "to", ", and")
            and out[i + 1].counts in (Counts.PERCENT, Counts.POINTS)
            and not out[i + 1].is_range
        ):
            out[i] = replace(out[i], counts=out[i + 1].counts)
    return tuple(out)
