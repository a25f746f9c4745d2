"""Every kind of lever with its fields, and what may be chosen in each."""

from typing import Any

from highneeds.forecast.levers import kinds
from highneeds.vocabulary.table import Table

COLUMNS = (
    *("lever", "title", "unit", "least", "most", "duty", "affects"),
    *("field", "help", "kind", "required", "default", "choices", "example"),
)
FOR_PEOPLE = ("lever", "field", "kind", "required", "default", "help")


def levers(for_people: bool) -> Table:
    """A row for each field of each lever; for people only the columns that are read on a screen."""
    columns = FOR_PEOPLE if for_people else COLUMNS
    return Table.of(columns, [[row[name] for name in columns] for row in _rows()], "Levers of scenarios")


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "lever": kind.name,
            "title": kind.title,
            "unit": kind.unit,
            "least": kind.bounds[0],
            "most": kind.bounds[1],
            "duty": kind.duty,
            "affects": kind.affects,
            "field": one.name,
            "help": one.help,
            "kind": one.kind,
            "required": "yes" if one.required else "no",
            "default": _written(one.default),
            "choices": " ".join(one.choices),
            "example": _written(kind.example.get(one.name, "")),
        }
        for kind in kinds()
        for one in kind.asked()
    ]


def _written(value: Any) -> str:
    """As it is typed: several values apart by commas."""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
