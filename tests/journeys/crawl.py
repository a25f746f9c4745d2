"""Every page of the office that can be reached by following links."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from lxml import html


@dataclass(frozen=True)
class Fetched:
    """One address and what it answered. `tree` is the page, or None for a file."""

    url: str
    status: int
    kind: str
    body: bytes

    @property
    def tree(self) -> html.HtmlElement | None:
        return html.fromstring(self.body) if self.kind.startswith("text/html") else None

    @property
    def path(self) -> str:
        parts = urlsplit(self.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")


def fetch(url: str) -> Fetched:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return Fetched(url, answer.status, answer.headers["Content-Type"], answer.read())
    except urllib.error.HTTPError as problem:
        return Fetched(url, problem.code, problem.headers["Content-Type"], problem.read())


@cache
def everything(start: str) -> tuple[Fetched, ...]:
    """The start page and all it leads to, each address once, pictures and style sheets too."""
    waiting, seen = [start + "/"], {}
    while waiting:
        url = waiting.pop()
        if url not in seen:
            seen[url] = fetch(url)
            waiting += [link for link in links_of(seen[url]) if link.startswith(start)]
    return tuple(seen.values())


def links_of(fetched: Fetched) -> Iterator[str]:
    if fetched.tree is not None:
        for link in fetched.tree.xpath("//@href | //@src"):
            yield urldefrag(urljoin(fetched.url, link)).url


def pages(start: str) -> tuple[Fetched, ...]:
    """Those that are pages of ours; a report to be read in the browser is a document, tried elsewhere."""
    return tuple(one for one in everything(start) if one.tree is not None and "/report/files/" not in one.url)


def one_of_each(start: str) -> tuple[Fetched, ...]:
    """Of the pages made by one template in one state the longest: what is wrong with one is wrong with all."""
    longest: dict[tuple[str, ...], Fetched] = {}
    for one in pages(start):
        parts = urlsplit(one.url)
        first, *rest = parts.path.strip("/").split("/")
        asked = parse_qs(parts.query)
        key = (first, *("*" for _ in rest), *sorted(asked), *asked.get("show", ()), *asked.get("verdict", ()))
        if len(one.body) > len(longest.get(key, Fetched("", 0, "", b"")).body):
            longest[key] = one
    return tuple(longest.values())
