"""The read-only pages of a council's latest results, within the team's office."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, resolve, reverse, set_script_prefix, set_urlconf
from django.urls.exceptions import Resolver404
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import ResultsError
from highneeds.office.evidence.models import Run
from highneeds.office.evidence.reading import latest_run, run_folder
from highneeds.office.people.access import may
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.registers.definitions import hidden_from
from highneeds.office.registers.views.registers import roles
from highneeds.office.site.desk import say
from highneeds.office.site.rendered import rendered_once

PAGES = "highneeds.office.site.urls"


@require_safe
@may(Permission.SEE_FIGURES)
def figures(request: HttpRequest, council: Council, rest: str) -> HttpResponse:
    """The page `rest` of those that one person sees with `highneeds serve`; its links lead to this council's."""
    run = latest_run(council)
    if run is None:
        return redirect("inbox", council.la_number)
    hidden = hidden_from(roles(request))
    made_from = (run.folder, rest, request.META["QUERY_STRING"], request.may, hidden)
    return rendered_once(request, made_from, lambda: page(request, council, run, rest, hidden))


def page(request: HttpRequest, council: Council, run: Run, rest: str, hidden: frozenset[str]) -> HttpResponse:
    request.office_home = reverse("inbox", args=[council.la_number])
    try:
        match = resolve(f"/{rest}", urlconf=PAGES)
    except Resolver404:
        raise Http404("no such page") from None
    before = get_script_prefix()
    set_script_prefix(reverse("figures", args=[council.la_number]))
    set_urlconf(PAGES)
    try:
        with queries.showing(run_folder(run), hidden):
            return match.func(request, *match.args, **match.kwargs)
    except ResultsError:
        say(request, "The program is newer than these pages. They are there again when everything is worked out anew.")
        return redirect(request.office_home)
    finally:
        set_urlconf(None)
        set_script_prefix(before)
