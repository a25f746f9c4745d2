"""A corrections sheet goes out, comes back filled, is kept, and is applied to these very files and to no others."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from cli_runner import run
from eastmoor import COUNCIL
from highneeds.actions.keep_corrections import keep_corrections
from highneeds.checks.finding import Finding, Findings, Outcome, RuleResult, Severity
from highneeds.checks.sen2.answered import ANSWERED, STILL, with_answers
from highneeds.checks.sen2.corrections_sheet import COLUMNS, corrections_sheet
from highneeds.intake.accepted import current
from highneeds.intake.sen2.corrections import FOLDER, Correction, as_csv, item_of, read_kept
from highneeds.intake.sen2.read import read_sen2
from highneeds.invented.caseload.forms import write_blade
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore
from sen2_tables import KEY, tables

NOW = datetime(2025, 2, 3, 10).astimezone()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A return whose first plan ends before it starts, and whose first child's date of birth lies in the future."""
    found, folder = tables(people=6), tmp_path_factory.mktemp("received")
    write_blade(found, 2025, folder, date(2025, 1, 16))
    put(folder, "namedplan", {"ceasedate": "2001-01-01", "ceasereason": "1"})
    put(folder, "person", {"personbirthdate": "2031-01-01"})
    return folder


def put(folder, module, cells):
    """Other cells in the first row of a module."""
    [path] = folder.glob(f"*_{module}.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    at = {name.lower(): name for name in rows[0]}
    rows[0] |= {at[name]: text for name, text in cells.items()}
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue())


@pytest.fixture(scope="module")
def sheet(files, tmp_path_factory):
    """The sheet of that return as the command writes it, and a workspace."""
    workspace, apart = tmp_path_factory.mktemp("eastmoor"), tmp_path_factory.mktemp("apart")
    (workspace / "council.toml").write_text(COUNCIL)
    made = apart / "sheet.xlsx"
    words = ("--workspace", workspace, "--case-ids", apart / "cases.csv", "--out", made)
    assert run("caseload", "corrections", files, *words).code == 0
    return made, workspace


def filled(made, to, rule, **cells):
    """The sheet with these cells filled in every row of a rule, by the names of its columns with _ for a space."""
    book = openpyxl.load_workbook(made)
    page = book["Corrections"]
    at = {cell.value: place for place, cell in enumerate(page[1])}
    for row in page.iter_rows(min_row=2):
        if row[at["rule"]].value == rule:
            for name, value in cells.items():
                row[at[name.replace("_", " ")]].value = value
    book.save(to)
    return to


def rows_of(made):
    page = openpyxl.load_workbook(made)["Corrections"]
    head, *rows = page.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_sheet_has_a_row_a_finding_and_nothing_that_names_a_child(sheet):
    rows = rows_of(sheet[0])
    assert tuple(rows[0]) == COLUMNS
    [late] = [row for row in rows if row["rule"] == "PLN-02"]
    assert (late["row"], late["item"], late["now"], late["right value"]) == (
        "namedplan 1",
        "ceasedate",
        "2001-01-01",
        None,
    )
    assert late["case"]  # the council's own id, from the private file
    text = "\n".join(str(cell) for row in rows for cell in row.values())
    assert "Surname" not in text and "2031-01-01" not in text and "ZZ" not in text
    [born] = [row for row in rows if row["rule"] == "PER-09"]
    assert born["now"] is None and "put it right in your case system" in born["what to do"]


def test_what_is_filled_is_kept_applied_shown_and_counted(files, sheet, tmp_path):
    made, workspace = sheet
    back = filled(made, tmp_path / "back.xlsx", "PLN-02", right_value=datetime(2024, 12, 31), other_item="ceasereason")
    back = filled(back, back, "PLN-02", its_right_value="2")
    done = run("caseload", "corrections", files, "--workspace", workspace, "--filled", back, "--by", "Data lead")
    assert done.code == 0, done.out + done.err
    assert "2 cells put right" in done.out
    shown = run("caseload", "corrections", "--workspace", workspace, "--format", "csv").out.splitlines()
    assert [line.split(",")[1:5] for line in shown[1:]] == [
        ["namedplan 1", shown[1].split(",")[2], "ceasedate", "2024-12-31"],
        ["namedplan 1", shown[2].split(",")[2], "ceasereason", "2"],
    ]
    checked = run("caseload", "check", files, "--workspace", workspace)
    assert "namedplan, ceasedate: put right by the corrections sheet: once." in checked.out
    assert "PLN-02" not in checked.out
    assert "PLN-02" in run("caseload", "check", files).out  # the files are as they were received
    assert run("caseload", "accept", files, "--workspace", workspace, "--by", "Data lead").code == 1
    assert current(workspace)[-1].corrected == 2


def kept_by(made, tmp_path, rule, mark="", **cells):
    store = MemoryStore({"council.toml": COUNCIL.encode()})
    sheet = filled(made, tmp_path / "Corrections by Aisha.xlsx", rule, **cells)
    return keep_corrections(store, sheet, by="Data lead", now=NOW, mark=mark), store


def test_rows_of_another_return_are_refused(sheet, tmp_path):
    with pytest.raises(InputError, match="The row is of another return, of 2025-01-16"):
        kept_by(sheet[0], tmp_path, "PLN-02", mark="0" * 12, right_value="2024-12-31")


