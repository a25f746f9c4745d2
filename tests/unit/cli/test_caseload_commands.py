"""highneeds caseload check, accept and indicators, as a person runs them on files."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from cli_runner import run
from examples_copied import copy_of
from highneeds.caseload.store import from_files
from highneeds.intake.accepted import acceptances, kept_files
from highneeds.intake.establishments import read_establishments
from highneeds.intake.sen2.read import read_sen2
from highneeds.invented.caseload.forms import write_blade
from highneeds.store.folder import FolderStore
from naive.council import Council
from sen2_tables import KEY, tables, write_establishments

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "kent"
PEOPLE = 60


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("council")
    (folder / "sen2").mkdir()
    write_blade(tables(PEOPLE, marked="Zqx"), 2025, folder / "sen2", date(2025, 2, 1))
    write_establishments(folder / "establishments.csv", PEOPLE)
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Kent without the invented caseload that comes with it: what is kept here is what these tests accept."""
    return copy_of(EXAMPLE, tmp_path / "kent", "caseload")


def options(files: Path) -> tuple[object, ...]:
    return ("--establishments", files / "establishments.csv")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def value_of(text: str, indicator: str) -> str:
    return next(row["value"] for row in rows_of(text) if row["indicator"] == indicator)


def test_the_dashboard_of_files_agrees_with_the_naive_council(files):
    blade = sorted((files / "sen2").glob("*.csv"))
    done = run(
        "indicators", "--caseload", *blade, *options(files), "--from", "2024-09", "--to", "2025-01", "--format", "csv"
    )
    assert done.code == 0, done.err
    got = {(row["indicator"], row["period"]): row for row in rows_of(done.out)}
    listed = read_establishments(files / "establishments.csv")
    naive = Council(read_sen2(files / "sen2", key=KEY, establishments=listed))
    for month in ("2024-09", "2025-01"):
        for name, (part, whole, value) in naive.answers(int(month[:4]), int(month[5:])).items():
            if name.startswith("annual_reviews") and month == "2024-09":
                continue
            row = got[name, month]
            assert (row["part"], row["whole"], row["value"]) == tuple(
                "" if n is None else str(n) for n in (part, whole, value)
            )
            assert row["reason"].startswith("return ends 2025-01-16") or month == "2024-09" or not row["value"]


def test_rollover_in_august_moves_the_august_snapshot(files):
    words = ("indicators", "--caseload", files / "sen2", *options(files), "--from", "2024-08", "--to", "2024-08")
    usual, early = (run(*words, "--format", "csv", "--rollover-month", month).out for month in (9, 8))
    counts = [
        next(row["value"] for row in rows_of(text) if row["indicator"] == "ehcp_count_ey_ks1")
        for text in (usual, early)
    ]
    assert int(counts[0]) > int(counts[1])
    assert "rollover_month = 8" in run(*words, "--rollover-month", 8).out


def test_a_wrong_rollover_month_is_one_sentence(files):
    done = run("indicators", "--caseload", files / "sen2", "--rollover-month", 7)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1 and "roll-over month" in done.err


def test_the_pipeline_adds_up(files):
    words = ("indicators", "--caseload", files / "sen2", "--pipeline", "--from", "2024-02", "--to", "2024-06")
    for row in rows_of(run(*words, "--format", "csv").out):
        flows = int(row["requests"]) - sum(
            int(row[name]) for name in ("refusals", "issues", "refusals_to_issue", "withdrawals")
        )
        assert int(row["open_at_start"]) + flows == int(row["expected_at_end"])
        assert int(row["expected_at_end"]) + int(row["residual"]) == int(row["open_at_end"])


def test_reported_figures_are_those_of_the_workspace(workspace):
    done = run("indicators", workspace, "--from", "2024-01", "--to", "2025-01", "--format", "csv")
    rows = rows_of(done.out)
    assert (done.code, len(rows)) == (0, 550)
    months = [row for row in rows if row["indicator"] == "specialist_share_yr_r_6"]
    assert [row["value"] for row in months][:2] == ["38.8", "38.0"]
    assert {row["state"] for row in rows} == {"reported", "not_reported", "blank", "unavailable"}


def test_check_ends_with_one_while_something_has_to_be_fixed(files, tmp_path):
    done = run(
        "caseload", "check", files / "sen2", *options(files), "--format", "json", "--xlsx", tmp_path / "list.xlsx"
    )
    found = json.loads(done.out)
    assert done.code == 1
    assert list(found[0]) == ["rule", "severity", "file", "line", "record", "field", "message", "fix"]
    assert "Zqx" not in done.out
    book = openpyxl.load_workbook(tmp_path / "list.xlsx")
    assert "Annual review team" in book.sheetnames
    assert sum(sheet.max_row - 1 for sheet in book.worksheets[1:]) == len(found)


def test_an_owner_of_a_case_gets_its_findings(files, tmp_path):
    run("caseload", "check", files / "sen2", "--format", "csv", "--out", tmp_path / "all.csv")
    record = rows_of((tmp_path / "all.csv").read_text())[0]["record"]
    (tmp_path / "owners.csv").write_text(f"record,owner\n{record},Officer 7/a\n")
    run("caseload", "check", files / "sen2", "--owners", tmp_path / "owners.csv", "--xlsx", tmp_path / "list.xlsx")
    assert "Officer 7 a" in openpyxl.load_workbook(tmp_path / "list.xlsx").sheetnames


