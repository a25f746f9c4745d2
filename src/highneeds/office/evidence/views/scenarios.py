"""A scenario is made from the fields of its levers, or written as text."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from highneeds.office.evidence import levers, scenarios
from highneeds.office.evidence.bridge import ChangedMeanwhile, InputError, StoreError
from highneeds.office.evidence.scenarios import ScenarioFile
from highneeds.office.evidence.typed import field_of
from highneeds.office.evidence.views.forecasts import crumbs
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, say, show


@require_http_methods(["GET", "POST"])
@may(Permission.LOAD_DATA)
def add(request: HttpRequest, council: Council) -> HttpResponse:
    new = ScenarioFile("", "A new scenario", "", "")
    return edit(request, council, new, request.POST.get("name", "").strip())


@require_http_methods(["GET", "POST"])
@may(Permission.LOAD_DATA)
def scenario(request: HttpRequest, council: Council, name: str) -> HttpResponse:
    try:
        one = scenarios.scenario(council, name)
    except StoreError:
        raise Http404("no such scenario") from None
    return edit(request, council, one, name)


def edit(request: HttpRequest, council: Council, one: ScenarioFile, name: str) -> HttpResponse:
    """Show the form; add a lever to it; or save it and say what should be known before it is believed."""
    if request.method == "GET":
        return page(request, council, one, name)
    form = None if "text" in request.POST else levers.typed_in(request.POST)
    if form and request.POST.get("do") == "add" and request.POST.get("add") in levers.lever_forms():
        return page(request, council, one, name, form=levers.with_lever(form, request.POST["add"]))
    try:
        cautions = save(request, council, name, levers.text_of(form) if form else request.POST["text"])
    except levers.WronglyTyped as wrong:
        problems = tuple(FormProblem(text, field) for field, text in wrong.problems.items())
        return page(request, council, one, name, form=form, problems=problems)
    except ChangedMeanwhile as changed:
        return page(request, council, one, name, form=form, problems=(FormProblem(str(changed)),), changed=changed)
    except InputError as refused:
        problem = FormProblem(str(refused), field_of(refused, "text"))
        return page(request, council, one, name, form=form, problems=(problem,))
    say(request, " ".join(["The scenario is saved.", *cautions]))
    return redirect("forecasts", council.la_number)


def save(request: HttpRequest, council: Council, name: str, text: str) -> list[str]:
    by, now, based_on = request.user.signature, timezone.now(), request.POST.get("based_on", "")
    return scenarios.save_scenario(council, name, text, based_on=based_on, by=by, now=now)


def page(
    request: HttpRequest,
    council: Council,
    one: ScenarioFile,
    name: str,
    *,
    form: levers.ScenarioForm | None = None,
    problems: tuple[FormProblem, ...] = (),
    changed: ChangedMeanwhile | None = None,
) -> HttpResponse:
    return show(
        request,
        council,
        "office/scenario.html",
        place="data",
        trail=(*crumbs(council), (one.title, "")),
        problems=problems,
        status=409 if changed else None,
        scenario=one,
        short_name=name,
        **as_form_or_text(request, one, form),
        others=[two for two in scenarios.scenarios(council) if two.name != one.name],
        based_on=changed.found if changed else request.POST.get("based_on", one.version),
        theirs=(changed.theirs or b"").decode("utf-8", "replace") if changed else None,
    )


def as_form_or_text(request: HttpRequest, one: ScenarioFile, form: levers.ScenarioForm | None) -> dict[str, object]:
    """As a form where the file fits one, unless it is asked for as text."""
    fits = levers.form_of(one.text) if one.name else levers.start()
    as_text = "text" in request.POST or request.GET.get("as") == "text"
    return {
        "form": form if form or as_text else fits,
        "fits": (form or fits) is not None,
        "known": levers.lever_forms(),
        "text": request.POST.get("text", one.text),
    }
