"""The front door: to one's council, or a choice of councils."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from highneeds.office.people.access import EVERYBODY, SIGNED_IN, open_to
from highneeds.office.people.models import Council


@require_safe
@open_to(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    mine = Council.objects.filter(memberships__person=request.user, memberships__until=None).distinct()
    if len(mine) == 1:
        return redirect("inbox", mine[0].la_number)
    return render(request, "office/home.html", {"person": request.user, "councils": mine})


@require_safe
@open_to(EVERYBODY)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(
        request, "office/accessibility.html", {"person": request.user if request.user.is_authenticated else None}
    )
