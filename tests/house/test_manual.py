"""The generated manual is current, and every command is in it."""

import re
import subprocess
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


def test_the_python_of_every_page_is_formatted_as_the_package_is(tmp_path):
    """Whoever follows a how-to to the letter has a file that passes the check of `make test`."""
    for path in ((ROOT / "README.md"), *(ROOT / "docs").rglob("*.md")):
        for number, code in enumerate(re.findall(r"```python\n(.*?)```", path.read_text("utf-8"), re.S), 1):
            (tmp_path / f"{path.stem}-{number}.py").write_text(code, "utf-8")
    assert any(tmp_path.iterdir())
    words = ("ruff", "format", "--diff", "--quiet", "--config", str(ROOT / "pyproject.toml"), str(tmp_path))
    done = subprocess.run((sys.executable, "-m", *words), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
