"""The office's only door to the engine. The engine runs in a process of its own; what comes back is files.

So the web process never loads the analytics libraries, and a run that fails takes no page with it. What the rest of the
office may know of the engine is named here: the shape of its results, and its one error.
"""

import json
import subprocess
import sys
from pathlib import Path

from highneeds import __version__
from highneeds.report.results import (
    RESULTS_FILE,
    SCHEMA,
    Account,
    Chart,
    Condition,
    Document,
    Indicator,
    MoneyPage,
    Results,
    ResultsError,
    file_in,
    load,
)
from highneeds.vocabulary.errors import InputError

__all__ = [
    "RESULTS_FILE",
    "Account",
    "Chart",
    "Condition",
    "Document",
    "Indicator",
    "InputError",
    "MoneyPage",
    "Results",
    "ResultsError",
    "RunFailed",
    "bring_up_to_date",
    "changed_since",
    "file_in",
    "is_current",
    "load",
    "run_engine",
]


class RunFailed(Exception):
    """The engine refused its input; it has said why itself. `code` is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(f"highneeds run ended with {code}")
        self.code = code


def bring_up_to_date(workspace: Path, out: Path) -> None:
    """Run the engine on `workspace` unless the results in `out` are of this version and newer than every input."""
    if not is_current(workspace, out):
        run_engine(workspace, out)


def run_engine(workspace: Path, out: Path) -> None:
    """`highneeds run WORKSPACE --out DIR`, its progress on this terminal. Findings (exit 1) are no failure."""
    ended = subprocess.run([sys.executable, "-m", "highneeds", "run", str(workspace), "--out", str(out)])
    if ended.returncode not in (0, 1):
        raise RunFailed(ended.returncode)


def is_current(workspace: Path, out: Path) -> bool:
    """True when `out` holds results of this version that no file of the workspace is newer than."""
    results = out / RESULTS_FILE
    return results.is_file() and _is_ours(results) and not changed_since(workspace, out)


def changed_since(workspace: Path, out: Path) -> bool:
    """True when something in the workspace was changed, added or taken away after the results in `out` were written."""
    written = (out / RESULTS_FILE).stat().st_mtime_ns
    mine = out.resolve()
    inputs = (path for path in (workspace, *workspace.rglob("*")) if not path.resolve().is_relative_to(mine))
    holder = mine.parent  # making `out` inside the workspace touches its folder; that is no change of input
    return any(path.stat().st_mtime_ns > written for path in inputs if path.resolve() != holder)


def _is_ours(results: Path) -> bool:
    try:
        head = json.loads(results.read_bytes())
        return bool(head["schema"] == SCHEMA and head["run"]["version"] == __version__)
    except (ValueError, KeyError, TypeError):
        return False
