"""Are we doing what we agreed? The conditions, the one to worry about most first; each has a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("Conditions", "The condition most at risk first, with its level, measures and next step")
@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    return show(
        request,
        "conditions.html",
        place="conditions",
        trail=(Crumb("Conditions"),),
        conditions=queries.conditions_by_worry(),
    )


@require_safe
def condition(request: HttpRequest, number: int) -> HttpResponse:
    found = queries.condition(number)
    return show(
        request,
        "condition.html",
        place="conditions",
        trail=(Crumb("Conditions", reverse("conditions")), Crumb(f"Condition {number}")),
        condition=found,
        chart=queries.chart(found.chart_id) if found.chart_id else None,
        indicators=queries.indicators_of(number),
    )
