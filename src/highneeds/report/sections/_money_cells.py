"""Cells of stated sums."""

from decimal import Decimal

from highneeds.account import decimal_pounds
from highneeds.account.stated import Stated
from highneeds.report.cells import Cell
from highneeds.report.words.sums import balance


def balance_cell(stated: Stated) -> Cell:
    """A balance, in which a surplus is said and not printed with a minus."""
    return Cell(Decimal(decimal_pounds(stated.pence)), balance(stated), unit="gbp")


def money_cell(stated: Stated) -> Cell:
    return Cell(Decimal(decimal_pounds(stated.pence)), stated.words, unit="gbp")
