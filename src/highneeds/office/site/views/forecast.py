"""Where plans, places and money go, how sure that is, and what it rests on."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("Forecast", "Where plans, places and money go, and how sure that is")
@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    found = queries.results().forecast
    return show(
        request,
        "forecast.html",
        place="money",
        trail=(Crumb("Money", reverse("money")), Crumb("Forecast")),
        forecast=found,
        charts={part.id: queries.charts(part.charts) for part in found.parts},
    )
