"""The account workbook: every formula, worked out again by hand, gives the value that is stored beside it."""

import io
import re
import shutil

import openpyxl
import pytest

from highneeds.report.render.account_xlsx import render_account
from highneeds.run import gather

MONEY = (
    "allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,council_contribution_gbp,"
    "plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,plan_closing_deficit_gbp"
)
YEARS = f"""year,{MONEY}
2022-23,100,5,20,20,10,50,20,10,
2023-24,110,5.50,20,10,10,40,20,10,
"""
SPEND = """year,line,amount_gbp
2022-23,1.2.1,100.10
2022-23,1.2.3,60
2023-24,1.2.1,120
2023-24,1.2.3,70.25
"""


@pytest.fixture(scope="module")
def books(kent, tmp_path_factory):
    """(formulas, values): the same workbook read twice."""
    workspace = tmp_path_factory.mktemp("account") / "kent"
    shutil.copytree(kent, workspace, ignore=shutil.ignore_patterns("caseload", "invented"))
    (workspace / "finance" / "years.csv").write_text(YEARS)
    (workspace / "finance" / "spend.csv").write_text(SPEND)
    data = render_account(gather(workspace))
    return tuple(openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))


def worked_out(values, formula: str) -> float:
    """'=B4-B5-SUM(B6:B8)' by hand, from the values of a sheet."""
    total = 0.0
    for sign, ends, cell in re.findall(r"([=+-])(?:SUM\(([A-Z]+\d+:[A-Z]+\d+)\)|([A-Z]+\d+))", formula):
        part = sum(one.value or 0 for row in values[ends] for one in row) if ends else values[cell].value or 0
        total += -part if sign == "-" else part
    return total


def test_every_formula_gives_its_stored_value(books):
    formulas, values = books
    found = [
        (sheet.title, cell.coordinate)
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(found) > 8
    for name, place in found:
        stored = values[name][place].value
        assert stored is not None
        assert worked_out(values[name], formulas[name][place].value) == pytest.approx(stored, abs=0.005), (name, place)


def test_the_years_roll_on(books):
    """Opening 97m; 160.10 spent less 105 and less 30: the closing of the first year is the opening of the second."""
    _, values = books
    rows = {row[0].value: [cell.value for cell in row[1:3]] for row in values["Account"].iter_rows(min_row=4)}
    first, second = rows["In-year position before contributions"]
    assert (round(first, 2), round(second, 2)) == (55.10, 74.75)
    assert rows["Opening deficit"][1] == rows["Closing deficit"][0]


def test_the_first_row_and_column_stay_in_sight(books):
    formulas, _ = books
    assert all(sheet.freeze_panes == "B4" for sheet in formulas)
