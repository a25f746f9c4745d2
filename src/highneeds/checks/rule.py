"""A rule is one plain question with its own proof: the first thing that breaks it beside the last that does not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

from highneeds.checks.finding import Severity

Case = Mapping[str, Any]
Cases = Case | Sequence[Case]
"""One case or several, where a rule has several limits."""


SHORT = {"sen": "SEN", "upn": "UPN", "urn": "URN", "ehcp": "EHCP", "nhs": "NHS", "sen2": "SEN2"}


def title_of(name: str) -> str:
    """'a_sen_unit_is_where_the_list_says' -> 'A SEN unit is where the list says'."""
    words = " ".join(SHORT.get(word, word) for word in name.split("_"))
    return f"{words[:1].upper()}{words[1:]}"


@dataclass(frozen=True)
class Rule:
    """One question about one kind of thing.

    code        short and stable, such as PLAN-03; findings carry it
    title       the question in words, from the function's name or docstring
    severity    must_fix, query or note
    fix         what the reader does about it
    broken_by   the fields of the smallest thing that breaks it, at the limit: the first refused
    source      the guide, regulation or definition it rests on
    subject     the type of the thing it looks at
    ask         the function: the problem as a sentence, or None
    holds_for   what is changed in `broken_by` so that it just holds: the last allowed, one change for each limit
    also_broken_by   what is changed in `broken_by` so that it breaks at another limit, or by another code

    All of them are shown in the manual and run as a test.
    """

    code: str
    title: str
    severity: Severity
    fix: str
    broken_by: Case
    source: str
    subject: type
    ask: Callable[[Any], str | None]
    holds_for: tuple[Case, ...] = ()
    also_broken_by: tuple[Case, ...] = ()

    def __call__(self, thing: Any) -> str | None:
        return self.ask(thing)

    @property
    def refused(self) -> tuple[Case, ...]:
        """Every case that breaks it, whole."""
        return (self.broken_by, *({**self.broken_by, **change} for change in self.also_broken_by))

    @property
    def allowed(self) -> tuple[Case, ...]:
        """Every case beside the limit that does not break it, whole."""
        return tuple({**self.broken_by, **change} for change in self.holds_for)


def cases(given: Cases) -> tuple[Case, ...]:
    """One case or several as several."""
    return (given,) if isinstance(given, Mapping) else tuple(given)


def last_allowed(code: str, given: Cases) -> tuple[Case, ...]:
    """The cases that just hold; a rule without one, or with one that changes nothing, is refused where it is written.

    Raises TypeError: it is a fault of our own code.
    """
    found = cases(given)
    if not found or not all(found):
        raise TypeError(f"{code} says what breaks it and not what is just allowed: give holds_for")
    return found


def rule(
    code: str,
    *,
    severity: Severity,
    fix: str,
    broken_by: Case,
    holds_for: Cases,
    also_broken_by: Cases = (),
    source: str = "",
    title: str = "",
) -> Callable[[Callable[[Any], str | None]], Rule]:
    """Make a rule of a function that takes one thing and returns the problem or None."""

    def make(ask: Callable[[Any], str | None]) -> Rule:
        hints = get_type_hints(ask)
        subject = next((kind for name, kind in hints.items() if name != "return"), object)
        words = title or title_of(ask.__name__)
        allowed = last_allowed(code, holds_for)
        return Rule(code, words, severity, fix, broken_by, source, subject, ask, allowed, cases(also_broken_by))

    return make
