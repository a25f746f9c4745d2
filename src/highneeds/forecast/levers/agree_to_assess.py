"""How many requests are agreed to assess."""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, ages_between, said


@dataclass(frozen=True, kw_only=True)
class AgreeToAssess(Lever):
    """The chance that a request is agreed changes by so many points. Refusals come back as the assumptions say."""

    first_age: int = said("Youngest age it concerns", 0)
    last_age: int = said("Oldest age it concerns", 25)

    def change(self, assumptions: Assumptions) -> Assumptions:
        ages = ages_between(self.first_age, self.last_age)
        shift = self.central * self.ramp(assumptions.calendar)[:, None] * ages
        return assumptions.with_rates(agree=np.clip(assumptions.rates.agree + shift, 0.0, 1.0))


KIND = LeverKind(
    name="agree_to_assess",
    title="Requests agreed to assess",
    unit="points of the share agreed, as 0.05",
    bounds=(-1.0, 1.0),
    duty="Children and Families Act 2014, section 36(8): assess where a child may have needs that may call for a plan",
    affects="children who ask for an assessment; refusals come back by mediation, appeal and new requests",
    flows=("agree",),
    lever=AgreeToAssess,
    example=dict(low=-0.02, central=-0.04, high=-0.06, starts="2025-09"),
    caps_demand=True,
)
