"""How usable these pages are for everyone, and what to do about what is not."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.site.page import Crumb, show


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return show(request, "accessibility.html", trail=(Crumb("Accessibility"),))
