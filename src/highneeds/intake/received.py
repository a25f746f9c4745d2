"""The SEN2 files that lie in a workspace as received, and the word that says whether they are invented."""

from pathlib import Path

from highneeds.intake.accepted import KEPT
from highneeds.intake.sen2.sources import KINDS
from highneeds.intake.text import read_text

FOLDER = "caseload"
SYNTHETIC = "SYNTHETIC.txt"
BESIDE = ("fit.csv", "faults.csv", "establishments.csv")  # what `highneeds synthesise` writes beside a return


def received_files(workspace: Path) -> tuple[Path, ...]:
    """Every file of caseload/ that may hold a return; not the accepted ones, nor what an invented one has beside it."""
    folder, kept = workspace / FOLDER, workspace / KEPT
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_relative_to(kept))
    return tuple(
        path
        for path in found
        if path.suffix.lower() in (*KINDS, ".zip") and path.name not in BESIDE and not path.name.startswith(("~$", "."))
    )


def said_synthetic(workspace: Path) -> bool:
    return (workspace / FOLDER / SYNTHETIC).is_file()


def synthetic_notes(workspace: Path) -> tuple[str, ...]:
    """The sentences of SYNTHETIC.txt that say how the return was invented."""
    if not said_synthetic(workspace):
        return ()
    lines = read_text(workspace / FOLDER / SYNTHETIC, SYNTHETIC).splitlines()
    return tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
