"""A school or unit that closes."""

from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.places import ProvisionGroup
from highneeds.forecast.state import Provision


@dataclass(frozen=True, kw_only=True)
class SchoolClosing(Lever):
    """A named school has no places from a month on; its children move, by a share, to `to`, or within its setting."""

    school: str = said("Name of the school", required=True)
    to: str = said("Setting its children go to by the share given", required=True)

    def change(self, assumptions: Assumptions) -> Assumptions:
        closes = self.first_term()

        def shut(group: ProvisionGroup) -> ProvisionGroup:
            return replace(group, closes=closes)

        places = assumptions.places.changed(self.school, shut)
        at = next(index for index, one in enumerate(assumptions.provisions) if one.school == self.school)
        parent = assumptions.provisions.index(Provision(assumptions.provisions[at].setting))
        to = assumptions.provisions.index(Provision(self.to))
        after = np.array([term >= closes for term in assumptions.calendar.terms])
        log_leave, go_to = assumptions.rates.log_leave.copy(), assumptions.rates.go_to.copy()
        log_leave[after, :, at] = -np.inf
        go_to[after, :, at] = 0.0
        go_to[after, :, at, parent] += 1.0 - self.central
        go_to[after, :, at, to] += self.central
        return replace(assumptions, places=places).with_rates(log_leave=log_leave, go_to=go_to)

    def touches(self) -> frozenset[str]:
        return frozenset({f"places of {self.school}"})


KIND = LeverKind(
    name="school_closing",
    title="A school closes",
    unit="share of its children who go to the setting named",
    bounds=(0.0, 1.0),
    duty="Education and Inspections Act 2006, section 15: proposals and consultation before a closure",
    affects="children at the school",
    flows=("places",),
    lever=SchoolClosing,
    example=dict(low=0.2, central=0.4, high=0.6, starts="2028-09", school="New school", to="special_independent"),
)
