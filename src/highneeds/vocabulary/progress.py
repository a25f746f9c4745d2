"""How far a long piece of work has come: told to whoever asks, or to nobody."""

from collections.abc import Callable

Told = Callable[[str, int, int], None]
"""In words what is under way, how much of it is done, and of how much."""


def nobody(words: str, done: int, whole: int) -> None:
    """Tell nobody."""
