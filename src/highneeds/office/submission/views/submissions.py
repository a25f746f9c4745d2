"""Where a submission stands, and what takes it on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from highneeds.office.evidence.bridge import InputError
from highneeds.office.evidence.reading import is_current, latest_run, results_of
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.programme.models import Slot
from highneeds.office.site.desk import FormProblem, say, show
from highneeds.office.submission import actions, queries
from highneeds.office.submission.models import Submission, SubmissionState

READERS = (Permission.OPEN_SLOT, Permission.SEE_REVIEW, Permission.SUBMIT, Permission.UNLOCK)


@require_safe
@may(*READERS)
def submission(request: HttpRequest, council: Council, pk: int, problems: tuple[FormProblem, ...] = ()) -> HttpResponse:
    one = get_object_or_404(Submission.objects.select_related("slot", "run"), pk=pk, council=council)
    return show(
        request,
        council,
        "office/submission.html",
        place="slots",
        trail=(
            ("Reports", reverse("slots", args=[council.la_number])),
            (one.slot.title, reverse("slot", args=[council.la_number, one.slot.code])),
            (f"Version {one.number}", ""),
        ),
        problems=problems,
        submission=one,
        state=SubmissionState(one.state),
        can=queries.next_steps(one, request.user, request.may),
        current=is_current(latest_run(council)),
        results=results_of(one.run),
        files=queries.report_files(one.run) if one.run else [],
        review=queries.review_files(one.run) if one.run else [],
        **queries.what_happened(one),
    )


def doing(request: HttpRequest, council: Council, pk: int, field: str, act: Any, said: str) -> Any:
    """Do one thing to a submission; what is wrong is said on its page."""
    one = get_object_or_404(Submission, pk=pk, council=council)
    try:
        done = act(one)
    except InputError as problem:
        request.method = "GET"
        return submission(request, council.la_number, pk, problems=(FormProblem(str(problem), field),))
    say(request, said)
    return redirect("submission", council.la_number, done.pk if isinstance(done, Submission) else pk)


@require_POST
@may(Permission.OPEN_SLOT)
def start(request: HttpRequest, council: Council, code: str) -> HttpResponse:
    """The first version, put to those who sign at once where everything is worked out."""
    slot = get_object_or_404(Slot, council=council, code=code)
    one = Submission.objects.filter(slot=slot).first()
    now = timezone.now()
    one = one or actions.start(slot, by=request.user, now=now)
    run = latest_run(council)

    def act(it: Any) -> None:
        if is_current(run):
            actions.prepare(it, run, by=request.user, now=now)

    return doing(request, council, one.pk, "", act, "It is put to those who sign.")


@require_POST
@may(Permission.OPEN_SLOT)
def prepare(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    run, now = latest_run(council), timezone.now()

    def act(one: Any) -> None:
        if run is None:
            raise InputError("Nothing is worked out yet", remedy="Work everything out first")
        actions.prepare(one, run, by=request.user, now=now)

    return doing(request, council, pk, "", act, "It is put to those who sign.")


@require_POST
@may(Permission.UNLOCK)
def unlock(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")

    def act(one: Any) -> Any:
        return actions.unlock(one, by=request.user, reason=reason, now=timezone.now())

    return doing(request, council, pk, "reason", act, "It is back in drafting.")


@require_POST
@may(Permission.SUBMIT)
def submit(request: HttpRequest, council: Council, pk: int) -> HttpResponse:

    def act(one: Any) -> Any:
        return actions.submit(one, by=request.user, now=timezone.now())

    return doing(request, council, pk, "", act, "It is submitted and sealed.")


@require_POST
@may(Permission.SUBMIT)
def publish(request: HttpRequest, council: Council, pk: int) -> HttpResponse:

    def act(one: Any) -> Any:
        return actions.publish(one, by=request.user, now=timezone.now())

    return doing(request, council, pk, "", act, "It is published.")


@require_POST
@may(Permission.SUBMIT)
def answer(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    said, reason = request.POST.get("answer", ""), request.POST.get("why", "")

    def act(one: Any) -> None:
        actions.record_answer(one, answer=said, reason=reason, by=request.user, now=timezone.now())

    return doing(request, council, pk, "answer", act, "DfE’s answer is recorded.")


@require_POST
@may(Permission.UNLOCK)
def again(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    text = request.POST.get("what_changed", "")

    def act(one: Any) -> Any:
        return actions.start_again(one, by=request.user, what_changed=text, now=timezone.now())

    return doing(request, council, pk, "what_changed", act, "A new version is started.")
