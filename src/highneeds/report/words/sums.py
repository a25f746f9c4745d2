"""A stated sum in a sentence: one that derives from others is as rough as they are, and a surplus is called one."""

from decimal import Decimal

from highneeds.account.stated import Stated, in_words, precision
from highneeds.vocabulary.rounding import round_half_away


def roughly(pence: int, *derived_from: Stated) -> str:
    """A sum that derives from others, as rough as the roughest of them: 'about £23m'."""
    return to_the_nearest(precision(*derived_from), pence)


def to_the_nearest(step: int, pence: int) -> str:
    """A sum given to `step` pence: 'about £23m' to a million, '£23.1m' to a penny."""
    if step == 1:
        return in_words(pence)
    rounded = int(round_half_away(Decimal(pence) / step)) * step
    if not rounded:
        return f"less than {in_words(step)}"
    return f"about {in_words(rounded)}"


def balance(one: Stated) -> str:
    """A balance, in which a surplus reads like one: '£29.9m', 'about £2m surplus'."""
    return f"{one.upright.words} surplus" if one.is_surplus else one.words
