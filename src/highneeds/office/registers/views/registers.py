"""Every register: its list, a row, adding, changing and removing one. All from the register's own definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from highneeds.office.evidence.bridge import InputError, overdue_in, register_settings, row_history, row_standing
from highneeds.office.evidence.models import Blob
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission, in_registers
from highneeds.office.registers import actions, links
from highneeds.office.registers import definitions as known
from highneeds.office.registers.listed import PER_PAGE, Listing
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


MOST_CHANGES = 50
"""As many moments of a row as its page shows; the register's history holds all."""


def roles(request: HttpRequest) -> frozenset[str]:
    """The person's roles for this council, as the registers call them."""
    return in_registers(request.roles)


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
    there, asked = actions.listing(council, one), ListRequest.of(request, one)
    numbers = asked_for(council, one, there, asked)
    page = Paginator(numbers, PER_PAGE).get_page(request.GET.get("page"))
    there.look_at(column.name for column in one.filters)
    return show(
        request,
        council,
        "office/register.html",
        place="registers",
        trail=trail(council, one),
        register=one,
        all_rows=len(there),
        page=page,
        rows=there.rows(page.object_list),
        asked=asked,
        offered=[(column, options(column, there)) for column in one.filters if len(there.values(column.name)) > 1],
        may_change=changes(request, one),
    )


def asked_for(council: Council, one: Any, there: Listing, asked: "ListRequest") -> list[int]:
    """The numbers of the rows that the address asks for, in its order."""
    numbers = there.chosen(asked.filters, overdue(council, one) if asked.overdue else None, one.key)
    if asked.sort:
        numbers = there.in_order(numbers, asked.sort, one.column(asked.sort).kind, asked.falling)
    return numbers


@dataclass(frozen=True)
class ListRequest:
    """What the address asks of the list: its filters, the column it goes by, and whether only what is overdue."""

    filters: Mapping[str, str]
    sort: str
    falling: bool
    overdue: bool

    @classmethod
    def of(cls, request: HttpRequest, register: Any) -> "ListRequest":
        given = {column.name: request.GET.get(column.name, "") for column in register.filters}
        sort = request.GET.get("sort", "")
        return cls(
            {name: value for name, value in given.items() if value},
            sort if sort in {column.name for column in register.shown} else "",
            request.GET.get("order") == "falling",
            request.GET.get("overdue") == "yes",
        )

    def address(self, **changed: Any) -> str:
        """The address of the same list with something else asked of it."""
        asked = {**self.filters, "overdue": "yes" if self.overdue else "", "sort": self.sort}
        asked |= {"order": "falling" if self.falling else "", **changed}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def sorted_by(self, column: str) -> str:
        """The address of the list by this column; of one that goes by it already, the other way round."""
        return self.address(sort=column, order="falling" if self.sort == column and not self.falling else "")

    def direction(self, column: str) -> str:
        """How the list goes by a column, as a table says it to those who do not see it."""
        return "none" if self.sort != column else "descending" if self.falling else "ascending"


def options(column: Any, there: Listing) -> list[tuple[str, str]]:
    """What a filter offers: the values that occur, in the order of their codes."""
    values, codes = there.values(column.name), list(column.choices)
    order = sorted(values, key=lambda value: (codes.index(value) if value in codes else len(codes), value))
    return [("", "Any"), *((value, column.choices.get(value, value)) for value in order)]


def overdue(council: Council, register: Any) -> frozenset[str]:
    """The rows of which a due day is past; of one version and day it is worked out once."""
    versions = DatabaseStore(council).versions()
    if register.place not in versions:
        return frozenset()
    return _overdue(register.name, versions[register.place], versions.get("council.toml", ""), timezone.localdate())


@lru_cache(maxsize=64)
def _overdue(name: str, version: str, settings: str, day: date) -> frozenset[str]:
    return overdue_in(name, _kept(version), register_settings(_kept(settings)), day)


def _kept(version: str) -> bytes:
    return bytes(Blob.objects.get(pk=version).body) if version else b""


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
    there = actions.listing(council, one).row(one.key, key)
    if there is None and request.method == "GET":
        raise Http404("no such row")
    if request.method == "POST" and not changes(request, one):
        raise Http404("not for this person")
    return form(request, council, one, there, key)


