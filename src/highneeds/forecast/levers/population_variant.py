"""Another number of children."""

from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, ages_between, said


@dataclass(frozen=True, kw_only=True)
class PopulationVariant(Lever):
    """The number of children at some ages grows by a share more, or less, every year; requests follow."""

    first_age: int = said("Youngest age it concerns", 0)
    last_age: int = said("Oldest age it concerns", 25)

    def change(self, assumptions: Assumptions) -> Assumptions:
        calendar = assumptions.calendar
        grown = np.cumsum(self.ramp(calendar)) / 3.0
        factor = (1.0 + self.central) ** grown[:, None]
        factor = np.where(ages_between(self.first_age, self.last_age)[None, :], factor, 1.0)
        ends = np.minimum(3 * np.arange(len(assumptions.population)) + 2, len(factor) - 1)
        people = assumptions.population * factor[ends]
        changed = replace(assumptions, population=people)
        return changed.with_rates(requests=assumptions.rates.requests * factor)


KIND = LeverKind(
    name="population_variant",
    title="Another population",
    unit="share more (or fewer) children, a year",
    bounds=(-0.2, 0.2),
    duty="none of its own",
    affects="nobody: it is a different reading of the same future",
    flows=("population",),
    lever=PopulationVariant,
    example=dict(low=0.002, central=0.005, high=0.01, starts="2024-09"),
)
