"""highneeds dashboard check"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.checks.dashboard_text import check_dashboard
from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.intake.dashboard import read_dashboard
from highneeds.intake.text import read_text
from highneeds.intake.workspace import read_workspace
from highneeds.report.words.findings import cells_agree


@command("dashboard", "check")
def dashboard_check(
    text: Annotated[Path, typer.Argument(help="The page text of a monitoring report")],
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace whose dashboard it should be")],
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Read the dashboard out of a report's page text and hold it against the workspace, cell by cell."""
    council = read_workspace(workspace)
    dashboard = read_dashboard(read_text(text), text.name)
    findings = check_dashboard(dashboard, text.name, council.indicators, council.observations)
    show(findings.table(), format, out)
    sys.stderr.write(f"{cells_agree(findings)}\n")
