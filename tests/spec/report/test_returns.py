"""The returns of DfE: its checks of the quarterly return, rounding that adds up, two rules of age, eight tables."""

import io
from datetime import date
from decimal import Decimal

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highneeds.forecast.joint import JointForecast, JointMeans, grouped
from highneeds.forecast.state import AGES, NEEDS, SETTINGS
from highneeds.report.returns.age_rules import age_group, groups_of_ages
from highneeds.report.returns.dsg_tables import sheets_of
from highneeds.report.returns.lsrp_figures import by_both_rules, layers_of, missing_tables, years_of
from highneeds.report.returns.lsrp_tables import AGE_ROWS, NEED_ROWS, TABLES
from highneeds.report.returns.quarterly_checks import (
    check_cell,
    check_file_name,
    check_sheet_name,
    file_name,
    version_of,
    year_words,
)
from highneeds.report.returns.rounding import controlled, in_a_column
from highneeds.report.returns.scap import AREAS, tables_of
from highneeds.report.returns.template import (
    ReturnMeasure,
    fill_quarterly,
    read_mapping,
    rows_listed,
    suggested,
    written_mapping,
)
from highneeds.report.sections.lsrp import completeness, effects
from highneeds.report.words import returns as returns_words
from highneeds.vocabulary.errors import InputError

FILE_NAMES = [
    ("lsrp-quarterly-return-September-2026-886-kent.xlsx", "886", "yes"),
    ("lsrp-quarterly-return-September-2026-839-bournemouth-christchurch-and-poole.xlsx", "839", "yes"),
    ("LSRP-quarterly-return-september-2026-886-kent.xlsx", "886", "yes"),
    ("lsrp-quarterly-return-June-2026-886-kent.xlsx", "886", "no"),
    ("lsrp-quarterly-return-September-2026-887-medway.xlsx", "886", "no"),
    ("lsrp-quarterly-return-September-2026-886-kent.xls", "886", "no"),
    ("lsrp-quarterly-return-September-2026-886-kent.xlsx.xlsx", "886", "warn"),
    ("Kent LSRP return Q2.xlsx", "886", "no"),
    ("lsrp-quarterly-return-September-2026-886.xlsx", "886", "no"),
]


@pytest.mark.parametrize(("name", "code", "accepted"), FILE_NAMES)
def test_names_of_files(name, code, accepted):
    assert check_file_name(name, code, "September-2026").outcome == accepted


CELLS = [
    ("Quarterly Return Template", "B5", "2026-27 Quarterly Data", "yes"),
    ("Quarterly Return Template", "B5", "2026-28 Quarterly Data", "no"),
    ("Quarterly Return Template", "B5", "2026/27 Quarterly Data", "no"),
    ("Quarterly Return Template", "B5", "2026-2027 Quarterly Data", "no"),
    ("Quarterly Return Template", "B5", "2099-00 Quarterly Data", "no"),
    ("Cover", "B13", "886 Kent", "yes"),
    ("Cover", "B13", "886", "yes"),
    ("Cover", "B13", "886Kent", "no"),
    ("Cover", "B13", "Kent 886", "no"),
    ("Quarterly Return Template", "A7", "x", "no"),
    ("Quarterly Return Template", "A7", "", "yes"),
    ("Quarterly Return Template", "C7", "x", "yes"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "accepted"), CELLS)
def test_cells(sheet, cell, value, accepted):
    assert check_cell(sheet, cell, value, "886").outcome == accepted


@pytest.mark.parametrize("name", ["quarterly return template", "Quarterly Return Template ", "cover"])
def test_sheets_are_named_to_the_letter(name):
    assert check_sheet_name(name).outcome == "no"


def test_what_we_write_is_what_dfe_accepts():
    day = date(2026, 9, 30)
    assert version_of(day) == "September-2026" and year_words(day) == "2026-27 Quarterly Data"
    assert version_of(date(2027, 3, 31)) == "March-2027" and year_words(date(2027, 3, 31)) == "2026-27 Quarterly Data"
    assert year_words(date(2027, 4, 1)) == "2027-28 Quarterly Data"
    name = file_name("839", "Bournemouth, Christchurch and Poole", "September-2026")
    assert name == "lsrp-quarterly-return-September-2026-839-bournemouth-christchurch-and-poole.xlsx"
    assert check_file_name(name, "839", "September-2026").outcome == "yes"


