"""A forecast beside what came: how many times the original a later figure is."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from highneeds.account.pennies import nearest
from highneeds.intake.workspace import Fact
from highneeds.vocabulary.errors import InputError


@dataclass(frozen=True)
class OverForecast:
    """What was forecast, and by how many percent it is exceeded, as published."""

    about: str
    percent: Decimal
    fact: Fact

    @property
    def times(self) -> Decimal:
        """1.40 for 40% above."""
        return Decimal(nearest(1 + Fraction(self.percent) / 100)).scaleb(-2)


def over_forecast(about: str, fact: Fact) -> OverForecast:
    """From the fact that states the excess in percent."""
    if fact.value is None or fact.unit != "percent":
        raise InputError(f"The fact {fact.id} is no percentage", where=fact.where, remedy="Name one that is")
    return OverForecast(about, fact.value, fact)


def times_of(newest: Decimal | None, agreed: Decimal | None) -> Decimal | None:
    """The newest figure over the agreed one, to two decimals."""
    if newest is None or not agreed:
        return None
    return Decimal(nearest(Fraction(newest) / Fraction(agreed))).scaleb(-2)
