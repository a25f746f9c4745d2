"""What stands beside an invented return: its list of schools, and how near it came to the dashboard."""

from dataclasses import fields
from datetime import date
from types import SimpleNamespace

import pytest

from highneeds.invented.caseload import given_out
from highneeds.invented.caseload.faults import Fault
from highneeds.invented.caseload.forms import Form, begins_with
from highneeds.invented.caseload.given_out import WantedReturn, compared, give_out, must_be_possible, place_of_schools
from highneeds.invented.caseload.targets import DashboardTargets
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month


def test_the_fit_of_a_synthetic_return_is_a_mean_of_its_gaps():
    """Gaps of 0.0501, 0.05 and -3.125, of which one is exact: 1.08 on average. What is not known has no gap."""
    months = [Month(2025, number) for number in (1, 2, 3, 4, 5)]
    reported = dict(zip(months, (10.0, 10.0, 20.0, 5.0), strict=False))
    dashboard = DashboardTargets({("plans", month): value for month, value in reported.items()})
    measured = tuple(
        SimpleNamespace(indicator=SimpleNamespace(id="plans"), period=month, value=value)
        for month, value in zip((*months, FinancialYear(2024)), (10.0501, 10.05, 16.875, None, 7, 8), strict=True)
    )
    rows, summary = compared(measured, dashboard)
    assert (rows.columns, summary.title) == (("indicator", "period", "reported", "synthetic", "difference"), "Fit")
    assert rows.rows == (
        ("plans", "2025-01", 10.0, 10.0501, 0.05),
        ("plans", "2025-02", 10.0, 10.05, 0.05),
        ("plans", "2025-03", 20.0, 16.875, -3.12),
    )
    assert summary.columns == ("indicator", "months", "exact", "mean_gap", "largest_gap")
    assert summary.rows == (("plans", 3, 1, 1.08, 3.12),)


def test_the_list_of_schools_lies_where_every_command_looks_for_it(tmp_path):
    """Beside the return; of a return made in a workspace in the workspace, where it takes nothing's place."""
    workspace, out = tmp_path / "w", tmp_path / "w" / "caseload"
    out.mkdir(parents=True)
    assert place_of_schools(out, None) == out / "establishments.csv"
    assert place_of_schools(tmp_path, workspace) == tmp_path / "establishments.csv"
    assert place_of_schools(out, workspace) == workspace / "establishments.csv"
    (workspace / "establishments.csv").write_text("own")
    with pytest.raises(InputError, match="The workspace has a list of establishments of its own") as refused:
        place_of_schools(out, workspace)
    assert str(refused.value.where) == str(workspace / "establishments.csv")
    (out / "SYNTHETIC.txt").write_text("made before")
    assert place_of_schools(out, workspace) == workspace / "establishments.csv"


def wanted(out, **changed):
    """An ordinary return; what is asked otherwise of it is named."""
    nothing = dict.fromkeys(field.name for field in fields(WantedReturn))
    usual = dict(as_at=date(2024, 1, 18), out=out, council="302", scale=1.0, faults=0.0, form=Form.CSV, packed=False)
    return WantedReturn(**nothing | usual | changed)


def test_a_list_of_schools_that_is_in_the_way_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "establishments.csv").write_text("own")
    out = tmp_path / "caseload"
    with pytest.raises(InputError, match="The workspace has a list of establishments of its own"):
        give_out(wanted(out, workspace=tmp_path))
    assert not out.exists()


@pytest.mark.parametrize("changed", [{"scale": 100}, {"scale": 0.001}, {"faults": 0}, {"faults": 1}])
def test_the_largest_scale_and_the_most_faults_that_can_be_invented(tmp_path, changed):
    must_be_possible(wanted(tmp_path, **changed))


@pytest.mark.parametrize("changed", [{"scale": 100.01}, {"scale": 0}, {"faults": -0.01}, {"faults": 1.01}])
def test_a_scale_or_a_share_of_faults_out_of_range_is_refused(tmp_path, changed):
    with pytest.raises(InputError, match="The scale or the share of faults is out of range"):
        must_be_possible(wanted(tmp_path, **changed))


@pytest.mark.parametrize(("workspace", "faults", "fit"), [("w", 0.0, "FIT"), ("w", 0.1, None), (None, 0.0, None)])
def test_a_return_is_held_against_the_dashboard_that_it_honours_unless_it_has_faults(
    tmp_path, monkeypatch, workspace, faults, fit
):
    frame = SimpleNamespace(write_csv=lambda: "schools")
    counts = {"persons": 1200, "requests": 34}
    found = SimpleNamespace(
        written=SimpleNamespace(tables="TABLES", counts=counts), schools=SimpleNamespace(frame=frame),
        as_at=date(2024, 1, 18), notes=("by hand",),
    )  # fmt: skip
    written = []
    monkeypatch.setattr(given_out, "_dashboard", lambda folder: "DASHBOARD")
    monkeypatch.setattr(given_out, "open_pack", lambda place: "PACK")
    monkeypatch.setattr(given_out, "_invented", lambda asked, pack, dashboard: (found, "302"))
    monkeypatch.setattr(
        given_out, "with_faults", lambda tables, share, seed: ("FAULTY", (Fault("kind", "plans", "7"),))
    )
    monkeypatch.setattr(given_out, "write_form", lambda form, tables, *more: written.append(tables))
    monkeypatch.setattr(given_out, "_fit", lambda return_, schools, out, dashboard: "FIT")
    out = tmp_path / "out"
    out.mkdir()
    (out / "faults.csv").write_text("of the return that was here")
    made = give_out(wanted(out, workspace=workspace and tmp_path / workspace, faults=faults))
    assert (made.rows, made.fit, written) == (1234, fit, ["FAULTY" if faults else "TABLES"])
    listed = ["SYNTHETIC.txt", "establishments.csv", *(["faults.csv"] if faults else [])]
    assert sorted(one.name for one in out.iterdir()) == listed
    if faults:
        assert (out / "faults.csv").read_text() == "kind,module,reference\nkind,plans,7\n"
    said = (out / "SYNTHETIC.txt").read_text()
    assert ("\nFitted to: dashboard\n" in said) == bool(workspace)
    assert said.startswith(
        "SYNTHETIC: these records are invented. Nobody in them exists.\nCouncil 302, as at 2024-01-18"
    )
    assert said.endswith("- by hand\n\npersons: 1,200 rows\nrequests: 34 rows\n")


def test_each_form_begins_with_its_own_name_and_one_zip_with_its_day():
    day = date(2024, 1, 18)
    assert [begins_with(form, day) for form in Form] == [
        "Blade-Export_18-01-2024_",
        "synthetic_sen2.xml",
        "synthetic_template.xlsx",
        "synthetic_workbook.xlsx",
    ]
