"""What changed since the last report: measures for better and worse, levels, and what became known since."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("What changed", "What got better and worse since the last report, and what became known since")
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    return show(request, "changes.html", trail=(Crumb("What changed"),), changes=queries.results().changes)
