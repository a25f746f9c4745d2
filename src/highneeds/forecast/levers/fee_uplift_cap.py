"""A cap on the yearly rise of fees."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.levers._money import with_lines


@dataclass(frozen=True, kw_only=True)
class FeeUpliftCap(Lever):
    """From the first whole financial year, the yearly rise of some lines is at most the strength of the lever."""

    lines: tuple[str, ...] = said("Budget lines", ("1.2.3 special",))

    def change(self, assumptions: Assumptions) -> Assumptions:
        cap = (self.first_financial_year(), self.central)
        return with_lines(assumptions, self.kind.name, self.lines, lambda line: replace(line, caps=(*line.caps, cap)))

    def touches(self) -> frozenset[str]:
        return frozenset(f"price of {line}" for line in self.lines)


KIND = LeverKind(
    name="fee_uplift_cap",
    title="Cap on the yearly rise of fees",
    unit="greatest rise, share a year",
    bounds=(-0.5, 1.0),
    duty="Children and Families Act 2014, section 42: secure the provision whatever its price",
    affects="independent schools, and children placed there if places are withdrawn",
    flows=("price",),
    lever=FeeUpliftCap,
    example=dict(low=0.04, central=0.03, high=0.02, starts="2026-04"),
)
