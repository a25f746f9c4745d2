"""`highneeds finance import`: years, section 251 long and wide, and a monitor by period become the account."""

import csv
from datetime import UTC, date, datetime

import pytest

from cli_runner import run as cli
from highneeds.actions.import_finance import SumOutcome, import_finance
from highneeds.actions.new_workspace import new_workspace
from highneeds.intake.ledger.finance import read_finance
from highneeds.intake.published import open_pack
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

NOW, LATER = datetime(2025, 7, 2, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC)
DASH = "–"


@pytest.fixture
def workspace(tmp_path):
    folder = tmp_path / "w"
    folder.mkdir()
    new_workspace(FolderStore(folder), open_pack(), "867", by="test", now=NOW)
    return folder


def take(workspace, tmp_path, text, name="finance.csv", encoding="utf-8", now=NOW, **given):
    (tmp_path / name).write_bytes(text.encode(encoding))
    return import_finance(FolderStore(workspace), tmp_path / name, by="test", now=now, **given)


def spend(workspace):
    rows = csv.DictReader((workspace / "finance" / "spend.csv").read_text("utf-8").splitlines())
    return {(row["year"], row["line"], row["month"]): row["amount_gbp"] or row["budget_gbp"] for row in rows}


def known(workspace, day):
    """year, line and period -> pounds, as known on a day."""
    found = read_finance(workspace, set()).of_known((), date.fromisoformat(day))
    return {(str(row.year), row.line, row.period): row.amount and row.amount / 100 for row in found.spend}


def years(workspace):
    rows = csv.DictReader((workspace / "finance" / "years.csv").read_text("utf-8").splitlines())
    return {row["year"]: row for row in rows}


LONG = (
    "time_period,old_la_code,category_of_expenditure,post_16,income,net_expenditure\n"
    f"202425,867,1.2.1 Top-up {DASH} maintained,c,0,330\n"
    '202425,867,"1.2.3 Top-up - independent",x,(10),"(1,990)"\n'
    "202425,867,1.9.3 DSG carried forward,z,z,-97500\n"
    "202425,868,1.2.1 Top-up,1,1,999\n"
)


def test_section_251_long_as_published_in_windows_1252(workspace, tmp_path):
    done = take(workspace, tmp_path, LONG, encoding="cp1252")
    assert spend(workspace) == {("2024-25", "1.2.1", ""): "330.00", ("2024-25", "1.2.3", ""): "-1990.00"}
    notes = {one.row: one.note for one in done.sums}
    assert notes["1.9.3 DSG carried forward"] == "line 1.9.3 is no high needs line"
    assert ("1 rows", "of another council") in [(one.text, one.taken_for) for one in done.asides]


def test_section_251_wide_with_years_across_and_markers(workspace, tmp_path):
    text = f"Line,2023-24 outturn,2024-25 outturn\n1.2.1 {DASH} Top-up,100.505,x\n1.2.2 - Academies,c,-\nTotal,101,0\n"
    done = take(workspace, tmp_path, text)
    assert spend(workspace) == {
        ("2023-24", "1.2.1", ""): "100.51",
        ("2023-24", "1.2.2", ""): "",
    }
    assert known(workspace, "2025-07-02")["2023-24", "1.2.2", None] is None
    assert {one.printed: one.outcome.value for one in done.sums if one.row.startswith("1.2.2")} == {
        "c": "not read",
        "-": "not read",
    }
    assert "add up to 100.505" in " ".join(one.note for one in done.sums)


def test_a_monitor_by_period_in_thousands_with_its_budget(workspace, tmp_path):
    heads = "Line,Annual budget,Apr,P2 actual,2025-26 forecast outturn"
    text = f"Monitoring 2025-26 (£000),,,,\n{heads}\n1.2.1 Top-up,1200,100,(10),1250\n"
    take(workspace, tmp_path, text)
    assert spend(workspace) == {
        ("2025-26", "1.2.1", ""): "1200000.00",
        ("2025-26", "1.2.1", "P1"): "100000.00",
        ("2025-26", "1.2.1", "P2"): "-10000.00",
    }
    found = read_finance(workspace, set())
    assert [row.period for row in found.spend] == [1, 2] and found.budgets[0].budget == 120000000


