"""highneeds serve"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from highneeds.cli._command import command
from highneeds.cli._office import DEFAULT, OfficeOption, become
from highneeds.vocabulary.errors import InputError


@command("serve")
def serve_the_pages(
    workspace: Annotated[
        Path | None, typer.Argument(help="The workspace folder of a council; without one, the office of a team")
    ] = None,
    port: Annotated[int, typer.Option("--port", help="Where to listen, on this machine only", min=1, max=65535)] = 8000,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where `highneeds run` writes its results; out/<workspace> without")
    ] = None,
    office: OfficeOption = DEFAULT,
    token: Annotated[
        bool | None,
        typer.Option(
            "--token/--no-token",
            help="Whether only who has the printed address may read; without either, where others are at work here",
        ),
    ] = None,
) -> None:
    """The pages of a workspace in a browser, read only, on this machine; or, without one, the office of a team."""
    if workspace is None:
        become("serve", office=office, port=port)
        return
    if not workspace.is_dir():
        raise InputError("There is no such workspace folder", where=str(workspace), remedy="Name an existing folder")
    if find_spec("django") is None or find_spec("gunicorn") is None:
        raise InputError("The pages are not installed", remedy="Install highneeds[web]")
    results = out or Path("out") / workspace.resolve().name
    asked = {None: "", True: "token", False: "no-token"}[token]
    # The office is the last room and no business of ours: it takes our place as a process of its own.
    sys.stdout.flush()
    words = ["-m", "highneeds.office", str(workspace), str(results), str(port), asked]
    os.execv(sys.executable, [sys.executable, *words])