def test_kept_corrections_are_not_applied_to_another_export(files, sheet, tmp_path):
    """One byte more in one file, and the same row may be another child."""
    done, _ = kept_by(sheet[0], tmp_path, "PLN-02", right_value="2024-12-31")
    [(mark, day, _)] = done.kept
    same = read_sen2(files, key=KEY)
    assert (same.mark, str(same.reference_date)) == (mark, day)
    [path] = files.glob("*_senneed.csv")
    before = path.read_bytes()
    path.write_bytes(before + b"\n")
    assert read_sen2(files, key=KEY).mark != mark
    path.write_bytes(before)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"right_value": "soon"}, "The right value of ceasedate is not a date"),
        ({"right_value": "2024-12-31", "right_as_it_is": "yes"}, "right as it is, and to be"),
        ({"right_as_it_is": "perhaps"}, "neither yes nor empty"),
        ({"other_item": "surname", "its_right_value": "Khan"}, "none of namedplan that can be put right here"),
        ({"other_item": "namedplantableid", "its_right_value": "3"}, "none of namedplan that can be put right"),
        ({"right_value": "2024-12-31", "row": "namedplan 0"}, "is not as it was written"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_repeats_nothing(sheet, tmp_path, cells, says):
    with pytest.raises(InputError, match=says) as refused:
        kept_by(sheet[0], tmp_path, "PLN-02", **cells)
    assert "Khan" not in str(refused.value) and "soon" not in str(refused.value)
    file, _, row = str(refused.value.where).partition(", ")
    assert file.endswith((".csv", ".xlsx")) and re.fullmatch(r"line \d+|.*![A-Z]+\d+|.*\d+", row) and "CORR" not in row


def test_a_date_of_birth_is_put_right_in_the_case_system(sheet, tmp_path):
    with pytest.raises(InputError, match="personbirthdate is personal"):
        kept_by(sheet[0], tmp_path, "PER-09", right_value="2015-01-01")
    assert item_of("persons", "personbirthdate") is None and item_of("persons", "upn") is None


def test_what_stands_as_it_is_is_kept_and_changes_nothing(sheet, tmp_path):
    done, store = kept_by(sheet[0], tmp_path, "PLN-02", right_as_it_is="yes")
    [(mark, _, [one])] = done.kept
    assert one.stands and one.value == "" and one.record == rows_of(sheet[0])[0]["record"].strip()
    assert "Aisha" not in store.record()[-1].what
    assert read_kept(documents(store)) == {mark: (one,)}


@pytest.mark.parametrize(
    ("found", "then", "said", "rows"),
    [
        (Severity.QUERY, Severity.NOTE, ANSWERED, ["namedplan 2"]),
        (Severity.MUST_FIX, Severity.MUST_FIX, STILL, ["namedplan 1", "namedplan 2"]),
    ],
)
def test_what_is_right_as_it_is_is_said_and_not_asked_again(files, found, then, said, rows):
    """A query that was answered is a note, and the next sheet leaves it out. What must be fixed stays."""
    odd = Finding("PLN-02", found, "f", 2, "1", "ceasedate", "Odd", "Look", ("named_plans", 0))
    findings = Findings((RuleResult("PLN-02", Outcome.FOUND, [odd, replace(odd, row=("named_plans", 1))]),))
    stands = Correction("named_plans", 0, "1", "ceasedate", "", stands=True, rule="PLN-02")
    answered, asked = with_answers(findings, [stands]).all
    assert (answered.severity, asked) == (then, odd) and answered.message == f"Odd: {said}"
    left = corrections_sheet(findings, read_sen2(files, key=KEY), {}, [stands])
    assert [row["row"] for row in left.records() if row["rule"] == "PLN-02"] == rows
    assert with_answers(findings, [replace(stands, rule="PLN-03")]).all == findings.all


@pytest.mark.parametrize(
    ("cells", "kept"), [({"record": "12"}, ("12", "PLN-02")), ({"record": "Khan"}, ("", "PLN-02"))]
)
def test_of_a_row_only_what_a_finding_writes_is_kept(sheet, tmp_path, cells, kept):
    done, _ = kept_by(sheet[0], tmp_path, "PLN-02", right_value="2024-12-31", **cells)
    [(_, _, [one])] = done.kept
    assert (one.record, one.rule) == kept


def test_a_later_sheet_adds_to_an_earlier_one(sheet, tmp_path):
    _, store = kept_by(sheet[0], tmp_path, "PLN-02", right_value="2024-12-31")
    again = filled(sheet[0], tmp_path / "again.xlsx", "PLN-02", right_value="(empty)")
    more = keep_corrections(store, again, by="Data lead", now=NOW)
    [(_, _, [one])] = more.kept
    assert (one.value, more.changed) == ("", 1)


def test_a_kept_file_that_somebody_spoilt_is_refused():
    good = as_csv([Correction("named_plans", 0, "1", "ceasedate", "2024-12-31")])
    for bad in (
        good.replace("2024-12-31", "soon"),
        good.replace("ceasedate", "surname"),
        good.replace(",1,1,", ",0,1,"),
    ):
        store = MemoryStore({f"{FOLDER}/0123456789ab.csv": bad.encode()})
        with pytest.raises(InputError):
            read_kept(documents(store))


def test_a_sheet_with_case_ids_does_not_lie_in_the_workspace(files, sheet, tmp_path):
    workspace = sheet[1]
    words = ("--case-ids", tmp_path / "cases.csv", "--out", workspace / "sheet.xlsx")
    done = run("caseload", "corrections", files, "--workspace", workspace, *words)
    assert done.code == 2 and "must not lie in the workspace" in done.err


def test_another_file_is_no_corrections_sheet(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("year,amount\n2024,1\n")
    with pytest.raises(InputError, match="This is no corrections sheet"):
        keep_corrections(MemoryStore({}), other, by="Data lead", now=NOW)
