"""What every page of the team's office has: whose council it is, where one can go, where one is."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission

P = Permission
PLACES = (
    ("Waiting for you", "inbox", frozenset(Permission)),
    ("Reports", "slots", {P.WRITE, P.OPEN_SLOT, P.SEE_REVIEW, P.SUBMIT}),
    ("Figures", "figures", {P.SEE_FIGURES}),
    ("Registers", "registers", {P.USE_REGISTERS}),
    ("Data", "data", {P.LOAD_DATA}),
    ("Submitted", "submitted", {P.SEE_SUBMITTED}),
    ("Record", "record", {P.SEE_RECORD}),
    ("People", "people", {P.MANAGE_PEOPLE}),
)


@dataclass(frozen=True)
class FormProblem:
    """Something wrong in a form: what, and the field that it is about."""

    text: str
    field: str = ""


def show(
    request: HttpRequest,
    council: Council,
    template: str,
    *,
    place: str = "",
    trail: tuple[tuple[str, str], ...] = (),
    problems: tuple[FormProblem, ...] = (),
    status: int | None = None,
    **context: Any,
) -> HttpResponse:
    """Render a page of a council. `trail`: (text, address) of the steps from the first page to here, '' for here."""
    always = {
        "office": council,
        "person": request.user,
        "may": {one.name: one in request.may for one in Permission},
        "navigation": navigation(request, council, place),
        "breadcrumbs": breadcrumbs(council, trail),
        "problems": problems,
        "errors": {one.field: one.text for one in problems if one.field},
        "notices": [str(one) for one in messages.get_messages(request)],
        "now": timezone.localtime(),
    }
    return render(request, template, context | always, status=status or (422 if problems else 200))


def breadcrumbs(council: Council, trail: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    """The steps to a page, from the person's first page on; none for that one."""
    start = (("Waiting for you", reverse("inbox", args=[council.la_number])),) if trail else ()
    return [{"text": text, **({"href": url} if url else {})} for text, url in (*start, *trail)]


def navigation(request: HttpRequest, council: Council, place: str) -> list[dict[str, Any]]:
    """The places that this person may go to."""
    return [
        {
            "text": text,
            "href": reverse(name, args=[council.la_number]),
            "current": request.path == reverse(name, args=[council.la_number]),
            "active": name == place,
        }
        for text, name, wanted in PLACES
        if request.may & wanted
    ]


def say(request: HttpRequest, text: str) -> None:
    """A notice on the next page."""
    messages.success(request, text)
