"""The report and its downloads."""

from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import Document
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
        tables=by_section([document for document in documents if document.group == "table"]),
    )


def by_section(tables: list[Document]) -> list[tuple[str, list[Document]]]:
    """The tables under the section of the report that each belongs to, in the report's order."""
    sections = dict.fromkeys(table.note for table in tables)
    return [(section, [table for table in tables if table.note == section]) for section in sections]
