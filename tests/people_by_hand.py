"""Short words for people in a SEN2 return, so that a spec test reads like a case file."""

from datetime import date

from highneeds.caseload import Caseload, CaseloadSettings, from_return
from highneeds.intake.sen2.rows import ActivePlan, Assessment, NamedPlan, Placement, Request, YoungPerson, from_people

REFERENCE = date(2025, 1, 31)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def placed(setting: str | None, start: str | None = "2023-09-01", end: str | None = None, rank: int = 1) -> Placement:
    return Placement(setting_class=setting, entry_date=day(start), leaving_date=day(end), rank=rank)


def born(text: str) -> int:
    """The year in which the school year of birth began."""
    birth = date.fromisoformat(text)
    return birth.year if birth.month >= 9 else birth.year - 1


def child(
    *placements: Placement,
    birth: str = "2014-05-05",
    start: str | None = "2023-09-01",
    end: str | None = None,
    **more: object,
) -> YoungPerson:
    """A person with one request, one plan from `start` to `end`, and placements. `more`: fields of the active plan."""
    plan = NamedPlan(start_date=day(start), cease_date=day(end))
    active = ActivePlan(placements=placements, **more)  # type: ignore[arg-type]
    request = Request(outcome="Y", assessments=(Assessment(outcome="Y", plans=(plan,)),), active_plans=(active,))
    return YoungPerson(school_cohort=born(birth), requests=(request,))


def caseload(*people: YoungPerson, reference: date = REFERENCE, absent=frozenset(), **settings: object) -> Caseload:
    chosen = CaseloadSettings(**settings)  # type: ignore[arg-type]
    return from_return(from_people(people, reference_date=reference, absent=absent), chosen)
