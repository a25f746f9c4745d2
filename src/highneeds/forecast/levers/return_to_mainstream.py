"""Children who go back to mainstream where their needs are met."""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, ages_between, said
from highneeds.vocabulary.setting import setting_words


@dataclass(frozen=True, kw_only=True)
class ReturnToMainstream(Lever):
    """A share of the children in some settings moves back to mainstream in a year, beyond those who do now."""

    settings: tuple[str, ...] = said("Settings they leave", ("special_state", "special_independent"))
    to: str = said("Where they go", "mainstream")
    first_age: int = said("Youngest age it concerns", 5)
    last_age: int = said("Oldest age it concerns", 15)

    def change(self, assumptions: Assumptions) -> Assumptions:
        rates = assumptions.rates
        ages = ages_between(self.first_age, self.last_age)
        log_leave, go_to = rates.log_leave.copy(), rates.go_to.copy()
        extra = 1.0 - (1.0 - self.central * self.ramp(assumptions.calendar)) ** (1.0 / 3.0)
        extra = extra[:, None] * ages[None, :]
        to = assumptions.provisions_of(self.to)[0]
        for source in assumptions.provisions_of(*self.settings):
            before = 1.0 - np.exp(log_leave[:, :, source])
            after = 1.0 - (1.0 - before) * (1.0 - extra)
            kept = np.divide(before, after, out=np.ones_like(before), where=after > 0)
            go_to[:, :, source] *= kept[:, :, None]
            go_to[:, :, source, to] += 1.0 - kept
            log_leave[:, :, source] = np.log1p(-after)
        return assumptions.with_rates(log_leave=log_leave, go_to=go_to)

    def touches(self) -> frozenset[str]:
        return frozenset(f"moves out of {setting_words(name)}" for name in self.settings)


KIND = LeverKind(
    name="return_to_mainstream",
    title="Moves back to mainstream",
    unit="share of the children there, a year",
    bounds=(0.0, 0.9),
    duty="Children and Families Act 2014, sections 33 and 44: mainstream where wanted, and review every year",
    affects="children in special schools whose needs are met, and the mainstream schools they join",
    flows=("go_to",),
    lever=ReturnToMainstream,
    example=dict(low=0.005, central=0.01, high=0.02, starts="2025-09", terms_to_full=3),
)
