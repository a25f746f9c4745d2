"""highneeds caseload check"""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show, write_whole
from highneeds.cli._sen2 import KEY_HELP, AsAtOption, CouncilOption, Extract, MappingOption, findings_of, read

if TYPE_CHECKING:
    from highneeds.checks.finding import Findings


@command("caseload", "check")
def check_caseload(
    files: Annotated[list[Path], typer.Argument(help="SEN2 files in any form, or a folder of them")],
    establishments: Annotated[Path | None, typer.Option("--establishments", help="A GIAS extract")] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", help="Compare with the return accepted before in this workspace")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", help=KEY_HELP)] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Also write a workbook, one sheet for each owner")] = None,
    owners: Annotated[
        Path | None, typer.Option("--owners", help="CSV of record,owner: who works on which case")
    ] = None,
    mapping: MappingOption = None,
    as_at: AsAtOption = None,
    council: CouncilOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Check SEN2 files and list what was found; ends with 1 while something has to be fixed."""
    from highneeds.checks.finding import Findings

    returns, known = read(files, establishments, workspace, key, Extract(mapping, as_at, council))
    found = sum((findings_of(return_, known, workspace) for return_ in returns), Findings())
    if xlsx:
        _write_lists(found, owners, xlsx)
    show(found.table(), format, out)
    if format is Format.TEXT:
        sys.stdout.write(in_short(found))
    if found.must_fix:
        raise typer.Exit(1)


def in_short(found: "Findings") -> str:
    """How many rules found something, were clear, could not check and why."""
    from highneeds.checks.finding import Outcome

    by_severity = Counter(finding.severity.value for finding in found.all)
    lines = [f"{count:,} {severity.replace('_', ' ')}" for severity, count in sorted(by_severity.items())]
    lines = [f"Findings: {', '.join(lines) or 'none'}."]
    counts = {outcome: len(found.of_outcome(outcome)) for outcome in Outcome}
    lines.append(
        f"Rules: {counts[Outcome.FOUND]} found something, {counts[Outcome.CLEAR]} are clear, "
        f"{counts[Outcome.COULD_NOT_CHECK]} could not be checked."
    )
    reasons: dict[str, list[str]] = {}
    for result in found.of_outcome(Outcome.COULD_NOT_CHECK):
        reasons.setdefault(result.why, []).append(result.rule)
    lines += [f"Could not check {', '.join(codes)}: {why}." for why, codes in reasons.items()]
    return "\n".join(lines) + "\n"


def _write_lists(found: "Findings", owners: Path | None, xlsx: Path) -> None:
    from highneeds.checks.sen2.owners import by_owner
    from highneeds.intake.csvfile import read_csv
    from highneeds.report.render.findings_xlsx import findings_workbook

    rows = read_csv(owners, ("record", "owner")) if owners else ()
    named = {row["record"]: row["owner"] for row in rows}
    write_whole(xlsx, findings_workbook(by_owner(found.all, named)))
