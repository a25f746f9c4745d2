"""Caseload, commitments and ledger of a workspace: accepted and kept by the council, or invented and labelled so."""

import csv
import io
import shutil
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from cli_runner import run
from highneeds.account.commitments.matching import Headline, Mismatch
from highneeds.account.commitments.three_books import invented_together, own_books
from highneeds.account.of_workspace import account_of
from highneeds.intake.privacy import open_key
from highneeds.intake.workspace import read_workspace
from highneeds.invented.caseload.forms import write_blade
from highneeds.registers.registry import read_registers
from highneeds.report.blocks import DataTable
from highneeds.report.sections import commitments, finance
from highneeds.report.words import account as account_words
from highneeds.report.words import commitments as book_words
from highneeds.report.words import commitments as commitment_words
from highneeds.store.cache import FolderCache
from sen2_tables import tables, write_establishments

PEOPLE = 40
BOOK = (
    "commitment,child,placement,responsible_council,provider,band,status,line,supplier,fte,from_day,to_day,invoiced_to,"
    "paid_to,annual_cost_gbp,place_gbp,top_up_gbp,health_gbp,care_gbp\n"
)
LEDGER = "Code,Net,Period,Child,Commitment\n"
MAPPING = """
name: Main ledger
year: 2024-25
columns: {code: Code, amount: Net, period: Period, child: Child, commitment: Commitment}
lines: {"7003": 1.2.3}
"""


@pytest.fixture(scope="module")
def accepted(tmp_path_factory) -> Path:
    """Kent with an accepted return of people in true form, and no invented caseload."""
    folder = tmp_path_factory.mktemp("own")
    kent = Path(
        shutil.copytree("examples/kent", folder / "kent", ignore=shutil.ignore_patterns("caseload", "invented"))
    )
    (folder / "sen2").mkdir()
    made = tables(PEOPLE)
    header = made["header"].with_columns(pl.lit("Case system").alias("softwarecode"))
    write_blade(made | {"header": header}, 2025, folder / "sen2", date(2025, 2, 1))
    write_establishments(folder / "establishments.csv", PEOPLE)
    options = ("--establishments", folder / "establishments.csv", "--key", folder / "key")
    run("caseload", "accept", folder / "sen2", "--workspace", kent, "--by", "Head of SEN", *options)
    return kent


@pytest.fixture
def workspace(accepted, tmp_path) -> Path:
    return Path(shutil.copytree(accepted, tmp_path / "kent"))


def keep(workspace: Path, commitments: str, postings: str = "") -> None:
    """Write the commitment book, and accept the postings through the command line."""
    (workspace / "finance" / "commitments.csv").write_text(BOOK + commitments)
    if not postings:
        return
    beside = workspace.parent
    (beside / "mapping.yaml").write_text(MAPPING)
    (beside / "ledger.csv").write_text(LEDGER + postings)
    options = ("--mapping", beside / "mapping.yaml", "--workspace", workspace, "--by", "Finance business partner")
    done = run("ledger", "accept", beside / "ledger.csv", *options, "--key", beside / "linkage.key")
    assert done.code == 0, done.err


def key_of(workspace: Path) -> bytes:
    return open_key(workspace.parent / "linkage.key", away_from=workspace)


def commitment(name: str, child: str, begins: str = "2024-04-01", ends: str = "", cost: str = "36500.00") -> str:
    status = "ended" if ends else "active"
    return f"{name},{child},{child}-A,886,Oak House,,{status},1.2.3,S1,1,{begins},{ends},,,{cost},,,,\n"


def children(workspace: Path) -> list[str]:
    """Those who are placed on the day of the return."""
    (workspace / "finance" / "commitments.csv").write_text(BOOK)
    found = own_books(workspace)
    assert found is not None and found.children is not None
    open_ones = found.children.filter(
        found.children["to_day"].is_null() & (found.children["from_day"] < date(2024, 4, 1))
    )
    return sorted(set(open_ones["child"]))


