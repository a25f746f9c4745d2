"""A narrative as sections: '## Heading' and what follows, up to the next. Put together again it is the same bytes."""

import re
from dataclasses import dataclass, replace

from django.utils.text import slugify

from highneeds.office.evidence.bridge import InputError, version_of

HEADING = re.compile(rb"^## +(.+?)[ \t]*\r?\n", re.MULTILINE)


@dataclass(frozen=True)
class NarrativeSection:
    """key: its name in an address; heading: as it stands there; body: the bytes after the heading line."""

    key: str
    heading: str
    line: bytes
    body: bytes

    @property
    def text(self) -> str:
        """What a person edits."""
        return self.body.decode("utf-8").replace("\r\n", "\n").strip("\n")

    @property
    def version(self) -> str:
        return version_of(self.body)

    def with_text(self, text: str) -> "NarrativeSection":
        """The section with another text; the blank lines around it are as they were, or one where there were none."""
        if text == self.text:
            return self
        if HEADING.search(text.encode() + b"\n"):
            raise InputError("A line that begins with ## would begin a new section", remedy="Use ### or plain text")
        end = b"\r\n" if b"\r\n" in self.line else b"\n"
        lines = text.replace("\r\n", "\n").strip("\n").replace("\n", end.decode()).encode()
        before = self.body[: len(self.body) - len(self.body.lstrip(b"\r\n"))] or end
        after = self.body[len(self.body.rstrip(b"\r\n")) :] if self.text else end
        return replace(self, body=before + lines + (after or end))


def bound_in(text: str, stated: str, bound: str) -> str | None:
    """The text with a typed figure bound to the data; None where it does not stand there, or more than once."""
    outside = re.compile(rf"(?<![\w.,]){re.escape(stated)}(?![\w]|[.,]\d)")
    taken = [hit.span() for hit in re.finditer(r"\{\{[^{}]*\}\}", text)]
    found = [hit for hit in outside.finditer(text) if not any(start <= hit.start() < end for start, end in taken)]
    if len(found) != 1:
        return None
    return text[: found[0].start()] + bound + text[found[0].end() :]


def split(document: bytes) -> tuple[bytes, tuple[NarrativeSection, ...]]:
    """What stands before the first section, and the sections."""
    found = list(HEADING.finditer(document))
    if not found:
        return document, ()
    ends = [one.start() for one in found[1:]] + [len(document)]
    sections: list[NarrativeSection] = []
    used: dict[str, int] = {}
    for one, end in zip(found, ends, strict=True):
        heading = one[1].decode("utf-8")
        slug = slugify(heading) or "section"
        used[slug] = used.get(slug, 0) + 1
        key = slug if used[slug] == 1 else f"{slug}-{used[slug]}"
        sections.append(NarrativeSection(key, heading, one[0], document[one.end() : end]))
    return document[: found[0].start()], tuple(sections)


def join(before: bytes, sections: tuple[NarrativeSection, ...]) -> bytes:
    return before + b"".join(one.line + one.body for one in sections)


def with_section(document: bytes, key: str, text: str) -> bytes:
    """The document with another text in one of its sections."""
    before, sections = split(document)
    if key not in {one.key for one in sections}:
        raise InputError("This section is no longer there", where=key, remedy="Look at the list of sections")
    return join(before, tuple(one.with_text(text) if one.key == key else one for one in sections))


def section_of(document: bytes, key: str) -> NarrativeSection | None:
    return next((one for one in split(document)[1] if one.key == key), None)
