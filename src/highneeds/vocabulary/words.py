"""Words put together as a sentence needs them."""

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """'1, 2 and 7'; '' where there is nothing to list."""
    all_words = list(words)
    *most, last = all_words or [""]
    return f"{', '.join(most)} and {last}" if most else last