def account(workspace: Path):
    return account_of(read_workspace(workspace), read_registers(workspace))


def test_the_councils_own_books_give_headlines_with_their_movement(workspace):
    names = children(workspace)
    assert len(names) > 3
    placed = "".join(commitment(f"c-{name}", name) for name in names[1:])
    keep(workspace, placed, f"7003,100.00,9,{names[1]},c-{names[1]}\n7003,70.00,10,,nowhere\n")
    found = account(workspace).books
    assert found is not None and not found.synthetic
    assert found.as_at == date(2025, 1, 16), "the ledger is posted to January, the return ends in the middle of it"
    assert book_words.said(found.headlines[0]) == "Caseload, commitments and ledger were compared at 16 January 2025."
    now, then = ({one.kind: one.count for one in part.headlines} for part in (found.matching, found.before))
    assert (now[Mismatch.UNKNOWN_COMMITMENT], then[Mismatch.UNKNOWN_COMMITMENT]) == (1, 0)
    assert now[Mismatch.PLACED_WITHOUT_COMMITMENT] >= 1
    assert any(text.startswith("Placed without a commitment") for text in account_words.all_of(account(workspace)))
    assert "£70; 1 and £70 more than on 31 December 2024." in " ".join(book_words.all_said(found))


def test_a_child_that_only_the_ledger_names_is_found_with_the_key_and_told_without_it(workspace):
    names = children(workspace)
    keep(workspace, commitment("c-0", names[0]), f"7003,70.00,8,{names[1]},\n7003,30.00,9,{names[0]},c-0\n")
    registers, read = read_registers(workspace), read_workspace(workspace)
    with_key = own_books(workspace, key_of(workspace))
    assert with_key.postings["child"].to_list() == [names[1], names[0]] and not with_key.unmatched
    without = own_books(workspace)
    assert without.postings["child"][1] is None, "the commitment says whose it is"
    assert len(without.postings["child"][0]) == 32 and without.unmatched == 1
    said = "The linkage key is not at hand, so 1 posting that names a child and no commitment is not compared"
    assert any(said in text for text in account_words.books(account_of(read, registers)))
    assert not any(said in text for text in account_words.books(account_of(read, registers, key=key_of(workspace))))


def test_the_report_shows_the_councils_own_unlabelled_and_names_no_child(workspace):
    names = children(workspace)
    keep(workspace, commitment("c-0", names[0]), f"7003,70.00,10,{names[1]},nowhere\n")
    evidence = SimpleNamespace(account=account(workspace), invented_books=None)
    annex = commitments.section(evidence)
    assert not annex.synthetic and "Synthetic" not in annex.title
    tables = [block for block in annex.blocks if isinstance(block, DataTable)]
    assert [table.id for table in tables] == ["commitments-matching", "commitments-by-line"]
    assert "References" not in str([column.head for table in tables for column in table.columns])
    heading, bullets = finance._books(evidence)
    assert heading.text == "Caseload, commitments and ledger"
    assert any("Paid on a commitment that the book does not hold: 1, £70" in item for item in bullets.items)


def test_a_report_without_any_book_says_so():
    evidence = SimpleNamespace(account=SimpleNamespace(books=None), invented_books=None)
    [paragraph] = commitments.section(evidence).blocks
    assert paragraph.words == commitment_words.NO_BOOK
    assert list(finance._books(evidence)) == []


def test_without_a_ledger_what_was_paid_is_not_said_to_be_nothing(workspace):
    names = children(workspace)
    keep(workspace, "".join(commitment(f"c-{name}", name) for name in names))
    found = account(workspace).books
    assert {one.kind for one in found.matching.headlines} == {
        Mismatch.PLACED_WITHOUT_COMMITMENT,
        Mismatch.COMMITTED_WITHOUT_PLACEMENT,
    }
    assert any("No ledger is accepted" in text for text in book_words.all_said(found))


