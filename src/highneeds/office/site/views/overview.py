"""Where we stand: the sentence, four figures, three answers, one chart, what changed, what is asked."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import show


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    return show(request, "overview.html", place="overview", charts=queries.charts(queries.results().overview_charts))
