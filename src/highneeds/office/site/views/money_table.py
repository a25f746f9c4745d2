"""One table of the account, on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show


@require_safe
def money_table(request: HttpRequest, name: str) -> HttpResponse:
    page = queries.money_page(name)
    trail = (Crumb("Money", reverse("money")), Crumb(page.title))
    return show(request, "money_table.html", place="money", trail=trail, page=page, synthetic=page.synthetic)
