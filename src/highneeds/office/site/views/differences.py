"""Each figure that is both reported and computed, the two beside each other. What is chosen is in the address."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show
from highneeds.office.site.paged import paged, pagination

PER_PAGE = 60
FILTERS = ("standing", "indicator")


@named_page("Reported and computed", "Each figure that is both, with the difference")
@require_safe
def differences(request: HttpRequest) -> HttpResponse:
    found = queries.results().caseload
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    rows = [one for one in found.twice if all(chosen[name] in ("", getattr(one, name)) for name in FILTERS)]
    page = paged(request, rows, PER_PAGE)
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
        pagination=pagination(page, reverse("differences"), chosen, "Pages of figures"),
    )


def _options(rows: Any, name: str, chosen: str) -> list[dict[str, object]]:
    """What a filter offers, with the chosen one marked."""
    titles = "title" if name == "indicator" else name
    pairs = {getattr(one, name): getattr(one, titles) for one in rows}
    offered = [("", "Any"), *((value, text[:1].upper() + text[1:]) for value, text in pairs.items())]
    return [{"value": value, "text": text, "selected": chosen == value} for value, text in offered]
