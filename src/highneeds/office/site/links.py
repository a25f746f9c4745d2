"""Where a `to` of the results leads: the one place that knows both its forms and the addresses of the pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.urls import get_resolver, reverse

PageView = TypeVar("PageView", bound=Callable[..., Any])
ADDRESSES = "highneeds.office.site.urls"


@dataclass(frozen=True)
class NamedPage:
    """A page that is found by its own name. name: of its address; text: what stands on it, as a search shows it."""

    name: str
    title: str
    text: str


def named_page(title: str, text: str) -> Callable[[PageView], PageView]:
    """Says of a view how a reader finds its page; results lead to it by the name of its address."""

    def said_of(view: PageView) -> PageView:
        vars(view)["page_words"] = (title, text)
        return view

    return said_of


def pages() -> Iterator[NamedPage]:
    """Every page that says how it is found, in the order of the addresses."""
    for one in get_resolver(ADDRESSES).url_patterns:
        words = getattr(one.callback, "page_words", None)
        if words:
            yield NamedPage(one.name, *words)


def address(to: str) -> str:
    """'indicator:no_place_count' -> '/indicators/no_place_count/'. '' for nothing to link to."""
    kind, _, name = to.partition(":")
    if not kind:
        return ""
    if kind in ("indicator", "chart", "condition", "register", "comparison"):
        return reverse(kind, args=[name])
    if kind == "rule":
        return f"{reverse('findings')}?{urlencode({'rule': name})}"
    if kind in ("source", "risk"):
        return f"{reverse(f'{kind}s')}#{kind}-{name}"
    return reverse(kind)
