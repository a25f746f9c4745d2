"""A register as a file: its template, what the list shows, and a filled file with what it changes shown first."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from highneeds.office.evidence.bridge import ChangedMeanwhile, InputError, RegisterRefused, register_file
from highneeds.office.evidence.models import Upload
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.registers import actions, uploads
from highneeds.office.registers.views.registers import ListRequest, asked_for, below, changes, found, roles
from highneeds.office.site.desk import FormProblem, say, show

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
PER_PAGE = 50
MEANWHILE = "Somebody else changed the register meanwhile, and nothing was saved. This is what differs from it now"
HOLDS = ("all", "part")
"""What a file may hold: the whole register, or some of its rows."""


@require_safe
@may(Permission.USE_REGISTERS)
def export(request: HttpRequest, council: Council, name: str, ending: str) -> HttpResponse:
    """What the list of the same address shows, every page of it. Rows about single children stay in the office."""
    one = found(request, name)
    if one.is_casework:
        raise Http404("casework is never given out row by row")
    there = actions.listing(council, one)
    numbers = asked_for(council, one, there, ListRequest.of(request, one))
    return file_of(one, [row.cells for row in there.rows(numbers)], ending)


@require_safe
@may(Permission.USE_REGISTERS)
def template(request: HttpRequest, council: Council, name: str, ending: str) -> HttpResponse:
    """The empty file with its worked example."""
    return file_of(found(request, name), None, ending)


def file_of(one: Any, rows: Any, ending: str) -> HttpResponse:
    if ending not in KINDS:
        raise Http404("no such kind of file")
    headers = {"Content-Disposition": f'attachment; filename="{one.name}.{ending}"'}
    return HttpResponse(register_file(one.name, rows, ending), content_type=KINDS[ending], headers=headers)


@require_http_methods(["GET", "POST"])
@may(Permission.USE_REGISTERS)
def upload(request: HttpRequest, council: Council, name: str) -> HttpResponse:
    """Choose a filled file. It is read, and what it would change is shown next."""
    one, file, holds = kept(request, name), request.FILES.get("file"), request.POST.get("holds", "")
    if request.method == "GET":
        return choose(request, council, one)
    if not file or holds not in HOLDS:
        missing = [] if file else [FormProblem("Choose a file", "file")]
        missing += [] if holds in HOLDS else [FormProblem("Say what the file holds", "holds")]
        return choose(request, council, one, tuple(missing))
    said = {"name": file.name, "chunks": file.chunks(), "by": author(request), "now": timezone.now()}
    try:
        made = uploads.received(council, one, **said)
    except InputError as problem:
        return choose(request, council, one, (FormProblem(str(problem), "file"),))
    return redirect(reverse("check_register", args=[council.la_number, one.name, made.pk], query={"holds": holds}))


def choose(request: HttpRequest, council: Council, one: Any, problems: tuple[FormProblem, ...] = ()) -> HttpResponse:
    return show(
        request,
        council,
        "office/register_upload.html",
        place="registers",
        trail=below(council, one, "Upload a file"),
        problems=problems,
        register=one,
        holds=request.POST.get("holds", ""),
    )


@require_http_methods(["GET", "POST"])
@may(Permission.USE_REGISTERS)
def check(request: HttpRequest, council: Council, name: str, pk: int) -> HttpResponse:
    """What a file changes, row by row and cell by cell. Whoever sent it confirms it, and only then it is kept."""
    one = kept(request, name)
    file = get_object_or_404(Upload, pk=pk, council=council, kind=uploads.kind_of(one), by=request.user)
    if file.gone_at:
        say(request, f"{file.name} is no longer here: it was confirmed, or removed after a while.")
        return redirect("register", council.la_number, one.name)
    if request.method == "GET":
        return differences(request, council, one, file)
    try:
        done = confirm(request, council, one, file)
    except ChangedMeanwhile:
        return differences(request, council, one, file, (FormProblem(MEANWHILE, "differences"),), status=409)
    except RegisterRefused as refused:
        return differences(request, council, one, file, (FormProblem(refused.what, "findings"),))
    except InputError as problem:
        return differences(request, council, one, file, (FormProblem(str(problem), "why"),))
    say(request, f"{one.title} is saved: {done.cells:,} {'cell' if done.cells == 1 else 'cells'} changed.")
    return redirect("register", council.la_number, one.name)


def confirm(request: HttpRequest, council: Council, one: Any, file: Upload) -> Any:
    return uploads.accept(
        council,
        one,
        file,
        part=request.GET.get("holds") == "part",
        based_on=request.POST.get("based_on", ""),
        by=author(request),
        why=request.POST.get("why", ""),
        now=timezone.now(),
    )


def differences(
    request: HttpRequest,
    council: Council,
    one: Any,
    file: Upload,
    problems: tuple[FormProblem, ...] = (),
    status: int | None = None,
) -> HttpResponse:
    part = request.GET.get("holds") == "part"
    try:
        held = uploads.held_against(council, one, file, part=part, by=author(request))
    except InputError as problem:  # the file went, or the register itself cannot be read
        return choose(request, council, one, (FormProblem(str(problem), "file"),))
    return show(
        request,
        council,
        "office/register_check.html",
        place="registers",
        trail=below(council, one, file.name),
        problems=problems,
        status=status,
        register=one,
        file=file,
        holds="part" if part else "all",
        held=held,
        page=Paginator(held.given.differences, PER_PAGE).get_page(request.GET.get("page")),
        titles={column.name: column.title for column in one.columns},
        why=request.POST.get("why", ""),
    )


def kept(request: HttpRequest, name: str) -> Any:
    """A register that whoever asks may change; for anybody else it is not there."""
    one = found(request, name)
    if not changes(request, one):
        raise Http404("not for this person")
    return one


def author(request: HttpRequest) -> actions.Author:
    return actions.Author(request.user, roles(request))
