"""Reads a tagged PDF the way a screen reader does: through its structure tree, never by where ink lies on the page."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

ARTIFACT = -1  # the running foot carries no number of its own


@dataclass
class Node:
    """One element of the structure tree: its tag, the words inside it, its alternative text."""

    tag: str
    text: str = ""
    alt: str = ""
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *tags: str) -> list["Node"]:
        return [node for node in self.walk() if node.tag in tags]

    @property
    def words(self) -> str:
        """All the words inside, in order; a table inside a cell or a note would be read too."""
        return " ".join(" ".join(node.text for node in self.walk() if node.text).split())


def read(made: bytes) -> tuple[pikepdf.Pdf, Node]:
    pdf = pikepdf.open(io.BytesIO(made))
    words = {page.objgen: _marked_words(page) for page in pdf.pages}
    root = Node("Root", children=_children(pdf.Root.StructTreeRoot, None, words))
    return pdf, root


def fonts(pdf: pikepdf.Pdf) -> set[str]:
    return {str(font.BaseFont) for page in pdf.pages for font in page.Resources.get("/Font", {}).values()}


def sizes(made: bytes) -> set[float]:
    """Every size of type that is used, in points."""
    pdf = pikepdf.open(io.BytesIO(made))
    streams = (pikepdf.parse_content_stream(page) for page in pdf.pages)
    return {round(float(operands[1]), 2) for stream in streams for operands, name in stream if str(name) == "Tf"}


def footers(made: bytes) -> list[str]:
    """What stands outside the structure on each page: the running foot."""
    pdf = pikepdf.open(io.BytesIO(made))
    return [_marked_words(page).get(ARTIFACT, "") for page in pdf.pages]


def _children(element: Any, page: Any, words: dict[Any, dict[int, str]]) -> list[Node]:
    kids = element.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    nodes = []
    for kid in kids:
        if isinstance(kid, int):
            nodes.append(Node("#text", words[page.objgen].get(int(kid), "")))
        elif kid.get("/Type") == "/MCR":
            where = kid.get("/Pg", page)
            nodes.append(Node("#text", words[where.objgen].get(int(kid.MCID), "")))
        elif "/S" in kid:
            here = kid.get("/Pg", page)
            nodes.append(Node(str(kid.S)[1:], alt=str(kid.get("/Alt", "")), children=_children(kid, here, words)))
    return nodes


def _marked_words(page: Any) -> dict[int, str]:
    """Marked content id -> its words, decoded through the fonts' own tables."""
    tables = {name: _to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    open_marks: list[int | None] = []
    table: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            open_marks.append(_mark(operands))
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            table = tables[str(operands[0])]
        elif name in ("Tj", "TJ"):
            mark = next((mark for mark in reversed(open_marks) if mark is not None), ARTIFACT)
            found[mark] = found.get(mark, "") + _shown(operands[0], table)
    return found


def _mark(operands: Any) -> int | None:
    about = operands[1] if len(operands) > 1 else None
    return int(about.MCID) if isinstance(about, pikepdf.Dictionary) and "/MCID" in about else None


def _shown(operand: Any, table: dict[int, str]) -> str:
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    text = ""
    for piece in pieces:
        if isinstance(piece, pikepdf.String):
            raw = bytes(piece)
            text += "".join(table[int.from_bytes(raw[at : at + 2], "big")] for at in range(0, len(raw), 2))
    return text


def _to_unicode(font: Any) -> dict[int, str]:
    cmap = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    table: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(text, 16)
            for place in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + place] = chr(start + place)
    return table
