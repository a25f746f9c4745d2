"""The progress bar of long commands: on stderr, so that stdout stays for results."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress_bar() -> Iterator[Callable[[str], None]]:
    """Give a function that says which step is under way."""
    console = Console(stderr=True)
    with Progress(
        BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn(), console=console
    ) as bar:
        task = bar.add_task("Starting", total=None)
        yield lambda step: bar.update(task, description=step)
        bar.update(task, description="Done", total=1, completed=1)
