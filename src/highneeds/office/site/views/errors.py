"""When something is wrong: what happened, and a way on."""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from highneeds.office.site.page import plain


def bad_request(request: HttpRequest, exception: Any = None) -> Any:
    return plain(request, "error.html", 400, heading="This address cannot be used", kind="address")


def forbidden(request: HttpRequest, exception: Any = None) -> Any:
    return plain(request, "error.html", 403, heading="You cannot see this page", kind="address")


def not_found(request: HttpRequest, exception: Any = None) -> Any:
    return plain(request, "error.html", 404, heading="Page not found", kind="address")


def broken(request: HttpRequest) -> Any:
    """Called while the fault is being handled: a database that does not answer is no fault of the page."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return plain(request, "error.html", 503, heading="The office cannot reach its database", kind="database")
    return plain(request, "error.html", 500, heading="Something went wrong with this page", kind="fault")


def form_refused(request: HttpRequest, reason: Any = "") -> Any:
    return plain(request, "error.html", 403, heading="This form cannot be used any more", kind="form")
