"""A school or a resourced provision that opens."""

from dataclasses import dataclass, replace

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, said
from highneeds.forecast.levers._schools import with_school, yearly_steps
from highneeds.forecast.places import Overflow, ProvisionGroup
from highneeds.forecast.state import Provision
from highneeds.vocabulary.setting import setting_words


@dataclass(frozen=True, kw_only=True)
class SchoolOpening(Lever):
    """New places, offered first to children bound for other settings; its strength is the share who accept.

    Children already placed elsewhere stay: the school fills with those newly placed and those who change school.
    """

    school: str = said("Name of the school or unit", required=True)
    places: tuple[int, ...] = said("Places in each year after opening; the last stands for good", required=True)
    setting: str = said("Its setting", "special_state")
    instead_of: tuple[str, ...] = said("Settings the children were bound for", ("special_independent",))
    first_age: int = said("Youngest age", 4)
    last_age: int = said("Oldest age", 18)
    needs: tuple[str, ...] = said("Needs it is for; all when empty", ())
    others: int = said("Places taken by other councils' children", 0)
    funded: tuple[int, ...] = said("Funded places in each year; as the places when empty", ())

    def change(self, assumptions: Assumptions) -> Assumptions:
        group = ProvisionGroup(
            Provision(self.setting, self.school),
            self.first_term(),
            planned=yearly_steps(self.places),
            commissioned=yearly_steps(self.places),
            funded=yearly_steps(self.funded or self.places),
            others=self.others,
            ages=(self.first_age, self.last_age),
            needs=self.needs,
        )
        first = tuple(Overflow(name, (self.school,), (self.central,), first=True) for name in self.instead_of)
        return with_school(assumptions, group, first)

    def delayed(self, months: str) -> "SchoolOpening":
        """The same opening from another month."""
        return replace(self, starts=months)

    def touches(self) -> frozenset[str]:
        return frozenset(f"children bound for {setting_words(name)}" for name in self.instead_of)


KIND = LeverKind(
    name="school_opening",
    title="A school or unit opens",
    unit="share of those offered a place who accept",
    bounds=(0.0, 1.0),
    duty="Education Act 1996, section 14, and Children and Families Act 2014, section 27: sufficient provision",
    affects="children bound for independent or distant schools",
    flows=("places",),
    lever=SchoolOpening,
    example=dict(low=0.5, central=0.7, high=0.9, starts="2027-09", school="New school", places=[60, 120, 180, 250]),
)
