"""A long list in pages. Which page is shown is in the address, and so is whatever narrows the list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.http import urlencode


def paged(request: HttpRequest, rows: Sequence[Any], each: int) -> Any:
    """The page of `rows` that the address asks for, `each` rows long; the last where it asks for more."""
    return Paginator(rows, each).get_page(request.GET.get("page"))


def pagination(page: Any, address: str, kept: Mapping[str, str], label: str) -> dict[str, object]:
    """Previous and next for GOV.UK's macro, keeping what is chosen; `label` names them to those who hear the page."""
    made: dict[str, object] = {"landmarkLabel": label}
    asked = {name: value for name, value in kept.items() if value}
    for way, there in (("previous", page.has_previous()), ("next", page.has_next())):
        if there:
            number = page.number + (1 if way == "next" else -1)
            made[way] = {"href": f"{address}?{urlencode({**asked, 'page': number})}"}
    return made
