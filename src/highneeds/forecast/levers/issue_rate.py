"""How many assessments end in a plan."""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, ages_between, said


@dataclass(frozen=True, kw_only=True)
class IssueRate(Lever):
    """The chance that an assessment ends in a plan changes by so many points."""

    first_age: int = said("Youngest age it concerns", 0)
    last_age: int = said("Oldest age it concerns", 25)

    def change(self, assumptions: Assumptions) -> Assumptions:
        ages = ages_between(self.first_age, self.last_age)
        shift = self.central * self.ramp(assumptions.calendar)[:, None] * ages
        return assumptions.with_rates(issue=np.clip(assumptions.rates.issue + shift, 0.0, 1.0))


KIND = LeverKind(
    name="issue_rate",
    title="Assessments that end in a plan",
    unit="points of the share issued, as 0.05",
    bounds=(-1.0, 1.0),
    duty="Children and Families Act 2014, section 37: secure a plan where it is necessary",
    affects="children who have been assessed; decisions against a plan may be appealed",
    flows=("issue",),
    lever=IssueRate,
    example=dict(low=-0.01, central=-0.03, high=-0.05, starts="2025-09"),
    caps_demand=True,
)
