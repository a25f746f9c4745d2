"""The door of every page about a council: who may open it stands on the view itself."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import resolve

from highneeds.office.evidence.once import asked_once
from highneeds.office.people.models import Council, Membership, Person
from highneeds.office.people.roles import MAY, Permission, Role

View = Callable[..., HttpResponse]
EVERYBODY, SIGNED_IN = "everybody", "signed in"
ONLY_READ = ("GET", "HEAD")
MOST_DIGITS = 18
"""What the databases keep as the number of a row has no more (2 to the power 63)."""


def number_of(typed: str) -> int:
    """What a form says is the number of a row; 0, which no row has, where it says something else."""
    return int(typed) if typed.isdecimal() and len(typed) <= MOST_DIGITS else 0


def roles_of(person: Person, council: Council) -> Any:
    """The memberships that a person holds now."""
    return Membership.objects.filter(person=person, council=council, until=None)


def words_of_roles(person: Person, council: Council) -> str:
    """How documents name who did something: by role, 'Finance partner'."""
    return ", ".join(one.words for one in roles_of(person, council))


def roles_held(person: Person, council: Council) -> frozenset[Role]:
    """The roles that a person holds now; none for one who no longer comes in."""
    if not person.is_active:
        return frozenset()
    return frozenset(Role(one) for one in roles_of(person, council).values_list("role", flat=True))


def may(*wanted: Permission) -> Callable[[View], View]:
    """A page of one council for those with one of these permissions. For anybody else it is not there (404)."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, la: str, *args: Any, **kwargs: Any) -> HttpResponse:
            council = get_object_or_404(Council, la_number=la)
            request.council, request.roles = council, roles_held(request.user, council)
            request.may = frozenset().union(*(MAY[role] for role in request.roles))
            if not request.may & set(wanted):
                raise Http404("nothing here for this person")
            with asked_once() if request.method in ONLY_READ else nullcontext():
                return view(request, council, *args, **kwargs)

        vars(guarded)["permission"] = wanted
        return guarded

    return decorate


def opens(held: frozenset[Permission], url: str) -> bool:
    """Whether a page of a council is there for somebody who holds these permissions: the page itself says for whom."""
    wanted: Any = vars(resolve(urlsplit(url).path).func)["permission"]
    return bool(held & set(wanted))


def open_to(whom: str) -> Callable[[View], View]:
    """A page that belongs to no council: for everybody, or for whoever signed in."""

    def decorate(view: View) -> View:
        guarded = login_required(view) if whom == SIGNED_IN else view
        guarded = wraps(view)(guarded)
        vars(guarded)["permission"] = whom
        return guarded

    return decorate
