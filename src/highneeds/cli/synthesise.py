"""highneeds synthesise"""

from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import OpenDataOption, SeedOption, command
from highneeds.invented.caseload.forms import Form
from highneeds.invented.caseload.given_out import WantedReturn, give_out
from highneeds.report.render.tables import as_text
from highneeds.vocabulary.period import parse_day


@command("synthesise")
def synthesise_a_council(
    as_at: Annotated[str, typer.Option("--as-at", help="The day the extract is of, such as 2024-01-18")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to")],
    council: Annotated[str | None, typer.Option("--council", help="LA number, such as 886")] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--continue", help="Carry on the invented return in this folder, with the same children"),
    ] = None,
    open_data: OpenDataOption = None,
    scale: Annotated[float, typer.Option("--scale", help="Every published count times this")] = 1.0,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="Honour the monthly dashboard of this workspace too")
    ] = None,
    form: Annotated[Form, typer.Option("--form", help="The form of the return")] = Form.CSV,
    layout: Annotated[int | None, typer.Option("--layout", help="Year of the layout, else that of --as-at")] = None,
    faults: Annotated[float, typer.Option("--faults", help="Share of people with a fault in their records")] = 0.0,
    as_known: Annotated[
        str | None, typer.Option("--as-known", help="Use no statistic published after this day, such as 2025-04-02")
    ] = None,
    packed: Annotated[bool, typer.Option("--zip", help="The return as one zip instead of its files")] = False,
    seed: SeedOption = 1,
) -> None:
    """An invented caseload in the real SEN2 form, from published figures; every file of it says so."""
    day = parse_day(as_at, "--as-at")
    wanted = WantedReturn(
        as_at=day,
        out=out,
        council=council,
        earlier=earlier,
        workspace=workspace,
        scale=scale,
        form=form,
        layout=layout or day.year,
        faults=faults,
        packed=packed,
        seed=seed,
        open_data=open_data,
        as_known=parse_day(as_known, "--as-known") if as_known else None,
    )
    given = give_out(wanted)
    typer.echo(f"Wrote {given.rows:,} invented rows to {out}")
    if given.fit is not None:
        typer.echo(as_text(given.fit))
