"""A page asks the same thing in several places; the database is asked once. Only for pages that change nothing."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answered = TypeVar("Answered")
_ASKED: ContextVar[dict[Hashable, Any] | None] = ContextVar("what this page has asked already", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within this, `once` remembers. What changes something works outside it, and asks anew each time."""
    token = _ASKED.set({})
    try:
        yield
    finally:
        _ASKED.reset(token)


def once(key: Hashable, ask: Callable[[], Answered]) -> Answered:
    """The answer to a question of that key: remembered within `asked_once`, else asked."""
    asked = _ASKED.get()
    if asked is None:
        return ask()
    if key not in asked:
        asked[key] = ask()
    answer: Answered = asked[key]
    return answer
