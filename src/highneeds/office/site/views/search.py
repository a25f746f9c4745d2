"""Search: an ordinary form, so that a question can be sent on and works without scripts."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show
from highneeds.office.site.search import KINDS, LONGEST, SearchAnswer, grouped
from highneeds.office.site.search import search as looked_for

FIRST = 5  # of each kind, before the reader asks for all of it
MOST = 100


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
    kind = request.GET.get("kind", "")
    answer = looked_for(queries.results(), asked) if asked else SearchAnswer(())
    found = grouped(answer.hits)
    if kind in found:
        found = {kind: found[kind][:MOST]}
    groups = [
        {
            "title": KINDS[name],
            "hits": some if kind else some[:FIRST],
            "count": len(some),
            "all": f"{reverse('search')}?{urlencode({'q': asked, 'kind': name})}" if not kind else "",
        }
        for name, some in found.items()
    ]
    return show(
        request,
        "search.html",
        trail=(Crumb("Search"),),
        asked=asked,
        count=len(answer.hits),
        mended=answer.mended,
        nowhere=answer.nowhere,
        groups=groups,
        narrowed=KINDS.get(kind, "") if kind in found else "",
        first=FIRST,
    )
