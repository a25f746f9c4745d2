"""The statutory override: how long it keeps the deficit off the books, and what would fall on them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from highneeds.account.amount import Amount, known
from highneeds.account.pennies import nearest, percent_of
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.source import Source


@dataclass(frozen=True)
class MovedEnd:
    """The day to which the end was moved, where that is announced, and whether after the report."""

    to: date
    announced: Source
    is_later: bool = False


@dataclass(frozen=True)
class OverrideClock:
    """end         the day on which the override ends
    exposure   the deficit that day; a surplus is no exposure
    reserves   what the council could use, where it is known
    words      the exposure as it is published, such as 'at least £30m'
    moved      the later day to which the end was moved; None where it stands
    is_later   the figure was published after the report
    """

    end: date
    as_at: date
    exposure: Amount
    reserves: Amount
    words: str = ""
    moved: MovedEnd | None = None
    is_later: bool = False

    @property
    def months_left(self) -> int:
        """Whole months from the day of looking to the end; negative when it has passed."""
        return Month.of(self.as_at).months_until(Month.of(self.end))

    @property
    def share_of_reserves(self) -> Decimal | None:
        if self.exposure.pence is None or not self.reserves.pence:
            return None
        return percent_of(self.exposure.pence, self.reserves.pence)


def override_clock(
    end: date,
    as_at: date,
    closing: Amount,
    reserves: Amount,
    words: str = "",
    moved: MovedEnd | None = None,
    is_later: bool = False,
) -> OverrideClock:
    """The clock for one end date, from the closing deficit at it."""
    exposure = closing if closing.pence is None else known(max(0, closing.pence), *closing.sources)
    return OverrideClock(end, as_at, exposure, reserves, words, moved, is_later)


def financing_cost(opening: Amount, closing: Amount, rate_percent: Decimal) -> Amount:
    """A year's interest on the average of the two balances: cash that the council lends to the account."""
    both = opening + closing
    if both.pence is None:
        return both
    cost = Fraction(both.pence, 200) * Fraction(rate_percent) / 100
    return known(nearest(cost), *both.sources, Note.of("stands.average_balance", percent=rate_percent))
