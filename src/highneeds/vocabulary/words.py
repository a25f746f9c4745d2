"""Words put together as a sentence needs them."""

from collections.abc import Iterable
from decimal import Decimal

ALMOST = Decimal("0.95")
"""'Almost 8,000' is within 5% below 8,000: 7,600 is almost 8,000, 7,599 is not, and 8,000 is more than almost
(docs/explanation/claims.md, "When a figure agrees")."""


def capitalised(text: object) -> str:
    """The text with a capital, to begin a sentence or a cell."""
    words = str(text)
    return f"{words[:1].upper()}{words[1:]}"


def listed(words: Iterable[str]) -> str:
    """'1, 2 and 7'; '' where there is nothing to list."""
    all_words = list(words)
    *most, last = all_words or [""]
    return f"{', '.join(most)} and {last}" if most else last


def within(title: str) -> str:
    """A title as it stands inside a sentence; initials keep their letters.

    >>> within("SEN support and inclusion"), within("Place funding, special")
    ('SEN support and inclusion', 'place funding, special')
    """
    return title if title[:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def short_name(key: str) -> str:
    """The short name under which a register keeps a thing, as a sentence says it.

    >>> short_name("north-unit")
    'North unit'
    """
    words = key.replace("-", " ").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"


QUALIFIERS = {"about": "about", "at_least": "at least", "over": "over", "almost": "almost", "up_to": "up to"}
"""How rough a stated figure is, as files write it, and as a sentence says it. Others, such as exact, say nothing."""


def qualified(qualifier: str, text: str) -> str:
    """'about £53m', 'at least 20,000'; an exact figure stands alone."""
    return f"{QUALIFIERS.get(qualifier, '')} {text}".strip()
