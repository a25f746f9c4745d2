"""Plans that cease at review where the outcomes are met."""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, ages_between, said


@dataclass(frozen=True, kw_only=True)
class CeasingAtReview(Lever):
    """A share more of the plans at some ages ends in a year. A wrongly ended plan comes back: see `comes_back`."""

    first_age: int = said("Youngest age it concerns", 16)
    last_age: int = said("Oldest age it concerns", 25)
    comes_back: float = said("Share of these ends that are reversed on appeal or by a new request", 0.1)

    def change(self, assumptions: Assumptions) -> Assumptions:
        ages = ages_between(self.first_age, self.last_age)
        yearly = self.central * (1.0 - self.comes_back) * self.ramp(assumptions.calendar)
        extra = np.log1p(-np.minimum(yearly, 0.99)) / 3.0
        return assumptions.with_rates(
            log_end=np.minimum(assumptions.rates.log_end + extra[:, None, None] * ages[None, :, None], 0.0)
        )


KIND = LeverKind(
    name="ceasing_at_review",
    title="Plans that cease at review",
    unit="share of plans more, a year",
    bounds=(-0.2, 0.9),
    duty="Children and Families Act 2014, section 45: a plan may cease only where it is no longer necessary",
    affects="young people whose plan ends; an end can be appealed",
    flows=("ends",),
    lever=CeasingAtReview,
    example=dict(low=0.01, central=0.03, high=0.05, starts="2025-09", terms_to_full=3),
    caps_demand=True,
)