def test_means_that_round_badly():
    """10.4 + 20.4 + 30.4 + 5.4 + 2.4 = 69.0: each rounded by itself they add up to 67."""
    assert sum(in_a_column([10.4, 20.4, 30.4, 5.4, 2.4])) == 69
    assert sum(in_a_column([10.5, 20.5, 30.5, 5.5, 2.5])) == 70
    assert in_a_column([0.5, -0.5]) in ([0, 0], [1, -1])
    with pytest.raises(ValueError, match="cannot be rounded"):
        in_a_column([1.0, 2.0], total=4)


tables = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.lists(st.floats(0, 500, allow_nan=False, allow_infinity=False), min_size=width, max_size=width),
        min_size=1,
        max_size=6,
    )
)


@settings(deadline=None, max_examples=60)
@given(tables)
def test_no_cell_and_no_total_is_off_by_one(means):
    whole = controlled(means)
    exact = [[round(value, 6) for value in row] for row in means]
    assert all(abs(a - b) < 1 for row, other in zip(whole, exact, strict=True) for a, b in zip(row, other, strict=True))
    for ours, theirs in ((whole, exact), (list(zip(*whole, strict=True)), list(zip(*exact, strict=True)))):
        assert all(abs(sum(a) - sum(b)) < 1 + 1e-6 for a, b in zip(ours, theirs, strict=True))
    assert abs(sum(map(sum, whole)) - sum(map(sum, exact))) <= 0.5 + 1e-6


TWO_AGES = [
    (4, "Under 5", "Age 5 to 10"),
    (5, "Age 5 to 10", "Age 5 to 10"),
    (10, "Age 5 to 10", "Age 11 to 15"),
    (15, "Age 11 to 15", "Age 16 to 19"),
    (19, "Age 16 to 19", "Age 20 to 25"),
]


@pytest.mark.parametrize(("before", "dsg", "lsrp"), TWO_AGES)
def test_two_rules_of_age(before, dsg, lsrp):
    """The age on the 31 August before, and the one reached in the school year, one more."""
    assert (age_group(before), age_group(before + 1)) == (dsg, lsrp)


def test_needs_without_a_row_of_their_own():
    rows = {need: title for title, needs in NEED_ROWS for need in needs}
    assert rows["oth"] == "Other Difficulty/Disability" and rows["asd"] == "Autistic Spectrum Disorder"
    assert rows["need_unknown"] == "SEN support but no specialist assessment of type of need"
    assert "Down syndrome" in returns_words.NEED_NOTES[0] and "no other row" in returns_words.NEED_NOTES[0]


STATE_FUNDED = "State-funded special schools (maintained, academies, non-maintained)"
PLANNING_AREAS = [
    ("primary", "SEN units and resourced provision in mainstream schools", "001", 5, "Reception", "Year 6"),
    ("primary", "Independent schools (independent and independent special)", "002", 5, "Reception", "Year 6"),
    (
        "primary",
        "State-funded special schools (maintained, academies, non-maintained)",
        "003",
        5,
        "Reception",
        "Year 6",
    ),
    ("primary", "Alternative provision", "004", 5, "Reception", "Year 6"),
    ("secondary", "SEN units and resourced provision in mainstream schools", "011", 7, "Year 7", "Year 11"),
    ("secondary", "Independent schools (independent and independent special)", "012", 7, "Year 7", "Year 11"),
    (
        "secondary",
        "State-funded special schools (maintained, academies, non-maintained)",
        "013",
        7,
        "Year 7",
        "Year 11",
    ),
    ("secondary", "Alternative provision", "014", 7, "Year 7", "Year 11"),
]


def test_the_school_capacity_return_has_eight_tables():
    found = [(one.phase, one.provision, one.ends, one.years, one.columns[0], one.columns[-1]) for one in AREAS]
    assert found == PLANNING_AREAS


def means(extra: float = 0.0) -> JointMeans:
    """A small forecast with fractions everywhere: Januaries 2025 to 2032."""
    rng = np.random.default_rng(3)
    plans = rng.random((8, AGES, len(NEEDS), len(SETTINGS))) * 2
    plans[1:, :, :, 1] += extra
    flows = rng.random((7, AGES)) * 9
    return JointMeans(tuple(range(2025, 2033)), plans, flows, flows / 2, flows / 3)


def test_the_tables_of_the_reform_plan_add_up_to_one_total():
    found = JointForecast("Elmshire", (("", means()), ("A unit", means(0.25))))
    none, action = layers_of(found)
    years = years_of(found)
    assert years == (2025, 2026, 2027, 2028, 2029)
    assert missing_tables(none, TABLES) == () and missing_tables(none, (*TABLES, "9")) == ("9",)
    for layer, joint in ((none, means()), (action, means(0.25))):
        for year in years:
            total = joint.plans[joint.januaries.index(year + 1)].sum()
            assert abs(layer.total("6", year) - total) <= 0.5
            assert layer.total("5.1", year) == layer.total("6", year) == layer.total("7", year)
    assert action.total("6", 2026) > none.total("6", 2026)
    assert len(none.tables["6"]) == 14 and len(none.tables["7"]) == 13


