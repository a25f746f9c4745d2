"""CSV files of a return as programs write them: what is read of each with its lines, and what is refused."""

import codecs

import pytest

from highneeds.intake.sen2.blade import module_by_columns, module_by_name, read_module, text_frame
from highneeds.intake.sen2.sources import SourceFile
from highneeds.vocabulary.errors import InputError

HEAD = ["a", "b", "line"]
ONE = [("1", "2", 2)]


@pytest.mark.parametrize(
    ("data", "head", "rows"),
    [
        (b"a,b\n1,2\n", HEAD, ONE),
        (b"a,b\n1,2", HEAD, ONE),
        (b"a,b", HEAD, []),
        (b"a,b\n", HEAD, []),
        (b"a,b\r\n1,2\r\n3,\r\n", HEAD, [("1", "2", 2), ("3", None, 3)]),
        (b"a,b\r1,2\r", HEAD, ONE),
        (b"a,b\r\r1,2\r", HEAD, [("1", "2", 3)]),
        (codecs.BOM_UTF8 * 2 + b"a,b\n1,2\n", HEAD, ONE),
        (codecs.BOM_UTF8 + b"a,b\n\xa31,2\n", HEAD, [("£1", "2", 2)]),
        ("a,b\n£1,2\n".encode("utf-16"), HEAD, [("£1", "2", 2)]),
        (b"\na,b\n1,2\n", HEAD, [("1", "2", 3)]),
        (b"a,b\n\n1,2\n", HEAD, [("1", "2", 3)]),
        (b"a,b\n1,2\n\n3,4\n", HEAD, [("1", "2", 2), (None, None, 3), ("3", "4", 4)]),
        (b" a ,\"b\"\n 1 ,2\n", HEAD, [(" 1 ", "2", 2)]),
        (b'a,b\n"x\ny","z\n\n"\n,2\n"v\nw",\n5,6\n', HEAD,
         [("x\ny", "z\n\n", 2), (None, "2", 6), ("v\nw", None, 7), ("5", "6", 9)]),
        (b'a,b\n"x ""y"", z",2\n', HEAD, [('x "y", z', "2", 2)]),
        (b'"a ""x""",b\n1,2\n', ['a "x"', "b", "line"], ONE),
        (b'"a,c",b\n1,2\n', ["a,c", "b", "line"], ONE),
        (b"a,,b\n1,2,3\n", ["a", "unnamed1", "b", "line"], [("1", "2", "3", 2)]),
        (b"a,b, ,\n1,2, ,\n", HEAD, ONE),
        (b"a,b\n1\n,\n3,4\n", HEAD, [("1", "", 2), ("3", "4", 4)]),
        (b'a,b\n"x\ny"\n3,4,\n', HEAD, [("x\ny", "", 2), ("3", "4", 4)]),
        (b"a,b\n1\n" + b"x" * 100_000 + b",2\n", HEAD, [("1", "", 2), ("x" * 100_000, "2", 3)]),
    ],
)  # fmt: skip
def test_what_is_read_of_a_file(data, head, rows):
    found = text_frame(data, "f.csv")
    assert (found.columns, found.rows()) == (head, rows)
    assert [str(one) for one in found.dtypes] == [*["String"] * (len(head) - 1), "UInt32"]


EMPTY = "f.csv: The file is empty. It needs a header row and one row per record."
TWICE = "Remove one of them, and check that the first row holds the column names."
COMMA = "Put text that holds a comma in double quotes."
QUOTES = "Check the quotes of the row that begins there."


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", EMPTY),
        (b" \r\n\n", EMPTY),
        (codecs.BOM_UTF8, EMPTY),
        (b"a,b\n1,\x00\n", "f.csv: This is not a text file. Save it again as CSV UTF-8 or plain text."),
        (b"a,b,a\n1,2,3\n", "f.csv line 1: Columns 1 and 3 have the same name. " + TWICE),
        (b"\na,b,b,a\n1,2,3,4\n", "f.csv line 2: Columns 2 and 3 have the same name. " + TWICE),
        (b"a,b\n1,2\n1,2,3\n", "f.csv line 3: The row has 3 cells where the header has 2. " + COMMA),
        (b"a,b\n1,2,3\n", "f.csv line 2: The row has 3 cells where the header has 2. " + COMMA),
        (b'a,b\n1,2\n"x\ny",2\n3,"x\n',
         f"f.csv line 5: The file is not readable as CSV (unexpected end of data). {QUOTES}"),
        (b'a,b\n"x"y,2\n', f"f.csv line 2: The file is not readable as CSV (',' expected after '\"'). {QUOTES}"),
        (b"a,b\n1\n" + b"x" * 100_001 + b",2\n",
         f"f.csv line 3: The file is not readable as CSV (field larger than field limit (100000)). {QUOTES}"),
    ],
)  # fmt: skip
def test_what_is_refused_of_a_file(data, says):
    with pytest.raises(InputError) as refused:
        text_frame(data, "f.csv")
    assert refused.value.sentence == says


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("a,b\n1,2\n", "utf-8"),
        ("\r\n\na,b\r1,2", "utf-8"),
        ("\ufeff\ufeffa,b\n1,2", "utf-8"),
        ("a,b\r\n1,2\r\n", "utf-16"),
        ("a,b\n1,2\n", "utf-16-be"),
    ],
)
def test_the_columns_of_a_file_are_known_by_its_beginning(tmp_path, text, encoding):
    (tmp_path / "Khan requests.csv").write_bytes((text + "\n" * 70_000).encode(encoding))
    found = read_module(SourceFile("Khan requests.csv", str(tmp_path), tmp_path / "Khan requests.csv"))
    assert (found.file, found.columns) == ("aaaa requests.csv", ("a", "b"))
    assert found.load().select("a", "b").row(0) == ("1", "2")


@pytest.mark.parametrize(
    ("stem", "found"),
    [
        ("Blade-Export_18-01-2024_requests", ("requests", "blade-export_18-01-2024_")),
        (" SEN2 ", ("header", "")),
        ("person", ("persons", "")),
        ("assessment", ("assessments", "")),
        ("x_namedplan", ("named_plans", "x_")),
        ("plandetail", ("plan_details", "")),
        ("activeplans", ("active_plans", "")),
        ("placementdetail", ("placements", "")),
        ("senneed", ("needs", "")),
        ("persons", None),
        ("requests 2", None),
    ],
)
def test_the_module_by_the_name_of_a_file(stem, found):
    assert module_by_name(stem) == found


@pytest.mark.parametrize(
    ("columns", "module"),
    [
        ("SEN2TableID", "header"),
        ("Person Table ID", "persons"),
        ("sen2tableid persontableid", "persons"),
        ("persontableid requeststableid", "requests"),
        ("requeststableid assessmenttableid", "assessments"),
        ("assessmenttableid namedplantableid", "named_plans"),
        ("namedplantableid plandetailtableid", "plan_details"),
        ("requeststableid activeplanstableid", "active_plans"),
        ("activeplanstableid placementdetailtableid", "placements"),
        ("activeplanstableid senneedtableid", "needs"),
        ("requeststableid receiveddate", None),
        ("activeplanstableid sentype", None),
        ("urn", None),
    ],
)
def test_the_module_by_the_columns_of_a_file(columns, module):
    assert module_by_columns([columns] if columns == "Person Table ID" else columns.split()) == module
