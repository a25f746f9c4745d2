"""One chart by itself, with its table: what 'View as table' leads to."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    found = queries.chart(name)
    return show(request, "chart.html", trail=(Crumb("Chart"),), chart=found)
