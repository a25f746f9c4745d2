"""Forecasts and scenarios: what can be asked for, the scenarios that are there, and what was made of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from highneeds.office.evidence import actions, scenarios
from highneeds.office.evidence.bridge import ChangedMeanwhile, InputError, StoreError
from highneeds.office.evidence.job_kinds import KINDS, NotAsItShouldBe, asked_by, offered, typed_in
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, say, show


@require_safe
@may(Permission.LOAD_DATA)
def forecasts(request: HttpRequest, council: Council, problems: tuple[FormProblem, ...] = ()) -> HttpResponse:
    kinds = offered(of="forecasts")
    return show(
        request,
        council,
        "office/forecasts.html",
        place="data",
        trail=(*crumbs(council)[:1], ("Forecasts and scenarios", "")),
        problems=problems,
        simple=[(name, kind.words) for name, kind in kinds if not kind.asks],
        asking=[(name, kind.words, asked_by([(name, kind)])) for name, kind in kinds if kind.asks],
        typed=request.POST,
        scenarios=scenarios.scenarios(council),
        jobs=council.jobs.filter(kind__in=[name for name, _ in kinds]).select_related("by")[:20],
    )


@require_POST
@may(Permission.LOAD_DATA)
def ask(request: HttpRequest, council: Council) -> HttpResponse:
    name = request.POST.get("kind", "")
    if name not in dict(offered(of="forecasts")):
        raise Http404("no such work")
    try:
        typed = typed_in(KINDS[name], request.POST)
    except NotAsItShouldBe as problem:
        request.method = "GET"
        return forecasts(request, council.la_number, problems=(FormProblem(str(problem), problem.field),))
    job = actions.ask_for(name, council, by=request.user, now=timezone.now(), **typed)
    return redirect("job", council.la_number, job.pk)


@require_http_methods(["GET", "POST"])
@may(Permission.LOAD_DATA)
def add(request: HttpRequest, council: Council) -> HttpResponse:
    new = scenarios.ScenarioFile("", "A new scenario", scenarios.START, "")
    return save(request, council, new, request.POST.get("name", "").strip())


@require_http_methods(["GET", "POST"])
@may(Permission.LOAD_DATA)
def scenario(request: HttpRequest, council: Council, name: str) -> HttpResponse:
    try:
        one = scenarios.scenario(council, name)
    except StoreError:
        raise Http404("no such scenario") from None
    return save(request, council, one, name)


def save(request: HttpRequest, council: Council, one: Any, name: str) -> Any:
    """The form; on a POST the scenario is saved, or the form says what is wrong and keeps what was typed."""
    problem, text, based_on = None, request.POST.get("text", one.text), request.POST.get("based_on", one.version)
    if request.method == "POST":
        by, now = request.user.signature, timezone.now()
        try:
            scenarios.save_scenario(council, name, text, based_on=based_on, by=by, now=now)
        except ChangedMeanwhile as changed:
            theirs = (changed.theirs or b"").decode("utf-8", "replace")
            return form(request, council, one, name, text, changed.found, FormProblem(str(changed), "text"), theirs)
        except InputError as refused:
            problem = FormProblem(str(refused), "name" if "short name" in refused.what else "text")
        else:
            say(request, "The scenario is saved. It is checked when scenarios are compared.")
            return redirect("forecasts", council.la_number)
    return form(request, council, one, name, text, based_on, problem)


def form(
    request: HttpRequest,
    council: Council,
    one: Any,
    name: str,
    text: str,
    based_on: str,
    problem: FormProblem | None,
    theirs: Any = None,
) -> Any:
    return show(
        request,
        council,
        "office/scenario.html",
        place="data",
        trail=(*crumbs(council), (one.title, "")),
        problems=(problem,) if problem else (),
        status=409 if theirs is not None else None,
        scenario=one,
        short_name=name,
        text=text,
        based_on=based_on,
        theirs=theirs,
    )


def crumbs(council: Council) -> Any:
    la = council.la_number
    return (("Data", reverse("data", args=[la])), ("Forecasts and scenarios", reverse("forecasts", args=[la])))
