"""Files of the results folder: charts and documents. Only what the results name is ever sent."""

import mimetypes

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries

# A picture or a document brings its own styles and may do nothing else: no script, no request, no form.
BY_ITSELF = {"default-src": [NONE], "style-src": ["'unsafe-inline'"], "img-src": ["data:"], "sandbox": True}
INLINE = ("text/html", "image/svg+xml", "image/png")


@require_safe
@csp_replace(BY_ITSELF)
def chart_file(request: HttpRequest, name: str, kind: str) -> FileResponse:
    """A chart as svg, png or csv."""
    if kind not in ("svg", "png", "csv"):
        raise Http404(f"charts are not kept as {kind}")
    return send(getattr(queries.chart(name), kind), f"{name}.{kind}", save=kind != "svg")


@require_safe
@csp_replace(BY_ITSELF)
def chart_narrow(request: HttpRequest, name: str) -> FileResponse:
    """The chart as it is drawn for a narrow screen."""
    narrow = queries.chart(name).narrow
    if not narrow:
        raise Http404(f"no narrow drawing: {name}")
    return send(narrow, f"{name}-narrow.svg", save=False)


@require_safe
@csp_replace(BY_ITSELF)
def document(request: HttpRequest, name: str) -> FileResponse:
    """A document that the results name. With ?save=1 an HTML document is saved instead of shown."""
    if name not in {document.file for document in queries.results().documents}:
        raise Http404(f"no such document: {name}")
    return send(name, name.rpartition("/")[2], save="save" in request.GET)


def send(name: str, called: str, *, save: bool) -> FileResponse:
    """The file, shown in the browser where that is safe and wanted, saved otherwise."""
    kind = mimetypes.guess_type(called)[0] or "application/octet-stream"
    stream = queries.file_named(name).open("rb")
    return FileResponse(stream, as_attachment=save or kind not in INLINE, filename=called, content_type=kind)
