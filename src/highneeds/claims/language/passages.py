"""From the text of a document to its sentences. What is none (tables run together, footers, labels) is left out."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from highneeds.claims.language.door import typed_plainly
from highneeds.claims.language.tables import pattern
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import RestatedLines, restated_lines

LONGEST = 3 * 1024 * 1024  # about 1,000 pages
_TAGS = re.compile(r"<(?:!doctype|html|body|p|div|table|span|br|li|ul|h[1-6]|section|article)\b", re.I)
_HIDDEN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>", re.S)
_INLINE = re.compile(r"</?(?:b|i|em|strong|span|a|u|sup|sub|mark|small|font|abbr)\b[^<>]*>", re.I)
_CELL = re.compile(r"</?t[dh]\b[^<>]*>", re.I)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s")
_ENDS = re.compile(r"[.!?:;…][\"'’”)\]]*$")
_BRACKET_AT_END = re.compile(r"\s*\[([^\]]*)\]\s*\.?\s*$")
_BOUNDARY = re.compile(r"(?<=[.!?])[\"'’”)\]]*\s+(?=[\"'‘“(\[]?[A-Z0-9£•])|\s*[•▪]\s*|(?<=[a-z]:)\s(?=[A-Z•])")


@dataclass(frozen=True)
class Sentence:
    """text      one sentence, its line breaks healed
    line      where it starts; last_line where it ends
    restates  the lines that the paragraph says it restates, or None
    around    the whole paragraph
    """

    text: str
    file: str
    line: int
    last_line: int
    restates: RestatedLines | None = None
    around: str = ""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class _Piece:
    text: str
    line: int
    bullet: bool
    heading: bool


def sentences_in(text: str, file: str, first_line: int = 1) -> tuple[Sentence, ...]:
    """The sentences of a text in order, each with the line it starts on."""
    if len(text) > LONGEST:
        what = f"The text has {len(text):,} characters, more than {LONGEST:,}"
        raise InputError(what, where=file, remedy="Give the report's own text, in parts if need be")
    text = typed_plainly(text)
    found: list[Sentence] = list(_table_cells(text, file, first_line))
    for pieces in _paragraphs(_pieces(without_markup(text), first_line)):
        if not pieces[0].heading:
            found += _split(pieces, file)
    return tuple(sorted(found, key=lambda one: one.line))


def sentences_of_paragraph(
    text: str, file: str, line: int, bullet: bool, restates: RestatedLines | None
) -> tuple[Sentence, ...]:
    """The same of one paragraph that was read before: what it restates, and whether it is a list item, is known."""
    pieces = [
        one and replace(one, bullet=bullet or one.bullet) for one in _pieces(without_markup(typed_plainly(text)), line)
    ]
    prose = [one for one in _paragraphs(pieces) if not one[0].heading]
    return tuple(sentence for one in prose for sentence in _sentences(one, *_joined(one), restates, file))


_RULE = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
_FIGURE = re.compile(r"^[(£+-]?£?\d[\d.,]*\s?(?:%|k|m|bn|pp)?\)?$")


def _table_cells(text: str, file: str, first_line: int) -> Iterator[Sentence]:
    """A table in Markdown as short sentences, one for each figure: 'Annual reviews overdue, Jan-25: 7,765'."""
    lines = text.split("\n")
    for at in range(1, len(lines)):
        if not _RULE.match(lines[at]) or "|" not in lines[at - 1]:
            continue
        heads = _cells_of(lines[at - 1])
        for below in range(at + 1, len(lines)):
            if lines[below].count("|") < 2:
                break
            row = _cells_of(lines[below])
            for head, cell in zip(heads[1:], row[1:], strict=False):
                if _FIGURE.match(cell) and re.search(r"[A-Za-z]{3}", row[0]):
                    line = first_line + below
                    yield Sentence(f"{row[0]}, {head}: {cell}", file, line, line)


def _cells_of(line: str) -> list[str]:
    return [re.sub(r"[*_`]", "", cell).strip() for cell in line.strip().strip("|").split("|")]


def without_markup(text: str) -> str:
    """The text without HTML tags; every line stays on its line."""
    if not _TAGS.search(text):
        return text

    def keep_lines(hit: re.Match[str]) -> str:
        return "\n" * hit[0].count("\n") or " "

    text = _HIDDEN.sub(keep_lines, text)
    text = _CELL.sub("\t", _INLINE.sub("", text))
    return html.unescape(_TAG.sub(keep_lines, text))


def _pieces(text: str, first_line: int) -> list[_Piece | None]:
    """Lines as pieces of prose; None ends a paragraph."""
    pieces: list[_Piece | None] = []
    for number, raw in enumerate(text.split("\n"), start=first_line):
        cells = [cell.strip() for cell in raw.split("\t") if cell.strip()]
        if not cells:
            pieces.append(None)
        elif len(cells) > 1 or raw.count("|") >= 2:
            pieces += [None, *_prose_cells(cells if len(cells) > 1 else [], number)]
        else:
            pieces.append(_piece(raw, number))
    return pieces


def _prose_cells(cells: list[str], number: int) -> list[_Piece | None]:
    """The cells of a table row that are prose: long, and closed by a full stop. A row of fragments has none."""
    if sum(bool(re.fullmatch(r"[£\d.,%+\-]{1,14}|[A-Z][a-z]{2}-\d\d(?: .{0,9})?", cell)) for cell in cells) >= 3:
        return []
    fragments = [cell for cell in cells if cell[0].islower() or not _ENDS.search(cell)]
    broken = len(cells) >= 3 and len(fragments) >= 3 and max(len(cell) for cell in cells) < 200
    out: list[_Piece | None] = []
    for cell in cells:
        if not broken and (len(cell) > 200 or (len(cell) >= 25 and _ENDS.search(cell) and " " in cell)):
            out += [_Piece(cell, number, False, False), None]
    return out


def _piece(raw: str, number: int) -> _Piece:
    heading = bool(_HEADING.match(raw))
    bullet = bool(pattern("bullet", 0).match(raw)) and not heading
    text = _HEADING.sub("", raw) if heading else pattern("bullet", 0).sub("", raw) if bullet else raw
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).lstrip("> ").strip()
    text = re.sub(r"\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)", "", text)
    return _Piece(text, number, bullet, heading)


def _paragraphs(pieces: list[_Piece | None]) -> list[list[_Piece]]:
    """Lines that carry on a sentence are put together; a blank line ends a paragraph unless the sentence runs on."""
    out: list[list[_Piece]] = []
    gap = True
    for piece in pieces:
        if piece is None or not piece.text:
            gap = True
            continue
        last = out[-1][-1] if out else None
        if last and not piece.bullet and not piece.heading and not last.heading and _runs_on(last, piece, gap):
            out[-1].append(piece)
        else:
            out.append([piece])
        gap = False
    return out


def _runs_on(last: _Piece, piece: _Piece, gap: bool) -> bool:
    open_end = not _ENDS.search(last.text) or last.text.endswith((",", ";"))
    small = piece.text[0].islower() or piece.text[0] in "(£0123456789"
    if gap:
        return open_end and piece.text[0].islower() and len(last.text) > 40
    wrapped = 45 <= len(last.text) <= 130
    ended = bool(_ENDS.search(last.text))
    return (open_end and (small or wrapped)) or (ended and wrapped and not last.text.isupper())


def _split(pieces: list[_Piece], file: str) -> list[Sentence]:
    """The sentences of a paragraph of a text, in which the bracket behind it is still to be read."""
    joined, starts = _joined(pieces)
    bracket = _BRACKET_AT_END.search(joined)
    restates = restated_lines(bracket[1]) if bracket else None
    return _sentences(pieces, joined[: bracket.start()] if bracket and restates else joined, starts, restates, file)


def _joined(pieces: list[_Piece]) -> tuple[str, list[tuple[int, int]]]:
    """The paragraph as one text, and (where it begins in it, its line) for each piece."""
    joined, starts = "", []
    for piece in pieces:
        starts.append((len(joined), piece.line))
        joined += piece.text + " "
    return joined.rstrip(), starts


def _sentences(
    pieces: list[_Piece], joined: str, starts: list[tuple[int, int]], restates: RestatedLines | None, file: str
) -> list[Sentence]:
    out: list[Sentence] = []
    for start, end in _with_openers(joined, _sentence_spans(joined)):
        cut = _without_labels(joined[start:end])
        if is_sentence(cut, pieces[0].bullet):
            line = max(number for at, number in starts if at <= start)
            last = max(number for at, number in starts if at < max(end, start + 1))
            out.append(Sentence(cut.strip(), file, line, last, restates, joined))
    return out


def _sentence_spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for hit in _BOUNDARY.finditer(text):
        if pattern("abbreviated").search(text[start : hit.start()]):
            continue
        spans.append((start, hit.start()))
        start = hit.end()
    spans.append((start, len(text)))
    return [(end - len(text[start:end].lstrip()), end) for start, end in spans if text[start:end].strip()]


def _with_openers(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """'In relation to post-16 provision.' names the subject of the next sentence and is read with it."""
    out: list[tuple[int, int]] = []
    opened: int | None = None
    for start, end in spans:
        begin = start if opened is None else opened
        opener = bool(pattern("opener").match(text[start:end])) and not pattern("finite").search(text[start:end])
        opened = begin if opener else None
        if not opener or end == spans[-1][1]:
            out.append((begin, end))
    return out


def _without_labels(text: str) -> str:
    """Chart labels run into a sentence: four or more numbers with no word between them end it."""
    hit = pattern("numeric_run", 0).search(text)
    return text[: hit.start()].strip() if hit else text


def is_sentence(text: str, bullet: bool = False) -> bool:
    """Prose, not a row of labels: mostly words, with a verb, or closed by a full stop."""
    tokens = re.findall(r"\S+", text)
    words = [token for token in tokens if re.search(r"[A-Za-z]{2,}", token)]
    stopped = bool(re.search(r"[.!?][\"'’”)\]]*$", text.strip()))
    figures = bool(re.search(r"\d", text))
    short = stopped and figures and len(words) >= max(2, 0.3 * len(tokens))
    if short or (bullet and figures and len(words) >= max(2, 0.45 * len(tokens))):
        return True  # '- Annual reviews overdue: 7,765 (Jan-25)', 'No place: 803 Jan 25 (834 Dec 24).'
    if len(words) < (2 if bullet else 3) or len(words) < 0.45 * len(tokens):
        return False
    finite = bool(pattern("finite").search(text))
    return finite if not stopped else finite or bullet or len(words) >= 4
