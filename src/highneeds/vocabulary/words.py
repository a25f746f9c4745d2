"""Words put together as a sentence needs them."""

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """'1, 2 and 7'; '' where there is nothing to list."""
    all_words = list(words)
    *most, last = all_words or [""]
    return f"{', '.join(most)} and {last}" if most else last


def short_name(key: str) -> str:
    """The short name under which a register keeps a thing, as a sentence says it.

    >>> short_name("north-unit")
    'North unit'
    """
    words = key.replace("-", " ").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"
