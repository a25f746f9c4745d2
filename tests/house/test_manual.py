"""The generated manual is current, and every command is in it."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from write_reference import reference  # noqa: E402

from highneeds.cli import commands  # noqa: E402

REFERENCE = reference()


@pytest.mark.parametrize("name", REFERENCE)
def test_the_reference_is_current(name):
    assert (ROOT / name).read_text("utf-8") == REFERENCE[name], f"{name} is stale: run make docs"


@pytest.mark.parametrize("command", commands(), ids=lambda command: " ".join(command.words))
def test_every_command_is_documented(command):
    assert command.title.endswith("."), "the docstring's first line is the help; end it with a full stop"
    assert f"## highneeds {' '.join(command.words)}\n" in REFERENCE["docs/reference/commands.md"]


def test_a_page_is_called_by_a_title_without_a_number():
    """What was decided is searched for in words; the number stands in the name of the file."""
    for path in (ROOT / "docs").rglob("*.md"):
        title = next(line for line in path.read_text("utf-8").splitlines() if line.startswith("# "))
        assert not title[2].isdigit(), f"{path.name}: {title}"
