"""Is the office well? For a proxy or a monitor; it tells nothing about anybody."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from highneeds.office.people.access import EVERYBODY, open_to


@require_safe
@open_to(EVERYBODY)
def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        connection.close()  # the next look tries anew
        return JsonResponse({"database": "does not answer"}, status=503)
    return JsonResponse({"database": "answers"})
