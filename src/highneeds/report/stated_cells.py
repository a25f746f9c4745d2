"""Cells of stated sums."""

from dataclasses import replace
from decimal import Decimal

from highneeds.account import decimal_pounds
from highneeds.account.stated import FROM_BELOW, Stated, precision
from highneeds.report.cells import Cell
from highneeds.report.shown_number import MILLION, ShownNumber, in_millions
from highneeds.report.words.sums import balance, roughly
from highneeds.vocabulary.rounding import MINUS, round_half_away
from highneeds.vocabulary.words import QUALIFIERS

ABOUT = "about "


def money_cell(stated: Stated, note: str = "") -> Cell:
    """'£29.9m', 'about £53m', '£20m to £30m'."""
    return _cell(stated, stated.words, note)


def balance_cell(stated: Stated, note: str = "") -> Cell:
    """A balance, in which a surplus is said and not printed with a minus."""
    if not stated.is_surplus:
        return money_cell(stated, note)
    return _cell(stated, balance(stated), note, after=" surplus", unsigned=True)


def rough_cell(value: Decimal | int, pence: int, *derived: Stated, sign: str = "", after: str = "") -> Cell:
    """A sum told as roughly as what it derives from: 'about £23m', '+£23.1m', 'about £23m above'.

    value   the sum in pounds
    pence   the same, whole
    sign    '+' or '−' before the sum, '' where words say on which side of nought it is
    A spreadsheet shows it so where the words are no rougher than a format can be.
    """
    step = precision(*derived)
    text = f"{sign}{roughly(abs(pence), *derived)}{after}"
    seen = round_half_away(Decimal(abs(pence)) / step) * step / 100
    shown = replace(_sum(seen, ABOUT if step > 1 else "", after, unsigned=sign != MINUS), plus=sign == "+")
    same = bool(seen) and shown.rounded(seen) == shown.rounded(Decimal(value).copy_abs())
    return Cell(value, text, unit="gbp", shown=shown if same else None)


def stated_number(value: Decimal, qualifier: str, unit: str) -> Cell:
    """'about 20,900', 'at least 20,000'."""
    return Cell.number(value, ShownNumber(before=_before(qualifier)), unit=unit)


def _cell(stated: Stated, text: str, note: str, after: str = "", unsigned: bool = False) -> Cell:
    """A range has no format of one number, nor has 'up to £30m', which counts from nought."""
    value = Decimal(decimal_pounds(stated.pence))
    one_number = stated.qualifier not in ("range", *FROM_BELOW) or stated.high in (None, stated.low)
    shown = _sum(value, _before(stated.qualifier), after, unsigned) if one_number else None
    return Cell(value, text, note=note, unit="gbp", shown=shown)


def _before(qualifier: str) -> str:
    """'about ', and nothing for an exact figure."""
    return f"{QUALIFIERS[qualifier]} " if qualifier in QUALIFIERS else ""


def _sum(value: Decimal, before: str, after: str, unsigned: bool) -> ShownNumber:
    """Millions with one decimal from a million on, whole pounds below, as `in_words` says a sum."""
    if abs(value) >= MILLION:
        return replace(in_millions(value, before=before, after=after), unsigned=unsigned)
    return ShownNumber(pound=True, unsigned=unsigned, before=before, after=after)
