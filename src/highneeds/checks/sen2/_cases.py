"""Small people for the smallest cases that break a rule."""

from datetime import date
from typing import Any

from highneeds.intake.sen2.rows import ActivePlan, Assessment, NamedPlan, Placement, Request, YoungPerson


def on_plan(
    *placements: Placement,
    start: date = date(2023, 1, 9),
    end: date | None = None,
    reason: str | None = None,
    active: dict[str, Any] | None = None,
    **person: Any,
) -> YoungPerson:
    """A person with one historic request, a plan from `start`, and placements under one active plan."""
    plan = NamedPlan(start_date=start, cease_date=end, cease_reason=reason)
    record = ActivePlan(placements=placements, **(active or {}))
    request = Request(outcome="H", assessments=(Assessment(outcome="H", plans=(plan,)),), active_plans=(record,))
    return YoungPerson(requests=(request,), **person)


def asked_for(**request: Any) -> YoungPerson:
    """A person with one request."""
    return YoungPerson(requests=(Request(**request),))


def assessed(**assessment: Any) -> YoungPerson:
    """A person with one agreed request and its assessment."""
    return asked_for(outcome="Y", outcome_date=date(2024, 2, 1), assessments=(Assessment(**assessment),))