def form(request: HttpRequest, council: Council, one: Any, there: VersionedRow | None, key: str) -> Any:
    if request.method == "GET":
        return page(request, council, one, there, key)
    cells = {column.name: request.POST.get(column.name, "") for column in one.columns}
    if request.POST.get("do") == "change":
        return page(request, council, one, there, key, cells=cells)
    try:
        save(request, council, one, key, cells, confirmed=request.POST.get("confirmed") == "yes")
    except actions.RowChanged as problem:
        problems: tuple[FormProblem, ...] = (FormProblem(str(problem)),)
        return page(request, council, one, problem.theirs, key, cells=cells, problems=problems, both=True)
    except actions.DecisionToConfirm as decision:
        return check(request, council, one, key, cells, decision)
    except InputError as problem:
        return page(request, council, one, there, key, cells=cells, problems=problems_of(problem, one))
    say(request, f"{cells[one.key]} is saved.")
    return redirect("register", council.la_number, one.name)


def save(request: HttpRequest, council: Council, one: Any, key: str, cells: Any, *, confirmed: bool) -> None:
    """Save a row as whoever asks, with the reason and the version that the form holds."""
    actions.save_row(
        council,
        one,
        actions.RowTyped(key, cells, request.POST.get("based_on", "")),
        by=actions.Author(request.user, roles(request)),
        now=timezone.now(),
        why=request.POST.get("why", ""),
        confirmed=confirmed,
    )


def problems_of(problem: InputError, one: Any) -> tuple[FormProblem, ...]:
    """What is wrong with a row, each with the field that it is about."""
    if isinstance(problem, actions.RowRefused):
        return tuple(FormProblem(text, column or one.key) for column, text in problem.problems.items())
    return (FormProblem(str(problem), "why" if isinstance(problem, actions.ReasonMissing) else one.key),)


def check(request: HttpRequest, council: Council, one: Any, key: str, cells: Any, decision: Any) -> Any:
    """What is decided, before and after, to be confirmed; nothing is saved yet."""
    return show(
        request,
        council,
        "office/row_check.html",
        place="registers",
        trail=below(council, one, key),
        register=one,
        key=key,
        cells=cells,
        changed=differing(one, decision.before, cells),
        decides=decision.decides,
        why=request.POST.get("why", ""),
        based_on=request.POST.get("based_on", ""),
    )


def differing(one: Any, before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(title, words before, words after) of the columns that differ."""
    pairs = ((column, before.get(column.name, ""), after.get(column.name, "").strip()) for column in one.columns)
    return [
        (column.title, column.choices.get(was, was), column.choices.get(now, now))
        for column, was, now in pairs
        if was != now
    ]


def page(
    request: HttpRequest,
    council: Council,
    one: Any,
    there: VersionedRow | None,
    key: str,
    *,
    cells: Any = None,
    problems: tuple[FormProblem, ...] = (),
    both: bool = False,
) -> Any:
    return show(
        request,
        council,
        "office/row.html",
        place="registers",
        trail=below(council, one, key or "Add"),
        problems=problems,
        status=409 if both else None,
        register=one,
        key=key,
        **filled_in(request, there, cells, both=both),
        may_change=changes(request, one),
        **beside(request, council, one, there, key),
    )


def filled_in(request: HttpRequest, there: VersionedRow | None, cells: Any, *, both: bool) -> dict[str, Any]:
    """What stands in the fields, which version of the row it was made from, and that version where it is another's."""
    return {
        "values": cells or (there.cells if there else {}),
        "based_on": there.version if there else "",
        "theirs": there.cells if both and there else None,
        "gone": both and there is None,
        "why": request.POST.get("why", ""),
        "hints": HINTS,
        "modes": PER_KIND,
    }


def beside(request: HttpRequest, council: Council, one: Any, there: VersionedRow | None, key: str) -> dict[str, Any]:
    """What stands beside the fields of a row: due days, findings, the rows it names and that name it, its history."""
    if there is None or not key:
        return {"standing": None, "names": (), "named_by": (), "history": ()}
    store, mine = DatabaseStore(council), roles(request)
    settings = register_settings(store.read("council.toml") if store.exists("council.toml") else b"")
    past = store.read(one.history) if store.exists(one.history) else b""
    return {
        "standing": row_standing(one.name, store.read(one.place), key, settings, timezone.localdate()),
        "names": tuple(links.named(there.cells, one, mine)),
        "named_by": tuple(links.naming(council, one, key, mine)),
        "history": row_history(one.name, past, key)[:MOST_CHANGES],
    }


def found(request: HttpRequest, name: str) -> Any:
    try:
        one = known.register(name)
    except InputError:
        raise Http404("no such register") from None
    if not one.may_see(roles(request)):
        raise Http404("not for this person")
    return one


def trail(council: Council, one: Any) -> Any:
    return (("Registers", reverse("registers", args=[council.la_number])), (one.title, ""))


def below(council: Council, one: Any, *steps: Any) -> Any:
    """The steps to something of a register; of each step after it its words, or its words and address."""
    here = (one.title, reverse("register", args=[council.la_number, one.name]))
    return (*trail(council, one)[:-1], here, *(step if isinstance(step, tuple) else (step, "") for step in steps))
