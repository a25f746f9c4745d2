"""highneeds caseload corrections"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, now, show, write_whole
from highneeds.cli._sen2 import (
    KEY_HELP,
    CaseIdsOption,
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    findings_of,
    read,
)
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.errors import InputError

if TYPE_CHECKING:
    from highneeds.actions.keep_corrections import KeptCorrections
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
    establishments: Annotated[Path | None, typer.Option("--establishments", help="A GIAS extract")] = None,
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
    if files and filled is None:
        _make(files, workspace, establishments, key, case_ids, Extract(mapping, as_at, None), format, out)
        return
    if filled is None:
        from highneeds.actions.keep_corrections import kept_table
        from highneeds.intake.sen2.corrections import read_kept

        show(kept_table(read_kept(workspace)), format, out)
        return
    if not by.strip():
        raise InputError("Nobody is named who says that it is right", where="--by", remedy="Give your role")
    mark = _mark(files, workspace, establishments, key, Extract(mapping, as_at, None)) if files else ""
    _keep(filled, workspace, by, mark, format, out)


def _make(
    files: list[Path],
    workspace: Path,
    establishments: Path | None,
    key: Path | None,
    case_ids: Path | None,
    extract: Extract,
    format: Format,
    out: Path | None,
) -> None:
    from highneeds.checks.sen2.corrections_sheet import corrections_sheet
    from highneeds.intake.sen2.corrections import read_kept
    from highneeds.report.render.corrections_xlsx import corrections_workbook

    returns, known = read(files, establishments, workspace, key, extract, case_ids)
    if len(returns) > 1:
        raise InputError(f"There are {len(returns)} returns", remedy="Give the files of one; a sheet is of one return")
    if case_ids is not None:
        _must_lie_outside(out, workspace)
    found = findings_of(returns[0], known, workspace)
    sheet = corrections_sheet(found, returns[0], _cases(case_ids), read_kept(workspace).get(returns[0].mark, ()))
    if out is not None and out.suffix.lower() == ".xlsx":
        write_whole(out, corrections_workbook(sheet))
        sys.stdout.write(f"{len(sheet.rows):,} rows to put right are in {out}\n")
        return
    show(sheet, format, out)


def _must_lie_outside(out: Path | None, workspace: Path) -> None:
    """Case ids are the council's own key to children: they do not lie beside the data."""
    if out is not None and out.resolve().is_relative_to(workspace.resolve()):
        raise InputError(
            "A sheet with case ids must not lie in the workspace",
            where=str(out),
            remedy="Name another place with --out",
        )


def _cases(case_ids: Path | None) -> dict[str, str]:
    from highneeds.intake.csvfile import read_csv

    if case_ids is None:
        return {}
    return {row["record"]: row["case_id"] for row in read_csv(case_ids, ("linkage_key", "record", "case_id"))}


def _mark(files: list[Path], workspace: Path, establishments: Path | None, key: Path | None, extract: Extract) -> str:
    returns, _ = read(files, establishments, workspace, key, extract)
    if len(returns) > 1:
        raise InputError(f"There are {len(returns)} returns", remedy="Give the files of one; a sheet is of one return")
    return returns[0].mark


def _keep(filled: Path, workspace: Path, by: str, mark: str, format: Format, out: Path | None) -> None:
    from highneeds.actions.keep_corrections import keep_corrections
    from highneeds.store.folder import FolderStore

    kept = keep_corrections(FolderStore(workspace), filled, by=by, now=now(), mark=mark)
    if format is Format.TEXT and out is None:
        sys.stdout.write(_summary(kept))
    else:
        show(_outcome(kept), format, out)
    if kept.found:
        raise typer.Exit(1)


def _outcome(kept: "KeptCorrections") -> "Table":
    """Every row that could not be used as a finding; else what is kept."""
    from highneeds.actions.keep_corrections import kept_table
    from highneeds.checks.finding import findings_table

    if kept.found:
        return findings_table(kept.found)
    return kept_table({mark: corrections for mark, _, corrections in kept.kept})


def _summary(kept: "KeptCorrections") -> str:
    lines = [f"  {one.file}: {one.message}. {one.fix}" for one in kept.found]
    for mark, day, corrections in kept.kept:
        right = sum(not one.stands for one in corrections)
        stand = len(corrections) - right
        said = f", {counted(stand, 'cell')} right already" if stand else ""
        lines.append(f"The return of {day} ({mark}): {counted(right, 'cell')} put right{said}.")
    changed = f", {kept.changed:,} of them otherwise than before" if kept.changed else ""
    lines.append(f"This sheet gave {kept.new:,}{changed}. Check or accept the same files again with this workspace.")
    return "\n".join(lines) + "\n"
