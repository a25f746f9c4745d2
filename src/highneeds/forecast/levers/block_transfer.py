"""A transfer from the schools block."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.levers._money import added, grant_of, prices_of


@dataclass(frozen=True, kw_only=True)
class BlockTransfer(Lever):
    """So many pounds a year from the schools block into the high needs block, for some years."""

    years: int = said("How many financial years", 1)

    def change(self, assumptions: Assumptions) -> Assumptions:
        grant, first = grant_of(assumptions, self.kind.name), self.first_financial_year()
        moved = added(grant.transfer, range(first, first + self.years), self.central)
        prices = prices_of(assumptions, self.kind.name)
        return replace(assumptions, prices=replace(prices, grant=replace(grant, transfer=moved)))


KIND = LeverKind(
    name="block_transfer",
    title="Transfer from the schools block",
    unit="pounds a year",
    bounds=(-1e10, 1e10),
    duty="DSG conditions of grant: the schools forum decides up to 0.5%, the Secretary of State beyond",
    affects="all schools of the council",
    flows=("transfer",),
    lever=BlockTransfer,
    example=dict(low=10000000, central=12000000, high=14000000, starts="2026-04", years=2),
)
