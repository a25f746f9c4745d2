"""What could go wrong, what is done about it, and the figures it rests on."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("Risks", "What could go wrong and what is done about it")
@require_safe
def risks(request: HttpRequest) -> HttpResponse:
    return show(request, "risks.html", place="conditions", trail=(Crumb("Risks"),), risks=queries.results().risks)
