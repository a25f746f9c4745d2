"""highneeds register template"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, command, show, write_whole
from highneeds.vocabulary.errors import InputError


@command("register", "template")
def write_template(
    name: Annotated[str, typer.Argument(help="The register, such as fee_uplifts")],
    excel: Annotated[bool, typer.Option("--excel", help="A workbook with guidance, lists and validation")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file")] = None,
) -> None:
    """The header of a register with its worked example, as CSV or as an Excel workbook."""
    from highneeds.registers.of_workspace import known_register

    register = known_register(name)
    if not excel:
        show(register.template(), Format.CSV, out)
        return
    if out is None:
        raise InputError("A workbook is not written to the screen", where="--excel", remedy="Give --out FILE.xlsx")
    from highneeds.registers.mechanism.workbook import template_workbook

    write_whole(out, template_workbook(register))
    sys.stderr.write(f"Wrote {out}.\n")
