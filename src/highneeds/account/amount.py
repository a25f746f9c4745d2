"""A sum of money that knows where it comes from, or why there is none. Missing stays missing when added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from highneeds.account.pennies import decimal_pounds
from highneeds.vocabulary.state import State


@dataclass(frozen=True)
class Amount:
    """pence    the sum in whole pence, or None
    reason   why there is none
    source   where it stands: file and line, document and line
    state    reported (as somebody printed it) or computed; its kind of gap where there is none
    """

    pence: int | None
    source: str = ""
    reason: str = ""
    state: State = State.COMPUTED

    @property
    def pounds(self) -> Decimal | None:
        return None if self.pence is None else decimal_pounds(self.pence)

    @property
    def is_known(self) -> bool:
        return self.pence is not None

    def __add__(self, other: "Amount") -> "Amount":
        return self._with(other, 1)

    def __sub__(self, other: "Amount") -> "Amount":
        return self._with(other, -1)

    def _with(self, other: "Amount", sign: int) -> "Amount":
        if self.pence is None or other.pence is None:
            return missing(joined((self.reason, other.reason)))
        return Amount(self.pence + sign * other.pence, joined((self.source, other.source)))


def known(pence: int, source: str = "", state: State = State.COMPUTED) -> Amount:
    return Amount(pence, source, "", state)


def missing(reason: str, state: State = State.UNAVAILABLE) -> Amount:
    return Amount(None, "", reason, state)


def given(pence: int | None, what: str, where: str) -> Amount:
    """A cell as an amount: its place is its source, and an empty cell says so."""
    return missing(f"{what} is empty at {where}") if pence is None else known(pence, where)


def total(amounts: Iterable[Amount]) -> Amount:
    """All of them added up; missing where one is missing."""
    result = known(0)
    for amount in amounts:
        result = result + amount
    return result


def joined(texts: Iterable[str]) -> str:
    """Each text once, in order, with semicolons between."""
    parts = [part for text in texts for part in text.split("; ") if part]
    return "; ".join(dict.fromkeys(parts))
