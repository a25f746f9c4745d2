"""How far a long piece of work has come, for whoever wants to know."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""In words what is under way, how much of it is done, and of how much."""

CountProgress = Callable[[int, int], None]
"""How much is done, and of how much."""

StepProgress = Callable[[str], None]
"""The step that begins, in words."""


def no_progress(words: str, done: int, whole: int) -> None:
    """For a caller who does not want to know."""
