"""People and their roles. An administrator sees these and no data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.typed import field_of
from highneeds.office.people import actions
from highneeds.office.people.access import may, number_of
from highneeds.office.people.models import ROLES, Council, Membership, Person
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, say, show


def _trail(council: Council, *more: Any) -> Any:
    return (("People", reverse("people", args=[council.la_number])), *more)


@require_safe
@may(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest, council: Council) -> HttpResponse:
    held = Membership.objects.filter(council=council).select_related("person").order_by("until", "person__name")
    return show(request, council, "office/people.html", place="people", trail=(("People", ""),), memberships=held)


@require_http_methods(["GET", "POST"])
@may(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest, council: Council) -> HttpResponse:
    if request.method == "GET":
        return add_form(request, council)
    try:
        one = added(request, council)
    except InputError as problem:
        return add_form(request, council, FormProblem(str(problem), field_of(problem, "role")))
    say(request, f"{one.name} is added.")
    return redirect("person", council.la_number, one.pk)


def added(request: HttpRequest, council: Council) -> Person:
    typed, role = request.POST, actions.role_named(request.POST.get("role", ""))
    words = {"name": typed.get("name", ""), "email": typed.get("email", ""), "deputy": typed.get("deputy") == "yes"}
    by, now = request.user.signature, timezone.now()
    one: Person = actions.add_person(**words, role=role, council=council, by=by, now=now)
    return one


def add_form(request: HttpRequest, council: Council, problem: FormProblem | None = None) -> HttpResponse:
    return show(
        request,
        council,
        "office/person_add.html",
        place="people",
        trail=_trail(council, ("Add a person", "")),
        problems=(problem,) if problem else (),
        roles=ROLES,
        typed=request.POST,
    )


@require_safe
@may(Permission.MANAGE_PEOPLE)
def person(
    request: HttpRequest, council: Council, pk: int, link: Any = "", problems: tuple[FormProblem, ...] = ()
) -> HttpResponse:
    one = _member(council, pk)
    return show(
        request,
        council,
        "office/person.html",
        place="people",
        trail=_trail(council, (one.name, "")),
        one=one,
        memberships=one.memberships.filter(council=council),
        link=link,
        problems=problems,
    )


@require_POST
@may(Permission.MANAGE_PEOPLE)
def end(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    one = _member(council, pk)
    held = get_object_or_404(
        Membership, pk=number_of(request.POST.get("membership", "")), person=one, council=council, until=None
    )
    try:
        actions.end_role(held, by=request.user.signature, now=timezone.now(), why=request.POST.get("why", ""))
    except InputError as problem:
        request.method = "GET"
        return person(request, council.la_number, pk, problems=(FormProblem(str(problem), f"why-{held.pk}"),))
    say(request, f"{one.name} is no longer {held.words.lower()}.")
    return redirect("person", council.la_number, pk)


@require_POST
@may(Permission.MANAGE_PEOPLE)
def welcome(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    """A link with which the person chooses a password. Shown once; it works once, for three days."""
    link = settings.URL + actions.welcome_path(_member(council, pk))
    request.method = "GET"
    return person(request, council.la_number, pk, link=link)


def _member(council: Council, pk: int) -> Person:
    return get_object_or_404(Person.objects.distinct(), pk=pk, memberships__council=council)
