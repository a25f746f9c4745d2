"""Where the year stands: target against forecast, before contributions, and the lead that a smaller gap implies."""

from dataclasses import dataclass
from decimal import Decimal

from highneeds.account.pennies import percent_of_plan
from highneeds.account.stated import Stated


@dataclass(frozen=True)
class Position:
    """variance        forecast less target, before DfE payments and council contributions; positive is worse
    variance_pct    of the target
    gap             accumulated deficit less plan at the end of the year, where it is published
    implied_lead    how far ahead of plan the year must have begun for the gap to be no larger
    """

    target: Stated
    forecast: Stated
    gap: Stated | None

    @property
    def variance(self) -> int:
        return self.forecast.pence - self.target.pence

    @property
    def variance_pct(self) -> Decimal | None:
        return percent_of_plan(self.variance, self.target.pence)

    @property
    def implied_lead(self) -> int | None:
        return self.variance - self.gap.pence if self.gap else None


def position(target: Stated, forecast: Stated, gap: Stated | None = None) -> Position:
    """In-year target against forecast, and what a published accumulated gap says of the year's start."""
    return Position(target, forecast, gap)


@dataclass(frozen=True)
class ImpliedContributions:
    """What DfE and council together must have put in for three published figures to hold."""

    before: Stated
    in_year: Stated
    after: Stated

    @property
    def pence(self) -> int:
        return self.before.pence + self.in_year.pence - self.after.pence


def implied_contributions(before: Stated, in_year: Stated, after: Stated) -> ImpliedContributions:
    """Opening deficit + in-year overspend - closing deficit = contributions of the year."""
    return ImpliedContributions(before, in_year, after)
