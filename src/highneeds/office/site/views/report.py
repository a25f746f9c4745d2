"""The report and its downloads."""

from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.site.page import Crumb, show


@require_safe
def report(request):
    documents = queries.results().documents
    return show(
        request,
        "report.html",
        place="report",
        trail=(Crumb("Report"),),
        report=queries.results().report,
        formats=[document for document in documents if document.group == "report"],
        tables=[document for document in documents if document.group == "table"],
    )
