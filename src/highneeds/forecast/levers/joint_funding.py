"""The share of placements that health and social care pay."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.levers._money import with_lines


@dataclass(frozen=True, kw_only=True)
class JointFunding(Lever):
    """From the first whole financial year, partners pay a share more of some lines."""

    lines: tuple[str, ...] = said("Budget lines", ("1.2.3 special",))

    def change(self, assumptions: Assumptions) -> Assumptions:
        factor = (self.first_financial_year(), 1.0 - self.central)
        return with_lines(
            assumptions, self.kind.name, self.lines, lambda line: replace(line, factors=(*line.factors, factor))
        )

    def touches(self) -> frozenset[str]:
        return frozenset(f"price of {line}" for line in self.lines)


KIND = LeverKind(
    name="joint_funding",
    title="Share paid by health and social care",
    unit="share of the line, beyond today's",
    bounds=(-1.0, 1.0),
    duty="Children and Families Act 2014, section 26: joint commissioning",
    affects="health and social care partners",
    flows=("price",),
    lever=JointFunding,
    example=dict(low=0.01, central=0.03, high=0.05, starts="2026-04"),
)
