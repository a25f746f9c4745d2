"""Words put together as a sentence needs them."""

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """'1, 2 and 7'."""
    *most, last = list(words)
    return f"{', '.join(most)} and {last}" if most else last
