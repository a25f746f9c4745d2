"""A school that opens later than planned."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said


@dataclass(frozen=True, kw_only=True)
class SchoolSlip(Lever):
    """An opening already among the assumptions comes so many terms later; `starts` is not used."""

    school: str = said("Name of the school", required=True)

    def change(self, assumptions: Assumptions) -> Assumptions:
        terms = round(self.central)
        return replace(assumptions, places=assumptions.places.changed(self.school, lambda group: group.delayed(terms)))

    def touches(self) -> frozenset[str]:
        return frozenset({f"places of {self.school}"})


KIND = LeverKind(
    name="school_slip",
    title="A school opens later",
    unit="terms later",
    bounds=(-30.0, 30.0),
    duty="Education Act 1996, section 14: sufficient schools",
    affects="children who would have been placed there",
    flows=("places",),
    lever=SchoolSlip,
    example=dict(low=6, central=9, high=12, starts="2024-09", school="New school"),
)
