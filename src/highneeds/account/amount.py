"""A sum of money that knows where it comes from, or why there is none. Missing stays missing when added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from highneeds.account.pennies import decimal_pounds
from highneeds.account.stated import Stated
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State


@dataclass(frozen=True)
class SpendRows:
    """Several rows of a file of spend, from the first of them on."""

    count: int
    first: Source

    def __str__(self) -> str:
        return f"{self.count} spend rows from {self.first}"


Ground = Source | SpendRows | Note
"""Where a sum can be looked up; a note where it was worked out, or why there is none."""


@dataclass(frozen=True)
class Amount:
    """pence    the sum in whole pence, or None
    sources  where it stands: file and line, document and line; a note where it is worked out
    reasons  why there is none
    state    reported (as somebody printed it) or computed; its kind of gap where there is none
    """

    pence: int | None
    sources: tuple[Ground, ...] = ()
    reasons: tuple[Note, ...] = ()
    state: State = State.COMPUTED

    @property
    def pounds(self) -> Decimal | None:
        return None if self.pence is None else decimal_pounds(self.pence)

    @property
    def is_known(self) -> bool:
        return self.pence is not None

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Where it stands, or why there is none."""
        return self.sources or self.reasons

    def __add__(self, other: "Amount") -> "Amount":
        return self._with(other, 1)

    def __sub__(self, other: "Amount") -> "Amount":
        return self._with(other, -1)

    def _with(self, other: "Amount", sign: int) -> "Amount":
        if self.pence is None or other.pence is None:
            return missing(*dict.fromkeys((*self.reasons, *other.reasons)))
        return known(self.pence + sign * other.pence, *dict.fromkeys((*self.sources, *other.sources)))


def known(pence: int, *sources: Ground, state: State = State.COMPUTED) -> Amount:
    return Amount(pence, sources, (), state)


def missing(*reasons: Note) -> Amount:
    return Amount(None, (), reasons, State.UNAVAILABLE)


def given(pence: int | None, column: str, where: Source) -> Amount:
    """A cell as an amount: its place is its source, and an empty cell says so."""
    if pence is None:
        return missing(Note.of("amount.empty", column=column, sources=(str(where),)))
    return known(pence, where)


def of_statement(one: Stated) -> Amount:
    """A sum that somebody published, to count with: it stands in its document."""
    return known(one.pence, Source(one.source))


def place_of(one: Stated) -> tuple[str, ...]:
    """For the sources of a note: where a published sum stands."""
    return (one.source,) if one.source else ()


def total(amounts: Iterable[Amount]) -> Amount:
    """All of them added up; missing where one is missing."""
    result = known(0)
    for amount in amounts:
        result = result + amount
    return result
