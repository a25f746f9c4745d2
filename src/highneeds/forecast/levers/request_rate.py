"""Fewer or more requests for assessment."""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, ages_between, said


@dataclass(frozen=True, kw_only=True)
class RequestRate(Lever):
    """Requests at some ages rise or fall by a share."""

    first_age: int = said("Youngest age it concerns", 0)
    last_age: int = said("Oldest age it concerns", 25)

    def change(self, assumptions: Assumptions) -> Assumptions:
        ages = ages_between(self.first_age, self.last_age)
        factor = 1.0 + self.central * self.ramp(assumptions.calendar)[:, None] * ages
        return assumptions.with_rates(requests=np.maximum(assumptions.rates.requests * factor, 0.0))


KIND = LeverKind(
    name="request_rate",
    title="Requests for assessment",
    unit="share of requests more (or fewer)",
    bounds=(-1.0, 5.0),
    duty="Children and Families Act 2014, section 36: anyone may ask, and must be answered in six weeks",
    affects="children who may have needs and have no plan",
    flows=("requests",),
    lever=RequestRate,
    example=dict(low=-0.02, central=-0.05, high=-0.10, starts="2025-09", terms_to_full=3),
    caps_demand=True,
)
