"""What the commands of the office have in common: they hand over to it, as a process of its own."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from highneeds.vocabulary.errors import InputError

OfficeOption = Annotated[
    Path, typer.Option("--office", envvar="HIGHNEEDS_OFFICE", help="The office's folder; ./office without")
]
DEFAULT = Path("office")
CouncilOption = Annotated[str, typer.Option("--council", help="LA number, where the office keeps several councils")]


def hand_over(word: str, **arguments: object) -> None:
    """The office does it; its exit code becomes ours."""
    must_be_installed()
    done = subprocess.run(command(word, arguments))
    if done.returncode:
        raise typer.Exit(done.returncode)


def become(word: str, **arguments: object) -> None:
    """The office takes our place: for what lasts."""
    must_be_installed()
    sys.stdout.flush()
    words = command(word, arguments)
    os.execv(words[0], words)


def command(word: str, arguments: dict[str, object]) -> list[str]:
    plain = {name: str(value) if isinstance(value, Path) else value for name, value in arguments.items()}
    return [sys.executable, "-m", "highneeds.office.command", word, json.dumps(plain)]


def must_be_installed() -> None:
    if find_spec("django") is None or find_spec("gunicorn") is None or find_spec("allauth") is None:
        raise InputError("The office is not installed", remedy="Install highneeds[web]")
