"""An example as it is shipped: without what a run on this machine has kept in it."""

import shutil
from pathlib import Path

from highneeds.cli._kept import FOLDER

KEPT_BY_A_RUN = ("forecasts", "drafts", "record.jsonl", ".highneeds")


def copy_of(example: Path | str, to: Path, *without: str) -> Path:
    """A copy of an example folder; `without` names further files and folders that are left out."""
    return Path(shutil.copytree(example, to, ignore=shutil.ignore_patterns(*KEPT_BY_A_RUN, *without)))


def share_what_is_kept(home: Path, kept: Path) -> None:
    """`highneeds run` with its output in `home` finds there, and adds to, what all tests of a session keep."""
    kept.mkdir(exist_ok=True)
    (home / FOLDER).symlink_to(kept)
