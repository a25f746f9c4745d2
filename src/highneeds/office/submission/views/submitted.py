"""What was submitted: all that DfE's reader sees, and boards and members read."""

from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from highneeds.office.evidence.reading import latest_run, results_of, run_file
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import show
from highneeds.office.site.views.files import BY_ITSELF
from highneeds.office.submission import queries
from highneeds.office.submission.models import SENT, Submission, SubmissionState
from highneeds.office.submission.views.signing import send

SEALED = "sealed.pdf"


def sent(council: Council) -> Any:
    found = Submission.objects.filter(council=council, state__in=[*SENT, SubmissionState.SUPERSEDED]).select_related(
        "slot", "run"
    )
    return found.exclude(submitted_at=None).order_by("-slot__code", "-number")


@require_safe
@may(Permission.SEE_SUBMITTED)
def submitted(request: HttpRequest, council: Council) -> HttpResponse:
    rows = [
        (one, SubmissionState(one.state).label, queries.report_files(one.run), list(one.standing))
        for one in sent(council)
    ]
    return show(
        request,
        council,
        "office/submitted.html",
        place="submitted",
        trail=(("Submitted", ""),),
        rows=rows,
        results=results_of(rows[0][0].run) if rows else None,
        sealed=SEALED,
    )


@require_safe
@csp_replace(BY_ITSELF)
@may(Permission.SEE_SUBMITTED)
def submitted_file(request: HttpRequest, council: Council, pk: int, name: str) -> HttpResponse:
    one = get_object_or_404(sent(council), pk=pk)
    if name == SEALED and one.sealed:
        return send(Path(settings.OFFICE) / one.sealed)
    if name not in {file.name for file in queries.report_files(one.run)}:
        raise Http404("not submitted")
    return send(run_file(one.run, name))


@require_safe
@csp_replace(BY_ITSELF)
@may(Permission.SEE_PACKS)
def pack(request: HttpRequest, council: Council, name: str) -> HttpResponse:
    """What boards, cabinet and forum read, of the last working-out."""
    run = latest_run(council)
    if run is None or name not in {file.name for file in queries.packs(run)}:
        raise Http404("no such pack")
    return send(run_file(run, name))
