"""A council's ledger export: read by a mapping, held against control totals, accepted whole or not at all."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli_runner import run
from highneeds.intake.ledger.accepted import acceptances, accepted_spend
from highneeds.intake.ledger.export import read_export
from highneeds.intake.ledger.frames import pence
from highneeds.intake.ledger.mapping import Control, read_mapping
from highneeds.intake.ledger.sheet import _texts, _without_noise
from highneeds.intake.sen2.workbook import text_of
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError

MAPPING = """
name: Main ledger
columns: {year: Year, period: Per, code: Cost centre, amount: Net, reference: Doc, commitment: Commitment}
lines: {"7001": 1.2.1, "7003": 1.2.3}
not_high_needs: ["9999"]
"""
HEADER = "Doc,Year,Per,Cost centre,Net,Commitment"
ROWS = (
    "D1,2024-25,1,7001,100.10,c1",
    'D2,2024/25,P02,7003,"1,234.50",',
    "D3,2024-25,12,7003,(34.50),",
    "D4,2024-25,1,9999,5,",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "w").mkdir()
    return tmp_path


def export(folder: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path = folder / "ledger.csv"
    path.write_bytes("\n".join((HEADER, *rows, "")).encode(encoding))
    return path


def problems(folder: Path, *rows: str, control: Control | None = None) -> list[tuple[int | None, str]]:
    found = read_export(export(folder, *rows), read_mapping(folder / "mapping.yaml"), control)
    return [(one.line, one.message) for one in found.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_amounts_periods_and_years_as_ledgers_write_them(folder, encoding):
    found = read_export(
        export(folder, *ROWS, encoding=encoding), read_mapping(folder / "mapping.yaml"), Control(4, 130510)
    )
    assert found.problems == ()
    assert found.postings.select("year", "period", "line", "pence").rows() == [
        (2024, 1, "1.2.1", 10010),
        (2024, 2, "1.2.3", 123450),
        (2024, 12, "1.2.3", -3450),
    ]
    assert found.left_out == (1, 500)


def test_a_workbook_is_read_like_a_csv(folder):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(["D1", "2024-25", 1, 7001, 100.1, None])
    book.active.append(["D2", "2024-25", 2, 7003, -12, "c1"])
    book.save(folder / "ledger.xlsx")
    found = read_export(folder / "ledger.xlsx", read_mapping(folder / "mapping.yaml"), Control(2, 8810))
    assert found.problems == ()
    assert found.postings["pence"].to_list() == [10010, -1200]


def test_of_a_workbook_the_sheet_that_the_mapping_names_is_read(folder):
    book = openpyxl.Workbook()
    book.active.append(["Nothing", "of", "it"])
    page = book.create_sheet("Postings")
    page.append(HEADER.split(","))
    page.append(["D1", "2024-25", 1, 7001, 100.1, None])
    book.save(folder / "ledger.xlsx")
    (folder / "mapping.yaml").write_text(MAPPING + "sheet: Postings\n")
    assert read_export(folder / "ledger.xlsx", read_mapping(folder / "mapping.yaml")).total == 10010
    (folder / "mapping.yaml").write_text(MAPPING + "sheet: Other\n")
    with pytest.raises(InputError, match=r"There is no sheet 'Other'\. Use one of Sheet, Postings"):
        read_export(folder / "ledger.xlsx", read_mapping(folder / "mapping.yaml"))


def test_spend_written_negative_is_turned(folder):
    (folder / "mapping.yaml").write_text(MAPPING + "sign: spend_negative\n")
    found = read_export(export(folder, "D1,2024-25,1,7001,-5.00,"), read_mapping(folder / "mapping.yaml"))
    assert found.total == 500


def test_what_stands_in_the_way_is_found_placed_and_explained(folder):
    rows = (
        "D1,2024-25,1,7001,ten,",
        "D2,2024-25,13,7001,1,",
        "D3,2024-26,1,7001,1,",
        "D4,2024-25,1,7777,2.50,",
        "D5,2024-25,2,7777,1,",
        "D6,2024-25,1,,1,",
        "D7,2024-25,1,7001,1.005,",
        'D8,2024-25,1,7001,"1,5",',
        "D9,2024-25,1,7001,4,",
        "D9,2024-25,1,7001,4,",
    )
    assert problems(folder, *rows, control=Control(11, 2000)) == [
        (2, "A value of the form aaa stands where an amount belongs"),
        (8, "'1.005' stands where an amount belongs"),
        (9, "'1,5' stands where an amount belongs"),
        (3, "'13' is no period"),
        (7, "The code is empty"),
        (4, "'2024-26' is no financial year"),
        (5, "The code '7777' has no s251 line: 2 rows, £3.50"),
        (None, "The export has 10 rows where the ledger says 11"),
        (None, "The export adds up to £14.50 where the ledger says £20.00, £5.50 apart"),
        (11, "The posting of the form a9 stands there already, alike in every column that is read"),
    ]


def test_an_export_that_adds_up_to_nought_is_held_against_nought(folder):
    rows = ("D1,2024-25,1,7001,4,", "D2,2024-25,1,7001,-4,")
    assert problems(folder, *rows, control=Control(2, 0)) == []
    assert problems(folder, *rows, control=Control(2, 1)) == [
        (None, "The export adds up to £0.00 where the ledger says £0.01, £0.01 apart"),
    ]


def test_many_alike_are_counted_and_not_all_listed(folder):
    found = problems(folder, *(f"D{n},2024-25,1,7001,x{n}," for n in range(50)))
    assert len(found) == 21
    assert found[-1] == (None, "30 more rows are like these")


def test_lines_are_right_where_cells_hold_line_breaks(folder):
    assert problems(folder, '"D\n1",2024-25,1,7001,1,', "", "D2,2024-25,1,7001,x,") == [
        (5, "'x' stands where an amount belongs")
    ]


def test_a_column_that_is_not_there_is_named(folder):
    with pytest.raises(InputError, match="The column Net is missing"):
        (folder / "ledger.csv").write_text("Doc,Year,Per,Cost centre,Commitment\n")
        read_export(folder / "ledger.csv", read_mapping(folder / "mapping.yaml"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("1.2.3}", "1.2.99}"), "'1.2.99' is no s251 high needs line"),
        (("amount: Net", "amount_: Net"), "The key 'amount_' is not known"),
        (("year: Year, ", ""), "neither which column is the year nor which year it is"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(folder, change, says):
    (folder / "mapping.yaml").write_text(MAPPING.replace(*change))
    with pytest.raises(InputError, match=says):
        read_mapping(folder / "mapping.yaml")


def accept(folder: Path, path: Path, *options: str):
    files = (path, "--mapping", folder / "mapping.yaml", "--workspace", folder / "w", "--by", "Finance partner")
    return run("ledger", "accept", *files, *options)


def test_nothing_is_posted_while_anything_is_wrong(folder):
    done = accept(folder, export(folder, *ROWS), "--control-total", "1.00")
    assert done.code == 2
    assert "Nothing is posted: The export adds up to £1305.10 where the ledger says £1.00" in done.err
    assert list((folder / "w").iterdir()) == []


def test_an_accepted_export_becomes_spend_and_a_later_one_replaces_it(folder):
    assert accept(folder, export(folder, *ROWS), "--control-rows", "4").code == 0
    spend = {(row.line, row.period): row.amount for row in accepted_spend(folder / "w")}
    assert spend == {("1.2.1", 1): 10010, ("1.2.3", 2): 123450, ("1.2.3", 12): -3450}
    assert accept(folder, export(folder, "D1,2024-25,1,7001,7,")).code == 0
    assert {(row.line, row.amount) for row in accepted_spend(folder / "w")} == {("1.2.1", 700)}
    assert [(one.by, one.rows) for one in acceptances(folder / "w")] == [("Finance partner", 3), ("Finance partner", 1)]


def test_the_same_file_is_not_accepted_twice(folder):
    path = export(folder, *ROWS)
    assert accept(folder, path).code == 0
    done = accept(folder, path)
    assert done.code == 2
    assert "This very file is accepted already" in done.err


def test_an_interrupted_import_leaves_the_account_as_it_was(folder, monkeypatch):
    assert accept(folder, export(folder, *ROWS)).code == 0
    before = accepted_spend(folder / "w")

    def full(handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("highneeds.store.folder.os.fsync", full)
        assert accept(folder, export(folder, "D1,2024-25,1,7001,7,")).code == 2
    assert accepted_spend(folder / "w") == before
    assert [one.by for one in FolderStore(folder / "w").record()] == ["Finance partner"]


def test_postings_that_changed_after_acceptance_are_refused(folder):
    accept(folder, export(folder, *ROWS))
    listed = folder / "w" / "finance" / "ledger" / "accepted.csv"
    listed.write_text(listed.read_text().replace("1300.10", "1300.11"))
    with pytest.raises(InputError, match="are not those that were accepted"):
        accepted_spend(folder / "w")


def test_the_check_lists_findings_and_ends_with_1(folder):
    path = export(folder, "D1,2024-25,1,7777,2.50,")
    done = run("ledger", "check", path, "--mapping", folder / "mapping.yaml", "--format", "csv")
    assert done.code == 1
    assert done.out.splitlines()[0] == "rule,severity,file,line,record,field,message,fix"
    assert done.out.splitlines()[1].startswith("LEDGER-01,must_fix,ledger.csv,2,,code,")


def test_rows_alike_are_a_question_and_do_not_block(folder):
    path = export(folder, "D9,2024-25,1,7001,4,", "D9,2024-25,1,7001,4,")
    assert run("ledger", "check", path, "--mapping", folder / "mapping.yaml").code == 0
    assert accept(folder, path).code == 0


def test_a_closing_period_counts_in_march(folder):
    (folder / "mapping.yaml").write_text(MAPPING + 'closing_periods: ["13"]\n')
    found = read_export(export(folder, "D1,2024-25,13,7001,4,"), read_mapping(folder / "mapping.yaml"))
    assert found.postings["period"].to_list() == [12]


def test_the_noise_of_a_spreadsheet_sum_is_no_third_decimal(folder):
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active.append(["D1", "2024-25", 1, 7001, 0.1 + 0.2, None])
    book.active.append(["D2", "2024-25", 1, 7001, 0.125, None])
    book.save(folder / "ledger.xlsx")
    found = read_export(folder / "ledger.xlsx", read_mapping(folder / "mapping.yaml"))
    assert found.postings["pence"].to_list() == [30, None]
    assert [one.message for one in found.problems] == ["'0.125' stands where an amount belongs"]


def test_a_workspace_with_an_accepted_ledger_has_its_spend_in_the_account(folder):
    import shutil

    kent = shutil.copytree("examples/kent", folder / "kent")
    money = "allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,council_contribution_gbp"
    plan = "plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,plan_closing_deficit_gbp"
    (kent / "finance" / "years.csv").write_text(f"year,{money},{plan}\n2024-25,1000,0,0,0,0,0,0,0,\n")
    files = ("--mapping", folder / "mapping.yaml", "--workspace", kent, "--by", "Finance partner")
    assert run("ledger", "accept", export(folder, *ROWS), *files).code == 0
    done = run("account", kent, "--format", "csv")
    assert "2024-25,spend_gbp,1300.10,gbp,computed" in done.out
    assert "2024-25,in_year_before_contributions_gbp,300.10,gbp,computed" in done.out


def test_a_column_of_numbers_is_text_as_cell_by_cell():
    cells = (1.0, 1234.5, -0.3, 0.30000000000000004, 7.126, 0.0, 12345678.99, 1e16, -20.0, 2.5e-3, 100000.1)
    assert _texts(cells).to_list() == [text_of(_without_noise(cell)) for cell in cells]
    mixed = ("", 1.5, True, date(2025, 1, 31), "a")
    assert _texts(mixed).to_list() == ["", "1.5", "1", "2025-01-31", "a"]


@settings(deadline=None)
@given(st.lists(st.floats(-1e12, 1e12).map(lambda value: round(value, 2)), min_size=1, max_size=30))
def test_amounts_of_a_workbook_are_read_to_the_penny(cells):
    read = pl.DataFrame({"a": _texts(tuple(cells))}).select(pence("a")).to_series().to_list()
    assert read == [round(Decimal(repr(value)) * 100) for value in cells]