def test_sums_to_date_are_taken_apart(workspace, tmp_path):
    text = "Monitor 2025-26 cumulative,,,\nLine,P1 to date,P2 to date,P4 to date\n1.2.1 Top-up,100,250,400\n"
    text = text.replace("P1 to date", "P1").replace("P2 to date", "P2").replace("P4 to date", "P4")
    done = take(workspace, tmp_path, "Monitor 2025-26,,,\n,Cumulative,Cumulative,Cumulative\n" + text.split("\n", 1)[1])
    assert spend(workspace) == {("2025-26", "1.2.1", "P1"): "100.00", ("2025-26", "1.2.1", "P2"): "150.00"}
    assert any("not of the period before" in one.note for one in done.sums)


YEARS = (
    ",2023/24,2024/25\nHigh needs block allocation,50000000,52000000\nSchools block transfer,500000,n/a\n"
    "Safety valve payment,0,£1.2m\nIndependent fees,1,2\n"
)


def test_years_across_become_the_account(workspace, tmp_path):
    done = take(workspace, tmp_path, YEARS)
    found = years(workspace)
    assert found["2024-25"]["allocation_gbp"] == "52000000.00" and found["2024-25"]["block_transfer_in_gbp"] == ""
    assert found["2024-25"]["dfe_payment_received_gbp"] == "1200000.00"
    assert found["2023-24"]["dfe_payment_received_gbp"] == "0.00"
    assert done.unknown == ("Independent fees",)


def test_years_down_are_the_same(workspace, tmp_path):
    turned = zip(*csv.reader(YEARS.splitlines()), strict=True)
    take(workspace, tmp_path, "\n".join(",".join(f'"{cell}"' for cell in row) for row in turned))
    assert years(workspace)["2024-25"]["allocation_gbp"] == "52000000.00"


def test_a_person_says_what_a_row_is_and_it_is_kept(workspace, tmp_path):
    take(workspace, tmp_path, YEARS)
    with (workspace / "finance" / "mapping.csv").open("a") as file:
        file.write("Independent fees,1.2.3\n")
    done = take(workspace, tmp_path, YEARS)
    assert spend(workspace) == {("2023-24", "1.2.3", ""): "1.00", ("2024-25", "1.2.3", ""): "2.00"} and not done.unknown


def test_again_changes_nothing_and_a_restated_sum_is_a_further_row(workspace, tmp_path):
    """330 is what was known until 1 September; 331 from then on, and 332 once the same day is corrected."""
    take(workspace, tmp_path, LONG)
    before = FolderStore(workspace).fingerprint()
    assert take(workspace, tmp_path, LONG).changed == () and FolderStore(workspace).fingerprint() == before
    done = take(workspace, tmp_path, LONG.replace(",330\n", ",331\n"), now=LATER)
    [restated] = [one for one in done.sums if one.goes_to == "1.2.1"]
    assert restated.outcome.value == "restated" and "was 330.00" in restated.note
    take(workspace, tmp_path, LONG.replace(",330\n", ",332\n"), now=LATER)
    again = take(workspace, tmp_path, LONG.replace(",330\n", ",332\n"), now=datetime(2025, 10, 1, tzinfo=UTC))
    assert again.changed == (), "the newest of its versions is what stands"
    line = ("2024-25", "1.2.1", None)
    assert known(workspace, "2025-08-31")[line] == 330 and known(workspace, "2025-09-01")[line] == 332
    assert (workspace / "finance" / "spend.csv").read_text().count("1.2.1") == 2


