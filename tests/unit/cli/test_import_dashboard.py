"""`highneeds dashboard import`: the spreadsheet that councils keep, read into observations; nothing without a word."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from cli_runner import run as cli
from highneeds.actions.import_dashboard import CellOutcome, import_dashboard
from highneeds.actions.new_workspace import new_workspace
from highneeds.intake.published import open_pack
from highneeds.intake.workspace import read_workspace
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

BEGUN = datetime(2025, 3, 2, tzinfo=UTC)
FIRST, SECOND = datetime(2025, 4, 2, tzinfo=UTC), datetime(2025, 7, 2, tzinfo=UTC)

MESSY = [
    ["SEND dashboard of somewhere"],
    ["", "", "", "2024/25", "", "", ""],
    ["Ref", "Indicator", "Unit", "Apr-24", "May", "June", "Jul-24 (p)", "Target"],
    ["Demand"],
    ["K1", "Requests for an assessment received", "No.", 120, "1,234", "-", "tbc", 100],
    ["K2", "% of plans issued in 20 weeks", "%", 0.482, "48.2%", "n/a", "51.3% (p)", "60%"],
    ["K3", "Children with a plan and no place at all", "No.", "<5", 7, None, 5, 0],
    ["Placement"],
    ["K4", "Independent placements", "No.", 10, 11, "soon", 13],
    [],
    ["", "Note: (p) means provisional"],
]


@pytest.fixture
def workspace(tmp_path):
    folder = tmp_path / "w"
    folder.mkdir()
    new_workspace(FolderStore(folder), open_pack(), "867", by="test", now=BEGUN)
    return folder


def workbook(path, rows, merged=("D2:G2", "A4:H4", "A8:H8"), percents=("D6",)):
    book = Workbook()
    sheet = book.active
    sheet.title = "KPIs"
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for span in merged:
        sheet.merge_cells(span)
    for cell in percents:
        sheet[cell].number_format = "0.0%"
    book.create_sheet("Notes")["A1"] = "words"
    book.save(path)
    return path


def take(workspace, path, now=FIRST):
    return import_dashboard(FolderStore(workspace), path, by="test", now=now)


def cells(workspace, indicator):
    return {str(one.period): (one.value, one.state) for one in read_workspace(workspace).series(indicator)}


def test_a_file_without_the_column_of_the_day_takes_new_figures(workspace, tmp_path):
    path = workspace / "observations.csv"
    path.write_text("indicator,period,value,unit,state,source\n", "utf-8")
    take(workspace, workbook(tmp_path / "kpi.xlsx", MESSY))
    assert cells(workspace, "requests_received")["2024-04"] == (Decimal(120), State.REPORTED)


def test_the_spreadsheet_that_councils_keep(workspace, tmp_path):
    done = take(workspace, workbook(tmp_path / "kpi.xlsx", MESSY))
    assert cells(workspace, "requests_received") == {
        "2024-04": (Decimal(120), State.REPORTED),
        "2024-05": (Decimal(1234), State.REPORTED),
        "2024-06": (None, State.NOT_REPORTED),
        "2024-07": (None, State.NOT_REPORTED),
    }
    assert cells(workspace, "of_plans_issued_in_20_weeks") == {
        "2024-04": (Decimal("48.2"), State.REPORTED),
        "2024-05": (Decimal("48.2"), State.REPORTED),
        "2024-06": (None, State.UNAVAILABLE),
        "2024-07": (Decimal("51.3"), State.PROVISIONAL),
    }
    assert cells(workspace, "no_place_count")["2024-04"] == (None, State.SUPPRESSED)
    assert cells(workspace, "no_place_count")["2024-06"] == (None, State.BLANK)
    assert cells(workspace, "no_place_count")["2024-07"] == (Decimal(5), State.PROVISIONAL)
    assert done.sheets == ("Notes",) and done.heads_at == "row 3"


def test_something_is_said_of_every_cell(workspace, tmp_path):
    done = take(workspace, workbook(tmp_path / "kpi.xlsx", MESSY))
    assert len(done.cells) == 4 * 4
    soon = next(one for one in done.cells if one.printed == "soon")
    assert soon.outcome is CellOutcome.NOT_READ and soon.where == "KPIs!F9" and "no figure" in soon.note
    taken = {one.text: one.taken_for for one in done.asides}
    assert taken["Demand"] == taken["Placement"] == "a heading"
    assert taken["Note: (p) means provisional"] == "a note" and taken["Target"] == "a column that is not read"


def test_the_mapping_is_kept_and_a_persons_correction_holds(workspace, tmp_path):
    path = workbook(tmp_path / "kpi.xlsx", MESSY)
    take(workspace, path)
    mapping = workspace / "dashboard_mapping.csv"
    text = mapping.read_text("utf-8")
    assert "Independent placements,independent_placements,count" in text
    mapping.write_text(text.replace(",independent_placements,", ",,"), "utf-8")
    again = take(workspace, path)
    left_out = {one.note for one in again.cells if one.title == "Independent placements"}
    assert left_out == {"the mapping leaves this row out"}


def test_importing_again_changes_nothing(workspace, tmp_path):
    path = workbook(tmp_path / "kpi.xlsx", MESSY)
    take(workspace, path)
    before = FolderStore(workspace).fingerprint()
    again = take(workspace, path, SECOND)
    assert again.changed == () and FolderStore(workspace).fingerprint() == before
    assert {one.outcome for one in again.cells} == {CellOutcome.UNCHANGED, CellOutcome.NOT_READ}


def test_a_restated_month_is_a_new_row_known_from_its_day_on(workspace, tmp_path):
    take(workspace, workbook(tmp_path / "kpi.xlsx", MESSY))
    later = [list(row) for row in MESSY]
    later[4][3], later[6][6] = 118, 5  # requests of April restated; no place in July no longer provisional
    later[2][6] = "Jul-24"
    done = take(workspace, workbook(tmp_path / "kpi.xlsx", later), SECOND)
    changed = {
        (one.title, one.period): one.outcome for one in done.cells if one.outcome.value not in ("unchanged", "not read")
    }
    assert changed[("Requests for an assessment received", "2024-04")] is CellOutcome.RESTATED
    assert changed[("Children with a plan and no place at all", "2024-07")] is CellOutcome.FINAL
    found = read_workspace(workspace)
    assert found.as_known(FIRST.date()).series("requests_received")[0].value == 120
    newest = found.as_known(SECOND.date())
    assert (newest.series("requests_received")[0].value, newest.series("requests_received")[0].state) == (
        118,
        State.RESTATED,
    )
    assert [one.value for one in newest.restated if one.indicator == "requests_received"] == [120]


def test_the_same_day_again_corrects_and_makes_no_duplicate(workspace, tmp_path):
    take(workspace, workbook(tmp_path / "kpi.xlsx", MESSY))
    for value in (118, 117):
        later = [list(row) for row in MESSY]
        later[4][3] = value
        take(workspace, workbook(tmp_path / "kpi.xlsx", later), SECOND)
    found = read_workspace(workspace)
    assert found.series("requests_received")[0].value == 117 and len(found.restated) == 1


def test_months_down_and_shares_of_one_in_a_csv(workspace, tmp_path):
    text = "Month;% in 20 weeks;Requests received\nApr-24;0.482;1,234\nMay-24;0.5;-\n"
    (tmp_path / "kpi.csv").write_bytes(text.encode("cp1252"))
    done = take(workspace, tmp_path / "kpi.csv")
    assert cells(workspace, "in_20_weeks") == {
        "2024-04": (Decimal("48.2"), State.REPORTED),
        "2024-05": (Decimal(50), State.REPORTED),
    }
    assert cells(workspace, "requests_received")["2024-04"] == (Decimal(1234), State.REPORTED)
    assert done.heads_at == "column 1"


def test_likeness_is_shown_and_never_taken(workspace, tmp_path):
    near, far = (
        "Plans of years 7 to 11 in specialist provisions (%)",
        "Plans of years 12 to 16 in specialist provision (%)",
    )
    text = f"Indicator,Apr-24,May-24\n{near},50,51\n{far},1,2\n"
    (tmp_path / "kpi.csv").write_text(text)
    done = take(workspace, tmp_path / "kpi.csv")
    assert done.suggestions == {near: "specialist_share_yr_7_11"}
    assert not cells(workspace, "specialist_share_yr_7_11")


def test_units_come_of_the_column_the_cells_or_the_words(workspace, tmp_path):
    text = "Indicator,Unit,Apr-24,May-24\nA,%,1,2\nB,,3%,4%\nC,,£5,£6\nAverage cost,,7,8\nD,,9,10\n"
    (tmp_path / "kpi.csv").write_text(text)
    take(workspace, tmp_path / "kpi.csv")
    units = {one.title: one.unit for one in read_workspace(workspace).indicators}
    expected = {"A": Unit.PERCENT, "B": Unit.PERCENT, "C": Unit.GBP, "Average cost": Unit.GBP, "D": Unit.COUNT}
    assert {title: units[title] for title in expected} == expected


def test_a_month_that_has_not_begun_is_no_figure(workspace, tmp_path):
    (tmp_path / "kpi.csv").write_text("Indicator,Mar-25,Apr-25,May-25\nRequests,1,2,0\n")
    done = take(workspace, tmp_path / "kpi.csv")
    assert [one.outcome.value for one in done.cells] == ["new", "new", "not read"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "Month\nApr-24\n", ""])
def test_a_file_without_periods_is_refused_and_nothing_is_written(workspace, tmp_path, text):
    (tmp_path / "kpi.csv").write_text(text)
    before = FolderStore(workspace).fingerprint()
    with pytest.raises(InputError) as refused:
        take(workspace, tmp_path / "kpi.csv")
    assert str(refused.value.where).startswith("kpi.csv") and FolderStore(workspace).fingerprint() == before


QUARTERS = [
    ["Indicator", "Unit", "2023/24", "", "2024/25", ""],
    ["", "", "Q3", "Q4", "Q1", "Q2"],
    ["Appeals lodged", "No.", "<5", 7, "9 (p)", "tbc"],
    ["Plans issued", "No.", 20, 21, 22, 23],
    ["Reviews on time", "%", 55, 57.5, 0.61, "60%"],
]


def test_quarters_are_kept_apart_from_months(workspace, tmp_path):
    """A quarter of plans issued is no month of plans issued: the row has an id and a name of its own."""
    done = take(workspace, workbook(tmp_path / "q.xlsx", QUARTERS, ("C1:D1", "E1:F1"), ()))
    assert {one.title: one.indicator for one in done.mapping} == {
        "Appeals lodged": "appeals_lodged_by_quarter",
        "Plans issued": "plans_issued_by_quarter",
        "Reviews on time": "reviews_on_time_by_quarter",
    }
    assert list(cells(workspace, "plans_issued_by_quarter")) == ["2023-12", "2024-03", "2024-06", "2024-09"]
    named = {one.id: one for one in read_workspace(workspace).indicators}["plans_issued_by_quarter"]
    assert named.title == "Plans issued, by quarter" and "three months" in named.note
    assert [one.printed for one in done.cells if "is it a share of one?" in one.note] == ["0.61"]


def test_a_quarter_beside_its_months_is_no_month(workspace, tmp_path):
    (tmp_path / "kpi.csv").write_text("KPI,Apr-24,May-24,Jun-24,Q1 2024/25\nRequests,1,2,3,6\n")
    done = take(workspace, tmp_path / "kpi.csv")
    assert [(one.period, one.outcome.value) for one in done.cells][-2:] == [("2024-06", "new"), ("2024-06", "not read")]


def test_an_export_of_one_row_a_measure_and_a_month(workspace, tmp_path):
    text = (
        "Measure,Month,Value,Status\nPlans ceased,Apr-24,20,Final\nPlans ceased,May-24,21,Provisional\n"
        "Plans ceased,May-24,30,Target\nReviews,Apr-24,<5,\n,May-24,5,\n"
    )
    (tmp_path / "kpi.csv").write_text(text)
    done = take(workspace, tmp_path / "kpi.csv")
    assert cells(workspace, "plans_ceased") == {
        "2024-04": (Decimal(20), State.REPORTED),
        "2024-05": (Decimal(21), State.PROVISIONAL),
    }
    assert ("May-24 | 5", "a row without a name or a period") in [(one.text, one.taken_for) for one in done.asides]


def test_a_provisional_figure_does_not_replace_a_final_one(workspace, tmp_path):
    """The January census of the pack is published; the council's own count of that day is marked provisional."""
    published = cells(workspace, "all_plans")["2025-01"]
    (tmp_path / "kpi.csv").write_text("KPI,Dec-24,Jan-25\nPlans in force,10,11 (p)\n")
    done = take(workspace, tmp_path / "kpi.csv")
    assert done.cells[1].outcome is CellOutcome.NOT_READ and "provisional" in done.cells[1].note
    assert cells(workspace, "all_plans")["2025-01"] == published


