"""Another rise of prices on some budget lines."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.levers._money import with_lines


@dataclass(frozen=True, kw_only=True)
class LineInflation(Lever):
    """From the first whole financial year, the yearly rise of some lines is so many points higher or lower."""

    lines: tuple[str, ...] = said("Budget lines", required=True)

    def change(self, assumptions: Assumptions) -> Assumptions:
        rise = (self.first_financial_year(), self.central)
        return with_lines(
            assumptions, self.kind.name, self.lines, lambda line: replace(line, rises=(*line.rises, rise))
        )

    def touches(self) -> frozenset[str]:
        return frozenset(f"price of {line}" for line in self.lines)


KIND = LeverKind(
    name="line_inflation",
    title="Inflation of a budget line",
    unit="points of the yearly rise, as 0.01",
    bounds=(-0.5, 1.0),
    duty="none of its own",
    affects="whoever is paid on the line",
    flows=("price",),
    lever=LineInflation,
    example=dict(low=0.005, central=0.01, high=0.02, starts="2025-04", lines=["1.2.1-2 special", "1.2.2 post-16"]),
)
