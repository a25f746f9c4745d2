"""When something is wrong: what happened, and a way on."""

import errno
import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from highneeds.office.site.page import plain

DISK_IS_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def bad_request(request: HttpRequest, exception: Any = None) -> Any:
    """To Django a session that could not be written is one that was ended meanwhile: say what was behind it."""
    behind = exception
    while behind is not None:
        if isinstance(behind, OperationalError | InterfaceError):
            return database_is_away(request)
        behind = behind.__context__
    return plain(request, "error.html", 400, heading="This address cannot be used", kind="address")


def forbidden(request: HttpRequest, exception: Any = None) -> Any:
    return plain(request, "error.html", 403, heading="You cannot see this page", kind="address")


def not_found(request: HttpRequest, exception: Any = None) -> Any:
    return plain(request, "error.html", 404, heading="Page not found", kind="address")


def broken(request: HttpRequest) -> Any:
    """Called while the fault is being handled: a full disk, or a database that is away, is no fault of the page."""
    problem = sys.exc_info()[1]
    if isinstance(problem, OSError) and problem.errno in DISK_IS_FULL:
        return plain(request, "error.html", 503, heading="The office has no room to save this", kind="disk")
    if isinstance(problem, OperationalError | InterfaceError):
        return database_is_away(request)
    return plain(request, "error.html", 500, heading="Something went wrong with this page", kind="fault")


def database_is_away(request: HttpRequest) -> Any:
    return plain(request, "error.html", 503, heading="The office cannot reach its database", kind="database")


def form_refused(request: HttpRequest, reason: Any = "") -> Any:
    return plain(request, "error.html", 403, heading="This form cannot be used any more", kind="form")
