"""How we are doing: every indicator, by condition of the agreement. `?show=` narrows it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import ConditionResult, IndicatorResult
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show

CHOICES = (("", "All"), ("worse", "Worse than a year ago"), ("signals", "Out of the ordinary"), ("gaps", "With gaps"))
KEEP = {
    "": lambda indicator: True,
    "worse": lambda indicator: indicator.change_year.direction == "worse",
    "signals": lambda indicator: indicator.signals_now,
    "gaps": lambda indicator: any(reading.value is None for reading in indicator.rows),
}


@dataclass(frozen=True)
class ConditionBlock:
    """A condition, None for the indicators of none, and those of its indicators that are shown."""

    condition: ConditionResult | None
    indicators: tuple[IndicatorResult, ...]


@named_page("Dashboard", "Every indicator by condition, with its latest figure and its direction")
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("show", "")
    keep = KEEP.get(chosen, KEEP[""])
    return show(
        request,
        "dashboard.html",
        place="dashboard",
        trail=(Crumb("Dashboard"),),
        blocks=blocks(keep, everything=keep is KEEP[""]),
        choices=[choice(value, text, chosen) for value, text in CHOICES],
    )


def blocks(keep: Any, *, everything: bool) -> tuple[ConditionBlock, ...]:
    """Every condition with what is kept of it; one with nothing to show is left out, unless all is shown."""
    made: list[ConditionBlock] = [
        ConditionBlock(condition, tuple(filter(keep, queries.indicators_of(condition.number))))
        for condition in queries.results().conditions
    ]
    of_none = tuple(filter(keep, queries.indicators_of_none()))
    made += [ConditionBlock(None, of_none)] if of_none else []
    return tuple(block for block in made if everything or block.indicators)


def choice(value: str, text: str, chosen: str) -> dict[str, object]:
    count = sum(1 for indicator in queries.results().indicators if KEEP[value](indicator))
    url = reverse("dashboard") + (f"?show={value}" if value else "")
    return {"text": text, "count": count, "url": url, "current": value == (chosen if chosen in KEEP else "")}
