"""The commitment commands, on an invented book."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from cli_runner import run

KENT = Path("examples/kent/finance/invented/commitments.zip")
CASELOAD = ("--caseload", "examples/kent/caseload", "--establishments", "examples/kent/establishments.csv")


def packed(path: Path) -> list[dict[str, str]]:
    """The rows of the one file in a zip."""
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as file:
        return list(csv.DictReader(io.TextIOWrapper(file, "utf-8")))


def test_the_invented_book_of_kent_is_clean_and_says_that_it_is_invented():
    done = run("commitments", "report", KENT, "--year", "2024-25", "--format", "csv")
    assert done.code == 0
    assert "COMMITMENTS-03" not in done.err
    assert all("invented" in row["provider"] for row in packed(KENT))


def test_the_same_seed_invents_the_same_book_and_ledger_for_the_caseload(tmp_path):
    options = (*CASELOAD, "--council", "886", "--year", "2024-25", "--seed", "1")
    written = ("--out", tmp_path / "book.csv", "--ledger", tmp_path / "ledger.csv")
    assert run("commitments", "invent", *options, *written).code == 0
    again = "the invented caseload has changed: invent the books again, see finance/invented/README.md"
    assert list(csv.DictReader((tmp_path / "book.csv").open())) == packed(KENT), again
    assert list(csv.DictReader((tmp_path / "ledger.csv").open())) == packed(KENT.with_name("ledger.zip"))


def test_a_ledger_without_a_caseload_is_refused(tmp_path):
    options = ("--council", "886", "--year", "2024-25", "--out", tmp_path / "b.csv", "--ledger", tmp_path / "l.csv")
    done = run("commitments", "invent", *options)
    assert (done.code, "--ledger" in done.err) == (2, True)


def test_a_zip_of_two_files_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "commitment\n")
        archive.writestr("b.csv", "commitment\n")
    done = run("commitments", "report", tmp_path / "two.zip", "--year", "2024-25")
    assert (done.code, "two.zip: The zip holds 2 files" in done.err) == (2, True)


def test_twelve_periods_of_every_line_are_shown():
    done = run("commitments", "report", KENT, "--year", "2024-25", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["period"] for row in rows} == {f"P{period}" for period in range(1, 13)}
    assert all(row["forecast_gbp"] == row["commitment_gbp"] for row in rows), "no ledger, so all is still to come"


def test_without_postings_in_a_closed_period_there_is_no_forecast():
    done = run("commitments", "report", KENT, "--year", "2024-25", "--closed", "P3", "--format", "csv")
    assert "There is no forecast: the ledger has no postings in a period up to P3." in done.err


def test_a_book_with_a_missing_column_is_refused(tmp_path):
    (tmp_path / "book.csv").write_text("commitment,child\nc1,x\n")
    done = run("commitments", "report", tmp_path / "book.csv", "--year", "2024-25")
    assert done.code == 2
    assert "book.csv line 1: The column placement" in done.err


@pytest.fixture
def books(tmp_path: Path) -> Path:
    (tmp_path / "mapping.yaml").write_text(
        "name: x\nyear: 2024-25\ncolumns: {code: c, amount: a, period: p, commitment: k}\nlines: {'1': 1.2.3}\n"
    )
    (tmp_path / "ledger.csv").write_text("c,a,p,k\n1,100,1,nowhere\n")
    (tmp_path / "children.csv").write_text("child,from_day,to_day\nX000001,2023-01-01,\n")
    return tmp_path


def three(books: Path) -> list[str]:
    names = {"--children": "children.csv", "--ledger": "ledger.csv", "--mapping": "mapping.yaml"}
    return [str(word) for option, name in names.items() for word in (option, books / name)]


def test_the_three_books_are_matched_in_pounds(books):
    done = run("commitments", "match", KENT, *three(books), "--as-at", "2024-12-31", "--format", "csv")
    assert done.code == 0
    assert "unknown_commitment,Paid on a commitment that the book does not hold,1,100.00,nowhere" in done.out


def test_a_child_without_a_day_is_refused_by_line(books):
    (books / "children.csv").write_text("child,from_day,to_day\nX1,soon,\n")
    done = run("commitments", "match", KENT, *three(books), "--as-at", "2024-12-31")
    assert done.code == 2
    assert "children.csv line 2" in done.err


def test_the_movement_since_an_earlier_day_stands_beside(books):
    days = ("--as-at", "2024-12-31", "--since", "2024-03-31")
    done = run("commitments", "match", KENT, *three(books), *days, "--format", "csv")
    rows = {row["headline"]: row for row in csv.DictReader(io.StringIO(done.out))}
    assert (rows["unknown_commitment"]["count_change"], rows["unknown_commitment"]["gbp_change"]) == ("1", "100.00")
