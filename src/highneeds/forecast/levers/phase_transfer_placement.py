"""Where children go when they change phase in September."""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, redirected, said
from highneeds.vocabulary.setting import setting_words


@dataclass(frozen=True, kw_only=True)
class PhaseTransferPlacement(Lever):
    """A share of the children who change provision in September for some settings goes to another one instead.

    Ages are those reached on 1 September: 4 is reception, 11 year 7, 16 post-16.
    """

    settings: tuple[str, ...] = said("Settings they were bound for", required=True)
    to: str = said("Setting they go to instead", required=True)
    ages: tuple[int, ...] = said("Ages reached on 1 September", (4, 7, 11, 16))

    def change(self, assumptions: Assumptions) -> Assumptions:
        calendar = assumptions.calendar
        september = (calendar.numbers == calendar.rollover).astype(float) * self.ramp(calendar)
        ages = np.isin(np.arange(assumptions.rates.go_to.shape[1]), self.ages)
        part = self.central * september[:, None, None] * ages[None, :, None]
        sources = assumptions.provisions_of(*self.settings)
        to = assumptions.provisions_of(self.to)[0]
        go_to, log_leave = assumptions.rates.go_to, assumptions.rates.log_leave
        changed = redirected(go_to, sources, to, np.broadcast_to(part, go_to.shape[:3]))
        back = changed[:, :, to, to].copy()
        changed[:, :, to, to] = 0.0
        left = changed[:, :, to].sum(axis=-1, keepdims=True)
        changed[:, :, to] = np.divide(changed[:, :, to], left, out=go_to[:, :, to].copy(), where=left > 0)
        stays = log_leave.copy()
        with np.errstate(divide="ignore"):
            stays[:, :, to] = np.log1p(-(1.0 - np.exp(log_leave[:, :, to])) * (1.0 - np.minimum(back, 1.0)))
        return assumptions.with_rates(go_to=changed, log_leave=stays)

    def touches(self) -> frozenset[str]:
        return frozenset(f"moves in September to {setting_words(name)}" for name in (*self.settings, self.to))


KIND = LeverKind(
    name="phase_transfer_placement",
    title="Placement at phase transfer",
    unit="share of those bound for the settings named",
    bounds=(0.0, 1.0),
    duty="SEND Regulations 2014, regulation 18: review and amend by 15 February, or 31 March for post-16",
    affects="children who change school or college in September",
    flows=("go_to",),
    lever=PhaseTransferPlacement,
    example=dict(
        low=0.10, central=0.20, high=0.30, starts="2025-09", settings=["special_independent"], to="mainstream_rp_unit"
    ),
)
