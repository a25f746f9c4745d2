"""Writing one section: the figures it may use beside the text, a draft of one's own, both texts where two wrote."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.reading import difference
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may, number_of
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.programme import actions, beside
from highneeds.office.programme.beside import TextToEdit
from highneeds.office.programme.models import Slot
from highneeds.office.programme.sections import bound_in, section_of
from highneeds.office.site.desk import FormProblem, say, show


@require_http_methods(["GET", "POST"])
@may(Permission.WRITE)
def edit(request: HttpRequest, council: Council, code: str, key: str) -> HttpResponse:
    slot, section = found(council, code, key)
    if request.method == "GET":
        return page(request, council, slot, section, beside.text_to_edit(slot, section, request.user))
    typed = TextToEdit(request.POST.get("text", ""), request.POST.get("based_on", ""))
    if request.POST.get("bind"):
        return bind(request, council, slot, section, typed)
    if request.POST.get("do") in ("draft", "drop"):
        return draft(request, council, slot, section, typed)
    try:
        save(request, slot, section, typed)
    except actions.SectionChanged as changed:
        both = TextToEdit(typed.text, changed.theirs.version, difference(changed.theirs.text, typed.text))
        return page(request, council, slot, changed.theirs, both, FormProblem(str(changed), "text"), status=409)
    except InputError as problem:
        return page(request, council, slot, section, typed, FormProblem(str(problem), "text"))
    if request.POST.get("do") == "complete":
        return redirect("slot", council.la_number, code)
    return redirect("section", council.la_number, code, key)


def save(request: HttpRequest, slot: Slot, section: Any, typed: TextToEdit) -> None:
    """Put the text in its place and, where that was asked, call the section complete."""
    by, now, completes = request.user, timezone.now(), request.POST.get("do") == "complete"
    actions.write_section(slot, section.key, typed.text, based_on=typed.based_on, by=by, now=now)
    if completes:
        actions.complete(slot, section.key, done=True, by=by, now=now)
    say(request, f"“{section.heading}” is saved{' and completed' if completes else ''}.")


def draft(request: HttpRequest, council: Council, slot: Slot, section: Any, typed: TextToEdit) -> HttpResponse:
    """Keep what was typed as a draft of one's own, or drop it."""
    if request.POST["do"] == "drop":
        actions.drop_draft(slot, section.key, by=request.user)
    else:
        keep_draft(request, slot, section.key, typed)
        say(request, "Your draft is saved. Only you see it.")
    return redirect("section", council.la_number, slot.code, section.key)


def bind(request: HttpRequest, council: Council, slot: Slot, section: Any, typed: TextToEdit) -> HttpResponse:
    """One button: the figure of the posted text is bound to the data, and the text kept as a draft to be looked at."""
    claims = beside.claims_of(council, section.heading)
    claim = next((one for one in claims if one.bound == request.POST["bind"]), None)
    changed = bound_in(typed.text, claim.stated, claim.bound) if claim else None
    if claim is None or changed is None:
        words = "This figure is not, or not just once, in your text: write the bound figure where it belongs"
        return page(request, council, slot, section, typed, FormProblem(words, "text"))
    keep_draft(request, slot, section.key, TextToEdit(changed, typed.based_on))
    say(request, f"“{claim.stated}” is bound in your draft and shows {claim.shows}. Save it to put it in the report.")
    return redirect("section", council.la_number, slot.code, section.key)


def keep_draft(request: HttpRequest, slot: Slot, key: str, typed: TextToEdit) -> None:
    actions.keep_draft(slot, key, typed.text, based_on=typed.based_on, by=request.user, now=timezone.now())


@require_POST
@may(Permission.WRITE)
def save_draft(request: HttpRequest, council: Council, code: str, key: str) -> HttpResponse:
    """Asked by the page's small script while somebody types; the button beside the text does the same without it."""
    slot, _ = found(council, code, key)
    keep_draft(request, slot, key, TextToEdit(request.POST.get("text", ""), request.POST.get("based_on", "")))
    return HttpResponse(status=204)


@require_POST
@may(Permission.WRITE)
def complete(request: HttpRequest, council: Council, code: str, key: str) -> HttpResponse:
    slot, _ = found(council, code, key)
    actions.complete(slot, key, done=request.POST.get("done") == "yes", by=request.user, now=timezone.now())
    return redirect("slot", council.la_number, code)


@require_POST
@may(Permission.OPEN_SLOT)
def assign(request: HttpRequest, council: Council, code: str, key: str) -> HttpResponse:
    slot, section = found(council, code, key)
    chosen = request.POST.get("person", "")
    person = get_object_or_404(beside.writers(council), pk=number_of(chosen)) if chosen else None
    actions.assign(slot, section, person, by=request.user, now=timezone.now())
    say(request, f"“{section.heading}” is assigned to {person.name if person else 'nobody'}.")
    return redirect("section", council.la_number, code, key)


def found(council: Council, code: str, key: str) -> Any:
    slot = get_object_or_404(council.slots, code=code)
    store = DatabaseStore(council)
    section = section_of(store.read(slot.narrative), key) if store.exists(slot.narrative) else None
    if section is None:
        raise Http404("no such section")
    return slot, section


def page(
    request: HttpRequest,
    council: Council,
    slot: Slot,
    section: Any,
    shown: TextToEdit,
    problem: FormProblem | None = None,
    status: int | None = None,
) -> HttpResponse:
    return show(
        request,
        council,
        "office/section.html",
        place="slots",
        trail=trail(council, slot, section.heading),
        problems=(problem,) if problem else (),
        status=status,
        slot=slot,
        section=section,
        shown=shown,
        **beside.who_writes(slot, section),
        figures=beside.figures_beside(council, section.heading),
        claims=beside.claims_of(council, section.heading),
    )


def trail(council: Council, slot: Slot, here: str) -> tuple[tuple[str, str], ...]:
    la = council.la_number
    return ("Reports", reverse("slots", args=[la])), (slot.title, reverse("slot", args=[la, slot.code])), (here, "")
