"""What is said, held to a file that is read in review when it changes."""

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
MOST_SHOWN = 60


def held(name: str, said: Sequence[str]) -> None:
    """Held to tests/golden/NAME.txt; written anew where HIGHNEEDS_WRITE_PAGES asks for it."""
    path, text = GOLDEN / f"{name}.txt", "\n".join(said).rstrip("\n") + "\n"
    if os.environ.get("HIGHNEEDS_WRITE_PAGES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    on_file = path.read_text("utf-8")
    if text.splitlines() != on_file.splitlines():
        lines = difflib.unified_diff(on_file.splitlines(), text.splitlines(), "on file", "now", n=2, lineterm="")
        shown = "\n".join([*lines][:MOST_SHOWN])
        pytest.fail(
            f"{path.name} differs. Where that is meant: HIGHNEEDS_WRITE_PAGES=yes, and read what differs\n{shown}"
        )
