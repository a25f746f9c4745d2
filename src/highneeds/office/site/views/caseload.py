"""What the children-level data says of the dashboard, beside what was reported."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("Caseload", "What the children's records say of the dashboard")
@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    found = queries.results().caseload
    return show(
        request,
        "caseload.html",
        place="dashboard",
        trail=(Crumb("Dashboard", reverse("dashboard")), Crumb("Caseload")),
        caseload=found,
        synthetic=found.synthetic,
    )
