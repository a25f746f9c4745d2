"""highneeds forecast levers"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._forecasting import say
from highneeds.forecast.scenarios import cautions, read_scenario
from highneeds.report.views.levers import levers


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
    show(levers(for_people=format is Format.TEXT), format, out)
