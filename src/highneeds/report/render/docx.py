"""A Document as a Word file: real headings, repeated table headers, pictures with their words, landscape pages."""

import io
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm

from highneeds.report.blocks import (
    Answers,
    Block,
    Bullets,
    ChartBlock,
    DataTable,
    Figures,
    Heading,
    NoteBlock,
    NoteKind,
    PageBreak,
    Paragraph,
    Signatures,
    Tags,
    Tone,
)
from highneeds.report.cells import tag_text
from highneeds.report.charts import draw
from highneeds.report.document import DRAFT, ReportDocument, Section, answers_table, figures_table
from highneeds.report.render.docx_parts import (
    BLUE,
    bookmark_name,
    contents,
    element,
    field,
    number_pictures,
    page_number,
    paragraph,
    picture,
    repacked,
    set_properties,
    set_styles,
    short_alt,
    signature_table,
    table,
    tag_run,
    text_run,
    words_of,
)
from highneeds.report.render.paper import LANDSCAPE, MARGIN, PORTRAIT
from highneeds.report.render.widths import turned

STYLE_OF_TONE = {Tone.LEAD: "Lead", Tone.BODY: "Normal", Tone.SMALL: "Quiet"}
WORTH_CONTENTS = 5
"""From so many sections on a reader wants a list of them."""
MM_PER_PIXEL = 174 / 680  # a chart of full width fills the text column
TALLEST, TALLEST_WIDE = 225, 145  # millimetres of a chart on an upright and on a landscape page


def render(document: ReportDocument) -> bytes:
    """Equal documents give equal bytes."""
    story = Story(document)
    story.masthead()
    for section in document.sections:
        story.section(section)
    story.chart_tables()
    return story.close()


