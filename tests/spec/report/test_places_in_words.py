"""Where a figure stands, said by the section of its document."""

import pytest

from highneeds.intake.workspace.agreement import Agreement, DocumentPart
from highneeds.report.words.places import with_places
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme

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


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("£29.9m (REPORT line 13)", "£29.9m (our report, overview, page 1)"),
        ("£29.9m (REPORT line 14)", "£29.9m (our report, overview, page 2)"),
        ("REPORT line 20", "Our report, risk register"),
        ("REPORT lines 1 and 236; once", "Our report, overview, page 1 and risk register; once"),
        ("REPORT 2", "Our report, overview, page 1"),
        ("as NOTE line 3 has it", "as Note of a meeting has it"),
        ("registers/payments.csv line 2", "registers/payments.csv line 2"),
        ("REPORT 2,345 and REPORTS 2", "REPORT 2,345 and REPORTS 2"),
        ("the REPORT of 2025", "the REPORT of 2025"),
    ],
)
def test_a_line_of_a_document_is_said_as_its_section(written, said):
    assert with_places(AGREED)(written) == said


def test_without_an_agreement_nothing_is_read_as_a_document():
    none = Agreement("Harrow Dale", "DfE", Programme.NONE, FinancialYear(2022), FinancialYear(2027))
    assert with_places(none)("REPORT line 13") == "REPORT line 13"
