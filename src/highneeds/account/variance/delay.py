"""What a late school costs: places that are not open, times what another place costs more."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from highneeds.account.amount import Amount, known
from highneeds.account.pennies import nearest
from highneeds.account.stated import Stated
from highneeds.vocabulary.period import FinancialYear, Month


@dataclass(frozen=True)
class DelayStatement:
    """What is published of the cost of a delay: lost this year, lost in all, over which years; and another total."""

    this_year: Stated
    total: Stated
    first: FinancialYear
    last: FinancialYear
    other_total: Stated | None = None

    @property
    def rest(self) -> int:
        """What the later years must lose for the total to hold."""
        return self.total.pence - self.this_year.pence

    @property
    def later_years(self) -> int:
        return self.last.start - self.first.start

    @property
    def rest_a_year(self) -> int:
        return nearest(Fraction(self.rest, 100 * self.later_years)) if self.later_years else 0


def lost_saving(places: Decimal, dearer: Amount, cheaper: Amount, months: int) -> Amount:
    """Places not open x (cost elsewhere - cost there) x months / 12; without either cost why there is none."""
    more = dearer - cheaper
    if more.pence is None:
        return more
    return known(nearest(Fraction(places) * Fraction(more.pence, 100) * months / 12), *more.sources)


def months_late(planned: Month, opened: Month | None, year: FinancialYear) -> int:
    """Months of a financial year in which a school planned to be open is not."""
    months = Month.of(year.first_day).through(Month.of(year.last_day))
    return sum(1 for month in months if planned <= month and (opened is None or month < opened))
