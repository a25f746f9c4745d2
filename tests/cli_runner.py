"""Run the command line as a person would, inside this process."""

import contextlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from highneeds.cli import main


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def run(*words: Any) -> Done:
    """`run("bridge", plan, actual)` -> exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    with _argv(["highneeds", *map(str, words)]), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    return Done(code, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _argv(words: list[str]) -> Iterator[None]:
    before, sys.argv = sys.argv, words
    try:
        yield
    finally:
        sys.argv = before
