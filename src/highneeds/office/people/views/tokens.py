"""Keys with which programs read the council's figures."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from highneeds.office.evidence.bridge import InputError
from highneeds.office.people import actions
from highneeds.office.people.access import may
from highneeds.office.people.models import Council, Token
from highneeds.office.people.roles import Permission
from highneeds.office.site.desk import FormProblem, say, show

LASTS = timedelta(days=365)


@require_http_methods(["GET", "POST"])
@may(Permission.MANAGE_PEOPLE)
def tokens(request: HttpRequest, council: Council) -> HttpResponse:
    key, now = "", timezone.now()
    problems: tuple[FormProblem, ...] = ()
    if request.method == "POST":
        try:
            key = actions.make_token(
                council, name=request.POST.get("name", ""), until=now + LASTS, by=request.user.signature, now=now
            )
        except InputError as problem:
            problems = (FormProblem(str(problem), "name"),)
    return show(
        request,
        council,
        "office/tokens.html",
        place="people",
        trail=(("Tokens", ""),),
        problems=problems,
        key=key,
        tokens=Token.objects.filter(council=council),
    )


@require_POST
@may(Permission.MANAGE_PEOPLE)
def end(request: HttpRequest, council: Council, pk: int) -> HttpResponse:
    actions.end_token(
        get_object_or_404(Token, pk=pk, council=council, ended_at=None), by=request.user.signature, now=timezone.now()
    )
    say(request, "The token is ended.")
    return redirect("tokens", council.la_number)
