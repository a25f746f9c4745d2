"""The owner gives a level and meets the measures."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from highneeds.office.evidence.bridge import ConditionResult, InputError, Results
from highneeds.office.evidence.reading import latest_run, results_of, where_left_out
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.programme import actions
from highneeds.office.programme.models import LevelGiven, Slot
from highneeds.office.programme.queries import LEVELS, level_tasks, update_of
from highneeds.office.site.desk import FormProblem, say, show


@dataclass(frozen=True)
class ConditionInSlot:
    """One condition in one report: what the measures point to, and what is given."""

    slot: Slot
    number: int

    @cached_property
    def results(self) -> Results | None:
        return results_of(latest_run(self.slot.council))

    @cached_property
    def condition(self) -> ConditionResult | None:
        conditions = self.results.conditions if self.results else ()
        return next((one for one in conditions if one.number == self.number), None)

    @cached_property
    def update(self) -> str:
        return update_of(self.slot)

    @property
    def suggested(self) -> str:
        return self.condition.suggested if self.condition else ""

    @property
    def given(self) -> str:
        """The level that stands in the report now."""
        levels = actions.levels_in(DatabaseStore(self.slot.council).read(self.slot.levels))
        return levels.get((str(self.number), self.update), "")

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """(code, words, what it means) of every level."""
        meaning: dict[str, str] = {one.level: one.meaning for one in self.results.levels} if self.results else {}
        return [(code, f"{words} ({code})", meaning.get(code, "")) for code, words in LEVELS.items()]

    def departs(self, level: str) -> bool:
        return self.suggested in LEVELS and level != self.suggested


@require_http_methods(["GET", "POST"])
@may(Permission.WRITE)
def level(request: HttpRequest, council: Council, code: str, condition: int) -> HttpResponse:
    slot = get_object_or_404(council.slots, code=code)
    if f"/levels/{condition}/" not in "".join(task.url for task in level_tasks(slot)):
        raise Http404("no such condition")
    here = ConditionInSlot(slot, condition)
    if request.method == "GET":
        return page(request, council, here)
    chosen = request.POST.get("level", "")
    try:
        give(request, here, chosen)
    except InputError as problem:
        return page(request, council, here, FormProblem(str(problem), "reason" if chosen in LEVELS else "level"))
    later = where_left_out(council, timezone.now().date())
    say(request, f"Condition {condition}: {LEVELS[chosen].lower()}.{later}")
    return redirect("slot", council.la_number, code)


def give(request: HttpRequest, here: ConditionInSlot, chosen: str) -> None:
    if chosen not in LEVELS:
        raise InputError("Choose a level")
    reason = request.POST.get("reason", "")
    given = actions.OwnersLevel(here.number, here.update, chosen, here.suggested, here.departs(chosen), reason)
    actions.give_level(here.slot, given, by=request.user, now=timezone.now())


def page(
    request: HttpRequest, council: Council, here: ConditionInSlot, problem: FormProblem | None = None
) -> HttpResponse:
    la, slot = council.la_number, here.slot
    return show(
        request,
        council,
        "office/level.html",
        place="slots",
        trail=(
            ("Reports", reverse("slots", args=[la])),
            (slot.title, reverse("slot", args=[la, slot.code])),
            (f"Condition {here.number}", ""),
        ),
        problems=(problem,) if problem else (),
        slot=slot,
        number=here.number,
        condition=here.condition,
        given=request.POST.get("level", here.given),
        reason=request.POST.get("reason", ""),
        choices=here.choices,
        history=LevelGiven.objects.filter(slot=slot, condition=here.number).select_related("by"),
        words=LEVELS,
        frozen=slot.frozen_at is not None,
    )
