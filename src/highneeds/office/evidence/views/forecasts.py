"""Forecasts: what can be asked for, the scenarios that are there, and what was made of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from highneeds.office.evidence import actions, scenarios
from highneeds.office.evidence.job_kinds import KINDS, NotAsItShouldBe, asked_by, offered, typed_in
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, show


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


def crumbs(council: Council) -> Any:
    la = council.la_number
    return (("Data", reverse("data", args=[la])), ("Forecasts and scenarios", reverse("forecasts", args=[la])))