def test_the_completeness_check_says_which_tables_have_totals_only():
    layer, years = layers_of(JointForecast("Elmshire", (("", means()),)))[0], tuple(range(2025, 2030))
    whole = "All 13 tables that the plan asks for are here, for each year from 2025 to 2029."
    totals_only = "tables 7, 7.1, 7.2, 7.3, 7.4, 7.5, 7.6 and 7.7"
    assert completeness(layer, years) == [whole]
    assert completeness(layer, years, by_need=False) == [
        whole,
        f"Not filled: {totals_only} have their totals, and their rows by primary need are open.",
    ]


def test_a_row_that_is_counted_in_another_has_no_effect_of_nought():
    told = effects(layers_of(JointForecast("Elmshire", (("", means()), ("A unit", means(0.25))))), (2025,))
    shown = {row.cells[0].text: row.cells[1] for row in told.blocks[1].rows}
    assert shown["Support bases in mainstream"].is_gap and shown["Mainstream"].value is not None


def test_no_cell_of_the_reform_plan_is_one_or_more_from_its_mean():
    joint = means()
    layer = layers_of(JointForecast("Elmshire", (("", joint),)))[0]
    for year in range(2025, 2030):
        plans = joint.plans[joint.januaries.index(year + 1)]
        ages = grouped(plans.sum(axis=(1, 2)), groups_of_ages(1), axis=0)
        assert all(abs(layer.tables["5.1"][row][year] - mean) < 1 for row, mean in zip(AGE_ROWS, ages, strict=True))
        by_need = plans.sum(axis=(0, 2))
        for row, names in NEED_ROWS:
            mean = sum(by_need[NEEDS.index(name)] for name in names)
            assert abs(layer.tables["7"][row][year] - mean) < 1


def test_both_rules_of_age_share_one_total_and_the_youngest_group_shrinks():
    """Of 64 plans under 5 on 31 August 60 are of four-year-olds, who turn five in the school year."""
    plans = np.zeros((2, AGES, len(NEEDS), len(SETTINGS)))
    plans[:, 3, 0, 0], plans[:, 4, 0, 0], plans[:, 10, 0, 0] = 4, 60, 7
    flows = np.zeros((1, AGES))
    found = by_both_rules(JointMeans((2025, 2026), plans, flows, flows, flows), 2025)
    assert found[:3] == (("Under 5", 4, 64), ("Age 5 to 10", 60, 7), ("Age 11 to 15", 7, 0))


def test_a_forecast_for_a_nearer_return_is_the_beginning_of_the_furthest():
    near = JointForecast("Elmshire", (("", means()),)).until(2028).no_action
    assert near.januaries == (2025, 2026, 2027, 2028) and len(near.requests) == 3
    assert (near.plans == means().plans[:4]).all()


def test_the_sheets_of_the_dsg_plan_have_the_same_total():
    joint = means()
    sheets = sheets_of(joint, 2026)
    assert len(sheets) == 7 and all(len(sheet) == 5 * 13 for sheet in sheets.values())
    assert abs(sum(sum(sheet.values()) for sheet in sheets.values()) - joint.plans[1].sum()) <= 0.5


def test_the_school_capacity_return_covers_its_years():
    found = tables_of(means())
    assert [len(found[area.ends]) for area in AREAS] == [5] * 4 + [7] * 4
    assert list(found["001"]) == ["2025-26", "2026-27", "2027-28", "2028-29", "2029-30"]
    assert all(len(row) == 7 for row in found["001"].values()) and all(len(row) == 5 for row in found["011"].values())


def test_every_line_of_the_school_capacity_return_is_its_mean_rounded():
    joint = means()
    plans = joint.plans.sum(axis=2)
    for area in AREAS:
        own = plans[:, :, [SETTINGS.index(name) for name in area.settings]].sum(axis=2)
        for january, line in enumerate(tables_of(joint)[area.ends].values(), start=1):
            cells = [own[january, age] for age in area.ages]
            assert all(abs(value - mean) < 1 for value, mean in zip(line, cells, strict=True))
            assert abs(sum(line) - sum(cells)) < 1
    secondary = [area for area in AREAS if area.phase == "secondary"]
    whole = [sum(line) for line in zip(*(tables_of(joint)[one.ends]["2025-26"] for one in secondary), strict=True)]
    names = [SETTINGS.index(name) for area in secondary for name in area.settings]
    assert abs(sum(whole) - plans[1][11:16][:, names].sum()) <= 0.5


