"""Where a figure stands, said by the section of its document; and what people cite where they write freely."""

from functools import partial

import pytest

from highneeds.checks.finding import Findings
from highneeds.intake.workspace.agreement import Agreement, DocumentPart
from highneeds.intake.workspace.citations import Citation, citations_in, words_with_places
from highneeds.registers.register import Entries, RegisterRow, with_places
from highneeds.registers.registry import registers
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.source import Source

PARTS = (DocumentPart(1, "overview", 1), DocumentPart(14, "overview", 2), DocumentPart(20, "risk register"))
AGREED = Agreement(
    "Harrow Dale",
    "Department for Education",
    Programme.SAFETY_VALVE,
    FinancialYear(2022),
    FinancialYear(2027),
    documents={"REPORT": "Our report to DfE", "NOTE": "Note of a meeting"},
    called={"REPORT": "our report", "NOTE": "Note of a meeting"},
    parts={"REPORT": PARTS},
)
NONE = Agreement("Harrow Dale", "DfE", Programme.NONE, FinancialYear(2022), FinancialYear(2027))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source("REPORT", 13), "our report, overview, page 1"),
        (Source("REPORT", 14), "our report, overview, page 2"),
        (Source("REPORT", 20), "our report, risk register"),
        (Source("NOTE", 3), "Note of a meeting"),
        (Source("REPORT"), "REPORT"),
        (Source("Cabinet 22 Jul 2025", 3), "Cabinet 22 Jul 2025 line 3"),
    ],
)
def test_a_source_knows_where_a_reader_would_look_it_up(source, said):
    placed = AGREED.placed(source)
    assert (str(placed), placed, placed.written) == (said, source, source.written)
    assert placed.stands_in == (said if said == source.written else said[:1].upper() + said[1:])


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("£29.9m (REPORT line 13)", "£29.9m (our report, overview, page 1)"),
        ("REPORT line 20", "our report, risk register"),
        ("REPORT lines 1 and 236; once", "our report, overview, page 1 and risk register; once"),
        ("REPORT 11-12", "our report, overview, page 1"),
        ("REPORT 12-14", "our report, overview, page 1 and overview, page 2"),
        ("REPORT 2", "our report, overview, page 1"),
        ("as NOTE line 3 has it", "as Note of a meeting has it"),
        ("registers/payments.csv line 2", "registers/payments.csv line 2"),
        ("REPORT 2,345 and REPORTS 2", "REPORT 2,345 and REPORTS 2"),
        ("the REPORT of 2025", "the REPORT of 2025"),
        ("", ""),
    ],
)
def test_a_line_that_is_cited_is_said_as_its_section(written, said):
    assert words_with_places(AGREED, written) == said
    assert words_with_places(NONE, written) == written


def test_a_text_is_read_into_its_words_and_what_it_cites():
    read = citations_in("See REPORT lines 11, 195 to 197: once", {"REPORT": ""})
    assert list(read) == ["See ", Citation("REPORT", (11, 195, 197)), ": once"]


def test_source_and_notes_of_a_register_are_said_so_and_no_other_cell():
    cells = {"title": "REPORT line 1", "notes": None, "source": "REPORT line 20", "count": 2}
    rows = (RegisterRow("risks.csv", 2, cells), RegisterRow("risks.csv", 3, {"notes": "see NOTE 4"}))
    said = with_places(Entries(registers()["risks"], rows, Findings()), partial(words_with_places, AGREED)).rows
    assert said[0] == RegisterRow("risks.csv", 2, {**cells, "source": "our report, risk register"})
    assert [row.cites for row in said] == [{"source"}, {"notes"}]
    assert said[1] == RegisterRow("risks.csv", 3, {"notes": "see Note of a meeting"})
