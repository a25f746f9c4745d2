"""What a row of a council's own table is counted in."""

import re

from highneeds.intake.spreadsheet.figures import read_figure
from highneeds.intake.spreadsheet.rows import SheetRow
from highneeds.vocabulary.unit import Unit


def unit_of(row: SheetRow) -> Unit:
    """By its unit column, else by what its cells and its title say, else a count."""
    said = row.meta.get("unit", "").lower()
    figures = [read_figure(cell) for _, cell in row.cells]
    if "%" in said or "percent" in said or "per cent" in said or any(one.is_percent for one in figures):
        return Unit.PERCENT
    if "£" in said or "gbp" in said or any(one.is_pounds for one in figures):
        return Unit.GBP
    title = row.title.lower()
    if "%" in title or "percentage" in title or re.search(r"\bper cent\b|\bproportion\b", title):
        return Unit.PERCENT
    return Unit.GBP if "£" in title or re.search(r"\bcosts?\b", title) else Unit.COUNT
