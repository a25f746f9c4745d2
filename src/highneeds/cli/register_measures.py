"""highneeds register measures"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show
from highneeds.cli._registers import AsAtOption, ListsKnownOption, RegisterOption, in_order, known_of, the_day

CASEWORK = (
    "These are counts of children, small ones too, for those who keep the register. "
    "Documents and pages show them with what is small hidden."
)


@command("register", "measures")
def measure_register(
    files: Annotated[list[Path], typer.Argument(help="A workspace; or the register and further files by their names")],
    register: RegisterOption,
    measure: Annotated[str, typer.Option("--measure", help="Only this one")] = "",
    as_at: AsAtOption = None,
    as_known: ListsKnownOption = None,
    first: Annotated[
        str, typer.Option("--from", help="The first period: 2024-04, 2024-25, 2024/25, 2024 or a day")
    ] = "",
    last: Annotated[str, typer.Option("--to", help="The last period, or the last day of a comparison")] = "",
    settings: Annotated[list[str] | None, typer.Option("--set", help="A setting, NAME=VALUE; may repeat")] = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """The measures of a register by period and cut: the two numbers of each ratio, the value, or why there is none."""
    from highneeds.registers.mechanism.measuring import span_of, table
    from highneeds.registers.mechanism.settings import settings_from_text
    from highneeds.registers.of_workspace import bare_registers, known_register
    from highneeds.vocabulary.period import parse_day

    definition = known_register(register)
    if measure:
        definition.measure(measure)
    in_order(span_of(first), span_of(last))
    given = settings_from_text(tuple(settings or ()))
    if files[0].is_dir():
        known = known_of(files[0], as_at, as_known).with_settings(given)
    else:
        then = parse_day(as_known, "--as-known") if as_known else None
        known = bare_registers(files, register, then if then and as_at is None else the_day(as_at), given, then)
    show(table(known.measures(register, measure, first, last)), format, out)
    if definition.casework:
        typer.echo(CASEWORK, err=True)
