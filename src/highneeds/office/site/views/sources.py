"""Where every outside figure comes from, as printed there."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    found = sorted(queries.results().sources, key=lambda source: source.document)
    groups = [(document, list(members)) for document, members in groupby(found, key=lambda source: source.document)]
    return show(request, "sources.html", trail=(Crumb("Sources"),), groups=groups)
