"""The report and its downloads."""

from collections.abc import Callable
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import Download
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show


@named_page("Report", "Every document in its formats, the public page and the returns, and the tables behind them")
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    documents = queries.results().documents
    return show(
        request,
        "report.html",
        place="report",
        trail=(Crumb("Report"),),
        report=queries.results().report,
        listed=queries.results().reports,
        formats=grouped([one for one in documents if one.group == "report"], attrgetter("title")),
        tables=grouped([one for one in documents if one.group == "table"], attrgetter("note")),
    )


def grouped(documents: list[Download], by: Callable[[Download], str]) -> list[tuple[str, list[Download]]]:
    """Documents under what they have in common, each group where its first document stands."""
    groups = dict.fromkeys(by(one) for one in documents)
    return [(group, [one for one in documents if by(one) == group]) for group in groups]
