"""What is said, held to a file that is read in review when it changes."""

import os
from collections.abc import Sequence
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def held(name: str, said: Sequence[str]) -> None:
    """Held to tests/golden/NAME.txt; written anew where HIGHNEEDS_WRITE_PAGES asks for it."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("HIGHNEEDS_WRITE_PAGES"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(said) + "\n", "utf-8")
    assert "\n".join(said).splitlines() == path.read_text("utf-8").splitlines()
