"""A sum of money as somebody published it: exact, about, at least, up to, or a range; with its words and its place."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from highneeds.account.pennies import pence_of
from highneeds.intake.workspace.known_on import day_in
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.rounding import millions, pounds
from highneeds.vocabulary.words import capitalised, qualified

if TYPE_CHECKING:
    from highneeds.intake.workspace.facts import Fact
    from highneeds.vocabulary.source import Source

MILLION = 100_000_000
"""A million pounds, in pence."""
OPEN_ENDED = ("at_least", "over")
FROM_BELOW = ("up_to",)


@dataclass(frozen=True)
class Stated:
    """low, high   whole pence; high equals low for a single sum, and is None where nothing limits it above
    qualifier   exact, about, at_least, over, up_to, almost or range
    printed     as the document prints it
    source      document and place
    row         the row of a file of the council's own that gives it, None of a fact
    dated       the day that the name of its document bears, None where it bears none
    """

    low: int
    high: int | None
    qualifier: str = "exact"
    printed: str = ""
    source: str = ""
    fact: str = ""
    dated: date | None = None
    row: "Source | None" = field(default=None, compare=False)

    @property
    def pence(self) -> int:
        """The sum to count with: the single figure, or the lower end of what is stated."""
        return self.low

    @property
    def words(self) -> str:
        """'£29.9m', 'about £53m', 'at least £30m', '£20m to £30m'."""
        return self.words_with("m")

    def words_with(self, million: str) -> str:
        """The sum with `million` after its millions."""
        if self.qualifier == "range" and self.high is not None:
            return f"{in_words(self.low, million)} to {in_words(self.high, million)}"
        if self.qualifier in FROM_BELOW and self.high is not None:
            return f"up to {in_words(self.high, million)}"
        return qualified(self.qualifier, in_words(self.low, million))

    @property
    def is_surplus(self) -> bool:
        """Below nil whichever way it is read, where deficits are positive."""
        return self.low < 0 and self.high is not None and self.high <= 0

    @property
    def upright(self) -> "Stated":
        """A surplus as a sum above nil, for words that say that it is one; any other as it is."""
        if not self.is_surplus or self.high is None:
            return self
        return Stated(-self.high, -self.low, "range" if self.low != self.high else self.qualifier)

    @property
    def stands_in(self) -> str:
        """The source as a cell of its own: a document with a capital, a file by its name."""
        return capitalised(self.source) if self.fact else self.source

    @property
    def evidence(self) -> str:
        """The words with their place."""
        return f"{self.words} ({self.source})" if self.source else self.words


def in_words(pence: int, million: str = "m") -> str:
    """A sum for a sentence: millions with one decimal from a million on, whole pounds below."""
    amount = Decimal(pence) / 100
    return millions(amount, million=million) if abs(amount) >= 1_000_000 else pounds(amount)


def unlike(one: int, other: int) -> tuple[str, str]:
    """Two sums that differ, for a sentence: to the penny where they would read alike."""
    if in_words(one) != in_words(other):
        return in_words(one), in_words(other)
    return pounds(Decimal(one) / 100, 2), pounds(Decimal(other) / 100, 2)


def apart(mine: int, other: Stated) -> str:
    """A sum of this file beside another one: '£44 here and £0 (registers/payments.csv), 44.00 pounds apart'."""
    own, its = unlike(mine, other.pence)
    words = other.words if own == in_words(mine) else qualified(other.qualifier, its)
    place = f" ({other.source})" if other.source else ""
    return f"{own} here and {words}{place}, {pounds_text(abs(mine - other.pence))} pounds apart"


def precision(*sums: Stated) -> int:
    """To how many pence the roughest of these sums is given; 1 where all are exact.

    'About £53m' is given to a million, 'about £52.5m' to a hundred thousand, 'about £500,000' to a hundred thousand.
    """
    return max((_precision(one) for one in sums), default=1)


def _precision(one: Stated) -> int:
    if one.qualifier == "exact" or not one.low:
        return 1
    step = 100
    while one.low % (step * 10) == 0 and step < MILLION:
        step *= 10
    return step


def stated(sum_gbp: Decimal | int | str, qualifier: str = "exact", source: str = "") -> Stated:
    """A plain number of pounds as a statement."""
    pence = pence_of(sum_gbp)
    return Stated(pence, None if qualifier in OPEN_ENDED else pence, qualifier, "", source)


def dated_by_name(fact: "Fact") -> date | None:
    """22 July 2025 of a fact from 'Cabinet 22 Jul 2025'."""
    return day_in(fact.source.document)


def of_fact(fact: "Fact") -> Stated:
    """A fact in pounds as a statement. A fact whose number was cut off in its document says so."""
    if fact.value is None or not fact.unit.startswith("gbp"):
        raise InputError(
            f"The fact {fact.id} is no sum of money", where=fact.where, remedy="Name a fact in pounds that has a value"
        )
    low, high = pence_of(fact.value), None if fact.value_high is None else pence_of(fact.value_high)
    if high is None and fact.qualifier not in OPEN_ENDED:
        high = low
    return Stated(
        0 if fact.qualifier in FROM_BELOW else low,
        high,
        "range" if fact.value_high is not None and fact.qualifier == "exact" else fact.qualifier,
        fact.printed,
        str(fact.source),
        fact.id,
        dated_by_name(fact),
    )
