"""What a kind of identity is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from highneeds.vocabulary.period import FinancialYear, Month

IdentityPeriod = Month | FinancialYear
PeriodSeries = Mapping[IdentityPeriod, Decimal]


@dataclass(frozen=True)
class IdentityPromise:
    """The values an identity speaks of; a missing value is an absent key.

    result          the left side
    terms           the right side, in order
    half_units      half a unit of the last printed digit, of the result and then of each term; 0 for counts
    """

    result: PeriodSeries
    terms: tuple[PeriodSeries, ...]
    half_units: tuple[Decimal, ...]

    def months(self) -> list[Month]:
        """The months in which every side that is named has a value."""
        sides = [*([self.result] if self.result else []), *self.terms]
        shared = set.intersection(*(set(side) for side in sides))
        return sorted(period for period in shared if isinstance(period, Month))

    @property
    def slack(self) -> Decimal:
        return sum(self.half_units, Decimal(0))


@dataclass(frozen=True)
class IdentityKind:
    """name      as identities.csv writes it
    title     the promise in words
    ask       the months in which it is broken, each with the sentence that says how
    example   result and terms of one month that break it, with the sentence expected
    source    where the promise comes from
    terms     how many counts stand on the right side; 0 for any number
    holds_for the nearest months that keep it, one for each limit
    also_broken_by   months that break it at another limit
    """

    name: str
    title: str
    fix: str
    source: str
    ask: Callable[[IdentityPromise], Iterator[tuple[Month, str]]]
    example: tuple[IdentityPromise, Sequence[str]]
    holds_for: tuple[IdentityPromise, ...]
    also_broken_by: tuple[IdentityPromise, ...] = ()
    terms: int = 0

    @property
    def has_result(self) -> bool:
        return bool(self.example[0].result)


def one_month(result: str | None, *terms: str, month: Month | None = None) -> IdentityPromise:
    """A promise of one month for worked examples; '45.7' is rounded, '166' is a count."""
    at: IdentityPeriod = month or Month(2024, 7)
    numbers = [Decimal(text) for text in ([result] if result else []) + list(terms)]
    sides: tuple[PeriodSeries, ...] = tuple({at: number} for number in numbers)
    halves = tuple(half_unit_of(number) for number in numbers)
    return IdentityPromise(sides[0] if result else {}, sides[1:] if result else sides, halves)


def half_unit_of(printed: Decimal) -> Decimal:
    """45.7 -> 0.05; a whole number is a count and exact."""
    exponent = printed.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1) if isinstance(exponent, int) and exponent < 0 else Decimal(0)
