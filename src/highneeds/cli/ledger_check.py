"""highneeds ledger check"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.account.problems import problem_findings
from highneeds.checks.finding import findings_table
from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._ledger import ControlRowsOption, ControlTotalOption, MappingOption, read


@command("ledger", "check")
def check_an_export(
    export: Annotated[Path, typer.Argument(help="The ledger's export, CSV or Excel")],
    mapping: MappingOption,
    control_rows: ControlRowsOption = None,
    control_total: ControlTotalOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Read a council's ledger export by its mapping and list what stands in the way of posting it."""
    found = read(export, mapping, control_rows, control_total)
    findings = problem_findings("LEDGER-01", found.problems)
    show(findings_table(findings), format, out)
    if any(one.blocking for one in found.problems):
        raise typer.Exit(1)
