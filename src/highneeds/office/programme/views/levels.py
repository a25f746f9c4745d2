"""The owner gives a level and meets the measures."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.reading import latest_run, results_of
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.access import may
from highneeds.office.people.roles import Permission
from highneeds.office.programme import actions
from highneeds.office.programme.models import LevelGiven
from highneeds.office.programme.queries import LEVELS, level_tasks, update_of
from highneeds.office.site.desk import FormProblem, say, show


@require_http_methods(["GET", "POST"])
@may(Permission.WRITE)
def level(request, council, code, condition):
    slot = get_object_or_404(council.slots, code=code)
    if f"/levels/{condition}/" not in "".join(task.url for task in level_tasks(slot)):
        raise Http404("no such condition")
    results = results_of(latest_run(council))
    found = next((one for one in (results.conditions if results else ()) if one.number == condition), None)
    meaning = {one.level: one.meaning for one in results.levels} if results else {}
    store, update = DatabaseStore(council), update_of(slot)
    now_given = actions.levels_in(store.read(slot.levels)).get((str(condition), update), "")
    problems, typed = (), request.POST
    if request.method == "POST":
        chosen = typed.get("level", "")
        departs = bool(found and found.suggested in LEVELS and chosen != found.suggested)
        try:
            if chosen not in LEVELS:
                raise InputError("Choose a level")
            actions.give_level(
                slot,
                condition,
                chosen,
                update=update,
                measures=found.suggested if found else "",
                departs=departs,
                reason=typed.get("reason", ""),
                by=request.user,
                now=timezone.now(),
            )
        except InputError as problem:
            problems = (FormProblem(str(problem), "reason" if chosen in LEVELS else "level"),)
        else:
            say(request, f"Condition {condition}: {LEVELS[chosen].lower()}.")
            return redirect("slot", council.la_number, code)
    return show(
        request,
        council,
        "office/level.html",
        place="slots",
        trail=(
            ("Reports", reverse("slots", args=[council.la_number])),
            (slot.title, reverse("slot", args=[council.la_number, code])),
            (f"Condition {condition}", ""),
        ),
        problems=problems,
        slot=slot,
        number=condition,
        condition=found,
        given=typed.get("level", now_given),
        reason=typed.get("reason", ""),
        choices=[(code, f"{words} ({code})", meaning.get(code, "")) for code, words in LEVELS.items()],
        history=LevelGiven.objects.filter(slot=slot, condition=condition).select_related("by"),
        words=LEVELS,
        frozen=slot.frozen_at is not None,
    )
