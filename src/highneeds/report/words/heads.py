"""The head of a column, or the title of a measure, in words: its unit stands behind it."""

import re

from highneeds.vocabulary.column_name import IN_FRONT, ColumnName
from highneeds.vocabulary.unit import Unit

BEHIND = {Unit.GBP: ", £", Unit.PERCENT: ", %"}


def head(name: str) -> str:
    """'after_deductions_gbp' -> 'After deductions, £'; 'gbp_per_place' -> '£ per place'; 'gbp' -> '£'."""
    column = ColumnName(name)
    if name == Unit.GBP:
        return "£"
    if name.startswith(IN_FRONT):
        return f"£ {ColumnName(name.removeprefix(IN_FRONT)).plain}"
    behind = BEHIND[column.unit] if column.unit and column.stem != name else ""
    words = re.sub(r"\bdfe\b", "DfE", column.plain)
    return f"{words[:1].upper()}{words[1:]}{behind}"
