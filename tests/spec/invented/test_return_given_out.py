"""What stands beside an invented return: its list of schools, and how near it came to the dashboard."""

from dataclasses import fields
from datetime import date
from types import SimpleNamespace

import pytest

from highneeds.invented.caseload.forms import Form, begins_with
from highneeds.invented.caseload.given_out import WantedReturn, compared, give_out, place_of_schools
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
    assert refused.value.where == str(workspace / "establishments.csv")
    (out / "SYNTHETIC.txt").write_text("made before")
    assert place_of_schools(out, workspace) == workspace / "establishments.csv"


def test_a_list_of_schools_that_is_in_the_way_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "establishments.csv").write_text("own")
    out = tmp_path / "caseload"
    wanted = dict.fromkeys(field.name for field in fields(WantedReturn))
    wanted |= dict(as_at=date(2024, 1, 18), out=out, workspace=tmp_path, scale=1.0, faults=0.0, form=Form.CSV)
    with pytest.raises(InputError, match="The workspace has a list of establishments of its own"):
        give_out(WantedReturn(**wanted))
    assert not out.exists()


def test_each_form_begins_with_its_own_name_and_one_zip_with_its_day():
    day = date(2024, 1, 18)
    assert [begins_with(form, day) for form in Form] == [
        "Blade-Export_18-01-2024_",
        "synthetic_sen2.xml",
        "synthetic_template.xlsx",
        "synthetic_workbook.xlsx",
    ]
