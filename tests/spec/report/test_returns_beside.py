"""A return beside the last one that was sent, needs that nobody published, and templates whose cells are not known."""

import io
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from highneeds.forecast.joint import JointForecast, JointMeans
from highneeds.forecast.state import AGES, NEEDS, SETTINGS
from highneeds.report.returns.any_template import fill_any
from highneeds.report.returns.last_submission import PLACE, cells_of, last_submission, written_cells
from highneeds.report.returns.lsrp_figures import LsrpLayer
from highneeds.report.returns.template import ReturnMeasure
from highneeds.report.sections._returns import learnt_from, needs_are_known
from highneeds.report.sections.lsrp import _cell, _moved
from highneeds.store.folder import FolderStore
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note


def means(need: str) -> JointMeans:
    plans = np.zeros((2, AGES, len(NEEDS), len(SETTINGS)))
    plans[:, 10, NEEDS.index(need), 0] = 7.0
    flows = np.zeros((1, AGES))
    return JointMeans((2026, 2027), plans, flows, flows, flows)


@pytest.mark.parametrize(("need", "known"), [("asd", True), ("need_unknown", False)])
def test_plans_without_any_recorded_need_are_not_divided(need, known):
    assert needs_are_known(means(need)) is known


def test_a_need_that_nobody_published_is_no_nought():
    assert _cell("7", "Autistic Spectrum Disorder", 0, by_need=False).is_gap
    assert _cell("7", "Autistic Spectrum Disorder", 0, by_need=True).text == "0"
    assert _cell("6", "Mainstream", 0, by_need=False).text == "0", "provision is known all the same"


def kept_in(folder: Path, data: bytes) -> dict:
    (folder / "returns").mkdir()
    (folder / PLACE).write_bytes(data)
    return dict(last_submission(documents(FolderStore(folder))))


def test_what_was_sent_comes_back_as_it_was(tmp_path):
    layer = LsrpLayer("", {"6": {"Mainstream": {2025: 12, 2026: 13}}, "10": {"Under 5": {2025: 0}}})
    assert kept_in(tmp_path, written_cells(cells_of(layer))) == {
        ("6", "Mainstream", 2025): 12,
        ("6", "Mainstream", 2026): 13,
        ("10", "Under 5", 2025): 0,
    }


def test_without_a_last_submission_there_is_nothing_to_compare(tmp_path):
    assert last_submission(documents(FolderStore(tmp_path))) == {}


def test_an_empty_cell_of_the_last_submission_is_no_nought(tmp_path):
    with pytest.raises(InputError, match=r"lsrp-last\.csv line 2, column plans"):
        kept_in(tmp_path, b"table,row,year,plans\n6,Mainstream,2025,\n")


def test_a_cell_that_stands_in_one_of_the_two_only_has_no_difference():
    assert [cell.text for cell in _moved("6", "Mainstream", 2025, 12, 10).cells[3:]] == ["12", "10", "−2"]
    assert [cell.text for cell in _moved("6", "Mainstream", 2025, None, 10).cells[3:]] == ["", "10", ""]


MEASURES = (
    ReturnMeasure("spend", "High needs spend", Decimal("374200000")),
    ReturnMeasure("transfer", "Transfers from other blocks", None, "not published"),
)


def template() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Summary"
    for name, value in {
        "A1": "DSG management plan",
        "C3": "2023-24",
        "D3": "2024/25",
        "A4": "High needs spend",
        "A5": "Transfers from other blocks",
        "A6": "Total",
        "D6": "=SUM(D4:D5)",
    }.items():
        sheet[name] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_any_template_is_filled_under_the_year_by_the_words_of_its_rows():
    made = fill_any(template(), "plan.xlsx", MEASURES, {}, "2024-25")
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["Summary"]
    assert (sheet["D4"].value, sheet["C4"].value, sheet["D6"].value) == (374200000, None, "=SUM(D4:D5)")
    assert {one.label: one.note for one in made.rows}["Summary: Transfers from other blocks"] == "not published"
    assert made.mapping["Summary: High needs spend"] == "spend"


@pytest.mark.parametrize(
    ("heads", "cell"),
    [
        (("2023-24", "2024/25"), "D4"),
        (("2023 to 24", "2024 to 25"), "D4"),
        (("2023-2024", "2024-2025"), "D4"),
        (("2024-25", "2025-26"), "C4"),
        (("2025-26", "2026-27"), ""),
        (("Actual", "Note"), "B4"),
        (("Plan of 2023-24", "Note"), "B4"),
    ],
)
def test_a_figure_stands_under_its_year_or_nowhere(heads, cell):
    """Columns of other years hold nothing of this one; one year alone may be the title of the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    book["Summary"]["C3"], book["Summary"]["D3"] = heads
    out = io.BytesIO()
    book.save(out)
    made = fill_any(out.getvalue(), "plan.xlsx", MEASURES, {}, "2024-25")
    row = next(one for one in made.rows if one.label == "Summary: High needs spend")
    assert (row.cell, bool(row.written)) == (cell, bool(cell))
    sheet = openpyxl.load_workbook(io.BytesIO(made.data))["Summary"]
    held = [one.coordinate for line in sheet.iter_rows() for one in line if one.value == 374200000]
    assert held == ([cell] if cell else [])


def test_a_kept_mapping_goes_before_the_words():
    made = fill_any(template(), "plan.xlsx", MEASURES, {"Summary: Transfers from other blocks": "spend"}, "2024-25")
    assert openpyxl.load_workbook(io.BytesIO(made.data))["Summary"]["D5"].value == 374200000


def test_a_formula_is_left_alone():
    made = fill_any(template(), "plan.xlsx", MEASURES, {"Summary: Total": "spend"}, "2024-25")
    assert {one.label: one.note for one in made.rows}["Summary: Total"] == "the cell holds something already"


@pytest.mark.parametrize(("accepted", "learnt"), [(0, "published statistics"), (2, "our 2 accepted SEN2 returns")])
def test_a_return_says_what_its_forecast_was_learnt_from(accepted, learnt):
    notes = (Note.of("returns.synthetic"),) if accepted else ()
    said = learnt_from(JointForecast("Kent", (("", means("asd")),), accepted, notes))
    assert said[0] == f"The forecast is learnt from {learnt} and starts from January 2026."
    assert len(said) == 1 + len(notes)
