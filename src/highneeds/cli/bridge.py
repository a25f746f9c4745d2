"""highneeds bridge"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.variance.bridge import bridge
from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._money import as_asked
from highneeds.intake.ledger.priced_lines import lines_known, read_priced_lines
from highneeds.report.views.bridge import bridge_table


@command("bridge")
def explain_the_difference(
    plan: Annotated[Path, typer.Argument(help="PLAN.csv: line, volume, price as planned")],
    actual: Annotated[Path, typer.Argument(help="ACTUAL.csv: line, volume, price as it happened")],
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Why the money differs from the plan: volume, mix and price by line, exact to the penny."""
    result = bridge(lines_known(read_priced_lines(plan)), lines_known(read_priced_lines(actual)))
    show(as_asked(bridge_table(result), format), format, out)
