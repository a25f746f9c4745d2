"""highneeds run"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from highneeds.cli._command import AsKnownOption, OpenDataOption, command, known_day, now
from highneeds.cli._folder import must_be_writable, replace_folder
from highneeds.cli._kept import kept_beside, not_kept
from highneeds.cli._progress import progress_bar
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.memory import uncollected

if TYPE_CHECKING:
    from highneeds.report.evidence import Evidence
    from highneeds.run import RunFiles


@command("run")
@uncollected()
def run(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    out: Annotated[Path | None, typer.Option("--out", help="Where the documents go; default out/NAME")] = None,
    open_data: OpenDataOption = None,
    as_known: AsKnownOption = None,
) -> None:
    """The main job: read, check, measure, account, assure, and write every document."""
    from highneeds.cli._sen2 import key_at_hand
    from highneeds.run import run as run_all

    target = out or Path("out") / workspace.resolve().name
    _must_be_ours(target)
    must_be_writable(target.absolute().parent)
    with progress_bar() as step:
        result = run_all(
            workspace, open_data, step, kept_beside(target, workspace), known_day(as_known), key_at_hand(workspace)
        )
    replace_folder(target, dict(result.files))
    _keep_forecast(workspace, result.evidence)
    _keep_draft(workspace, result)
    from highneeds.report.pages.results.whole import FINDINGS_FILE

    findings = result.evidence.findings
    sys.stdout.write(f"{len(result.files)} files are in {target}\n{len(findings.all)} findings\n")
    if findings.must_fix:
        sys.stderr.write(f"{len(findings.must_fix)} findings must be fixed; see {target / FINDINGS_FILE}\n")
        raise typer.Exit(1)


def _keep_forecast(workspace: Path, evidence: "Evidence") -> None:
    """The forecast of a run is kept in its workspace like every other, so that what comes can be held against it."""
    from highneeds.actions.keep_forecast import keep_summary

    if evidence.brief is not None:
        with not_kept(workspace):
            keep_summary(evidence.store, evidence.brief, evidence.inputs, by="highneeds run", now=now())


def _keep_draft(workspace: Path, result: "RunFiles") -> None:
    """What the submission says is kept, so that the review of the next run can say what moved."""
    from highneeds.actions.keep_draft import keep_draft
    from highneeds.report.render.text import lines_by_section

    evidence = result.evidence
    report, fingerprint = evidence.workspace.council.report.id, evidence.fingerprint
    with not_kept(workspace):
        lines = lines_by_section(result.signed)
        keep_draft(evidence.store, report, fingerprint, lines, by="highneeds run", now=now())


def _must_be_ours(target: Path) -> None:
    """Refuse to replace a folder that no run has written."""
    from highneeds.report.pages.results.whole import RESULTS_FILE

    marks = (RESULTS_FILE, "results.json")  # the second: where it lay before internal/
    if target.exists() and (
        not target.is_dir() or (any(target.iterdir()) and not any((target / mark).exists() for mark in marks))
    ):
        raise InputError(
            "The output folder holds something else", where=str(target), remedy="Choose an empty folder with --out"
        )