class Story:
    """The Word file being written from top to bottom."""

    def __init__(self, document: ReportDocument) -> None:
        self.document = document
        self.word: Any = docx.Document()
        self.wide = False
        self.bookmarks = 0
        self.captions = {"Table": 0, "Figure": 0}
        set_styles(self.word)
        set_properties(self.word, document)
        self._size(self.word.sections[0])
        self._footer()

    def close(self) -> bytes:
        number_pictures(self.word)
        out = io.BytesIO()
        self.word.save(out)
        return repacked(out.getvalue())

    def add(self, part: Any) -> None:
        """Put a paragraph or table at the end, before the properties of the last section."""
        self.word.element.body.insert_element_before(part, "w:sectPr")

    def masthead(self) -> None:
        document = self.document
        line = f"{document.council} · {document.period} · {document.date_text} · "
        self.add(paragraph("Quiet", text_run(line), text_run(document.data_mark, bold=document.synthetic)))
        self.add(paragraph("Title", text_run(document.title)))
        if document.audience:
            self.add(paragraph("Quiet", text_run(f"For {document.audience}")))
        titles = [section.title for section in document.sections if section.level == 1]
        if len(titles) >= WORTH_CONTENTS:
            for part in contents(titles):
                self.add(part)

    def caption(self, kind: str, id: str, words: str) -> None:
        """'Table 3. How we compare', numbered by a field, so that Word can list and refer to it."""
        self.captions[kind] += 1
        number = field(f"SEQ {kind} \\* ARABIC", str(self.captions[kind]))
        line = paragraph("Caption", text_run(f"{kind} "), number, text_run(". "), *self.marked(id, words))
        line.pPr.append(element("w:keepNext"))
        self.add(line)

    def section(self, section: Section) -> None:
        """No page is begun for a section: the file is there to be edited, and what is edited would leave gaps."""
        wide = turned(section)
        self.turn(wide)
        self.add(paragraph(f"Heading{section.level}", *self.marked(section.id, section.title)))
        for block in section.blocks:
            self.turn(wide or (isinstance(block, DataTable) and block.landscape))
            self.block(block, section)

    def chart_tables(self) -> None:
        """The figures of every chart, at the end."""
        charts = [block for _, block in self.document.blocks() if isinstance(block, ChartBlock)]
        if not self.document.chart_tables:
            return
        self.turn(False)
        if charts:
            head = paragraph("Heading1", *self.marked("figures-of-the-charts", "Figures of the charts"))
            head.pPr.append(element("w:pageBreakBefore"))
            self.add(head)
        for chart in charts:
            self.table(chart.table, small=True)

    def block(self, block: Block, section: Section) -> None:
        match block:
            case Paragraph():
                self.add(paragraph(STYLE_OF_TONE[block.tone], *words_of(self.word, block.words)))
            case Heading():
                words = self.marked(block.id, block.text) if block.id else [text_run(block.text)]
                self.add(paragraph(f"Heading{section.level + block.level}", *words))
            case Bullets():
                self.bullets(block)
            case Figures():
                self.table(figures_table(block))
            case Answers():
                self.table(answers_table(block))
            case Signatures():
                self.signatures(block)
            case Tags():
                for tag in block.items:
                    runs = [text_run(f"{tag.label}: "), tag_run(tag_text(tag.level), tag.level.colour), text_run(" ")]
                    self.add(paragraph("Normal", *runs, *words_of(self.word, tag.note)))
            case NoteBlock():
                self.note(block)
            case PageBreak():
                self.add(paragraph("Normal", element("w:r", {}, element("w:br", {"w:type": "page"}))))
            case DataTable():
                self.table(block)
            case ChartBlock():
                self.chart(block)

    def signatures(self, block: Signatures) -> None:
        """A line for each signature, as a table with ruled cells."""
        self.caption("Table", block.id, block.title)
        self.add(signature_table(block, self._text_width()))
        if block.note:
            self.add(paragraph("Quiet", text_run(block.note)))
        self.add(paragraph("TableEnd"))

    def bullets(self, block: Bullets) -> None:
        number = self._new_numbering() if block.numbered else None
        for item in block.items:
            line = paragraph("ListNumber" if block.numbered else "ListBullet", *words_of(self.word, item))
            if number is not None:
                level = element("w:ilvl", {"w:val": "0"})
                line.pPr.append(element("w:numPr", {}, level, element("w:numId", {"w:val": str(number)})))
            self.add(line)

    def _new_numbering(self) -> int:
        """A numbering of its own for each list, so that it begins at 1."""
        numbering = self.word.part.numbering_part.element
        shared = self.word.styles["List Number"].element.pPr.numPr.numId.val
        abstract = next(num for num in numbering.num_lst if num.numId == shared).abstractNumId.val
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(made.numId)

    def note(self, note: NoteBlock) -> None:
        colour = {NoteKind.ASK: BLUE, NoteKind.CLAIM: "801650"}.get(note.kind, "505A5F")
        line = paragraph("Normal", text_run(f"{note.opening} ", bold=True), *words_of(self.word, note.words))
        edge = element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": colour})
        line.pPr.append(element("w:pBdr", {}, edge))
        self.add(line)

    def chart(self, chart: ChartBlock) -> None:
        self.caption("Figure", chart.id, chart.title)
        png = draw.png(draw.svg(chart.picture))
        scale = min(MM_PER_PIXEL, (TALLEST_WIDE if self.wide else TALLEST) / chart.picture.height)
        size = (chart.picture.width * scale, chart.picture.height * scale)
        self.add(paragraph("TableEnd", picture(self.word, png, short_alt(chart.alt), *size)))
        if chart.source:
            self.add(paragraph("Quiet", text_run(f"Source: {chart.source}")))

    def table(self, data: DataTable, *, small: bool = False) -> None:
        self.caption("Table", data.id, data.title)
        self.add(table(self.word, data, self._text_width(), small=small))
        for under in self._under(data):
            self.add(paragraph("Quiet", *under))
        self.add(paragraph("TableEnd"))

    def _under(self, data: DataTable) -> list[list[Any]]:
        lines = [[text_run(f"Key: {data.key()}.")]] if data.key() else []
        lines += [[text_run(f"[{number}] {note}")] for note, number in data.numbered_notes().items()]
        lines += [words_of(self.word, note) for note in data.notes]
        return lines + ([[text_run(f"Source: {data.source}")]] if data.source else [])

    def marked(self, id: str, words: str) -> list[Any]:
        """Words that a link may lead to."""
        self.bookmarks += 1
        number = str(self.bookmarks)
        start = element("w:bookmarkStart", {"w:id": number, "w:name": bookmark_name(id)})
        return [start, text_run(words), element("w:bookmarkEnd", {"w:id": number})]

    def turn(self, wide: bool) -> None:
        """Go on with landscape or portrait pages."""
        if wide != self.wide:
            self.wide = wide
            self._size(self.word.add_section(WD_SECTION.NEW_PAGE))

    def _size(self, section: Any) -> None:
        width, height = LANDSCAPE if self.wide else PORTRAIT
        section.orientation = WD_ORIENT.LANDSCAPE if self.wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        section.left_margin = section.right_margin = Mm(MARGIN)
        section.top_margin, section.bottom_margin = Mm(16), Mm(18)
        section.header_distance, section.footer_distance = Mm(8), Mm(8)

    def _text_width(self) -> float:
        return (LANDSCAPE if self.wide else PORTRAIT)[0] - 2 * MARGIN

    def _footer(self) -> None:
        if self.document.draft:
            self.word.sections[0].header.paragraphs[0]._p.append(text_run(DRAFT, bold=True))
        line = self.word.sections[0].footer.paragraphs[0]._p
        words = " · ".join(self.document.footer)
        paged = (text_run("Page "), page_number("PAGE"), text_run(" of "), page_number("NUMPAGES"))
        for part in (text_run(words), element("w:r", {}, element("w:br")), *paged):
            line.append(part)
