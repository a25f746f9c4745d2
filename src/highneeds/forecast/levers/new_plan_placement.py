"""Where children with a new plan are placed."""

from dataclasses import dataclass

from highneeds.forecast.assumptions import Assumptions
from highneeds.forecast.levers._lever import Lever, LeverKind, ages_between, needs_in, redirected, said
from highneeds.vocabulary.setting import setting_words


@dataclass(frozen=True, kw_only=True)
class NewPlanPlacement(Lever):
    """A share of the new plans bound for some settings goes to another one instead."""

    settings: tuple[str, ...] = said("Settings they were bound for", required=True)
    to: str = said("Setting they go to instead", required=True)
    first_age: int = said("Youngest age it concerns", 0)
    last_age: int = said("Oldest age it concerns", 25)
    needs: tuple[str, ...] = said("Needs it concerns; all when empty", ())

    def change(self, assumptions: Assumptions) -> Assumptions:
        ages = ages_between(self.first_age, self.last_age)[None, :, None]
        part = self.central * self.ramp(assumptions.calendar)[:, None, None] * ages * needs_in(self.needs)
        sources = assumptions.provisions_of(*self.settings)
        to = assumptions.provisions_of(self.to)[0]
        return assumptions.with_rates(place_mix=redirected(assumptions.rates.place_mix, sources, to, part))

    def touches(self) -> frozenset[str]:
        return frozenset(f"new plans bound for {setting_words(name)}" for name in (*self.settings, self.to))


KIND = LeverKind(
    name="new_plan_placement",
    title="Placement of new plans",
    unit="share of those bound for the settings named",
    bounds=(0.0, 1.0),
    duty="Children and Families Act 2014, sections 38 to 40 and 43: parental preference and the duty to admit",
    affects="children with a new plan, and the schools that take them",
    flows=("place_mix",),
    lever=NewPlanPlacement,
    example=dict(
        low=0.05, central=0.10, high=0.20, starts="2025-09", settings=["special_independent"], to="special_state"
    ),
)
