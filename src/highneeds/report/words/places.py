"""Where a figure stands, as a reader would look it up: the section of a document, not the line of its text."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from highneeds.intake.workspace.agreement import Agreement
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.words import listed

_NUMBERS = r"\d+(?:(?:, | and | to )\d+)*"


def place_words(agreement: Agreement, source: Source) -> str:
    """'programme overview, page 1'; '' where the sections of the document are not listed."""
    part = agreement.part_of(source)
    return ", ".join(filter(None, (part.name, f"page {part.page}" if part.page else ""))) if part else ""


def with_places(agreement: Agreement) -> Callable[[str], str]:
    """'£29.9m (REPORT line 11)' -> '£29.9m (monitoring report, programme overview, page 1)'.

    Whoever keeps a list cites a document by its id and line. Only ids of the agreement's documents are read so.
    """
    if not agreement.documents:
        return lambda text: text
    ids = "|".join(re.escape(name) for name in sorted(agreement.documents, key=len, reverse=True))
    cited = re.compile(rf"\b({ids})(?: lines?)? ({_NUMBERS})(?![\d,.]*\d)")
    return lambda text: cited.sub(lambda found: _said(agreement, found), text)


def _said(agreement: Agreement, found: re.Match[str]) -> str:
    document, numbers = found[1], re.findall(r"\d+", found[2])
    places = dict.fromkeys(place_words(agreement, Source(document, int(number))) for number in numbers)
    words = ", ".join(filter(None, (agreement.called[document], listed(filter(None, places)))))
    return words if found.start() else f"{words[:1].upper()}{words[1:]}"


def every_text(thing: Any, change: Callable[[str], str]) -> Any:
    """The same thing with each text in it changed, however deep it stands."""
    if isinstance(thing, str):
        return change(thing)
    if isinstance(thing, tuple):
        return tuple(every_text(part, change) for part in thing)
    if not is_dataclass(thing) or isinstance(thing, type):
        return thing
    return replace(thing, **{one.name: every_text(getattr(thing, one.name), change) for one in fields(thing)})