def test_what_the_eye_sees_is_said(workspace, tmp_path):
    """Hidden sheets, colours and remarks carry meaning for the council and none for the reader: each is named."""
    path = workbook(tmp_path / "kpi.xlsx", [["KPI, 2024/25"], ["KPI", "Apr", "May", "YTD"], ["A", 1, 2, 3]], (), ())
    book = load_workbook(path)
    book["Notes"].sheet_state = "hidden"
    book["KPIs"]["B3"].fill = PatternFill("solid", fgColor="FFCC00")
    book["KPIs"]["C3"].comment = Comment("Jo Bloggs says so", "Jo")
    book.save(path)
    done = take(workspace, path)
    assert done.sheets == ("Notes (hidden)",)
    said = {one.where: one.taken_for for one in done.asides}
    assert "colour is not read" in said["KPIs!B3"] and "remark" in said["KPIs!C3"]
    assert said["KPIs!D2"] == "a column that is not read" and "Bloggs" not in str(done)
    assert list(cells(workspace, "a")) == ["2024-04", "2024-05"]


def test_names_of_rows_are_whole(workspace, tmp_path):
    """A name that stands in the first row of its group alone, a total under a heading, lines after 'Notes:'."""
    text = (
        "Theme,KPI,Apr-24,May-24\nTimeliness,Issued on time,1,2\n,Issued late,3,4\nPlacement,,,\nTotal,,5,6\n"
        "Notes:,,,\n1. Figures in blue are rough,,,\n"
    )
    (tmp_path / "kpi.csv").write_text(text)
    done = take(workspace, tmp_path / "kpi.csv")
    assert [one.title for one in done.mapping] == [
        "Timeliness, Issued on time",
        "Timeliness, Issued late",
        "Placement, Total",
    ]
    assert [one.taken_for for one in done.asides][-2:] == ["a note", "a note"]


def test_other_words_for_the_products_rows_are_shown(workspace, tmp_path):
    names = {
        "% of EHCPs issued within 20 weeks (excl. exceptions)": "plans_20_weeks_excl_exceptions_pct",
        "Requests for EHC needs assessment": "requests_received",
        "Total EHCPs maintained at month end": "all_plans",
    }
    rows = "".join(f'"{name}",1,2\n' for name in names)
    (tmp_path / "kpi.csv").write_text("KPI,Apr-24,May-24\n" + rows)
    assert take(workspace, tmp_path / "kpi.csv").suggestions == names


def test_the_command_says_what_it_did(workspace, tmp_path):
    done = cli("dashboard", "import", workbook(tmp_path / "kpi.xlsx", MESSY), "--workspace", workspace)
    assert done.code == 0 and "Requests for an assessment received -> requests_received, count" in done.out
    assert "KPIs!F9 'soon': not read" in done.out and "Written: dashboard_mapping.csv" in done.out
