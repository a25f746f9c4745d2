"""The SEN2 files that lie in a workspace as received, and the word that says whether they are invented."""

from highneeds.intake.accepted import KEPT
from highneeds.intake.sen2.sources import KINDS
from highneeds.intake.text import read_text
from highneeds.store.place import Place

FOLDER = "caseload"
SYNTHETIC = "SYNTHETIC.txt"
FITTED_TO_DASHBOARD = "Fitted to: dashboard"
"""The line of SYNTHETIC.txt by which an invented return says that it honours the months of a dashboard."""
BESIDE = ("fit.csv", "faults.csv", "establishments.csv")  # what `highneeds synthesise` writes beside a return


def received_files(workspace: Place) -> tuple[Place, ...]:
    """Every file of caseload/ that may hold a return; not the accepted ones, nor what an invented one has beside it."""
    kept = str(workspace / KEPT)
    found = (path for path in sorted((workspace / FOLDER).rglob("*")) if path.is_file() and not _in(path, kept))
    return tuple(
        path
        for path in found
        if path.suffix.lower() in (*KINDS, ".zip") and path.name not in BESIDE and not path.name.startswith(("~$", "."))
    )


def _in(place: Place, folder: str) -> bool:
    return str(place).startswith(f"{folder}/")


def said_synthetic(workspace: Place) -> bool:
    return (workspace / FOLDER / SYNTHETIC).is_file()


def synthetic_notes(workspace: Place) -> tuple[str, ...]:
    """The sentences of SYNTHETIC.txt that say how the return was invented."""
    return tuple(line.removeprefix("- ") for line in _said(workspace) if line.startswith("- "))


def said_fitted(workspace: Place) -> bool:
    """Whether the return was fitted to the months of a dashboard."""
    return FITTED_TO_DASHBOARD in _said(workspace)


def _said(workspace: Place) -> list[str]:
    """The lines of SYNTHETIC.txt, none without one."""
    if not said_synthetic(workspace):
        return []
    return read_text(workspace / FOLDER / SYNTHETIC, SYNTHETIC).splitlines()
