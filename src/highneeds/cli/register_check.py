"""highneeds register check"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._registers import AsAtOption, RegisterOption, known_of, the_day


@command("register", "check")
def check_register(
    file: Annotated[list[Path], typer.Argument(help="The register; further files are registers by their names")],
    register: RegisterOption,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="The other registers, facts and settings")
    ] = None,
    as_at: AsAtOption = None,
    settings: Annotated[list[str] | None, typer.Option("--set", help="A setting, NAME=VALUE; may repeat")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """What is wrong in a register, as CSV or workbook; ends with 1 while something has to be fixed."""
    from highneeds.checks.finding import Outcome
    from highneeds.registers.mechanism.settings import settings_from_text
    from highneeds.registers.of_workspace import bare_registers, known_register

    known_register(register)
    given = settings_from_text(tuple(settings or ()))
    if workspace is None:
        known = bare_registers(file, register, the_day(as_at), given)
    else:
        known = known_of(workspace, as_at).with_files(register, file).with_settings(given)
    findings = known.findings(register)
    show(findings.table(), format, out)
    for result in findings.of_outcome(Outcome.COULD_NOT_CHECK):
        sys.stderr.write(f"Could not check {result.rule}: {result.why}.\n")
    if findings.must_fix:
        raise typer.Exit(1)