def test_without_a_caseload_the_ledger_is_still_held_against_the_book(workspace):
    shutil.rmtree(workspace / "caseload")
    keep(workspace, commitment("c1", "x"), "7003,100.00,8,,c1\n")
    found = account(workspace).books
    assert found.as_at == date(2024, 11, 30), "the last day that is posted"
    assert Mismatch.PAID_AFTER_LEAVING not in {one.kind for one in found.matching.headlines}
    assert any("No caseload is accepted" in text for text in book_words.all_said(found))


def test_what_is_wrong_in_the_book_is_a_finding_of_the_account(workspace):
    keep(workspace, commitment("c1", "x", ends="2024-01-01"))
    found = [one for one in account(workspace).findings if one.rule == "COMMITMENTS-03"]
    assert [(one.line, one.severity.value) for one in found] == [(2, "must_fix")]


def test_a_workspace_without_a_book_has_no_headlines(workspace):
    assert account(workspace).books is None
    done = run("account", workspace, "--view", "matching", "--format", "csv")
    assert "finance/commitments.csv,is absent" in done.out


def test_the_books_of_an_accepted_invented_return_stand_apart_too(workspace, tmp_path):
    shutil.rmtree(workspace / "caseload")
    accept = ("caseload", "accept", "examples/kent/caseload", "--workspace", workspace, "--by", "x")
    run(*accept, "--establishments", "examples/kent/establishments.csv", "--key", tmp_path / "key")
    keep(workspace, commitment("c1", "x"))
    assert account(workspace).books is None
    assert invented_together(read_workspace(workspace)).synthetic


@pytest.fixture(scope="module")
def invented():
    return invented_together(read_workspace(Path("examples/kent")))


def test_the_invented_books_of_kent_are_labelled_and_enter_nothing(invented):
    assert invented.synthetic
    assert invented.as_at == date(2025, 1, 31)
    assert any(text.startswith("Paid after the child left") for text in book_words.all_said(invented))
    assert {one.code for one in invented.read} == {
        f"books.read_invented_{name}" for name in ("book", "return", "postings")
    }
    whole = account(Path("examples/kent"))
    assert whole.books is None
    assert not any("commitment" in text.lower() for text in account_words.all_of(whole))
    done = run("account", "examples/kent", "--view", "matching", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert rows and all(row["data"] == "synthetic" for row in rows)


def test_every_invented_slip_is_found(invented):
    found = {one.kind: one.count for one in invented.matching.headlines}
    assert found.keys() == set(Mismatch) and all(found.values())


def test_what_was_kept_is_what_is_made(invented, tmp_path):
    kent = read_workspace(Path("examples/kent"))
    made, kept = (invented_together(kent, FolderCache(tmp_path)) for _ in range(2))
    assert made == kept == invented
    assert len(list(tmp_path.glob("books-*"))) == 1


def test_invented_money_is_never_held_against_real_children(workspace):
    shutil.copytree("examples/kent/finance/invented", workspace / "finance" / "invented")
    assert invented_together(read_workspace(workspace)) is None


@pytest.mark.parametrize(
    ("more", "more_pence", "words"),
    [
        (0, 0, "as on 31 December 2024"),
        (3, 500_000, "3 and £5,000 more than on 31 December 2024"),
        (-3, -500_000, "3 and £5,000 less than on 31 December 2024"),
        (0, 500_000, "£5,000 more than on 31 December 2024"),
        (3, -500_000, "3 more and £5,000 less than on 31 December 2024"),
    ],
)
def test_a_mismatch_is_told_beside_what_it_was(more, more_pence, words):
    before = Headline(Mismatch.NEVER_PAID, 12, 3_000_000, ())
    now = Headline(Mismatch.NEVER_PAID, 12 + more, 3_000_000 + more_pence, ())
    said = book_words.said(now.since(before, date(2024, 12, 31)))
    assert said == f"Committed to date and not paid at all: {12 + more}, £{30_000 + more_pence // 100:,}; {words}."