def test_a_restated_year_keeps_its_earlier_row_and_its_other_columns(workspace, tmp_path):
    take(workspace, tmp_path, YEARS)
    take(workspace, tmp_path, YEARS.replace("52000000", "52500000"), now=LATER)
    whole = read_finance(workspace, set())
    for day, pounds in (("2025-08-31", 52_000_000), ("2025-09-01", 52_500_000)):
        found = {str(one.year): one for one in whole.of_known((), date.fromisoformat(day)).years}["2024-25"]
        assert (found.allocation_gbp, found.dfe_payment_received_gbp) == (pounds * 100, 120_000_000)
    assert [str(one.year) for one in whole.years].count("2024-25") == 2


def test_periods_take_the_place_of_the_whole_year_from_their_day_on(workspace, tmp_path):
    take(workspace, tmp_path, LONG)
    take(workspace, tmp_path, "Line,P1,P2\n1.2.1,10,20\n", year=FinancialYear(2024), now=LATER)
    assert known(workspace, "2025-08-31")["2024-25", "1.2.1", None] == 330
    later = known(workspace, "2025-09-01")
    assert later["2024-25", "1.2.1", 2] == 20 and ("2024-25", "1.2.1", None) not in later


def test_a_budget_under_its_year_is_no_outturn_and_a_payment_in_a_budget_is_none(workspace, tmp_path):
    """Two rows of heads in thousands: the year is merged over budget and outturn; a sum in millions says so itself."""
    text = "Outturn (£000),,,,\nLine,2023/24,,2024/25,\n,Budget,Outturn,Budget,Outturn\n1.2.1 Top-up,10,12,11,£1.2m\n"
    take(workspace, tmp_path, text)
    found = read_finance(workspace, set())
    assert [(str(row.year), row.budget, row.amount) for row in found.spend] == [
        ("2023-24", 1_000_000, 1_200_000),
        ("2024-25", 1_100_000, 120_000_000),
    ]
    done = take(workspace, tmp_path, ",2024-25 Outturn,2025-26 Budget\nCouncil contribution,5,6\nHNB,7,8\n")
    assert [one.note for one in done.sums if one.outcome.value == "not read"] == ["a budget is no payment"]
    assert years(workspace)["2025-26"]["allocation_gbp"] == "8.00"


@pytest.mark.parametrize(
    ("text", "said", "remedy"),
    [
        (LONG.replace("867", "999"), "Every row is of another council", "la_number"),
        ("Line,P1,P2\n1.2.1,10,20\n", "nothing says of which year it is", "--year"),
        ("a,b\n1,2\n", "No sheet holds sums", "2024-25"),
        (",2023/24,2024/25\nThings,1,2\n", "nobody has said yet what this row is", "finance/mapping.csv"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(workspace, tmp_path, text, said, remedy):
    before = FolderStore(workspace).fingerprint()
    with pytest.raises(InputError) as refused:
        take(workspace, tmp_path, text)
    assert said in refused.value.what and remedy in refused.value.remedy
    assert FolderStore(workspace).fingerprint() == before


def test_thousands_of_a_sum_that_is_too_large_are_not_read(workspace, tmp_path):
    """The last that is taken is a penny below a million million pounds."""
    text = "£000,2023-24,2024-25\n1.2.3 Top-up funding,1000000000,999999999.99\n"
    done = take(workspace, tmp_path, text)
    assert [one.note for one in done.sums if one.outcome is SumOutcome.NOT_READ] == [
        "too large for a figure of a council"
    ]
    assert set(spend(workspace)) == {("2024-25", "1.2.3", "")}


def test_the_command_says_what_it_did(workspace, tmp_path):
    (tmp_path / "f.csv").write_text(LONG)
    done = cli("finance", "import", tmp_path / "f.csv", "--workspace", workspace)
    assert done.code == 0 and f"1.2.1 Top-up {DASH} maintained -> 1.2.1" in done.out and "finance/spend.csv" in done.out
