"""One council in every form: the same rows, and what a layout lacks is said."""

import codecs
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from highneeds.intake.establishments import read_establishments
from highneeds.intake.sen2.read import read_returns, read_sen2
from highneeds.intake.sen2.rows import MODULES, Return
from highneeds.invented.caseload.forms import write_blade, write_template, write_workbook, write_xml
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY, REFERENCE, tables, write_establishments

EXPORTED = date(2025, 2, 1)
MODULE_BEYOND_ORDER = ("line", "reference")


@pytest.fixture(scope="module")
def council():
    return tables(40)


@pytest.fixture
def blade(council, tmp_path: Path) -> Path:
    folder = tmp_path / "blade"
    folder.mkdir()
    write_blade(council, 2025, folder, EXPORTED)
    return folder


def differences(one: Return, other: Return) -> set[tuple[str, str]]:
    """Fields whose values differ, lines and references left aside."""
    return {
        (module, column)
        for module in MODULES
        for column in one.module(module).columns
        if column not in MODULE_BEYOND_ORDER and not one.module(module)[column].equals(other.module(module)[column])
    }


def without_ages(fields: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(module, name) for module, name in fields if not name.startswith("age_at")}


@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_csv_layouts_differ_only_in_what_they_lack(council, blade: Path, tmp_path: Path, year: int) -> None:
    folder = tmp_path / str(year)
    folder.mkdir()
    write_blade(council, year, folder, EXPORTED)
    one, other = read_sen2(blade, key=KEY), read_sen2(folder, key=KEY)
    assert without_ages(differences(one, other)) <= other.absent | one.absent
    assert other.carries("requests", "received_date")
    assert other.carries("requests", "source") == (year >= 2025)
    assert other.carries("active_plans", "review_meeting") == (year >= 2024)


@pytest.mark.parametrize("swapped", [False, True])
def test_the_template_gives_the_same_whichever_title_its_review_dates_stand_under(
    council, blade: Path, tmp_path: Path, swapped: bool
) -> None:
    write_template(council, 2025, tmp_path / "t.xlsx", swapped=swapped)
    read = read_sen2(tmp_path / "t.xlsx", key=KEY)
    assert differences(read_sen2(blade, key=KEY), read) == set()
    assert [note.kind for note in read.notes] == (["swap"] if swapped else [])


def test_xml_gives_the_same(council, blade: Path, tmp_path: Path) -> None:
    write_xml(council, 2026, tmp_path / "r.xml")
    read = read_sen2(tmp_path / "r.xml", key=KEY)
    assert without_ages(differences(read_sen2(blade, key=KEY), read)) <= read.absent
    assert read.form == "xml"
    lines = (tmp_path / "r.xml").read_text().splitlines()
    assert all("<Person>" in lines[line - 1] for line in read.persons["line"])
    assert all("<Requests>" in lines[line - 1] for line in read.requests["line"])


def test_the_pre_submission_workbook_gives_the_same_and_takes_the_census_day(
    council, blade: Path, tmp_path: Path
) -> None:
    write_workbook(council, 2025, tmp_path / "w.xlsx")
    read = read_sen2(tmp_path / "w.xlsx", key=KEY)
    assert differences(read_sen2(blade, key=KEY), read) == set()
    assert read.reference_date == REFERENCE
    assert {note.kind for note in read.notes} == {"header", "spelling"}
    assert next(note for note in read.notes if note.kind == "spelling").count == 40


def test_a_workbook_without_header_is_of_the_day_that_is_named(council, blade: Path, tmp_path: Path) -> None:
    write_workbook(council, 2025, tmp_path / "w.xlsx")
    [read] = read_returns(tmp_path / "w.xlsx", key=KEY, as_at=date(2024, 11, 30))
    assert read.reference_date == date(2024, 11, 30)
    assert [note.text for note in read.notes if note.kind == "header"] == [
        "The workbook has no header: 2024-11-30 is taken, as asked"
    ]
    assert read_returns(blade, key=KEY, as_at=REFERENCE)[0].reference_date == REFERENCE
    with pytest.raises(InputError, match="The header says 2025-01-16, and --as-at 2024-11-30"):
        read_returns(blade, key=KEY, as_at=date(2024, 11, 30))


