"""A person's first page: what waits for them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from highneeds.office.evidence.reading import is_current, latest_run, results_of
from highneeds.office.people.access import may, roles_of
from highneeds.office.people.models import Council
from highneeds.office.people.roles import Permission
from highneeds.office.programme.queries import waiting_for
from highneeds.office.site.desk import show
from highneeds.office.submission.queries import packs


@require_safe
@may(*Permission)
def inbox(request: HttpRequest, council: Council) -> HttpResponse:
    run = latest_run(council)
    sees_figures = Permission.SEE_FIGURES in request.may
    return show(
        request,
        council,
        "office/inbox.html",
        place="inbox",
        waiting=waiting_for(request.user, council, request.may),
        roles=[one.words for one in roles_of(request.user, council)],
        results=results_of(run) if sees_figures else None,
        current=is_current(run),
        run=run if sees_figures else None,
        packs=packs(run) if run and Permission.SEE_PACKS in request.may else [],
    )
