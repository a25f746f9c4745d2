"""highneeds caseload corrections"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, now, show, write_whole
from highneeds.cli._sen2 import (
    KEY_HELP,
    CaseIdsOption,
    EstablishmentsOption,
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    findings_of,
    read,
)
from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.intake.sen2.rows import Return
    from highneeds.vocabulary.table import Table


@command("caseload", "corrections")
def correct_caseload(
    workspace: Annotated[Path, typer.Option("--workspace", help="The workspace that the corrections are kept in")],
    files: Annotated[
        list[Path] | None, typer.Argument(help="SEN2 files in any form, or a folder of them, to make the sheet of")
    ] = None,
    filled: Annotated[
        Path | None, typer.Option("--filled", help="A filled sheet, .xlsx or .csv, to read back and keep")
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who says that a filled sheet is right")] = "",
    establishments: EstablishmentsOption = None,
    key: Annotated[Path | None, typer.Option("--key", help=KEY_HELP)] = None,
    case_ids: CaseIdsOption = None,
    mapping: ExtractMappingOption = None,
    as_at: ExtractDayOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """A sheet to put findings right in, and back: with files it is made, with --filled it is kept, alone it is shown.

    Name the sheet's file with --out: .xlsx for caseworkers. With --case-ids it names the council's own cases, and then
    must lie outside the workspace. What is kept is applied whenever these very files are read with this workspace.
    """
    from highneeds.checks.sen2.corrections_sheet import corrections_sheet
    from highneeds.checks.sen2.kept_corrections import kept_table
    from highneeds.intake.sen2.corrections import read_kept
    from highneeds.intake.sen2.lists import lists_of, read_case_ids

    if filled is None and not files:
        show(kept_table(read_kept(workspace)), format, out)
        return
    if filled is not None and not by.strip():
        raise InputError("Nobody is named who says that it is right", where="--by", remedy="Give your role")
    extract, lists = Extract(mapping, as_at, None), lists_of(workspace, establishments)
    return_ = _the_one(read(files, lists, workspace, key, extract, None if filled else case_ids)) if files else None
    if filled is not None:
        _keep(filled, workspace, by, return_.mark if return_ else "", format, out)
    elif return_ is not None:
        if case_ids is not None:
            _must_lie_outside(out, workspace)
        found = findings_of(return_, lists, workspace)
        kept = lists.corrections.get(return_.mark, ())
        _give(corrections_sheet(found, return_, read_case_ids(case_ids), kept), format, out)


def _the_one(returns: "tuple[Return, ...]") -> "Return":
    if len(returns) > 1:
        raise InputError(f"There are {len(returns)} returns", remedy="Give the files of one; a sheet is of one return")
    return returns[0]


def _must_lie_outside(out: Path | None, workspace: Path) -> None:
    """Case ids are the council's own key to children: they do not lie beside the data."""
    if out is not None and out.resolve().is_relative_to(workspace.resolve()):
        raise InputError(
            "A sheet with case ids must not lie in the workspace",
            where=str(out),
            remedy="Name another place with --out",
        )


def _give(sheet: "Table", format: Format, out: Path | None) -> None:
    from highneeds.report.render.corrections_xlsx import corrections_workbook

    if out is not None and out.suffix.lower() == ".xlsx":
        write_whole(out, corrections_workbook(sheet))
        sys.stdout.write(f"{len(sheet.rows):,} rows to put right are in {out}\n")
        return
    show(sheet, format, out)


def _keep(filled: Path, workspace: Path, by: str, mark: str, format: Format, out: Path | None) -> None:
    from highneeds.actions.keep_corrections import keep_corrections
    from highneeds.report.words.sen2 import corrections_kept
    from highneeds.store.folder import FolderStore

    kept = keep_corrections(FolderStore(workspace), filled, by=by, now=now(), mark=mark)
    if format is Format.TEXT and out is None:
        sys.stdout.write(corrections_kept(kept))
    else:
        show(kept.table(), format, out)
    if kept.found:
        raise typer.Exit(1)
