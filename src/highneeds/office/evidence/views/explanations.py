"""The finance partner explains each variance until causes with a size cover it."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from highneeds.office.evidence import explanations
from highneeds.office.evidence.bridge import ABSENT, Adequacy, ChangedMeanwhile, InputError, why_judged
from highneeds.office.evidence.explanations import Variance
from highneeds.office.evidence.reading import where_left_out
from highneeds.office.evidence.typed import field_of
from highneeds.office.people.access import may, words_of_roles
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, say, show

WORDS = {Adequacy.YES: "Adequate", Adequacy.PARTLY: "Partly explained", Adequacy.NO: "Not yet explained"}


@require_safe
@may(Permission.LOAD_DATA)
def variances(request: HttpRequest, council: Council) -> HttpResponse:
    found = explanations.variances(council)
    return show(
        request,
        council,
        "office/variances.html",
        place="data",
        trail=(*crumbs(council)[:1], ("Variances", "")),
        variances=[(one, one.judged) for one in found],
        left=sum(one.judged.adequacy.value != "yes" for one in found),
        words=WORDS,
    )


@require_http_methods(["GET", "POST"])
@may(Permission.EXPLAIN)
def add(request: HttpRequest, council: Council) -> HttpResponse:
    return save(request, council, None)


@require_http_methods(["GET", "POST"])
@may(Permission.EXPLAIN)
def variance(request: HttpRequest, council: Council, year: str, line: str) -> HttpResponse:
    one = explanations.variance(council, year, line)
    if one is None:
        raise Http404("no such variance")
    return save(request, council, one)


def save(request: HttpRequest, council: Council, one: Variance | None) -> Any:
    """The form; on a POST it is kept, and shown again until it is adequate."""
    if request.method == "GET":
        return form(request, council, one)
    typed = request.POST
    year, line = (one.year, one.line) if one else (typed.get("year", ""), typed.get("line", ""))
    try:
        judged = explanations.explain(
            council,
            explanations.ExplanationTyped(
                year, line, typed.get("gbp", ""), typed.get("explanation", ""), typed.get("based_on", "")
            ),
            by=request.user.signature,
            role=words_of_roles(request.user, council),
            now=timezone.now(),
        )
    except ChangedMeanwhile as changed:
        theirs = (changed.theirs or b"").decode()
        return form(request, council, one, FormProblem(str(changed), "explanation"), theirs)
    except InputError as problem:
        return form(request, council, one, FormProblem(str(problem), field_of(problem, "explanation")))
    later = where_left_out(council, timezone.now().date())
    if judged.adequacy.value == "yes":
        say(request, f"The variance of {line} in {year} is explained: {why_judged(judged)}.{later}")
        return redirect("variances", council.la_number)
    say(request, f"It is saved, and it is not adequate yet: {why_judged(judged)}.{later}")
    return redirect("variance", council.la_number, year.strip(), line.strip())


def form(
    request: HttpRequest, council: Council, one: Variance | None, problem: FormProblem | None = None, theirs: Any = None
) -> Any:
    typed, new = request.POST, one or Variance("", "", Decimal(0), "", "", None, ABSENT)
    now = explanations.variance(council, new.year, new.line) if theirs is not None else None
    return show(
        request,
        council,
        "office/variance.html",
        place="data",
        trail=(*crumbs(council), (f"{new.line}, {new.year}" if one else "Add", "")),
        problems=(problem,) if problem else (),
        status=409 if theirs is not None else None,
        one=one,
        judged=one.judged if one and one.text else None,
        words=WORDS,
        values={
            "year": typed.get("year", new.year),
            "line": typed.get("line", new.line),
            "gbp": typed.get("gbp", f"{new.gbp}" if one else ""),
            "explanation": typed.get("explanation", "\n".join(new.lines)),
        },
        based_on=now.version if now else typed.get("based_on", new.version),
        theirs=theirs,
    )


def crumbs(council: Council) -> Any:
    la = council.la_number
    return (("Data", reverse("data", args=[la])), ("Variances", reverse("variances", args=[la])))
