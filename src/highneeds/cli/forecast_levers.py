"""highneeds forecast levers"""

from pathlib import Path
from typing import Annotated, Any

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._forecasting import say
from highneeds.forecast.levers import kinds
from highneeds.forecast.scenarios import cautions, read_scenario
from highneeds.vocabulary.table import Table

COLUMNS = (
    *("lever", "title", "unit", "least", "most", "duty", "affects"),
    *("field", "help", "kind", "required", "default", "choices", "example"),
)
FOR_PEOPLE = ("lever", "field", "kind", "required", "default", "help")


@command("forecast", "levers")
def every_lever(
    scenario: Annotated[
        list[Path] | None, typer.Option("--scenario", help="Look at these scenario files instead. May be repeated")
    ] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Every lever with its fields.

    Of scenario files: whether they can be used, and what to know before believing them.
    """
    if scenario:
        for path in scenario:
            say([f"{path.name} can be used", *cautions(read_scenario(path))])
        return
    columns = FOR_PEOPLE if format is Format.TEXT else COLUMNS
    show(Table.of(columns, [[row[name] for name in columns] for row in _rows()], "Levers of scenarios"), format, out)


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
