"""The reports of the year, and what is to be done for one of them."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from highneeds.office.evidence.actions import ask_for
from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.reading import is_current, latest_run, settings_of
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.programme import actions, queries
from highneeds.office.programme.reports import reports_there
from highneeds.office.site.desk import FormProblem, say, show

READERS = (Permission.WRITE, Permission.OPEN_SLOT, Permission.SEE_REVIEW, Permission.SUBMIT)


@require_safe
@may(*READERS)
def slots(request: HttpRequest, council: Council, problems: tuple[FormProblem, ...] = ()) -> HttpResponse:
    opened = list(council.slots.all())
    codes = {one.code for one in opened}
    said = settings_of(council)
    return show(
        request,
        council,
        "office/slots.html",
        place="slots",
        trail=(("Reports", ""),),
        problems=problems,
        slots=[(one, queries.submission_of(one)) for one in opened],
        to_open=[code for code in reports_there(council) if code not in codes],
        next_slots=said.get("slots", []),
        default_title=f"{said.get('report', {}).get('slot', '')} {said.get('report', {}).get('id', '')[:4]}".strip(),
    )


@require_POST
@may(Permission.OPEN_SLOT)
def open_slot(request: HttpRequest, council: Council) -> HttpResponse:
    """Open a report that is there, or have the next one made from it: carried forward by the engine, then opened."""
    typed, now = request.POST, timezone.now()
    try:
        if typed.get("next"):
            job = ask_for("next-report", council, by=request.user, now=now, slot=typed["next"])
            return redirect("job", council.la_number, job.pk)
        code, title = typed.get("code", ""), typed.get("title", "").strip()
        if not title:
            raise InputError("Give the report a title", remedy="Such as July 2025")
        slot = actions.open_slot(
            council, code=code, title=title, due_on=day(typed.get("due_on", "")), by=request.user, now=now
        )
    except InputError as problem:
        request.method = "GET"
        return slots(request, council.la_number, problems=(FormProblem(str(problem), "title"),))
    say(request, f"{slot.title} is open.")
    return redirect("slot", council.la_number, slot.code)


def day(text: str) -> date | None:
    """2025-07-04 -> the day; '' -> none."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise InputError(f"'{text}' is no date", remedy="Write it as 2025-07-04") from None


@require_safe
@may(*READERS)
def slot(request: HttpRequest, council: Council, code: str) -> HttpResponse:
    one = get_object_or_404(council.slots, code=code)
    submission, groups = queries.submission_of(one), queries.task_list(one, request.may)
    tasks = [task for group in groups.values() for task in group]
    return show(
        request,
        council,
        "office/slot.html",
        place="slots",
        trail=(("Reports", reverse("slots", args=[council.la_number])), (one.title, "")),
        slot=one,
        groups=groups,
        words=queries.STANDS,
        done=sum(task.stands == "completed" for task in tasks),
        count=len(tasks),
        left=sum(task.stands != "completed" for task in (*groups["Levels"], *groups["Sections"])),
        submission=submission,
        may_start=submission is None and Permission.OPEN_SLOT in request.may and is_current(latest_run(council)),
    )
