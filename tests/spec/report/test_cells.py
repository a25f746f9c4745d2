"""How a figure reads: the value a file carries, and the text that every format shows."""

from datetime import date
from decimal import Decimal

import pytest

from highneeds.report.blocks import DataTable, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.document import Heading, Paragraph, ReportDocument, Section
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell.figure(Decimal("37.5"), Unit.PERCENT), "37.5%"),
        (Cell.figure(Decimal("103.52"), Unit.PERCENT, decimals=2), "103.52%"),
        (Cell.figure(Decimal("37.5"), Unit.PERCENT, bare=True), "37.5"),
        (Cell.figure(7765, Unit.COUNT), "7,765"),
        (Cell.figure(53252, Unit.GBP), "£53,252"),
        (Cell.change(Decimal("0.4"), Unit.PERCENT), "+0.4 points"),
        (Cell.change(-12, Unit.COUNT), "−12"),
        (Cell.change_percent(Decimal("8.3")), "+8.3%"),
        (Cell.millions(29_900_000), "£29.9m"),
        (Cell.millions(53_000_000, prefix="about"), "about £53m"),
        (Cell.millions(23_100_000, plus=True), "+£23.1m"),
        (Cell.millions(0), "£0"),
        (Cell.gap(State.NOT_REPORTED), "-"),
        (Cell.gap(State.BLANK), "blank"),
        (Cell.gap(State.UNAVAILABLE), "n/a"),
        (Cell.gap(State.NOT_PUBLISHED), "n.p."),
        (Cell.suppressed(), "[c]"),
        (Cell.tag(AssuranceLevel.ON_TARGET), "On target (G)"),
        (Cell.tag(AssuranceLevel.NOT_YET), "Not yet due"),
    ],
)
def test_text_of_a_cell(cell: Cell, text: str):
    assert cell.text == text


def test_a_gap_has_no_value_and_says_why():
    gap = Cell.gap(State.UNAVAILABLE, "The app is not going to be used")
    assert (gap.value, gap.note, gap.shorthand) == (None, "The app is not going to be used", "[n]")


def test_a_figure_nobody_published_is_not_said_to_be_refused_by_the_council():
    table = one_row(Cell.gap(State.NOT_PUBLISHED), Cell.gap(State.NOT_PUBLISHED, "Not published"))
    assert table.key() == "“n.p.” means not published"
    assert table.numbered_notes() == {}, "the key says it once for every such cell"
    assert {cell.shorthand for cell in table.rows[0].cells} == {"[np]"}


def one_row(*cells: Cell) -> DataTable:
    return DataTable("table", "A table", tuple(TableColumn(str(place)) for place in range(len(cells))), (Row(cells),))


def test_notes_are_numbered_once_and_plain_states_have_a_key_instead():
    table = one_row(
        Cell.figure(1, Unit.COUNT, note="Read from a chart"),
        Cell.figure(2, Unit.COUNT, note="Read from a chart"),
        Cell.gap(State.NOT_REPORTED),
        Cell.gap(State.BLANK, "Lost at a page break"),
    )
    assert table.numbered_notes() == {"Read from a chart": 1, "Lost at a page break": 2}
    assert table.marks(table.rows[0]) == (1, None, None, 2)
    assert table.key() == "“-” means not reported. “blank” means left blank"


def test_a_row_that_does_not_fit_its_table_is_refused():
    with pytest.raises(ValueError, match="Table table, row 1: 1 cells, not 2"):
        DataTable("table", "A table", (TableColumn("a"), TableColumn("b")), (Row.of("only one"),))


def test_words_in_place_of_a_figure_need_no_key():
    assert one_row(Cell(None, "37% (read from a damaged chart)", State.UNAVAILABLE, shorthand="[n]")).key() == ""


def test_a_column_needs_a_head():
    with pytest.raises(ValueError, match="every column needs a head"):
        DataTable("table", "A table", (TableColumn("a"), TableColumn(" ")), ())


def document(*sections: Section) -> ReportDocument:
    return ReportDocument(
        "Title", "Council", "April 2025", date(2025, 4, 2), "0.1.0", "f" * 20, False, sections, "stem"
    )


def test_an_id_stands_for_one_thing():
    table = one_row(Cell.figure(1, Unit.COUNT))
    with pytest.raises(ValueError, match="used twice: table"):
        document(Section("table", "A section", (table,)))


def test_a_heading_does_not_skip_a_level():
    with pytest.raises(ValueError, match="'Too deep' skips a level"):
        Section("section", "A section", (Heading("Too deep", 2),))


def test_the_foot_says_whose_when_and_which_run():
    made = document(Section("section", "A section", (Paragraph("Words."),)))
    assert " · ".join(made.footer) == (
        "Council · April 2025 · 2 April 2025 · No synthetic data · version 0.1.0 · run ffffffffffff"
    )
    assert made.footer[-made.foot_run :] == ("version 0.1.0", "run ffffffffffff"), (
        "a second line where one is too short"
    )
