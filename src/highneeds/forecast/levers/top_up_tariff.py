"""A new tariff of top-ups."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.levers._money import with_lines


@dataclass(frozen=True, kw_only=True)
class TopUpTariff(Lever):
    """From the first whole financial year, top-ups of some lines are so much higher or lower."""

    lines: tuple[str, ...] = said("Budget lines", ("1.2.1-2 mainstream",))

    def change(self, assumptions: Assumptions) -> Assumptions:
        factor = (self.first_financial_year(), 1.0 + self.central)
        return with_lines(
            assumptions, self.kind.name, self.lines, lambda line: replace(line, factors=(*line.factors, factor))
        )

    def touches(self) -> frozenset[str]:
        return frozenset(f"price of {line}" for line in self.lines)


KIND = LeverKind(
    name="top_up_tariff",
    title="Tariff of top-ups",
    unit="share higher (or lower)",
    bounds=(-1.0, 5.0),
    duty="School and Early Years Finance Regulations: consult the schools forum on top-up arrangements",
    affects="schools that receive top-ups, and the children they support",
    flows=("price",),
    lever=TopUpTariff,
    example=dict(low=-0.02, central=-0.03, high=-0.05, starts="2026-04"),
)
