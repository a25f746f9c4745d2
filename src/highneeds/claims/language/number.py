"""The numbers of a text: digits or words, money, per cent, points, multiples, fractions, ranges."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from highneeds.claims.language.tables import pattern, values


class Hedge(StrEnum):
    """How a text hedges a figure. What each allows stands in `judge/agreement.py`."""

    EXACT = "exact"
    ABOUT = "about"
    ALMOST = "almost"
    OVER = "over"
    AT_LEAST = "at least"
    UNDER = "under"
    UP_TO = "up to"
    WELL_OVER = "well over"
    WELL_UNDER = "well under"


class Counts(StrEnum):
    """What a number counts, as far as its own words say."""

    COUNT = "count"
    PERCENT = "percent"
    POINTS = "points"
    GBP = "gbp"
    TIMES = "times"


@dataclass(frozen=True)
class Number:
    """step    one unit of the last digit printed: £29.9m -> 100,000
    loose   one unit of the last digit that is not zero: 21,000 -> 1,000
    high    the upper end of a range
    also    the same thing said in another unit beside it: 9,961 (51.1%)
    of_other   that of something else: '(9% of all pupils)'
    """

    value: Decimal
    counts: Counts
    step: Decimal
    loose: Decimal
    text: str = ""
    hedge: Hedge = Hedge.EXACT
    high: Decimal | None = None
    is_fraction: bool = False
    also: "tuple[Number, ...]" = ()
    of_other: bool = False

    def hedged(self, hedge: str, text: str) -> "Number":
        return replace(self, hedge=Hedge(hedge), text=text)


_UNITS, _TENS = values("units"), values("tens")
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_SCALES, _FRACTIONS, _MULTIPLES = values("scales"), values("fractions"), values("multiples")
_FIRST_WORD = re.compile(r"[£+-]|\d|[a-z]+", re.I)
_OPENERS = {*_SMALL, *_FRACTIONS, *_MULTIPLES, "halved", "halving", "halves", "a", "an", *_SCALES, "hundred"}
_OPENERS |= {f"{word}s" for word in _FRACTIONS} | {f"{word}fold" for word in _UNITS}
"""Words with which a number can begin: others are not tried."""


def number_at(text: str, at: int) -> tuple[Number, int] | None:
    """The number that starts here, and where it ends. Fractions and multiples before plain numbers."""
    word = _FIRST_WORD.match(text, at)
    if word is None or (at and (text[at - 1].isalnum() or text[at - 1] == ".")):
        return None
    if word[0].isalpha() and word[0].lower() not in _OPENERS:
        return None
    for form, read in (("one_in", _one_in), ("times", _times), ("fraction", _fraction), ("number", _plain)):
        hit = pattern(form).match(text, at)
        if hit and (found := read(hit)):
            return found
    return None


@cache
def in_words(words: str) -> Decimal | None:
    """'thirty-seven and a half' -> 37.5, 'two hundred and nineteen' -> 219; None where the words are no number."""
    words = words.lower()
    for tail, part in ((" and a half", "0.5"), (" and a quarter", "0.25"), (" and three quarters", "0.75")):
        if words.endswith(tail):
            whole = in_words(words.removesuffix(tail))
            return None if whole is None else whole + Decimal(part)
    words, _, decimals = words.partition(" point ")
    total, current = 0, 0
    for word in re.split(r"[ -]+", words.strip()):
        if word in ("and", "a"):
            current = current or int(word == "a")
        elif word in _SMALL:
            if current % 10 or (current and _SMALL[word] >= 10 and current < 100):
                return None
            current += _SMALL[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
        else:
            return None
    digits = "".join(str(_SMALL[word]) for word in decimals.split())
    return Decimal(f"{total + current}.{digits}" if digits else total + current)


def last_nonzero_unit(value: Decimal, step: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 21000 -> 1000, 7765 -> 1, 29.9m -> 100,000."""
    unit = step
    while value and value % (unit * 10) == 0:
        unit *= 10
    return unit


def _value(text: str) -> tuple[Decimal, Decimal] | None:
    """The value, and one unit of its last digit."""
    value = Decimal(text.replace(",", "")) if text[0].isdigit() else in_words(text)
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    return value, Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0))


def _scale(word: str | None) -> Decimal:
    return Decimal(_SCALES.get((word or "").strip().lower(), 1))


def _counts(unit: str, money: bool) -> Counts:
    unit = unit.lower()
    if money or "pound" in unit:
        return Counts.GBP
    if "point" in unit or "pp" in unit or "pts" in unit:
        return Counts.POINTS
    return Counts.PERCENT if unit.strip() else Counts.COUNT


def _plain(hit: re.Match[str]) -> tuple[Number, int] | None:
    low, text, at = _value(hit["a"]), hit.string, hit.start()
    if low is None or hit["ord"] or (hit["minus"] and at and text[at - 1] not in " ("):
        return None
    unit = hit["u"] or hit["u2"] or ""
    money = bool(hit["pound"] or hit["pound2"])
    scale = _scale(hit["s"] or (hit["s2"] if money else None))
    value, step = low[0] * scale, low[1] * scale
    if hit["minus"] == "-":
        value = -value
    counts = _counts(unit, money)
    if hit["b"]:
        high = _value(hit["b"])
        assert high is not None
        top = high[0] * _scale(hit["s2"] or hit["s"])
        if top > value:
            loose = min(last_nonzero_unit(value, step), last_nonzero_unit(top, step))
            return Number(value, counts, step, loose, hit[0], high=top), hit.end()
        end = hit.end("u") if hit["u"] else hit.end("s") if hit["s"] else hit.end("a")
        return Number(value, _counts(hit["u"] or "", bool(hit["pound"])), step, last_nonzero_unit(value, step),
                      text[at:end]), end  # fmt: skip
    return Number(value, counts, step, last_nonzero_unit(value, step), hit[0]), hit.end()


def _one_in(hit: re.Match[str]) -> tuple[Number, int] | None:
    part, whole = _value(hit["a"].lower()), _value(hit["b"].lower())
    known = part is not None and whole is not None and 0 < part[0] < whole[0] <= 20
    return (_share(part[0] * 100 / whole[0], hit[0]), hit.end()) if part and whole and known else None


def _fraction(hit: re.Match[str]) -> tuple[Number, int] | None:
    word, name = (hit["n"] or "").lower(), hit["d"].lower()
    many = int(_SMALL.get(word, 1))
    whole = _FRACTIONS[name.rstrip("s") if name != "half" else name]
    if (not word and name != "half") or many >= whole or (name.endswith("s") != (many > 1) and name != "half"):
        return None
    return _share(Decimal(many * 100) / whole, hit[0]), hit.end()


def _share(percent: Decimal, text: str) -> Number:
    return Number(percent, Counts.PERCENT, Decimal(1), Decimal(1), text, is_fraction=True)


def _times(hit: re.Match[str]) -> tuple[Number, int] | None:
    halved, multiple = (Decimal("0.5"), Decimal("0.1")), Decimal(_MULTIPLES.get((hit["w"] or "").lower(), 1))
    read = halved if hit["h"] else (multiple, Decimal(1)) if hit["w"] else _value(hit["t"].lower())
    return (Number(read[0], Counts.TIMES, read[1], read[1], hit[0]), hit.end()) if read else None
