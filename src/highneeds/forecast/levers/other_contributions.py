"""Contributions of other bodies."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.levers._money import added, grant_of, prices_of


@dataclass(frozen=True, kw_only=True)
class OtherContributions(Lever):
    """So many pounds a year from other bodies, for some years."""

    years: int = said("How many financial years", 1)

    def change(self, assumptions: Assumptions) -> Assumptions:
        grant, first = grant_of(assumptions, self.kind.name), self.first_financial_year()
        paid = added(grant.others, range(first, first + self.years), self.central)
        prices = prices_of(assumptions, self.kind.name)
        return replace(assumptions, prices=replace(prices, grant=replace(grant, others=paid)))


KIND = LeverKind(
    name="other_contributions",
    title="Contributions of other bodies",
    unit="pounds a year",
    bounds=(-1e10, 1e10),
    duty="none of its own",
    affects="the bodies that pay",
    flows=("contributions",),
    lever=OtherContributions,
    example=dict(low=500000, central=1000000, high=1500000, starts="2026-04", years=2),
)
