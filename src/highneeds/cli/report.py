"""highneeds report"""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import OpenDataOption, command, now, tell
from highneeds.cli._folder import must_be_writable, place_files
from highneeds.cli._kept import kept_beside, not_kept
from highneeds.cli._progress import progress_bar
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.evidence import Evidence


@command("report")
def report(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    out: Annotated[Path, typer.Option("--out", help="The folder for the documents; made if it is missing")],
    kind: Annotated[str, typer.Option("--kind", help="Which report or return")] = "submission",
    as_known: Annotated[
        datetime | None,
        typer.Option("--as-known", formats=["%Y-%m-%d"], help="Leave out what became known after this day"),
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="The Excel template of DfE that a return fills")
    ] = None,
    open_data: OpenDataOption = None,
) -> None:
    """Write the documents of one kind, or fill a template of the Department for Education."""
    from highneeds.cli._sen2 import key_at_hand
    from highneeds.report.output import report_files
    from highneeds.report.reports import fills_template, reports_of_kind
    from highneeds.run import gather

    chosen = reports_of_kind(kind)
    fills = fills_template(chosen, given=template is not None)
    must_be_writable(out)
    day = as_known.date() if as_known else None
    with progress_bar() as step:
        evidence = gather(workspace, open_data, step, kept_beside(out, workspace), day, key_at_hand(workspace))
        files = _filled(evidence, workspace, kind, template, day) if fills else report_files(chosen, evidence, step)
    place_files(out, files)
    sys.stdout.write(f"{counted(len(files), 'file is', 'files are')} in {out}\n")


def _filled(
    evidence: "Evidence", workspace: Path, kind: str, template: Path | None, day: date | None
) -> dict[str, bytes]:
    """Fill the template, keep which measure stands in which row, and say what DfE would refuse."""
    from highneeds.actions.keep_return_mapping import keep_return_mapping, kept_mapping
    from highneeds.report.returns.of_kind import filled_return
    from highneeds.report.words.returns import rows_filled, would_refuse

    if template is None or not template.is_file():
        raise InputError(
            "This return fills DfE's template, and none was given",
            where=str(template or "--template"),
            remedy="Give the Excel file with --template",
        )
    data, kept = template.read_bytes(), kept_mapping(evidence.store, kind)
    made = filled_return(evidence, kind, data, template.name, kept, day or now().date())
    with not_kept(workspace):
        keep_return_mapping(evidence.store, kind, made.filled.mapping, by="highneeds report", now=now())
    rows = made.filled.rows
    tell([rows_filled(kind, sum(bool(one.written) for one in rows), len(rows))])
    for problem in made.filled.problems:
        sys.stderr.write(f"{would_refuse(problem)}\n")
    return dict(made.files)
