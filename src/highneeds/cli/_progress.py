"""The progress bar of long commands: on stderr, so that stdout stays for results.

Where HIGHNEEDS_STEPS names a file, the step that is under way stands in it too, for whoever started the command.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def progress_bar() -> Iterator[Callable[[str], None]]:
    """Give a function that says which step is under way. A file or a program gets no bar, only a refusal."""
    if not sys.stderr.isatty():
        yield tell_step
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Starting", total=None)

        def say(step: str) -> None:
            bar.update(task, description=step)
            tell_step(step)

        yield say
        bar.update(task, description="Done", total=1, completed=1)


def tell_step(step: str) -> None:
    """Write the step that is under way where HIGHNEEDS_STEPS says."""
    if place := os.environ.get("HIGHNEEDS_STEPS"):
        Path(place).write_text(step, encoding="utf-8")
