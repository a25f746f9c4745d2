"""What a command is, and what every command's output looks like."""

import math
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from highneeds.intake.yamlfile import as_day
from highneeds.report.render.tables import as_csv, as_json, as_text
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table


@dataclass(frozen=True)
class Command:
    """words: what is typed, ('caseload', 'check'); run: a typer function whose docstring is the help."""

    words: tuple[str, ...]
    run: Callable[..., Any]

    @property
    def title(self) -> str:
        return (self.run.__doc__ or "").strip().splitlines()[0]


def command(*words: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a command of a function. It lives in the file named after its words: caseload_check.py."""
    return lambda run: Command(words, _finite(run))


def _finite(run: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which refuses an option that is no finite number: `inf` and `nan` are figures of nothing."""

    @wraps(run)
    def checked(**given: Any) -> Any:
        for name, value in given.items():
            if isinstance(value, float) and not math.isfinite(value):
                raise InputError(
                    f"'{value}' is no number of anything",
                    where=f"--{name.replace('_', '-')}",
                    remedy="Write digits only, such as 1234.5",
                )
        return run(**given)

    return checked


class Format(StrEnum):
    TEXT = "text"
    CSV = "csv"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="text for people, csv or json for programs")]
OutOption = Annotated[Path | None, typer.Option("--out", help="Write to this file instead of the screen")]
SeedOption = Annotated[int, typer.Option("--seed", help="The same seed gives the same result")]
AsKnownOption = Annotated[
    str | None,
    typer.Option("--as-known", help="Leave out what became known after this day; default: the day of the report"),
]
OpenDataOption = Annotated[
    Path | None, typer.Option("--open-data", help="A newer folder of published statistics in place of the pack")
]


def known_day(text: str | None) -> date | None:
    """The day of --as-known; None where none is given."""
    return as_day(text, "--as-known") if text else None


def show(table: Table, format: Format = Format.TEXT, out: Path | None = None) -> None:
    """Write a table as asked: to the screen, or whole to a file that is never left half-written."""
    text = {Format.TEXT: as_text, Format.CSV: as_csv, Format.JSON: as_json}[format](table)
    if out is None:
        sys.stdout.write(text)
        return
    write_whole(out, text.encode("utf-8"))


def tell(lines: Iterable[str]) -> None:
    """Sentences on the screen, each on its line."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def now() -> datetime:
    """The moment, with this machine's time zone. It enters by this door and no other."""
    return datetime.now().astimezone()


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target, then move into place: an interruption leaves the old file as it was.

    A target that is a link stays one; the file that it leads to is replaced.
    """
    path = path.resolve() if path.is_symlink() else path
    if path.is_dir():
        raise InputError("This is a folder", where=str(path), remedy="Name a file with --out")
    if not path.parent.is_dir():
        raise InputError("The folder is missing", where=str(path.parent), remedy="Make it first, or choose another")
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(data)
    beside.replace(path)
