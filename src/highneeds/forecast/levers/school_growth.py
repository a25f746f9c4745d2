"""A school or group that grows or shrinks."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.places import ProvisionGroup
from highneeds.forecast.state import Term


@dataclass(frozen=True, kw_only=True)
class SchoolGrowth(Lever):
    """A school with places gets so many more, or fewer, from a month on."""

    school: str = said("Name of the school, or of the setting whose places are known", required=True)

    def change(self, assumptions: Assumptions) -> Assumptions:
        last = assumptions.calendar.terms[-1]

        def grown(group: ProvisionGroup) -> ProvisionGroup:
            return resized(group, self.first_term(), last, round(self.central))

        return replace(assumptions, places=assumptions.places.changed(self.school, grown))

    def touches(self) -> frozenset[str]:
        return frozenset({f"places of {self.school}"})


def resized(group: ProvisionGroup, first: Term, last: Term, more: int) -> ProvisionGroup:
    """The group with `more` places from term `first` on, in every state."""
    terms = [group.opens.plus(step) for step in range(max(last.since(group.opens), 0) + 1)]

    def steps(state: str) -> tuple[int, ...]:
        return tuple(max(group.at(state, term) + (more if term >= first else 0), 0) for term in terms)

    return replace(group, planned=steps("planned"), commissioned=steps("commissioned"), funded=steps("funded"))


KIND = LeverKind(
    name="school_growth",
    title="A school grows or shrinks",
    unit="places more (or fewer)",
    bounds=(-5000.0, 5000.0),
    duty="Education Act 1996, section 14: sufficient schools",
    affects="children who would be placed there",
    flows=("places",),
    lever=SchoolGrowth,
    example=dict(low=10, central=20, high=30, starts="2026-09", school="special_state"),
)
