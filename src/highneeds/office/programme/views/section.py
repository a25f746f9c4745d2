"""Writing one section: the figures it may use beside the text, a draft of one's own, both texts where two wrote."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.reading import difference, latest_run, results_of
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may
from highneeds.office.people.models import Council, Membership, Person
from highneeds.office.people.roles import MAY, Permission, Role
from highneeds.office.programme import actions
from highneeds.office.programme.models import Slot
from highneeds.office.programme.sections import bound_in, section_of
from highneeds.office.site.desk import FormProblem, say, show

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@require_http_methods(["GET", "POST"])
@may(Permission.WRITE)
def edit(request: HttpRequest, council: Council, code: str, key: str) -> HttpResponse:
    slot, section = found(council, code, key)
    if request.method == "GET":
        return page(request, council, slot, section)
    text, based_on = request.POST.get("text", ""), request.POST.get("based_on", "")
    if request.POST.get("do") == "draft":
        actions.keep_draft(slot, key, text, based_on=based_on, by=request.user, now=timezone.now())
        say(request, "Your draft is saved. Only you see it.")
        return redirect("section", council.la_number, code, key)
    if request.POST.get("do") == "drop":
        actions.drop_draft(slot, key, by=request.user)
        return redirect("section", council.la_number, code, key)
    if request.POST.get("bind"):
        return bind(request, council, slot, section, text, based_on)
    try:
        actions.write_section(slot, key, text, based_on=based_on, by=request.user, now=timezone.now())
    except actions.SectionChanged as problem:
        return page(
            request, council, slot, problem.theirs, yours=text, problem=FormProblem(str(problem), "text"), theirs=True
        )
    except InputError as problem:
        return page(request, council, slot, section, yours=text, problem=FormProblem(str(problem), "text"))
    if request.POST.get("do") == "complete":
        actions.complete(slot, key, done=True, by=request.user, now=timezone.now())
        say(request, f"“{section.heading}” is saved and completed.")
        return redirect("slot", council.la_number, code)
    say(request, f"“{section.heading}” is saved.")
    return redirect("section", council.la_number, code, key)


def bind(request: HttpRequest, council: Council, slot: Slot, section: Any, text: str, based_on: str) -> HttpResponse:
    """One button: the figure of the posted text is bound to the data, and the text kept as a draft to be looked at."""
    claim = next((one for one in claims_of(council, section.heading) if one.bound == request.POST["bind"]), None)
    changed = bound_in(text, claim.stated, claim.bound) if claim else None
    if claim is None or changed is None:
        words = "This figure is not, or not just once, in your text: write the bound figure where it belongs"
        return page(request, council, slot, section, yours=text, problem=FormProblem(words, "text"))
    actions.keep_draft(slot, section.key, changed, based_on=based_on, by=request.user, now=timezone.now())
    say(request, f"“{claim.stated}” is bound in your draft and shows {claim.shows}. Save it to put it in the report.")
    return redirect("section", council.la_number, slot.code, section.key)


@require_POST
@may(Permission.WRITE)
def save_draft(request: HttpRequest, council: Council, code: str, key: str) -> HttpResponse:
    """Asked by the page's small script while somebody types; the button beside the text does the same without it."""
    slot, _ = found(council, code, key)
    text, based_on = request.POST.get("text", ""), request.POST.get("based_on", "")
    actions.keep_draft(slot, key, text, based_on=based_on, by=request.user, now=timezone.now())
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
    person = get_object_or_404(writers(council), pk=chosen) if chosen else None
    actions.assign(slot, section, person, by=request.user, now=timezone.now())
    say(request, f"“{section.heading}” is assigned to {person.name if person else 'nobody'}.")
    return redirect("section", council.la_number, code, key)


def writers(council: Council) -> Any:
    """People who may write for this council."""
    roles = [str(role) for role in Role if Permission.WRITE in MAY[role]]
    held = Membership.objects.filter(council=council, until=None, role__in=roles)
    return Person.objects.filter(pk__in=held.values("person"), is_active=True)


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
    *,
    yours: str | None = None,
    problem: FormProblem | None = None,
    theirs: bool = False,
) -> HttpResponse:
    """The form with the text that was just sent (`yours`), else the person's draft, else the text that stands there."""
    draft = slot.drafts.filter(section=section.key, person=request.user).first() if yours is None else None
    moved = draft is not None and draft.based_on != section.version
    text = yours if yours is not None else draft.text if draft else section.text
    return show(
        request,
        council,
        "office/section.html",
        place="slots",
        trail=(
            ("Reports", reverse("slots", args=[council.la_number])),
            (slot.title, reverse("slot", args=[council.la_number, slot.code])),
            (section.heading, ""),
        ),
        problems=(problem,) if problem else (),
        status=409 if theirs else None,
        slot=slot,
        section=section,
        text=text,
        based_on=draft.based_on if draft and not theirs else section.version,
        draft=draft,
        moved=moved,
        theirs=difference(section.text, text) if theirs or moved else None,
        assigned=slot.assignments.filter(section=section.key).select_related("person").first(),
        done=slot.completed.filter(section=section.key, sha256=section.version).first(),
        people=writers(council),
        figures=figures_beside(council, section.heading),
        claims=claims_of(council, section.heading),
        bound=text.count("{{"),
        frozen=slot.frozen_at is not None,
    )


def figures_beside(council: Council, heading: str) -> Any:
    """The latest figures that this section may use: those of its condition, else the four of the first page."""
    results = results_of(latest_run(council))
    if results is None:
        return []
    number = "".join(sign for sign in heading if sign.isdigit())
    condition = next((one for one in results.conditions if str(one.number) == number), None)
    if condition and "ondition" in heading:
        shown = {one.id: one for one in results.indicators}
        return [(shown[name].short_title, shown[name].sentence) for name in condition.indicators if name in shown]
    return [(one.title, f"{one.value} {one.change}".strip()) for one in results.figures]


def claims_of(council: Council, heading: str) -> Any:
    """What the last working-out found of the figures in this section: those that fail or can be bound to the data."""
    results = results_of(latest_run(council))
    if results is None:
        return []
    sections = [*results.narrative]
    paragraphs = [one for part in sections if part.title == heading for one in part.paragraphs]
    number = "".join(sign for sign in heading if sign.isdigit())
    paragraphs += [
        one
        for condition in results.conditions
        if number and str(condition.number) == number and "ondition" in heading
        for one in condition.narrative
    ]
    claims = [claim for paragraph in paragraphs for claim in paragraph.claims]
    return [claim for claim in claims if claim.verdict == "fails" or (claim.bound and says_the_same(claim))]


def says_the_same(claim: Any) -> bool:
    """Whether the figure of the data, rounded as the text has it, is the text's own; another one is not offered."""
    stated, shown = (
        [Decimal(one.replace(",", "")) for one in NUMBER.findall(text)] for text in (claim.stated, claim.shows)
    )
    return bool(shown) and any(shown[0].quantize(one, ROUND_HALF_UP) == one for one in stated)
