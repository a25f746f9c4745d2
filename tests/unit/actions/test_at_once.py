"""Two who change the same at once: while one has read and not yet written, the other is done. Neither is lost."""

import csv
from datetime import UTC, datetime

import pytest

from highneeds.actions.import_dashboard import import_dashboard
from highneeds.actions.import_finance import import_finance
from highneeds.actions.keep_corrections import keep_corrections
from highneeds.actions.keep_return_mapping import keep_return_mapping, kept_mapping
from highneeds.actions.new_workspace import new_workspace
from highneeds.actions.open_next_report import open_next_report
from highneeds.intake.published import open_pack
from highneeds.intake.sen2.corrections import read_kept
from highneeds.intake.workspace import read_workspace
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError

NOW = datetime(2025, 7, 2, tzinfo=UTC)
WHO = dict(by="officer", now=NOW)


class OvertakenStore(FolderStore):
    """Somebody else is done in the moment before this one has the folder to itself."""

    def __init__(self, folder, other):
        super().__init__(folder)
        self.other = other

    def change(self, **what):
        self.other()
        return super().change(**what)


@pytest.fixture
def workspace(tmp_path):
    folder = tmp_path / "w"
    folder.mkdir()
    new_workspace(FolderStore(folder), open_pack(), "867", **WHO)
    return folder


def both(workspace, do, ours, theirs):
    """`do` with ours, overtaken by `do` with theirs."""
    do(OvertakenStore(workspace, lambda: do(FolderStore(workspace), theirs)), ours)


def file(workspace, name, text):
    (workspace.parent / name).write_text(text, "utf-8")
    return workspace.parent / name


def rows(workspace, name):
    return list(csv.DictReader((workspace / name).read_text("utf-8").splitlines()))


def test_the_sums_of_two_finance_workbooks_are_there(workspace):
    ours = file(workspace, "a.csv", "Line,2023-24,2024-25\n1.2.3 Top-up funding,1,2\n")
    theirs = file(workspace, "b.csv", "Line,2023-24,2024-25\n1.2.1 Top-up funding,3,4\n")
    both(workspace, lambda store, one: import_finance(store, one, **WHO), ours, theirs)
    found = {(row["line"], row["year"]): row["amount_gbp"] for row in rows(workspace, "finance/spend.csv")}
    assert found == {
        ("1.2.3", "2023-24"): "1.00",
        ("1.2.3", "2024-25"): "2.00",
        ("1.2.1", "2023-24"): "3.00",
        ("1.2.1", "2024-25"): "4.00",
    }


def test_the_months_of_two_dashboards_are_there_under_one_indicator(workspace):
    ours = file(workspace, "a.csv", "Measure,Apr-24,May-24\nVisits to the hub,1,2\n")
    theirs = file(workspace, "b.csv", "Measure,Jun-24,Jul-24\nVisits to the hub,3,4\n")
    both(workspace, lambda store, one: import_dashboard(store, one, **WHO), ours, theirs)
    [own] = [one for one in read_workspace(workspace).indicators if one.title == "Visits to the hub"]
    found = [row["value"] for row in rows(workspace, "observations.csv") if row["indicator"] == own.id]
    assert sorted(found) == ["1", "2", "3", "4"]


def test_the_cells_of_two_corrections_sheets_are_kept(workspace):
    head = "return,row,record,item,right value\n"
    row = "2025-01-16 0123456789ab,namedplan 3,7,"
    ours = file(workspace, "a.csv", f"{head}{row}startdate,2024-05-01\n")
    theirs = file(workspace, "b.csv", f"{head}{row}ceasedate,2024-06-01\n")
    both(workspace, lambda store, one: keep_corrections(store, one, **WHO), ours, theirs)
    [kept] = read_kept(workspace).values()
    assert {one.item: one.value for one in kept} == {"startdate": "2024-05-01", "ceasedate": "2024-06-01"}


def test_the_rows_of_two_templates_are_kept(workspace):
    both(
        workspace, lambda store, one: keep_return_mapping(store, "dsg-plan", one, **WHO), {"Plans": "a"}, {"Spend": "b"}
    )
    assert kept_mapping(FolderStore(workspace), "dsg-plan") == {"Spend": "b", "Plans": "a"}


def test_a_second_next_report_is_refused_and_the_first_stands(workspace):
    first, *_, last = read_workspace(workspace).council.slots
    with pytest.raises(InputError, match="Somebody else changed this meanwhile"):
        both(workspace, lambda store, one: open_next_report(store, one, **WHO), last, first)
    assert read_workspace(workspace).council.report.slot == first


def test_a_second_workspace_in_one_folder_is_refused_and_the_first_stands(tmp_path):
    with pytest.raises(InputError, match="Somebody else changed this meanwhile"):
        both(tmp_path, lambda store, one: new_workspace(store, open_pack(), one, **WHO), "867", "886")
    assert read_workspace(tmp_path).council.la_number == "886"
