"""Every document with all its versions, what changed, who and why; and the record."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.models import Document, DocumentVersion, RecordEntry
from highneeds.office.evidence.reading import as_text, difference, versions_of
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.registers import uploads
from highneeds.office.registers.actions import Author
from highneeds.office.registers.definitions import register_of
from highneeds.office.registers.views.registers import roles
from highneeds.office.site.desk import FormProblem, say, show

MAY_BRING_BACK = {Permission.WRITE, Permission.USE_REGISTERS, Permission.LOAD_DATA}


@require_safe
@may(Permission.SEE_RECORD)
def the_record(request: HttpRequest, council: Council) -> HttpResponse:
    entries = RecordEntry.objects.filter(chain=council.la_number).order_by("-number")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        entries = entries.filter(what__icontains=wanted) | entries.filter(by__icontains=wanted)
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    return show(
        request, council, "office/record.html", place="record", trail=(("Record", ""),), page=page, wanted=wanted
    )


@require_safe
@may(Permission.SEE_RECORD)
def documents(request: HttpRequest, council: Council) -> HttpResponse:
    found = [one for one in Document.objects.filter(council=council).only("name", "number") if _seen(request, one.name)]
    return show(request, council, "office/documents.html", place="record", trail=_trail(council), documents=found)


def _seen(request: HttpRequest, name: str) -> bool:
    """Rows about single children are for those who keep or decide them, in every version and in their history."""
    register = register_of(name)
    return register is None or register.may_see(roles(request))


@require_safe
@may(Permission.SEE_RECORD)
def versions(request: HttpRequest, council: Council, name: str) -> HttpResponse:
    found = list(versions_of(council, name))
    if not found or not _seen(request, name):
        raise Http404("no such document")
    return show(
        request, council, "office/versions.html", place="record", trail=_trail(council, name), name=name, versions=found
    )


@require_safe
@may(Permission.SEE_RECORD)
def version(
    request: HttpRequest, council: Council, name: str, number: int, problems: tuple[FormProblem, ...] = ()
) -> HttpResponse:
    one = get_object_or_404(DocumentVersion, council=council, name=name, number=number)
    if not _seen(request, name):
        raise Http404("no such document")
    before = DocumentVersion.objects.filter(council=council, name=name, number=number - 1).first()
    new, old = _text(one), _text(before)
    return show(
        request,
        council,
        "office/version.html",
        place="record",
        trail=_trail(council, name, f"Version {number}"),
        problems=problems,
        name=name,
        version=one,
        newest=not DocumentVersion.objects.filter(council=council, name=name, number__gt=number).exists(),
        lines=difference(old, new) if old is not None and new is not None else None,
        may_bring_back=_may_bring_back(request, name) and one.blob_id is not None,
    )


def _may_bring_back(request: HttpRequest, name: str) -> bool:
    """A register by those who may change it; its history by nobody, for that only grows."""
    register = register_of(name)
    if register is None:
        return bool(request.may & MAY_BRING_BACK)
    return name == register.place and register.may_change(roles(request))


@require_http_methods(["POST"])
@may(*MAY_BRING_BACK)
def bring_back(request: HttpRequest, council: Council, name: str, number: int) -> HttpResponse:
    """An earlier version becomes the newest; those in between stay."""
    one = get_object_or_404(DocumentVersion, council=council, name=name, number=number, blob__isnull=False)
    if not _may_bring_back(request, name):
        raise Http404("not for this person")
    why = request.POST.get("why", "").strip()
    try:
        if not why:
            raise InputError("Say why it is brought back")
        put_back(request, council, one, why)
    except InputError as problem:
        request.method = "GET"
        return version(request, council.la_number, name, number, problems=(FormProblem(str(problem), "why"),))
    say(request, f"Version {number} is brought back.")
    return redirect("versions", council.la_number, name)


def put_back(request: HttpRequest, council: Council, one: DocumentVersion, why: str) -> None:
    register, now, data = register_of(one.name), timezone.now(), bytes(one.blob.body)
    if register is not None:
        uploads.bring_back(council, register, data, by=Author(request.user, roles(request)), why=why, now=now)
        return
    what = f"Bring back version {one.number} of {one.name}"
    with DatabaseStore(council).change(by=request.user.signature, now=now, what=what, why=why) as change:
        change.put(one.name, data)


def _text(one: DocumentVersion | None) -> str | None:
    return as_text(bytes(one.blob.body)) if one and one.blob else ""


def _trail(council: Council, *names: Any) -> Any:
    la = council.la_number
    steps = [("Record", reverse("record", args=[la])), ("Documents", reverse("documents", args=[la]))]
    if names:
        steps.append((names[0], reverse("versions", args=[la, names[0]])))
    steps += [(name, "") for name in names[1:]]
    return (*steps[:-1], (steps[-1][0], ""))
