"""Where the year stands: target against forecast, before contributions, and the lead that a smaller gap implies."""

from dataclasses import dataclass
from decimal import Decimal

from highneeds.account.pennies import percent_of_plan
from highneeds.account.stated import Stated, in_words, precision, roughly
from highneeds.vocabulary.rounding import round_half_away


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

    @property
    def beside_target(self) -> str:
        """'£23.1m (77%) above', '£1.9m (6%) below', 'exactly on'; 'about £23m above' from a rounded figure."""
        if not self.variance:
            return "exactly on"
        side = "above" if self.variance > 0 else "below"
        percent = self.variance_pct if precision(self.forecast, self.target) == 1 else None
        share = "" if percent is None else f" ({round_half_away(abs(percent))}%)"
        return f"{roughly(abs(self.variance), self.forecast, self.target)}{share} {side}"

    @property
    def sentences(self) -> tuple[str, ...]:
        first = (
            f"The in-year overspend is {self.forecast.words}, {self.beside_target} the {self.target.words} target, "
            "both before contributions."
        )
        return (first, self._lead) if self.gap and self.implied_lead is not None else (first,)

    @property
    def _lead(self) -> str:
        assert self.gap is not None and self.implied_lead is not None
        side = "ahead of" if self.implied_lead >= 0 else "behind"
        lead = roughly(abs(self.implied_lead), self.forecast, self.target, self.gap).removeprefix("about ")
        return f"The accumulated gap to plan is {self.gap.words}, so the year must have begun about {lead} {side} plan."


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

    @property
    def _left(self) -> str:
        return roughly(self.pence, self.before, self.in_year, self.after)

    @property
    def sentence(self) -> str:
        return (
            f"{in_words(self.before.pence)} accumulated, plus {in_words(self.in_year.pence)} in the year, less "
            f"{in_words(self.after.pence)} accumulated at its end, leaves {self._left} that DfE and council "
            f"must put in together."
        )


def implied_contributions(before: Stated, in_year: Stated, after: Stated) -> ImpliedContributions:
    """Opening deficit + in-year overspend - closing deficit = contributions of the year."""
    return ImpliedContributions(before, in_year, after)
