"""From the text of a figure to the number format that makes a spreadsheet show the same text for the true number."""

import re
from decimal import Decimal

from highneeds.report.cells import Cell

PERCENT = "%"
_SHOWN = re.compile(
    r"(?P<before>[^0-9£+−]*)(?P<sign>[+−]?)(?P<pound>£?)(?P<whole>[0-9,]+)(?P<part>\.[0-9]+)?(?P<million>m?)(?P<after>[^0-9]*)"
)


def number_format(cell: Cell) -> str | None:
    """For '£29.9m' the format "£"0.0,,"m", with those of its negative and of nought.

    None where no format shows the text, so that the text itself is written.
    """
    found = _SHOWN.fullmatch(cell.text)
    if not found or not isinstance(cell.value, Decimal | int) or '"' in cell.text:
        return None
    digits = "#,##0" if "," in found["whole"] else "0"
    decimals = "." + "0" * (len(found["part"]) - 1) if found["part"] else ""
    scale = ",," if found["million"] else ""
    after = PERCENT if found["after"] == PERCENT else _quoted(found["million"] + found["after"])
    figure = digits + decimals + scale + after
    before, pound, plus = found["before"], found["pound"], found["sign"].replace("−", "")
    minus = "" if cell.value < 0 and not found["sign"] else "−"  # a loss that rounds to nought shows no sign
    signs = (plus, minus, "")
    return ";".join(_quoted(before + sign + pound) + figure for sign in signs)


def stored(cell: Cell) -> Decimal | int | None:
    """The number that the format shows as the text: a percentage as a share, as a spreadsheet reckons with it."""
    if not isinstance(cell.value, Decimal | int):
        return None
    return Decimal(cell.value) / 100 if cell.text.endswith(PERCENT) else cell.value


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
