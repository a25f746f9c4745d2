"""`highneeds account`: its columns, and what it says of input it cannot use."""

import csv
import io
from pathlib import Path

import pytest

from cli_runner import run
from highneeds.intake.ledger.years import MONEY

YEARS = f"year,{','.join(MONEY)}\n2024-25,300000000,1000000,14000000,10000000,10000000,29900000,14000000,10000000,\n"
SPEND = "year,line,amount_gbp\n2024-25,1.2.1,300000000\n2024-25,1.2.3,54000000.10\n"


def account(folder: Path, years: str = YEARS, spend: str = SPEND, *options: str):
    (folder / "years.csv").write_text(years)
    (folder / "spend.csv").write_text(spend)
    files = ("--years", folder / "years.csv", "--spend", folder / "spend.csv", "--opening", "97000000")
    return run("account", *files, "--format", "csv", *options)


def test_columns_pence_and_empty_years(tmp_path):
    done = account(tmp_path, YEARS, SPEND, "--override-end", "2025-03-31", "--override-end", "2028-03-31")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert done.code == 0
    assert list(rows[0]) == ["financial_year", "measure", "value", "unit", "state", "source"]
    by_name = {row["measure"]: row for row in rows}
    assert by_name["variance_in_year_gbp"]["value"] == "23100000.10"
    assert by_name["variance_in_year_pct"]["value"] == "77.3"
    assert by_name["gap_from_payments_gbp"]["value"] == "4000000.00"
    ends = [row for row in rows if row["measure"] == "exposure_at_override_end_gbp"]
    assert [(row["financial_year"], row["value"], row["state"]) for row in ends] == [
        ("", "130000000.10", "computed"),
        ("", "", "unavailable"),
    ]


def test_a_surplus_may_open_the_account(tmp_path):
    done = account(tmp_path, YEARS, SPEND, "--opening", "-5")
    assert "closing_deficit_gbp,32999995.10," in done.out


def test_budget_and_months_may_stand_beside(tmp_path):
    months = "".join(f"2024-25,1.2.1,P{month},100.01,99\n" for month in range(1, 13))
    done = account(tmp_path, YEARS, "year,line,month,amount_gbp,budget_gbp\n" + months)
    assert "2024-25,spend_gbp,1200.12,gbp,computed" in done.out


@pytest.mark.parametrize(
    ("years", "spend", "says"),
    [
        (YEARS + YEARS.splitlines()[1] + "\n", SPEND, "years.csv line 3: The year 2024-25 stands at years.csv line 2"),
        (YEARS.replace("300000000", "lots"), SPEND, "years.csv line 2, column allocation_gbp: 'lots' is not an amount"),
        (YEARS.replace("300000000", "3.005"), SPEND, "'3.005' is not an amount of money"),
        (YEARS.replace("2024-25", "2024-26"), SPEND, "'2024-26' is not a financial year"),
        (YEARS.replace("allocation_gbp,", ""), SPEND, "years.csv line 1: The column allocation_gbp is missing"),
        (YEARS.splitlines()[0], SPEND, "years.csv: The file holds no year"),
        (YEARS, SPEND + "2025-26,1.2.1,5\n", "spend.csv line 4: There is spend for 2025-26, a year that"),
        (YEARS, SPEND + "2024-25,1.2.1,5\n", "spend.csv line 4: There are two values for 1.2.1 in 2024-25, the first"),
        (
            YEARS,
            "year,line,month,amount_gbp\n2024-25,1.2.1,P1,5\n2024-25,1.2.1,P1,6\n",
            "spend.csv line 3: There are two values for 1.2.1 in 2024-25 P1, the first at spend.csv line 2",
        ),
        (YEARS, "year,line,month,amount_gbp\n2024-25,1.2.1,P13,5\n", "'P13' is no period"),
        (
            YEARS,
            "year,line,month,amount_gbp\n2024-25,1.2.1,,5\n2024-25,1.2.1,P1,6\n",
            "1.2.1 in 2024-25 is given for the whole year at spend.csv line 2 and by month here",
        ),
    ],
)
def test_input_that_cannot_be_used_ends_with_2_and_one_sentence(tmp_path, years, spend, says):
    done = account(tmp_path, years, spend, "--out", str(tmp_path / "out.csv"))
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert len(done.err.strip().splitlines()) == 1
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--override-end", "2026-04-01"), "--override-end: 2026-04-01 is not a 31 March"),
        (("--override-end", "soon"), "--override-end: 'soon' is not a date"),
        (("--last-year", "2028"), "--last-year: '2028' is not a financial year"),
        (("--plan-opening", "1.5m"), "--plan-opening: '1.5m' is not an amount of money"),
    ],
)
def test_an_option_that_cannot_be_used_is_named(tmp_path, options, says):
    done = account(tmp_path, YEARS, SPEND, *options)
    assert done.code == 2
    assert says in done.err


def test_nothing_given_is_explained():
    done = run("account")
    assert done.code == 2
    assert "needs a workspace, or --years, --spend and --opening together" in done.err
