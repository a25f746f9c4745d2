"""Are the words true? The narrative with what the data says of it, or a list of claims by verdict."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show

SHOWN = (("fails", "fail"), ("holds", "hold"), ("cannot_check", "cannot be checked"))


@named_page("Claims", "The figures in the report's words, held against the data")
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("verdict", "")
    chosen = chosen if chosen in dict(SHOWN) else ""
    rows = [
        (part.title, claim)
        for part in queries.results().narrative
        for paragraph in part.paragraphs
        for claim in paragraph.claims
        if claim.verdict == chosen
    ]
    return show(request, "claims.html", trail=(Crumb("Claims"),), shown=SHOWN, chosen=chosen, rows=rows)
