"""Files that are not quite a return: each is read with a finding, or refused by its name."""

import csv
import io
import re
from datetime import date

import pytest

from highneeds.checks.sen2.check import check
from highneeds.intake.sen2.read import read_sen2
from highneeds.invented.caseload.forms import write_blade, write_xml
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY, tables

DAY = date(2025, 1, 16)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """One return as CSV files and as XML."""
    folder, found = tmp_path_factory.mktemp("kinds"), tables(people=6)
    write_blade(found, 2025, folder, DAY)
    write_xml(found, 2025, folder / "return.xml")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def blade(written, folder, module, change):
    """The CSV files in a folder, the rows of one module changed."""
    for name, data in written.items():
        if name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
            if name.endswith(f"_{module}.csv"):
                rows = change(rows)
            out = io.StringIO()
            csv.writer(out).writerows(rows)
            (folder / name).write_text(out.getvalue())
    return folder


def xml(written, folder, old, new):
    data = written["return.xml"]
    assert old in data
    (folder / "return.xml").write_bytes(data.replace(old, new, 1))
    return folder / "return.xml"


def put(name, text):
    """The first row with another cell."""

    def change(rows):
        rows[1][[cell.lower() for cell in rows[0]].index(name)] = text
        return rows

    return change


def again(**cells):
    """The first row twice, the second time with other cells."""

    def change(rows):
        head = [cell.lower() for cell in rows[0]]
        return [*rows, [cells.get(name, cell) for name, cell in zip(head, rows[1], strict=True)]]

    return change


def found(path, rule):
    return [one for one in check(read_sen2(path, key=KEY)).all if one.rule == rule]


def test_a_module_with_a_header_and_no_rows_is_a_finding(written, tmp_path):
    [one] = found(blade(written, tmp_path, "senneed", lambda rows: rows[:1]), "RET-14")
    assert one.file.endswith("_senneed.csv") and one.line == 1 and one.message == "senneed has a header and no rows"


def test_a_module_that_an_xml_does_not_hold_has_no_header_there(written, tmp_path):
    (tmp_path / "return.xml").write_bytes(re.sub(rb"<SENneed>.*?</SENneed>", b"", written["return.xml"], flags=re.S))
    [one] = found(tmp_path / "return.xml", "RET-14")
    assert (one.file, one.line, one.message) == ("return.xml", None, "senneed does not occur in the file")


def test_a_row_is_named_by_its_first_line(written, tmp_path):
    over_two = put("sentype", "not\na code")
    [one] = found(blade(written, tmp_path, "senneed", over_two), "RET-11")
    assert one.message.endswith("the first is on line 2")


def test_a_header_without_a_row_is_refused_by_its_file(written, tmp_path):
    with pytest.raises(InputError, match=r"_sen2\.csv: The header has no row"):
        read_sen2(blade(written, tmp_path, "sen2", lambda rows: rows[:1]), key=KEY)


def test_two_headers_that_differ_are_refused_and_the_same_one_twice_is_said(written, tmp_path):
    with pytest.raises(InputError, match=r"_sen2\.csv line 3: There are two headers, one of .* and one of 2024-01-18"):
        read_sen2(blade(written, tmp_path, "sen2", again(referencedate="2024-01-18")), key=KEY)
    with pytest.raises(InputError, match=r"There are two headers, one of 886 and one of 887"):
        read_sen2(blade(written, tmp_path, "sen2", again(lea="887")), key=KEY)
    same = read_sen2(blade(written, tmp_path, "sen2", again()), key=KEY)
    assert [note.count for note in same.notes if "holds its header 2 times" in note.text] == [1]
    other = b"<Header><Year>2024</Year></Header><Header>"
    with pytest.raises(InputError, match=r"return\.xml line \d+: There are two headers, one of 2024 and one of 2025"):
        read_sen2(xml(written, tmp_path, b"<Header>", other), key=KEY)


def test_another_collection_is_refused_by_its_file(written, tmp_path):
    with pytest.raises(InputError, match=r"_sen2\.csv line 2: This is a return of 'School Census' and not of SEN2"):
        read_sen2(blade(written, tmp_path, "sen2", put("collection", "School Census")), key=KEY)
    with pytest.raises(InputError, match=r"return\.xml line 1: This is a return of 'School Census'"):
        read_sen2(xml(written, tmp_path, b"<Collection>SEN2", b"<Collection>School Census"), key=KEY)
    (tmp_path / "return.xml").unlink()
    for named in ("", "SEN2 2025", "Special Educational Needs Survey"):
        assert read_sen2(blade(written, tmp_path, "sen2", put("collection", named)), key=KEY).persons.height == 6


def test_a_source_of_a_request_that_is_on_no_list(written, tmp_path):
    [one] = found(blade(written, tmp_path, "requests", put("requestsource", "9")), "REQ-13")
    assert one.message == "The source of the request is 9, not 1 to 5" and one.file.endswith("_requests.csv")


@pytest.mark.parametrize(("urn", "found_"), [("100001", 0), ("10001", 1), ("1000012", 1), ("12345A", 1)])
def test_a_urn_is_six_digits(written, tmp_path, urn, found_):
    path = blade(written, tmp_path, "placementdetail", put("urn", urn))
    assert len(found(path, "PLC-29")) == found_


@pytest.mark.parametrize("name", ["KHAN", "ME14"])
def test_what_stands_for_a_urn_and_may_be_a_name_or_half_a_postcode_is_not_kept(written, tmp_path, name):
    read = read_sen2(blade(written, tmp_path, "placementdetail", put("urn", name)), key=KEY)
    assert name not in read.placements["urn"].to_list()
    assert "not a code of this field" in read.unreadable["reason"].to_list()


def test_xml_that_says_utf_8_and_is_not_is_read_and_said(written, tmp_path):
    read = read_sen2(xml(written, tmp_path, b"Surname1<", b"Andr\xe9<"), key=KEY)
    assert [note.text for note in read.notes if note.kind == "encoding"] == [
        "The file says that it is UTF-8 and is not; it is read as Windows-1252"
    ]
    with pytest.raises(InputError, match=r"return\.xml line \d+: The file is not readable as XML"):
        read_sen2(xml(written, tmp_path, b"Surname1<", b"\x00\x01<"), key=KEY)


def test_a_school_census_is_refused_by_its_file(tmp_path):
    census = tmp_path / "census.xml"
    census.write_text(
        '<?xml version="1.0"?><Message><Header><CollectionDetails><Collection>SchoolCensus</Collection>'
        "<Year>2024</Year><ReferenceDate>2024-10-03</ReferenceDate></CollectionDetails></Header><School><UPN>A1</UPN></School></Message>"
    )
    with pytest.raises(InputError, match=r"census\.xml line 1: This is a return of 'SchoolCensus' and not of SEN2"):
        read_sen2(census, key=KEY)
    pupils = tmp_path / "pupils.csv"
    pupils.write_text("URN,UPN,NCYear,SENprovision\n123456,A1,9,E\n")
    with pytest.raises(InputError, match=r"pupils\.csv: None of the 1 files"):
        read_sen2(pupils, key=KEY)
