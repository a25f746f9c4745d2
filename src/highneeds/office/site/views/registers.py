"""The registers that are kept; each has a page with its measures and, unless it is about children, its rows."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("Registers", "Those that are kept, what each says, what is due and what is late")
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    found = queries.results().registers
    return show(request, "registers.html", place="registers", trail=(Crumb("Registers"),), registers=found)


@require_safe
def register(request: HttpRequest, name: str) -> HttpResponse:
    page = queries.register_page(name)
    trail = (Crumb("Registers", reverse("registers")), Crumb(page.title))
    return show(request, "register.html", place="registers", trail=trail, page=page)
