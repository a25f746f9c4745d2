"""highneeds caseload check"""

import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import Format, FormatOption, OutOption, command, show, write_whole
from highneeds.cli._sen2 import (
    KEY_HELP,
    CaseIdsOption,
    Extract,
    ExtractDayOption,
    ExtractMappingOption,
    ReturnCouncilOption,
    findings_of,
    read,
)
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from highneeds.checks.finding import Findings
    from highneeds.intake.sen2.rows import Return


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
        Path | None,
        typer.Option(
            "--owners", help="CSV of record,owner, or with --case-ids of case_id,owner: who works on which case"
        ),
    ] = None,
    case_ids: CaseIdsOption = None,
    mapping: ExtractMappingOption = None,
    as_at: ExtractDayOption = None,
    council: ReturnCouncilOption = None,
    format: FormatOption = Format.TEXT,
    out: OutOption = None,
) -> None:
    """Check SEN2 files and list what was found; ends with 1 while something has to be fixed."""
    from highneeds.checks.finding import Findings

    returns, known = read(files, establishments, workspace, key, Extract(mapping, as_at, council), case_ids)
    found = sum((findings_of(return_, known, workspace) for return_ in returns), Findings())
    if xlsx:
        _write_lists(found, _owners(owners, case_ids), xlsx)
    show(by_rule(found) if format is Format.TEXT and out is None else found.table(), format, out)
    if format is Format.TEXT:
        sys.stdout.write("".join(map(as_read, returns)) + in_short(found))
    if found.must_fix:
        raise typer.Exit(1)


EXAMPLES = 3


def by_rule(found: "Findings") -> Table:
    """For a terminal: one row a rule with its count and three examples, what has to be fixed first.

    A file or --format csv has every finding in a row of its own.
    """
    from highneeds.checks.finding import Severity

    order = list(Severity)
    rows = []
    for result in found.by_rule():
        some = list(islice(result.findings, EXAMPLES))
        if some:
            places = "; ".join(f"{one.file} line {one.line}" if one.line else one.file for one in some)
            more = f" and {len(result.findings) - len(some):,} more" if len(result.findings) > len(some) else ""
            first = some[0]
            cells = (
                result.rule,
                first.severity.value,
                len(result.findings),
                first.message,
                f"{places}{more}",
                first.fix,
            )
            rows.append((order.index(first.severity), cells))
    columns = ("rule", "severity", "findings", "first message", "where", "fix")
    return Table.of(columns, [cells for _, cells in sorted(rows, key=lambda row: row[0])], "Findings by rule")


def as_read(return_: "Return") -> str:
    """In which form and layout a return was read, and what was handled on the way, each with its count."""
    from highneeds.intake.sen2.rows import MODULES

    rows = sum(return_.module(module).height for module in MODULES)
    form = FORM_WORDS[return_.form]
    lines = [f"Read as {form}, layout {return_.layout}, as at {return_.reference_date}: {rows:,} rows."]
    lines += [f"  {note.text}: {counted(note.count)}." for note in return_.notes]
    if return_.unreadable.height:
        lines.append(f"  Cells that could not be read, listed as findings: {counted(return_.unreadable.height)}.")
    return "\n".join(lines) + "\n"


FORM_WORDS = {
    "csv": "Blade CSV files",
    "xml": "an XML return",
    "template": "the data entry template",
    "workbook": "a pre-submission workbook",
    "extract": "an extract by a mapping",
    "ssd": "the SEND tables of the Standard Safeguarding Dataset",
}


def counted(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


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
    reasons: dict[str, dict[str, None]] = {}
    for result in found.of_outcome(Outcome.COULD_NOT_CHECK):  # of two returns a rule is named once
        reasons.setdefault(result.why, {})[result.rule] = None
    lines += [f"Could not check {', '.join(codes)}: {why}." for why, codes in reasons.items()]
    return "\n".join(lines) + "\n"


def _write_lists(found: "Findings", owners: "Mapping[str, str]", xlsx: Path) -> None:
    from highneeds.checks.sen2.owners import by_owner
    from highneeds.report.render.findings_xlsx import findings_workbook

    write_whole(xlsx, findings_workbook(by_owner(found.all, owners)))


def _owners(owners: Path | None, case_ids: Path | None) -> "Mapping[str, str]":
    """Record -> who works on it, as the council lists it: by the record itself, or by its own case ids."""
    from highneeds.intake.csvfile import read_csv

    if owners is None:
        return {}
    if case_ids is None:
        return {row["record"]: row["owner"] for row in read_csv(owners, ("record", "owner"))}
    record_of = {row["case_id"]: row["record"] for row in read_csv(case_ids, ("linkage_key", "record", "case_id"))}
    named = {row["case_id"]: row["owner"] for row in read_csv(owners, ("case_id", "owner"))}
    return {record_of[case]: owner for case, owner in named.items() if case in record_of}
