"""The narrative out of an edited Word file: what an officer changed there, heading by heading, with the difference
shown.

A document that was written by this product has a heading of its own for every part of the narrative; whatever stands
under it as ordinary paragraphs and list items, up to the next heading, table or chart, is the narrative of that part.
"""

import difflib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from highneeds.intake.workspace import NarrativeParagraph
from highneeds.report.words import headlines, on_track
from highneeds.vocabulary.errors import InputError

LIST, NOT_NARRATIVE = "List", frozenset({"Caption", "Quiet", "Lead", "Title", "Subtitle", "Header", "Footer"})
"""Word gives a list or a paragraph that somebody adds a style of its own, such as List Paragraph or Body Text."""
TAKEN_AWAY = tuple(qn(name) for name in ("w:del", "w:moveFrom", "w:txbxContent"))
"""What a tracked change takes away; the words of a text box stand in no paragraph."""
SPACES = tuple(qn(name) for name in ("w:tab", "w:br", "w:cr"))
CONDITION = re.compile(r"Condition (\d+): ")


@dataclass(frozen=True)
class ChangedPart:
    """One part of the narrative. before, after: its lines, a list item beginning with '- '."""

    part: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def difference(self) -> tuple[str, ...]:
        """Lines that went with '-', lines that came with '+'."""
        lines = difflib.unified_diff(self.before, self.after, lineterm="", n=0)
        return tuple(line for line in lines if not line.startswith(("---", "+++", "@@")))


def parts_in(word_file: bytes, where: str, questions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Part of the narrative -> its lines as they stand in the Word file.

    questions: the headings of the three on-track questions in this report, in their order
    """
    try:
        opened = docx.Document(io.BytesIO(word_file))
    except Exception:  # the reader raises several kinds of error for what is no Word file
        raise InputError("This is no Word file", where=where, remedy="Give the edited .docx of the report") from None
    named = dict(zip(questions, on_track.PARTS, strict=True)) | {title: part for part, title in headlines.PARTS.items()}
    found: dict[str, list[str]] = {}
    part = ""
    for block in opened.iter_inner_content():
        if isinstance(block, Table):
            continue
        style = block.style.name if block.style is not None else ""
        if style.startswith("Heading"):
            part = _part_of(words_of(block), named)
            if part:
                found.setdefault(part, [])
        elif part and (line := _line(block, style)):
            found[part].append(line)
    if not found:
        raise InputError("The file has none of the report's headings", where=where, remedy="Give the edited report")
    return {name: tuple(lines) for name, lines in found.items()}


def _part_of(heading: str, named: Mapping[str, str]) -> str:
    condition = CONDITION.match(heading)
    return f"Condition {condition[1]}" if condition else named.get(heading.strip(), "")


def _line(block: WordParagraph, style: str) -> str:
    """A paragraph or list item of the narrative; no caption or note, and not the answer before a commentary."""
    text = words_of(block)
    if style.startswith(LIST):
        return f"- {text}" if text else ""
    if style in NOT_NARRATIVE or style.startswith("toc") or re.match(r"(Yes|No|Cannot be said)\. ", text):
        return ""
    return text


def words_of(block: WordParagraph) -> str:
    """The words of a paragraph as if every tracked change were accepted: `block.text` leaves out what was put in."""
    found = []
    for node in block._p.iter(qn("w:t"), *SPACES):
        if not any(one.tag in TAKEN_AWAY for one in node.iterancestors()):
            found.append(node.text or "" if node.tag == qn("w:t") else " ")
    return " ".join("".join(found).split())


def changed_parts(narrative: Sequence[NarrativeParagraph], edited: Mapping[str, Sequence[str]]) -> list[ChangedPart]:
    """The parts whose words are others in the edited file. A part that the file does not hold is left alone."""
    found = []
    for part, lines in edited.items():
        before = tuple(line for one in narrative if one.section == part and (line := _as_printed(one)))
        if before != tuple(lines):
            found.append(ChangedPart(part, before, tuple(lines)))
    return found


def _as_printed(one: NarrativeParagraph) -> str:
    """A paragraph as it stands in the document; a table that it names stands there as a table."""
    text = " ".join(one.text.split())
    return "" if text.startswith("[table: ") else f"- {text}" if one.bullet else text


def rewritten(markdown: str, changes: Sequence[ChangedPart]) -> str:
    """The narrative with the changed lines in place.

    Unchanged lines keep their sources, and named tables their places.
    """
    text = markdown
    for change in changes:
        head = re.search(rf"^## {re.escape(change.part)}[ \t]*$", text, re.MULTILINE)
        if head is None:
            text = f"{text.rstrip()}\n\n## {change.part}\n\n" + _joined(change.after) + "\n"
            continue
        following = re.search(r"^## ", text[head.end() :], re.MULTILINE)
        end = head.end() + following.start() if following else len(text)
        body = "\n\n" + _joined(list(_merged(text[head.end() : end], change))) + "\n\n"
        text = text[: head.end()] + body + text[end:]
    return text.rstrip() + "\n"


SOURCE = re.compile(r"\s*\[[A-Z][^\]]*\d\]$")


def _merged(body: str, change: ChangedPart) -> Iterator[str]:
    """The lines after; one that is unchanged as it stood in the file. Tables stay behind the line they followed."""
    blocks = _blocks(body)
    original = {SOURCE.sub("", block): block for block in blocks}
    tables: dict[str, list[str]] = {}
    last = ""
    for block in blocks:
        if block.startswith("[table: "):
            tables.setdefault(last, []).append(block)
        else:
            last = SOURCE.sub("", block)
    yield from tables.pop("", [])
    for line in change.after:
        yield original.get(line, line)
        yield from tables.pop(line, [])
    yield from (table for rest in tables.values() for table in rest)


def _blocks(body: str) -> list[str]:
    """Paragraphs and list items, each on one line."""
    found: list[str] = []
    begun = False
    for line in body.splitlines():
        words = line.strip()
        if not words:
            begun = False
        elif begun and not words.startswith("- "):
            found[-1] += f" {words}"
        else:
            found.append(words)
            begun = True
    return found


def _joined(lines: Sequence[str]) -> str:
    """List items below one another, everything else with an empty line between."""
    text = ""
    for place, line in enumerate(lines):
        together = place and line.startswith("- ") and lines[place - 1].startswith("- ")
        text += ("" if not place else "\n" if together else "\n\n") + line
    return text
