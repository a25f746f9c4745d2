"""When a printed figure agrees with a computed one. Every tolerance of the reader stands here; the checks share that of
'almost', which is a word's.

Source: the council officers' rules for a monitoring report (docs/explanation/claims.md, "When a figure agrees").
"""

from decimal import Decimal

from highneeds.claims.language.number import Counts, Hedge, Number
from highneeds.vocabulary.words import ALMOST

STEADY_HOLDS, STEADY_FAILS = Decimal(5), Decimal(10)
"""'Relatively consistent': a range of at most 5 points holds, of more than 10 fails; between them is opinion."""
FRACTION_OFF = Decimal(5)
"""'A third' fails from 5 points off the fraction; nearer, it holds only as the simple fraction nearest the value."""
TIMES_HOLDS = Decimal("0.25")
"""'Doubled', without "about", holds from 1.75 to 2.25 times; up to half a unit off (1.5 to 2.5) it is opinion: of the
labelled sentences one calls 1.6 times false, and the settled definition would let it pass as "about"."""
_FRACTIONS = "1/10 1/8 1/6 1/5 1/4 1/3 2/5 1/2 3/5 2/3 3/4 4/5 5/6 7/8 9/10"
SIMPLE_FRACTIONS = tuple(Decimal(one[0]) * 100 / Decimal(one[2:]) for one in _FRACTIONS.split())
"""The fractions that people say of a share."""


def agrees(number: Number, value: Decimal) -> bool | None:
    """Does the printed figure agree with the value, which is in its unit? None where the rules leave it open."""
    if number.high is not None:
        slack = (number.loose if number.hedge is Hedge.ABOUT else number.step) / 2
        return number.value - slack <= value <= number.high + slack
    stated, size = number.value, abs(value) if number.value > 0 else value
    if number.is_fraction and number.hedge in (Hedge.EXACT, Hedge.ABOUT):
        return _nearest_fraction(stated, size)
    slack = number.loose / 2
    if number.counts is Counts.TIMES and number.value < 1:
        return _halved(number, size)
    if number.counts is Counts.TIMES and number.hedge is Hedge.EXACT:
        off = abs(size - stated)
        return True if off <= TIMES_HOLDS else False if off > slack else None
    unit = FRACTION_OFF if number.is_fraction else number.loose
    rules = {
        Hedge.EXACT: abs(size - stated) <= number.step / 2,
        Hedge.ABOUT: abs(size - stated) <= slack,
        Hedge.ALMOST: stated * ALMOST <= size < stated,
        Hedge.OVER: stated < size < stated + unit,
        Hedge.AT_LEAST: stated <= size < stated + unit,
        Hedge.UNDER: size < stated,
        Hedge.WELL_UNDER: size < stated,
        Hedge.UP_TO: size <= stated,
        Hedge.WELL_OVER: size > stated,
    }
    near = number.is_fraction and number.hedge is Hedge.ALMOST and stated - FRACTION_OFF <= size < stated
    return rules[number.hedge] or (None if near else False)  # 23.5% may be called nearly a quarter


def _halved(number: Number, ratio: Decimal) -> bool | None:
    """'Halved' is a fall by half: more than halved is below a half, almost halved just above it."""
    fall, half = (1 - ratio) * 100, (1 - number.value) * 100
    if number.hedge in (Hedge.EXACT, Hedge.ABOUT):
        return _nearest_fraction(half, fall)
    return {
        Hedge.ALMOST: half * ALMOST <= fall < half, Hedge.OVER: fall > half, Hedge.WELL_OVER: fall > half,
        Hedge.AT_LEAST: fall >= half, Hedge.UNDER: 0 < fall < half, Hedge.WELL_UNDER: 0 < fall < half,
        Hedge.UP_TO: 0 < fall <= half,
    }[number.hedge]  # fmt: skip


def beyond(number: Number, value: Decimal) -> bool:
    """As a limit that a run of months keeps: 'stayed above 98%' says nothing of how far above."""
    above, below = value > number.value, value < number.value
    rules = {
        Hedge.OVER: above, Hedge.WELL_OVER: above, Hedge.AT_LEAST: not below, Hedge.UNDER: below,
        Hedge.WELL_UNDER: below, Hedge.UP_TO: not above,
    }  # fmt: skip
    return rules[number.hedge] if number.hedge in rules else bool(agrees(number, value))


def is_limit(number: Number) -> bool:
    return number.high is not None or number.hedge not in (Hedge.EXACT, Hedge.ABOUT, Hedge.ALMOST)


def _nearest_fraction(stated: Decimal, size: Decimal) -> bool | None:
    nearest = min(SIMPLE_FRACTIONS, key=lambda fraction: abs(fraction - size))
    if abs(nearest - stated) < Decimal("0.5"):
        return True
    return False if abs(size - stated) > FRACTION_OFF else None
