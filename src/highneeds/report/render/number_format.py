"""From the text of a figure to the number format that makes a spreadsheet show the same text for the true number."""

import re

from highneeds.report.cells import Cell

_SHOWN = re.compile(
    r"(?P<before>[^0-9£+−]*)(?P<sign>[+−]?)(?P<pound>£?)(?P<whole>[0-9,]+)(?P<part>\.[0-9]+)?(?P<million>m?)(?P<after>[^0-9]*)"
)


def number_format(cell: Cell) -> str | None:
    """'£29.9m' -> '"£"0.0,,"m"'; None where no format shows that text, so that the text is written instead."""
    found = _SHOWN.fullmatch(cell.text)
    if not found or not cell.is_number:
        return None
    digits = "#,##0" if "," in found["whole"] else "0"
    decimals = "." + "0" * (len(found["part"]) - 1) if found["part"] else ""
    millions = ',,"m"' if found["million"] else ""
    body = _quoted(found["pound"]) + digits + decimals + millions + _quoted(found["after"])
    before = _quoted(found["before"])
    plus = '"+"' if found["sign"] == "+" else ""
    return f'{before}{plus}{body};{before}"−"{body};{before}{body}'


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if text else ""