def test_a_zip_is_read_like_the_folder(blade: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "r.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in blade.iterdir():
            archive.write(path, f"some/folder/{path.name}")
    assert differences(read_sen2(blade, key=KEY), read_sen2(tmp_path / "r.zip", key=KEY)) == set()


def rewritten(folder: Path, to: Path, change) -> Path:
    to.mkdir()
    for path in folder.iterdir():
        (to / path.name).write_bytes(change(path.read_bytes()))
    return to


def blank_row(data: bytes) -> bytes:
    """As many commas as the header has."""
    return b"," * data.split(b"\n", 1)[0].count(b",")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda data: codecs.BOM_UTF8 + data, id="UTF-8 with mark"),
        pytest.param(lambda data: data.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(lambda data: data.decode().encode("utf-16-be"), id="UTF-16 without mark"),
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="Windows line ends"),
        pytest.param(lambda data: data.replace(b"\n", b"\r"), id="old Mac line ends"),
        pytest.param(lambda data: data.replace(b"Surname1", b"S\xfcrname1"), id="Windows-1252"),
        pytest.param(lambda data: data.replace(b"some words", b'"some\nwords, ""two"""'), id="quoted line breaks"),
        pytest.param(lambda data: data.replace(b"\n", b"\n\n"), id="blank lines"),
        pytest.param(lambda data: data.replace(b"\n", b"\n%s\n" % blank_row(data), 1), id="a row of commas"),
        pytest.param(lambda data: data.upper().replace(b"TRUE", b"1").replace(b"FALSE", b"0"), id="capitals"),
    ],
)
def test_encodings_line_ends_and_case_do_not_matter(blade: Path, tmp_path: Path, change) -> None:
    read = read_sen2(rewritten(blade, tmp_path / "other", change), key=KEY)
    assert differences(read_sen2(blade, key=KEY), read) <= {
        ("persons", name) for name in ("name_key", "linkage_key", "birth_mark")
    }
    assert read.unreadable.is_empty()


def test_lines_are_right_behind_a_quoted_line_break(blade: Path, tmp_path: Path) -> None:
    folder = rewritten(
        blade,
        tmp_path / "o",
        lambda data: data.replace(b"Surname2,", b'"Sur\nname2",').replace(b"Surname5,", b'"Sur\n\nname5",'),
    )
    text = next(folder.glob("*_person.csv")).read_text().split("\n")
    read = read_sen2(folder, key=KEY)
    assert all(
        text[line - 1].startswith(f"{900 + int(number)},")
        for line, number in read.persons.select("line", "reference").rows()
    )


def test_columns_may_stand_in_any_order_and_unknown_ones_are_noted(blade: Path, tmp_path: Path) -> None:
    folder = tmp_path / "o"
    folder.mkdir()
    for path in blade.iterdir():
        frame = pl.read_csv(path, infer_schema=False)
        frame.select(reversed(frame.columns)).with_columns(pl.lit("x").alias("Officer")).write_csv(folder / path.name)
    read = read_sen2(folder, key=KEY)
    assert differences(read_sen2(blade, key=KEY), read) == set()
    assert "The column Officer is not known and not read" in {note.text for note in read.notes}


def test_a_missing_column_is_refused_by_name(blade: Path) -> None:
    path = next(blade.glob("*_requests.csv"))
    pl.read_csv(path, infer_schema=False).drop("receiveddate").write_csv(path)
    with pytest.raises(
        InputError, match=r"requests\.csv line 1: The column receiveddate of the 2025 layout is missing"
    ):
        read_sen2(blade, key=KEY)


def test_a_spelling_variant_is_taken_and_counted(blade: Path) -> None:
    path = next(blade.glob("*_placementdetail.csv"))
    path.write_text(path.read_text().replace(",wbp", ",WPB", 1))
    read = read_sen2(blade, key=KEY)
    assert [(note.kind, note.field) for note in read.notes] == [("spelling", "wbp")]


def test_a_module_without_a_file_is_absent_not_empty(blade: Path) -> None:
    next(blade.glob("*_senneed.csv")).unlink()
    read = read_sen2(blade, key=KEY)
    assert not read.carries("needs", "need_type")
    assert read.needs.is_empty()


