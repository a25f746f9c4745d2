"""Every register: its list, a row, adding, changing and removing one. All from the register's own definition."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import IN_REGISTERS, Permission
from highneeds.office.registers import actions
from highneeds.office.registers import definitions as known
from highneeds.office.registers.rows import VersionedRow
from highneeds.office.site.desk import FormProblem, say, show

PER_KIND = {"whole number": "numeric", "number": "decimal", "pounds and pence": "decimal"}
HINTS = {
    "date": "For example 2025-07-04",
    "month": "For example 2025-07",
    "financial year": "For example 2025-26",
    "pounds and pence": "In pounds, for example 12500.00",
    "yes or no": "yes or no",
}


def roles(request: HttpRequest) -> frozenset[str]:
    """The person's roles for this council, as the registers call them."""
    return frozenset(IN_REGISTERS[role] for role in request.roles if role in IN_REGISTERS)


def changes(request: HttpRequest, register: Any) -> bool:
    return register.may_change(roles(request))


@require_safe
@may(Permission.USE_REGISTERS)
def registers(request: HttpRequest, council: Council) -> HttpResponse:
    there, mine = DatabaseStore(council).versions(), roles(request)
    rows = [
        (one, actions.rows_in(there[one.place]) if one.place in there else None)
        for one in known.registers().values()
        if one.may_see(mine)
    ]
    return show(
        request, council, "office/registers.html", place="registers", trail=(("Registers", ""),), registers=rows
    )


@require_safe
@may(Permission.USE_REGISTERS)
def register(request: HttpRequest, council: Council, name: str) -> HttpResponse:
    one = found(request, name)
    return show(
        request,
        council,
        "office/register.html",
        place="registers",
        trail=trail(council, one),
        register=one,
        rows=actions.sheet_of(council, one).rows,
        may_change=changes(request, one),
    )


@require_http_methods(["GET", "POST"])
@may(Permission.USE_REGISTERS)
def add(request: HttpRequest, council: Council, name: str) -> HttpResponse:
    one = found(request, name)
    if not changes(request, one):
        raise Http404("not for this person")
    return form(request, council, one, None, "")


@require_http_methods(["GET", "POST"])
@may(Permission.USE_REGISTERS)
def row(request: HttpRequest, council: Council, name: str, key: str) -> HttpResponse:
    one = found(request, name)
    there = actions.sheet_of(council, one).row(one.key, key)
    if there is None and request.method == "GET":
        raise Http404("no such row")
    if request.method == "POST" and not changes(request, one):
        raise Http404("not for this person")
    return form(request, council, one, there, key)


def form(request: HttpRequest, council: Council, one: Any, there: VersionedRow | None, key: str) -> Any:
    if request.method == "GET":
        return page(request, council, one, there, key)
    cells = {column.name: request.POST.get(column.name, "") for column in one.columns}
    try:
        actions.save_row(
            council,
            one,
            key=key,
            cells=cells,
            based_on=request.POST.get("based_on", ""),
            by=actions.Author(request.user, roles(request)),
            now=timezone.now(),
            why=request.POST.get("why", ""),
        )
    except actions.RowChanged as problem:
        problems: tuple[FormProblem, ...] = (FormProblem(str(problem)),)
        return page(request, council, one, problem.theirs, key, cells=cells, problems=problems, both=True)
    except actions.RowRefused as refused:
        problems = tuple(FormProblem(text, column or one.key) for column, text in refused.problems.items())
        return page(request, council, one, there, key, cells=cells, problems=problems)
    except InputError as problem:
        return page(
            request, council, one, there, key, cells=cells, problems=(FormProblem(str(problem), _about(problem, one)),)
        )
    say(request, f"{cells[one.key]} is saved.")
    return redirect("register", council.la_number, one.name)


def page(
    request: HttpRequest,
    council: Council,
    one: Any,
    there: VersionedRow | None,
    key: str,
    *,
    cells: Any = None,
    problems: tuple[FormProblem, ...] = (),
    both: Any = False,
) -> Any:
    values = cells or (there.cells if there else {})
    return show(
        request,
        council,
        "office/row.html",
        place="registers",
        trail=(
            *trail(council, one)[:-1],
            (one.title, reverse("register", args=[council.la_number, one.name])),
            (key or "Add", ""),
        ),
        problems=problems,
        status=409 if both else None,
        register=one,
        key=key,
        values=values,
        based_on=there.version if there else "",
        theirs=there.cells if both and there else None,
        gone=both and there is None,
        may_change=changes(request, one),
        why=request.POST.get("why", ""),
        hints=HINTS,
        modes=PER_KIND,
    )


def found(request: HttpRequest, name: str) -> Any:
    try:
        one = known.register(name)
    except InputError:
        raise Http404("no such register") from None
    if not one.may_see(roles(request)):
        raise Http404("not for this person")
    return one


def _about(problem: InputError, register: Any) -> str:
    return "why" if "reason" in problem.what else register.key


def trail(council: Council, one: Any) -> Any:
    return (("Registers", reverse("registers", args=[council.la_number])), (one.title, ""))
