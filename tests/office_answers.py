"""What an answer of the office tells whoever asked, as lines of text: pages, forms and their fields, files.

Numbers of rows, fingerprints and keys differ from one office to the next and are left out: N, and ….
"""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

INLINE = {
    "a",
    "abbr",
    "b",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "label",
    "legend",
    "option",
    "q",
    "small",
    "span",
    "strong",
}
WITH_TEXT = {"button", "input", "select", "textarea"}
SAID_OF_FIELDS = (
    *("id", "name", "type", "value", "checked", "selected", "required", "multiple", "accept", "maxlength"),
    *("aria-describedby", "aria-current", "aria-label", "aria-sort", "autocomplete", "inputmode", "spellcheck"),
)
FILES = ("Content-Type", "Content-Disposition", "Location")
NUMBERED = re.compile(r"/(submissions|submitted|people|jobs|uploads|tokens|public/\d{3})/\d+")
LINK = re.compile(r"\[[^\]]*\]\([^)]*\)(\{aria-current=\w+\})?")
FINGERPRINT = re.compile(
    r"\b[0-9a-f]{12,}\b|hn_[\w-]{20,}|(?<=highneeds )\d+\.\d+\.\d+|\bjob \d+|/[a-z0-9]+-[a-z0-9]{6}-[0-9a-f]{32}/"
)


def same(text: str) -> str:
    """The text without what differs from one office to the next."""
    return FINGERPRINT.sub("…", NUMBERED.sub(r"/\1/N", re.sub(r"\bwhy-\d+", "why-N", text)))


def told(answer: Any) -> list[str]:
    """An answer: its status, where it leads, what sort of file it is, or the page."""
    heads = [f"{name}: {same(answer.headers[name])}" for name in FILES if name in answer.headers]
    lines = [f"{answer.status_code} {'; '.join(heads)}"]
    if answer.streaming or not answer.content or "html" not in answer.headers.get("Content-Type", ""):
        return lines
    return [*lines, *page_in_words(answer.content.decode())]


def page_in_words(text: str) -> list[str]:
    page = html.fromstring(text)
    body = re.sub(r"\[\s+|\s+\]\(", lambda found: found[0].strip(), " ".join(_pieces(page.body)))
    lines = [same(" ".join(line.split())) for line in body.split("\n")]
    return [f"<title> {page.findtext('.//title')}", *_links_together([line for line in lines if line])]


def _links_together(lines: list[str]) -> list[str]:
    """Links that follow one another stand on one line."""
    joined: list[str] = []
    for line in lines:
        link = LINK.fullmatch(line)
        if link and joined and LINK.match(joined[-1]) and joined[-1].endswith((")", "}")):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def problems_in(text: str) -> list[str]:
    """What is wrong, each with the field that it leads to, and what is told at the fields."""
    page = html.fromstring(text)
    listed = page.xpath("//*[@class='govuk-error-summary__body']//li")
    links = [(one.find("a").get("href") if one.find("a") is not None else "-", one.text_content()) for one in listed]
    beside = [(one.get("id"), one.text_content()) for one in page.xpath("//*[@class='govuk-error-message']")]
    notices = [("notice", one.text_content()) for one in page.xpath("//*[@class='hn-notice']")]
    return [same(f"{where}: {' '.join(words.split())}") for where, words in (*links, *beside, *notices)]


def hidden_in(text: str) -> dict[str, str]:
    """What a browser sends along unseen."""
    fields = html.fromstring(text).xpath("//main//input[@type='hidden']") if text else []
    return {one.get("name"): one.get("value", "") for one in fields if one.get("name") != "csrfmiddlewaretoken"}


def _pieces(node: Any) -> Iterator[str]:
    if not isinstance(node.tag, str) or node.tag in ("script", "style"):
        return
    if node.tag == "svg":
        yield "{drawing}"
        return
    block = node.tag not in INLINE and node.tag not in WITH_TEXT and node.tag not in ("td", "th", "dt", "dd", "li")
    yield "\n" if block else ""
    yield _mark(node)
    yield node.text or ""
    for inner in node:
        yield from _pieces(inner)
        yield inner.tail or ""
    yield {"td": "|", "th": "|", "li": "\n", "dd": "\n", "dt": ":", "a": f"]({node.get('href')}){_current(node)}"}.get(
        node.tag, ""
    )
    yield "\n" if block or node.tag == "button" else ""


def _mark(node: Any) -> str:
    if node.tag in ("h1", "h2", "h3", "h4"):
        return "#" * int(node.tag[1])
    if node.tag == "a":
        return "["
    if node.tag == "form":
        return f"<form {node.get('method', 'get')} {node.get('action', '')}>"
    if node.tag in WITH_TEXT or node.tag == "option":
        shown = [f"{name}={_value(node, name)}" for name in SAID_OF_FIELDS if node.get(name) is not None]
        return "" if node.get("name") == "csrfmiddlewaretoken" else f"\n<{node.tag} {' '.join(shown)}>"
    return _current(node) + "".join(
        f"{{{name}={node.get(name)}}}" for name in ("aria-sort", "role") if _told(node, name)
    )


def _current(node: Any) -> str:
    """Which of several links leads here, as those hear it who do not see it."""
    return f"{{aria-current={node.get('aria-current')}}}" if node.get("aria-current") is not None else ""


def _told(node: Any, name: str) -> bool:
    return node.get(name) is not None and (name != "role" or node.get(name) in ("alert", "status"))


def _value(node: Any, name: str) -> str:
    """Numbers of people differ from one office to the next."""
    value = node.get(name)
    return "N" if name == "value" and node.tag == "option" and re.fullmatch(r"\d{1,9}", value) else value
