"""A rule is one plain question with its own proof: the smallest thing that breaks it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_type_hints

from highneeds.checks.finding import Severity


@dataclass(frozen=True)
class Rule:
    """One question about one kind of thing.

    code        short and stable, such as PLAN-03; findings carry it
    title       the question in words, from the function's name or docstring
    severity    must_fix, query or note
    fix         what the reader does about it
    broken_by   the fields of the smallest thing that breaks it, shown in the manual and run as a test
    source      the guide, regulation or definition it rests on
    subject     the type of the thing it looks at
    ask         the function: the problem as a sentence, or None
    """

    code: str
    title: str
    severity: Severity
    fix: str
    broken_by: Mapping[str, Any]
    source: str
    subject: type
    ask: Callable[[Any], str | None]

    def __call__(self, thing: Any) -> str | None:
        return self.ask(thing)


def rule(
    code: str, *, severity: Severity, fix: str, broken_by: Mapping[str, Any], source: str = "", title: str = ""
) -> Callable[[Callable[[Any], str | None]], Rule]:
    """Make a rule of a function that takes one thing and returns the problem or None."""

    def make(ask: Callable[[Any], str | None]) -> Rule:
        hints = get_type_hints(ask)
        subject = next((kind for name, kind in hints.items() if name != "return"), object)
        words = title or ask.__name__.replace("_", " ").capitalize()
        return Rule(code, words, severity, fix, broken_by, source, subject, ask)

    return make
