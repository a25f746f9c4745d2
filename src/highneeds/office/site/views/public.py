"""What a council has published: for everybody, without sign-in."""

import mimetypes

from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from highneeds.office.evidence.reading import results_of, run_file
from highneeds.office.people.access import EVERYBODY, open_to
from highneeds.office.people.models import Council
from highneeds.office.site.views.files import BY_ITSELF
from highneeds.office.submission.queries import public_files, published


@require_safe
@open_to(EVERYBODY)
def public(request: HttpRequest, la: str) -> HttpResponse:
    council = get_object_or_404(Council, la_number=la)
    found = published(council)
    if not found:
        raise Http404("nothing is published")
    newest = results_of(found[0].run)
    pages = [(one, public_files(one)) for one in found]
    return render(
        request, "office/public.html", {"council_name": council.name, "la": la, "results": newest, "pages": pages}
    )


@require_safe
@csp_replace(BY_ITSELF)
@open_to(EVERYBODY)
def public_file(request: HttpRequest, la: str, pk: int, name: str) -> HttpResponse:
    one = next((one for one in published(get_object_or_404(Council, la_number=la)) if one.pk == pk), None)
    if one is None or name not in {file.name for file in public_files(one)}:
        raise Http404("not published")
    path = run_file(one.run, name)
    if path is None:
        raise Http404("not in this run")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(path.open("rb"), as_attachment=kind != "text/html", filename=path.name, content_type=kind)
