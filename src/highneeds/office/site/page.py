"""What every page has: whose data it is, the six places, where we are."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from highneeds.office.evidence import queries

PLACES = (
    ("Overview", "overview"),
    ("Dashboard", "dashboard"),
    ("Money", "money"),
    ("Conditions", "conditions"),
    ("Registers", "registers"),
    ("Report", "report"),
)


@dataclass(frozen=True)
class Crumb:
    """One step of the way here; without a `url` it is the page itself."""

    text: str
    url: str = ""


def show(request: HttpRequest, template: str, *, place: str = "", trail: tuple[Crumb, ...] = (), **context: Any) -> Any:
    """Render a page. `place` is which of the six it belongs to; `trail` the steps after Overview that lead to it."""
    results = queries.results()
    return render(
        request,
        f"site/{template}",
        {
            **context,
            "results": results,
            "council": results.council,
            "out_of_date": queries.out_of_date(),
            "office_home": getattr(request, "office_home", ""),
            "navigation": navigation(request, place),
            "breadcrumbs": breadcrumbs(trail),
        },
    )


def navigation(request: HttpRequest, place: str) -> list[dict[str, Any]]:
    """The six places; `current` is this very page, `active` the place that this page belongs to."""
    places = [(text, reverse(name), name) for text, name in PLACES]
    return [
        {"text": text, "href": url, "current": request.path == url, "active": name == place}
        for text, url, name in places
    ]


def breadcrumbs(trail: tuple[Crumb, ...]) -> list[dict[str, str]]:
    """From the overview to here; none on the overview itself."""
    steps = (Crumb("Overview", reverse("overview")), *trail) if trail else ()
    return [{"text": step.text, "href": step.url} if step.url else {"text": step.text} for step in steps]


def plain(request: HttpRequest, template: str, status: int, **context: Any) -> HttpResponse:
    """A page that stands without results, for when something is wrong."""
    return render(request, f"site/{template}", {**context, "navigation": ways_on(request)}, status=status)


def ways_on(request: HttpRequest) -> list[dict[str, Any]]:
    """The six places; in the office of a team, where they belong to a council, its first page."""
    try:
        return navigation(request, "")
    except NoReverseMatch:
        return [{"text": "Programme office", "href": "/", "current": False, "active": False}]
