"""The specialist forecasts of the school capacity return: eight tables, four kinds of provision by two phases.

Source: DfE's planning areas for specialist provision; five academic years for primary, seven for secondary.
"""

from dataclasses import dataclass

from highneeds.forecast.joint import JointMeans, grouped
from highneeds.forecast.state import SETTINGS, curriculum_year
from highneeds.report.returns.rounding import controlled

FIRST_AGE = 4
"""Reception: the age on 31 August of its youngest year group."""


@dataclass(frozen=True)
class PlanningArea:
    """One table.

    ends: the last three signs of its code; years: academic years of its forecast; ages: of its columns.
    """

    phase: str
    provision: str
    ends: str
    years: int
    ages: tuple[int, ...]
    settings: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"Year {curriculum_year(age)}" if age > FIRST_AGE else "Reception" for age in self.ages)


KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("SEN units and resourced provision in mainstream schools", ("mainstream_rp_unit",)),
    ("Independent schools (independent and independent special)", ("mainstream_independent", "special_independent")),
    (
        "State-funded special schools (maintained, academies, non-maintained)",
        ("special_state", "special_non_maintained"),
    ),
    ("Alternative provision", ("ap_pru",)),
)
PHASES = (("primary", 0, 5, tuple(range(4, 11))), ("secondary", 10, 7, tuple(range(11, 16))))

AREAS: tuple[PlanningArea, ...] = tuple(
    PlanningArea(phase, kind, f"{tens + number:03d}", years, ages, settings)
    for phase, tens, years, ages in PHASES
    for number, (kind, settings) in enumerate(KINDS, start=1)
)


def tables_of(means: JointMeans) -> dict[str, dict[str, list[int]]]:
    """Code -> academic year -> whole pupils by year group.

    The kinds and year groups of one phase and January are rounded as one table, so that every line of a table adds up
    to its mean, rounded.
    """
    groups = [[SETTINGS.index(name) for name in settings] for _, settings in KINDS]
    found: dict[str, dict[str, list[int]]] = {area.ends: {} for area in AREAS}
    for phase, _, years, ages in PHASES:
        own = [area for area in AREAS if area.phase == phase]
        for place, january in enumerate(means.januaries[1 : years + 1], start=1):
            cells = grouped(means.plans[place].sum(axis=1), groups, axis=1)[list(ages)]
            for area, line in zip(own, controlled(cells.T.tolist()), strict=True):
                found[area.ends][f"{january - 1}-{january % 100:02d}"] = line
    return found
