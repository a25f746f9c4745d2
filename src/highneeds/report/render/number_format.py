"""From how a figure is shown to the number format by which a spreadsheet shows the same text for the true number."""

from decimal import Decimal

from highneeds.report.cells import Cell
from highneeds.report.shown_number import PERCENT

THOUSAND = 1000


def number_format(cell: Cell) -> str | None:
    """For '£29.9m' the format "£"0.0,,"m", with those of its negative and of nought.

    None where no format shows the text, so that the text itself is written.
    """
    look, value = cell.shown, cell.value
    if look is None or not isinstance(value, Decimal | int):
        return None
    seen = look.rounded(value)
    digits = "#,##0" if look.grouped and abs(seen) >= THOUSAND else "0"
    decimals = "." + "0" * look.decimals if look.decimals else ""
    after = PERCENT if look.after == PERCENT else _quoted(("m" if look.millions else "") + look.after)
    figure = digits + decimals + (",," if look.millions else "") + after
    minus = "" if value < 0 and (look.unsigned or not seen) else "−"  # a loss that rounds to nought shows no sign
    signs = ("+" if look.plus else "", minus, "")
    pound = "£" if look.pound else ""
    return ";".join(_quoted(look.before + sign + pound) + figure for sign in signs)


def stored(cell: Cell) -> Decimal | int | None:
    """The number that the format shows as the text: a percentage as a share, as a spreadsheet reckons with it."""
    if not isinstance(cell.value, Decimal | int):
        return None
    return Decimal(cell.value) / 100 if cell.shown is not None and cell.shown.after == PERCENT else cell.value


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
