"""highneeds run"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import AsKnownOption, OpenDataOption, command, known_day, now
from highneeds.cli._folder import must_be_writable, replace_folder
from highneeds.cli._kept import kept_beside, not_kept
from highneeds.cli._progress import progress_bar
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.memory import uncollected


@command("run")
@uncollected()
def run(
    workspace: Annotated[Path, typer.Argument(help="A workspace folder")],
    out: Annotated[Path | None, typer.Option("--out", help="Where the documents go; default out/NAME")] = None,
    open_data: OpenDataOption = None,
    as_known: AsKnownOption = None,
) -> None:
    """The main job: read, check, measure, account, assure, and write every document."""
    from highneeds.actions.keep_run import keep_draft_of_run, keep_forecast_of_run
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
    for keep in (keep_forecast_of_run, keep_draft_of_run):
        with not_kept(workspace):
            keep(result, by="highneeds run", now=now())
    from highneeds.report.pages.results.whole import FINDINGS_FILE

    findings = result.evidence.findings
    sys.stdout.write(f"{len(result.files)} files are in {target}\n{len(findings.all)} findings\n")
    if findings.must_fix:
        sys.stderr.write(f"{len(findings.must_fix)} findings must be fixed; see {target / FINDINGS_FILE}\n")
        raise typer.Exit(1)


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
