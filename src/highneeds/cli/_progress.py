"""The progress bar of long commands: on stderr, so that stdout stays for results.

Where HIGHNEEDS_STEPS names a file, the step that is under way stands in it too, for whoever started the command.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from highneeds.vocabulary.progress import CountProgress, Progress, no_progress


@contextmanager
def on_terminal(words: str) -> Iterator[Callable[..., Any] | None]:
    """A bar on a terminal, gone at the end; what is given changes it. A file or a program gets None."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        yield partial(shown.update, shown.add_task(words, total=None))


@contextmanager
def progress_bar() -> Iterator[Callable[[str], None]]:
    """Give a function that says which step is under way."""
    with on_terminal("Starting") as update:

        def say(step: str) -> None:
            if update is not None:
                update(description=step)
            tell_step(step)

        yield say


@contextmanager
def bar(words: str) -> Iterator[CountProgress | None]:
    """A bar of one step with a count; silence elsewhere, but for whoever started the command."""
    tell_step(words)
    with on_terminal(words) as update:
        yield update and (lambda done, whole: update(completed=done, total=whole))


@contextmanager
def doing(words: str) -> Iterator[Progress]:
    """A bar whose words and counts change while something is done."""
    with on_terminal(words) as update:
        yield (
            no_progress
            if update is None
            else lambda said, done, whole: update(description=said, completed=done, total=whole)
        )


def tell_step(step: str) -> None:
    """Write the step that is under way where HIGHNEEDS_STEPS says."""
    if place := os.environ.get("HIGHNEEDS_STEPS"):
        Path(place).write_text(step, encoding="utf-8")
