"""Each figure that is both reported and computed, the two beside each other. What is chosen is in the address."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show

PER_PAGE = 60
FILTERS = ("standing", "indicator")


@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    found = queries.results().caseload
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    rows = [one for one in found.twice if all(chosen[name] in ("", getattr(one, name)) for name in FILTERS)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "differences.html",
        place="dashboard",
        trail=(
            Crumb("Dashboard", reverse("dashboard")),
            Crumb("Caseload", reverse("caseload")),
            Crumb("Reported and computed"),
        ),
        caseload=found,
        synthetic=found.synthetic,
        page=page,
        chosen=chosen,
        counts=Counter(one.standing for one in found.twice),
        options={name: _options(found.twice, name, chosen[name]) for name in FILTERS},
        pagination=_pagination(page, chosen),
    )


def _options(rows: Any, name: str, chosen: str) -> list[dict[str, object]]:
    """What a filter offers, with the chosen one marked."""
    titles = "title" if name == "indicator" else name
    pairs = {getattr(one, name): getattr(one, titles) for one in rows}
    offered = [("", "Any"), *((value, text[:1].upper() + text[1:]) for value, text in pairs.items())]
    return [{"value": value, "text": text, "selected": chosen == value} for value, text in offered]


def _pagination(page: Any, chosen: dict[str, str]) -> dict[str, object]:
    """Previous and next, keeping what is chosen."""
    kept = {name: value for name, value in chosen.items() if value}
    made: dict[str, object] = {"landmarkLabel": "Pages of figures"}
    for way, there in (("previous", page.has_previous()), ("next", page.has_next())):
        if there:
            number = page.number + (1 if way == "next" else -1)
            made[way] = {"href": f"{reverse('differences')}?{urlencode({**kept, 'page': number})}"}
    return made