def test_a_case_system_lists_owners_by_its_own_case_ids(files, tmp_path):
    """The case ids lie in a private file; the list itself holds records only."""
    words = ("caseload", "check", files / "sen2", "--format", "csv", "--out", tmp_path / "all.csv")
    run(*words, "--case-ids", tmp_path / "private" / "cases.csv")
    cases = rows_of((tmp_path / "private" / "cases.csv").read_text())
    assert list(cases[0]) == ["linkage_key", "record", "case_id"] and len(cases) == PEOPLE
    assert (tmp_path / "private" / "cases.csv").stat().st_mode & 0o777 == 0o600
    with_findings = {row["record"] for row in rows_of((tmp_path / "all.csv").read_text())}
    one = next(case for case in cases if case["record"] in with_findings)
    (tmp_path / "owners.csv").write_text(f"case_id,owner\n{one['case_id']},Officer 9\nnobody's,Officer 10\n")
    lists = ("--owners", tmp_path / "owners.csv", "--xlsx", tmp_path / "list.xlsx")
    run(*words, "--case-ids", tmp_path / "private" / "cases.csv", *lists)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx")["Officer 9"]
    assert {row[4].value for row in sheet.iter_rows(min_row=2)} == {one["record"]}


def test_case_ids_may_not_lie_in_the_workspace(files, workspace, tmp_path):
    done = run(
        *("caseload", "check", files / "sen2", "--workspace", workspace, "--key", tmp_path / "keys" / "k"),
        *("--case-ids", workspace / "cases.csv"),
    )
    assert done.code == 2 and "must not lie with the data" in done.err


def accept(files: Path, workspace: Path, tmp_path: Path, by: str = "Head of SEN"):
    key = tmp_path / "keys" / "linkage.key"
    return run(
        "caseload", "accept", files / "sen2", *options(files), "--workspace", workspace, "--by", by, "--key", key
    )


def test_accept_records_who_took_what_with_which_findings(files, workspace, tmp_path):
    assert accept(files, workspace, tmp_path).code == 1
    [one] = acceptances(workspace)
    assert (one.by, one.reference_date, len(one.files)) == ("Head of SEN", "2025-01-16", 9)
    assert one.must_fix > 0 and sum(one.findings.values()) >= one.must_fix
    caseload = from_files(one.fingerprint, kept_files(workspace, one.fingerprint))
    assert caseload.people.height == PEOPLE
    [entry] = FolderStore(workspace).record()
    assert (entry.by, entry.what) == ("Head of SEN", "Accept the return of 16 January 2025")
    assert all(one.name.startswith("caseload/") for one in entry.changes)
    rows = rows_of(
        run("indicators", workspace, "--as", "computed", "--from", "2025-01", "--to", "2025-01", "--format", "csv").out
    )
    assert next(row for row in rows if row["indicator"] == "all_plans")["state"] == "computed"


def test_restated_months_are_those_of_two_accepted_returns(files, workspace, tmp_path):
    accept(files, workspace, tmp_path)
    done = run("indicators", workspace, "--restated", "--from", "2024-06", "--to", "2024-12", "--format", "csv")
    assert (done.code, len(rows_of(done.out))) == (0, 0)
    assert run("indicators", EXAMPLE, "--restated").code == 2


def test_taking_the_same_files_again_keeps_them_once(files, workspace, tmp_path):
    accept(files, workspace, tmp_path)
    accept(files, workspace, tmp_path, by="Deputy")
    first, second = acceptances(workspace)
    assert first.fingerprint == second.fingerprint and second.by == "Deputy"
    assert len([path for path in (workspace / "caseload" / "accepted").iterdir() if path.is_dir()]) == 1


def test_an_interruption_leaves_nothing_accepted(files, workspace, tmp_path, monkeypatch):
    def broken(handle):
        raise OSError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("highneeds.store.folder.os.fsync", broken)
        done = accept(files, workspace, tmp_path)
    assert done.code == 2 and "the disk is full" in done.err
    assert acceptances(workspace) == ()
    accept(files, workspace, tmp_path)
    assert len(acceptances(workspace)) == 1


def test_nothing_kept_holds_a_name_a_upn_or_a_birth_date(files, workspace, tmp_path):
    accept(files, workspace, tmp_path)
    persons = pl.read_csv(next((files / "sen2").glob("*person.csv")), infer_schema=False)
    secret = set(persons["upn"].drop_nulls()) | set(persons["surname"]) | {"Zqx"}
    secret |= {text[:11] for text in persons["personbirthdate"]}
    [one] = acceptances(workspace)
    plain = "".join(
        frame.write_csv()
        for frame in from_files(one.fingerprint, kept_files(workspace, one.fingerprint)).frames().values()
    )
    for path in workspace.rglob("*"):
        if path.is_file() and "caseload" in path.parts:
            plain += path.read_bytes().decode("utf-8", "ignore")
    assert not [text for text in secret if text and text in plain]


def test_accept_refuses_the_return_of_another_council(files, workspace, tmp_path):
    council = workspace / "council.toml"
    council.write_text(council.read_text().replace('"886"', '"887"'))
    done = accept(files, workspace, tmp_path)
    assert done.code == 2 and "council 886" in done.err
    assert not (workspace / "caseload" / "accepted").exists()


def test_an_invented_return_is_called_so(files, workspace, tmp_path):
    assert "synthetic" in accept(files, workspace, tmp_path).out
    assert "is invented" in run("indicators", workspace, "--as", "computed").out


def test_accept_refuses_a_folder_that_is_no_workspace(files, tmp_path):
    done = run("caseload", "accept", files / "sen2", "--workspace", tmp_path, "--by", "me")
    assert done.code == 2 and "council.toml" in done.err