MEASURES = (
    ReturnMeasure("overdue", "Number of annual reviews overdue", Decimal(7765)),
    ReturnMeasure("share", "Percentage of plans in mainstream", Decimal("40.6")),
    ReturnMeasure("never", "Tribunal appeals registered", None, "never reported"),
)


def template(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    cover, sheet = book.active, book.create_sheet("Quarterly Return Template")
    cover.title = "Cover"
    for name, value in {"B7": "Annual reviews overdue", "B8": "Plans in mainstream", "B9": "Something else"}.items():
        sheet[name] = value
    sheet["B10"], sheet["C6"], sheet["D6"] = "Appeals registered (tribunal)", "Q1", "Q2"
    for name, value in cells.items():
        sheet[name] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def filled(data: bytes, kept=None):
    day = date(2026, 9, 30)
    return fill_quarterly(data, "t.xlsx", MEASURES, kept or {}, "886", "Kent", day, version_of(day))


def test_a_template_is_filled_by_suggestion_and_the_mapping_kept():
    made = filled(template())
    book = openpyxl.load_workbook(io.BytesIO(made.data))
    sheet = book["Quarterly Return Template"]
    assert book["Cover"]["B13"].value == "886 Kent" and sheet["B5"].value == "2026-27 Quarterly Data"
    assert sheet["D7"].value == 7765 and sheet["D8"].value == 40.6 and sheet["D9"].value is None
    assert sheet["C7"].value is None
    notes = {one.label: one.note for one in made.rows}
    assert notes["Something else"] == "no measure is mapped to this row"
    assert notes["Appeals registered (tribunal)"] == "never reported"
    assert made.problems == ()
    assert read_mapping(written_mapping(made.mapping)) == dict(made.mapping)


def test_a_label_of_the_template_is_not_run_by_a_spreadsheet():
    [row] = [
        line for line in rows_listed(filled(template(B9="@SUM(1+1)"))).decode("utf-8-sig").splitlines() if "SUM" in line
    ]
    assert row.startswith("'@SUM(1+1),")


def test_a_kept_mapping_goes_before_a_suggestion():
    made = filled(template(), {"Something else": "overdue"})
    assert {one.label: one.written for one in made.rows}["Something else"] == "7765"


def test_what_the_template_holds_already_stays():
    made = filled(template(D7=1))
    assert {one.label: one.note for one in made.rows}["Annual reviews overdue"] == "the cell holds something already"


def test_a_word_in_column_a_is_what_dfe_would_refuse():
    assert filled(template(A7="x")).problems == ("Quarterly Return Template A7: column A must be empty",)


def test_another_workbook_is_refused():
    book = openpyxl.Workbook()
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputError, match="no such sheet"):
        filled(out.getvalue())
    with pytest.raises(InputError, match="no Excel workbook"):
        filled(b"not a workbook")


FIGURES = (
    ReturnMeasure("overdue_pct", "Percentage of Annual Reviews Overdue", Decimal("37.5")),
    ReturnMeasure("overdue", "Number of Annual Reviews overdue", Decimal(7765)),
    ReturnMeasure("agreed", "Number of EHCP requests agreed", Decimal(219), "Jan 2025", ("Requests agreed",)),
    ReturnMeasure("plans", "Education, health and care plans in force", Decimal(20951)),
    ReturnMeasure("before", "In-year position before contributions", Decimal(53)),
    ReturnMeasure("after", "In-year position after contributions", Decimal(40)),
    ReturnMeasure("deficit", "Accumulated deficit at 31 March", Decimal(10)),
)


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("Annual reviews overdue", "overdue"),
        ("Annual reviews overdue (%)", "overdue_pct"),
        ("Percentage of annual reviews overdue", "overdue_pct"),
        ("Annual reviews", ""),
        ("Annual cost", ""),
        ("EHCP requests agreed", "agreed"),
        ("EHCP requests", ""),
        ("EHCP requests declined", ""),
        ("EHC plans in total", "plans"),
        ("Number of EHCPs", "plans"),
        ("Percentage of EHCPs", ""),
        ("In year overspend (£)", "before"),
        ("Cumulative deficit", "deficit"),
    ],
)
def test_a_measure_is_suggested_where_half_of_the_words_are_the_same_and_none_makes_it_another(label, measure):
    assert suggested(label, FIGURES) == measure


def test_what_is_written_says_what_it_is_and_when():
    assert {one.label: one.note for one in filled(template()).rows}["Annual reviews overdue"] == (
        "Number of annual reviews overdue"
    )
    assert FIGURES[2].as_written() == "Number of EHCP requests agreed, Jan 2025"
