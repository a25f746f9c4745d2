"""highneeds serve"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.vocabulary.errors import InputError


@command("serve")
def serve_the_pages(
    workspace: Annotated[Path, typer.Argument(help="The workspace folder of a council")],
    port: Annotated[int, typer.Option("--port", help="Where to listen, on this machine only", min=1, max=65535)] = 8000,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where `highneeds run` writes its results; out/<workspace> without")
    ] = None,
) -> None:
    """The office in a browser: read only, on this machine only. Works the results out first where need be."""
    if not workspace.is_dir():
        raise InputError("There is no such workspace folder", where=str(workspace), remedy="Name an existing folder")
    if find_spec("django") is None or find_spec("gunicorn") is None:
        raise InputError("The pages are not installed", remedy="Install highneeds[web]")
    results = out or Path("out") / workspace.resolve().name
    # The office is the last room and no business of ours: it takes our place as a process of its own.
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "highneeds.office", str(workspace), str(results), str(port)])