def test_unreadable_cells_are_kept_by_their_shape_with_file_and_line(blade: Path) -> None:
    path = next(blade.glob("*_person.csv"))
    lines = path.read_text().split("\n")
    birth = lines[0].split(",").index("personbirthdate")
    cells = lines[3].split(",")
    cells[birth] = "31/02/2010"
    lines[3] = ",".join(cells)
    path.write_text("\n".join(lines))
    read = read_sen2(blade, key=KEY)
    assert read.unreadable.rows() == [("persons", 2, 4, "birth_date", "99/99/9999", "not a date: no such day")]
    assert read.persons["birth_month"][2] is None
    assert read.place("persons", 4) == "Blade-Export_01-02-2025_person.csv line 4"


def test_orphans_and_repeated_ids_keep_their_rows(blade: Path) -> None:
    path = next(blade.glob("*_requests.csv"))
    frame = pl.read_csv(path, infer_schema=False)
    person = pl.when(pl.int_range(pl.len()) == 1).then(pl.lit("77777")).otherwise("persontableid")
    request = (
        pl.when(pl.int_range(pl.len()) == 3).then(pl.lit(frame["requeststableid"][2])).otherwise("requeststableid")
    )
    frame.with_columns(person.alias("persontableid"), request.alias("requeststableid")).write_csv(path)
    read = read_sen2(blade, key=KEY)
    assert read.requests["person"].to_list()[:4] == [0, None, 2, 3]
    assert read.requests["id_repeated"].to_list()[:4] == [False, False, False, True]
    assert {note.kind for note in read.notes} == {"duplicate id"}
    assert sum(len(person.requests) for person in read.people()) == 39


def test_several_returns_are_kept_apart_by_export_and_form(council, blade: Path, tmp_path: Path) -> None:
    write_xml(tables(5, year=2024), 2024, tmp_path / "older.xml")
    write_blade(tables(7, year=2023), 2023, blade, date(2023, 2, 1))
    returns = read_returns([blade, tmp_path / "older.xml"], key=KEY)
    assert [(one.reference_date.year, one.persons.height) for one in returns] == [(2023, 7), (2024, 5), (2025, 40)]
    with pytest.raises(InputError, match="There are 2 returns"):
        read_sen2(blade, key=KEY)


def test_files_without_the_export_name_are_known_by_their_columns(blade: Path, tmp_path: Path) -> None:
    folder = tmp_path / "o"
    folder.mkdir()
    for number, path in enumerate(sorted(blade.iterdir())):
        (folder / f"extract{number}.csv").write_bytes(path.read_bytes())
    assert differences(read_sen2(blade, key=KEY), read_sen2(folder, key=KEY)) == set()


def test_settings_are_classed_through_the_list_of_establishments(blade: Path, tmp_path: Path) -> None:
    schools = read_establishments(write_establishments(tmp_path / "gias.csv", people=20))
    read = read_sen2(blade, key=KEY, establishments=schools)
    rows = read.placements.select(
        "urn", "sensetting", "resourced_provision", "setting_class", "establishment_known"
    ).rows()
    expected = {0: "MsMdA", 1: "SpMdA", 2: "SpIn", 3: "GFE"}
    for urn, code, unit, setting, known in rows:
        number = int(urn) - 100000 if urn else None
        if number is None:
            assert (setting, known) == (code, None)
        elif number > 20:
            assert (setting, known) == ("unclassed", False)
        else:
            assert (setting, known) == ("RP" if unit and number % 4 == 0 else expected[number % 4], True)


def test_without_a_list_identified_settings_are_in_no_class(blade: Path) -> None:
    read = read_sen2(blade, key=KEY)
    assert set(read.placements.filter(pl.col("urn").is_not_null())["setting_class"]) == {"unclassed"}
    assert set(read.placements["establishment_known"]) == {None}


def test_a_template_without_any_block_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet("Data Entry Template").write(0, 0, "Nothing of a return")
    with pytest.raises(InputError, match="The block Header Record is missing"):
        read_sen2(tmp_path / "t.xlsx", key=KEY)
