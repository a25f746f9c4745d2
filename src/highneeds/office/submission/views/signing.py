"""Signing, in six screens: the list, the sheet, the very document, the check, the second factor, signed."""

import mimetypes
from typing import Any
from urllib.parse import quote

from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.reading import results_of, run_file
from highneeds.office.people.access import may
from highneeds.office.people.middleware import used_second_factor
from highneeds.office.people.models import Council
from highneeds.office.people.roles import WORDS, Permission, Role
from highneeds.office.site.desk import FormProblem, show
from highneeds.office.site.views.files import BY_ITSELF
from highneeds.office.submission import actions, queries
from highneeds.office.submission.models import Submission

FRESH_SECONDS = 300
"""A signature asks for a second factor used within five minutes (ASVS 5, 7.5: before what matters most)."""


def found(council: Council, pk: int) -> Submission:
    return get_object_or_404(
        Submission.objects.select_related("slot", "run", "council"), pk=pk, council=council, run__isnull=False
    )


def trail(council: Council, one: Any, here: Any) -> Any:
    return ((str(one), reverse("submission", args=[council.la_number, one.pk])), (here, ""))


@require_safe
@may(Permission.SIGN)
def sheet(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    """One page: what it says, what the checks say of it, and the document itself."""
    one = found(council, pk)
    role = queries.to_sign_as(one, request.user)
    results = results_of(one.run)
    return show(
        request,
        council,
        "office/signing_sheet.html",
        trail=trail(council, one, "Signing sheet"),
        submission=one,
        role=WORDS[role] if role else "",
        results=results,
        **queries.to_know_before_signing(one, results),
        files=queries.report_files(one.run),
        review=queries.review_files(one.run),
        roles=queries.standing_of_roles(one),
        affirm=queries.affirm_again(one, request.user),
    )


@require_http_methods(["GET", "POST"])
@may(Permission.SIGN)
def check(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    """Check answers, then sign. A POST signs; without a fresh second factor it asks for one first."""
    one = found(council, pk)
    role = queries.to_sign_as(one, request.user)
    if request.method == "GET":
        return answers(request, council, one, role)
    factor = used_second_factor(request, within_seconds=FRESH_SECONDS)
    if not factor:
        here = reverse("signing_check", args=[council.la_number, pk])
        return redirect(f"{reverse('mfa_reauthenticate')}?next={quote(here)}")
    try:
        sign(request, one, role, factor)
    except InputError as problem:
        return answers(request, council, one, role, FormProblem(str(problem), "read"))
    return redirect("signed", council.la_number, pk)


def sign(request: HttpRequest, one: Submission, role: Role | None, factor: str) -> None:
    """With exactly what was shown: what came with the form says which content and files that was."""
    if request.POST.get("read") != "yes":
        raise InputError("Say that you have read the document")
    if role is None:
        raise InputError("There is nothing for you to sign here")
    content, artefacts = request.POST.get("content", ""), request.POST.get("artefacts", "")
    by, now = request.user, timezone.now()
    actions.sign(one, role=role, by=by, content=content, artefacts=artefacts, second_factor=factor, now=now)


def answers(
    request: HttpRequest, council: Council, one: Submission, role: Role | None, problem: FormProblem | None = None
) -> HttpResponse:
    return show(
        request,
        council,
        "office/signing_check.html",
        trail=trail(council, one, "Check and sign"),
        problems=(problem,) if problem else (),
        submission=one,
        role=WORDS[role] if role else "",
        results=results_of(one.run),
        fresh=bool(used_second_factor(request, within_seconds=FRESH_SECONDS)),
        next=quote(request.path),
    )


@require_safe
@may(Permission.SIGN)
def signed(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    one = found(council, pk)
    mine = one.signatures.filter(by=request.user).order_by("-pk").first()
    if mine is None:
        raise Http404("not signed by this person")
    return show(
        request,
        council,
        "office/signed.html",
        trail=trail(council, one, "Signed"),
        submission=one,
        signature=mine,
        roles=queries.standing_of_roles(one),
    )


@require_safe
@csp_replace(BY_ITSELF)
@may(Permission.SEE_REVIEW, Permission.OPEN_SLOT, Permission.SUBMIT)
def file(request: HttpRequest, council: Council, pk: int, name: str) -> HttpResponse:
    """A file of what is signed, byte for byte."""
    one = found(council, pk)
    if name not in {file.name for file in [*queries.report_files(one.run), *queries.review_files(one.run)]}:
        raise Http404("no such file")
    return send(run_file(one.run, name))


def send(path: Any) -> Any:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(
        path.open("rb"), as_attachment=kind not in ("text/html",), filename=path.name, content_type=kind
    )
