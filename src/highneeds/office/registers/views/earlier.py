"""A row as it stood earlier, beside what stands there now, and bringing it back as a new change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from highneeds.office.evidence.bridge import InputError, row_cells_after, row_history
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.registers import actions
from highneeds.office.registers.rows import VersionedRow
from highneeds.office.registers.views.files import kept
from highneeds.office.registers.views.registers import below, differing, problems_of, save
from highneeds.office.site.desk import FormProblem, say, show


@require_http_methods(["GET", "POST"])
@may(Permission.USE_REGISTERS)
def version(request: HttpRequest, council: Council, name: str, key: str, number: int) -> HttpResponse:
    """The row as it stood after `number` changes of its history."""
    one = kept(request, name)
    there = actions.listing(council, one).row(one.key, key)
    earlier = there and as_it_stood(council, one, there, key, number)
    if not there or not earlier:
        raise Http404("no such version of a row")
    if request.method == "GET":
        return page(request, council, one, there, earlier, number)
    try:
        save(request, council, one, key, earlier, confirmed=True)
    except actions.RowChanged as changed:
        problem = FormProblem(f"{changed}. These are the differences from what stands there now", "differences")
        return page(request, council, one, changed.theirs or there, earlier, number, (problem,), status=409)
    except InputError as refused:
        problems = tuple(FormProblem(one.text, "why") for one in problems_of(refused, one))
        return page(request, council, one, there, earlier, number, problems)
    say(request, f"{key} stands as it did before.")
    return redirect("row", council.la_number, one.name, key)


def as_it_stood(council: Council, one: Any, there: VersionedRow, key: str, number: int) -> dict[str, str] | None:
    """Its cells; None where its history has no such moment, or the row was not there yet."""
    store = DatabaseStore(council)
    history = store.read(one.history) if store.exists(one.history) else b""
    if number >= len(row_history(one.name, history, key)):
        return None
    now = {column.name: there.cells.get(column.name, "") for column in one.columns}
    cells = row_cells_after(history, key, now, number)
    return cells if cells[one.key] else None


def page(
    request: HttpRequest,
    council: Council,
    one: Any,
    there: VersionedRow,
    earlier: dict[str, str],
    number: int,
    problems: tuple[FormProblem, ...] = (),
    status: int | None = None,
) -> HttpResponse:
    key = there.cells[one.key]
    return show(
        request,
        council,
        "office/row_version.html",
        place="registers",
        trail=below(council, one, (key, reverse("row", args=[council.la_number, one.name, key])), "An earlier version"),
        problems=problems,
        status=status,
        register=one,
        key=key,
        based_on=there.version,
        changed=differing(one, there.cells, earlier),
        why=request.POST.get("why", ""),
    )
