"""Text, CSV, YAML and cells as they are written, and what of each is refused, word for word."""

import pytest

from highneeds.intake import values
from highneeds.intake.cells_said import cell_to_say, code_to_say, form, words_to_say
from highneeds.intake.csvfile import CsvRow, parse_csv, rows_with_lines
from highneeds.intake.file_names import file_name_to_keep, file_name_to_say
from highneeds.intake.text import decode, encoding_of, read_bytes, read_text, size_of
from highneeds.intake.yamlfile import Located, parse_yaml
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore


def sentence(ask):
    try:
        return ask()
    except InputError as refused:
        return refused.sentence


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (b"a", "utf-8"),
        (b"\xef\xbb\xbfa", "utf-8-sig"),
        (b"\xff\xfea\x00", "utf-16"),
        (b"\xfe\xff\x00a", "utf-16"),
        (b"a\x00b\x00", "utf-16-le"),
        (b"\x00a\x00b", "utf-16-be"),
        (b"a\x00b\x00cdef", "utf-8"),
        (b"a\x00b\x00c\x00def", "utf-8"),
        (b"a\x00b\x00c\x00d\x00ef", "utf-16-le"),
        (b"\x00a\x00b\x00c\x00def", "utf-16-be"),
        (b"\x00a\x00b\x00cdef", "utf-8"),
        (b"x" * 4096 + b"a\x00" * 4096, "utf-8"),
        (b"\xa3", "cp1252"),
    ],
)
def test_the_encoding_of_a_text(data, encoding):
    assert encoding_of(data) == encoding


NO_TEXT = "Save it again as CSV UTF-8 or plain text."


def test_a_text_has_plain_line_ends_and_nothing_that_is_none():
    assert decode("a\r\nb\rc\n\r£".encode(), "f") == "a\nb\nc\n\n£"
    assert sentence(lambda: decode(b"\x81\xff\x8d", "f")) == (
        f"f: This is not a text file in UTF-8, UTF-16 or Windows-1252. {NO_TEXT}"
    )
    assert sentence(lambda: decode(b"ab\x00", "f")) == f"f: This is not a text file. {NO_TEXT}"


@pytest.mark.parametrize("on_disk", [True, False])
def test_a_file_is_read_up_to_its_limit(tmp_path, on_disk):
    (tmp_path / "f.txt").write_bytes(b"12345")
    at = (tmp_path if on_disk else documents(MemoryStore({"f.txt": b"12345"}))) / "f.txt"
    assert (size_of(at), read_bytes(at, limit=5), read_text(at)) == (5, b"12345", "12345")
    assert sentence(lambda: read_bytes(at, limit=4)) == (
        "f.txt: The file is 5 bytes, more than 4. Split it, then try again."
    )
    assert sentence(lambda: read_text(at, "the list", 4)).startswith("the list: The file is 5 bytes")
    missing = "The file is missing. Put it there, or check the folder's name."
    assert sentence(lambda: read_bytes(at.parent / "g.txt")) == f"g.txt: {missing}"
    assert sentence(lambda: read_text(at.parent / "g.txt", "the list")) == f"the list: {missing}"


@pytest.mark.parametrize(
    ("text", "options", "found"),
    [
        ("b,a,old\n x , y,z\n1\n", {"renamed": {"old": "new"}}, [(2, {"b": "x", "a": "y", "new": "z"}),
                                                                  (3, {"b": "1", "a": "", "new": ""})]),
        ('a,b\n"1\n2",3\n4,5', {"optional": ()}, [(2, {"a": "1\n2", "b": "3"}), (4, {"a": "4", "b": "5"})]),
        ("# remark\na,b\n", {}, []),
        ("", {}, "f.csv: The file is empty. It needs a header row and one row per record."),
        ("# remark\n\n", {}, "f.csv: The file is empty. It needs a header row and one row per record."),
        ("a,b,a\n", {}, "f.csv line 1: The column a stands there twice. Remove one of them."),
        ("c\n", {}, "f.csv line 1: The column a, b is missing. Add it to the header row."),
        ("a,b,x,c,y\n", {"optional": ("c",)},
         "f.csv line 1: The column x, y is not known here. Remove or rename it; known columns are a, b, c."),
        ("a,b\n1,2\n1,2,3\n", {},
         "f.csv line 3: The row has 3 cells where the header has 2. Put text that holds a comma in double quotes."),
        ('a,b\n1,2\n"x\n', {},
         "f.csv line 3: The file is not readable as CSV (unexpected end of data). "
         "Check the quotes of the row that begins there."),
    ],
)  # fmt: skip
def test_a_csv_file(text, options, found):
    read = sentence(lambda: parse_csv(text, "f.csv", ("a", "b"), **options))
    assert (read if isinstance(read, str) else [(row.line, dict(row.cells)) for row in read]) == found


def test_rows_with_another_delimiter():
    assert list(rows_with_lines('a;b\n"c\nd";e\nf', "f", ";")) == [(1, ["a", "b"]), (2, ["c\nd", "e"]), (4, ["f"])]


def row(text):
    return CsvRow("f.csv", 2, {"x": text})


PLACE = "f.csv line 2, column x"


@pytest.mark.parametrize(
    ("text", "number", "whole"),
    [
        ("", "None", "None"),
        ("0", "0", "0"),
        ("-1,234", "-1234", "-1234"),
        ("−5.50", "-5.50", f"{PLACE}: '−5.50' is not a whole number. Write a whole number."),
        ("+5.00", "5.00", "5"),
        (".5", "0.5", f"{PLACE}: '.5' is not a whole number. Write a whole number."),
        ("999999999999", "999999999999", "999999999999"),
        ("1" * 12 + "." + "1" * 27, "1" * 12 + "." + "1" * 27, None),
        ("1" * 12 + "." + "1" * 28, f"{PLACE}: '{('1' * 12 + '.' + '1' * 28)[:40]}...' stands where a number belongs. "
         "Write digits only, such as 1234.5.", None),
        ("1000000000000", f"{PLACE}: '1000000000000' is too large for a figure of a council. "
         "Write a number below a million million.", None),
        ("-1000000000000", f"{PLACE}: '-1000000000000' is too large for a figure of a council. "
         "Write a number below a million million.", None),
        ("x" * 40, f"{PLACE}: '{'x' * 40}' stands where a number belongs. Write digits only, such as 1234.5.", None),
        ("-", f"{PLACE}: '-' stands where a number belongs. Write digits only, such as 1234.5.", None),
        ("12,34", f"{PLACE}: '12,34' stands where a number belongs. Write digits only, such as 1234.5.", None),
        ("5.", f"{PLACE}: '5.' stands where a number belongs. Write digits only, such as 1234.5.", None),
    ],
)  # fmt: skip
def test_a_number_in_a_cell(text, number, whole):
    assert str(sentence(lambda: values.decimal_or_none(row(text), "x"))) == number
    assert whole is None or str(sentence(lambda: values.whole_or_none(row(text), "x"))) == whole


def test_a_cell_that_must_hold_something():
    assert values.whole(row("7"), "x") == 7 and values.text(row("a"), "x") == "a"
    assert sentence(lambda: values.whole(row(""), "x")) == f"{PLACE}: The cell is empty. Write a whole number."
    assert sentence(lambda: values.text(row(""), "x")) == f"{PLACE}: The cell is empty. Fill it in."
    assert values.code(row("a"), "x", ("a", "b")) == "a"
    assert (
        sentence(lambda: values.code(row("c"), "x", ("a", "b"))) == f"{PLACE}: 'c' is not a known x. Use one of a, b."
    )


YAML = """name: A
number: 7
flag: true
inner:
  key: 1
many:
  - key: a
  - key: b
texts: [x, 2]
none:
day: 2025-01-31
"""


def test_yaml_with_its_lines():
    found = parse_yaml(YAML, "f.yaml")
    assert (found.text("name"), found.text("number"), found.text("none"), found.text("nothing")) == ("A", "7", "", "")
    assert (found.whole("number"), found.yes_or_no("flag", False), found.yes_or_no("other", True)) == (7, True, True)
    assert (found.mapping("inner").whole("key"), [one.text("key") for one in found.mappings("many")]) == (1, ["a", "b"])
    assert (found.texts("texts"), found.texts("nothing"), found.mappings("none")) == (("x", "2"), (), ())
    assert found["day"] == "2025-01-31"
    assert (str(found.where()), str(found.where("inner")), str(found.where("x"))) == (
        "f.yaml line 1",
        "f.yaml line 4",
        "f.yaml line 1",
    )
    assert [str(one.where()) for one in found.mappings("many")] == ["f.yaml line 7", "f.yaml line 8"]


SHOWN = "docs/reference/columns.md shows how."


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda at: at.whole("name"), "f.yaml line 1: 'A' stands where a whole number belongs. Write digits only."),
        (lambda at: at.whole("flag"), "f.yaml line 3: 'True' stands where a whole number belongs. Write digits only."),
        (lambda at: at.yes_or_no("number", True), "f.yaml line 2: '7' is neither true nor false. Write true or false."),
        (lambda at: at.mapping("name"), f"f.yaml line 1: 'name' must hold keys of its own. {SHOWN}"),
        (lambda at: at.mappings("inner"), f"f.yaml line 4: 'inner' must be a list of entries. {SHOWN}"),
        (lambda at: at.mappings("texts"), f"f.yaml line 9: 'texts' must be a list of entries. {SHOWN}"),
        (lambda at: at.texts("name"), "f.yaml line 1: 'name' must be a list. Begin each line with '- '."),
        (lambda at: at.check_keys(("name",), ("b", "a")),
         "f.yaml line 2: The key 'number' is not known. Known keys are a, b, name."),
        (lambda at: at.check_keys(tuple(at)), "f.yaml line 1: The key 'none' is missing. Add it."),
        (lambda at: parse_yaml("- a\n", "f.yaml"), f"f.yaml line 1: The file holds no keys. {SHOWN}"),
        (lambda at: parse_yaml("a: 1\nb: 2\na: 3\n", "f.yaml"),
         "f.yaml line 3: The key 'a' stands there twice. Remove one of them."),
        (lambda at: parse_yaml("a: 1\nb: [\n", "f.yaml"),
         "f.yaml line 3: This is not readable as YAML (expected the node content, but found '<stream end>'). "
         "Check the indents and the colons near it."),
        (lambda at: parse_yaml("a: " + "[" * 1000 + "]" * 1000, "f.yaml"),
         "f.yaml: This is not readable as YAML (its parts are nested too deeply). "
         "Write plain text, and put it in quotes."),
        (lambda at: parse_yaml("a: \x07\n", "f.yaml"),
         "f.yaml: This is not readable as YAML (unacceptable character #x0007: special characters are not allowed). "
         "Write plain text, and put it in quotes."),
    ],
)  # fmt: skip
def test_what_of_a_yaml_file_is_refused(ask, says):
    assert sentence(lambda: ask(parse_yaml(YAML, "f.yaml"))) == says


def test_a_mapping_made_by_hand_has_no_lines():
    assert Located().file == "" and Located().line == 0


@pytest.mark.parametrize(
    ("text", "cell", "code"),
    [
        ("", "a value of the form ", "of the form "),
        (None, "a value of the form ", "of the form "),
        (" 123456 ", "'123456'", "'123456'"),
        ("1234567", "a value of the form 9999999", "'1234567'"),
        ("123456789", "a value of the form 999999999", "'123456789'"),
        ("1234567890", "a value of the form 9999999999", "of the form 9999999999"),
        ("£1,234.50 (-)", "a value of the form ?9,999.99 ?-?", "of the form ?9,999.99 ?-?"),
        ("£1,234.5 (-", "'£1,234.5 (-'", "'£1,234.5 (-'"),
        ("x", "'x'", "'x'"),
        ("ab", "a value of the form aa", "of the form aa"),
        ("P7", "'P7'", "'P7'"),
        ("p123", "a value of the form a999", "'p123'"),
        ("4/5/12", "a value of the form 9/9/99", "of the form 9/9/99"),
        ("N/A", "'N/A'", "'N/A'"),
        ("2024-25", "'2024-25'", "'2024-25'"),
        ("2024/2025", "'2024/2025'", "'2024/2025'"),
        ("1999-00", "'1999-00'", "'1999-00'"),
        ("Month 13", "'Month 13'", "'Month 13'"),
        ("period7", "'period7'", "'period7'"),
        ("Month 131", "a value of the form aaaaa 999", "of the form aaaaa 999"),
        ("ABC-123a", "a value of the form aaa-999a", "'ABC-123a'"),
        ("ABCD1", "a value of the form aaaa9", "of the form aaaa9"),
        ("C1", "a value of the form a9", "of the form a9"),
        ("SW1A", "a value of the form aa9a", "of the form aa9a"),
    ],
)
def test_what_is_said_of_a_cell(text, cell, code):
    assert (cell_to_say(text), code_to_say(text)) == (cell, code)
    outward = text and text.upper() in ("C1", "SW1A")
    assert code_to_say(text, outward_too=True) == (f"'{text}'" if outward else code)


def test_the_form_of_a_text_and_words_that_may_be_said():
    assert form(" Ab1é_+/:;") == "aa9a_+/:?" and form("x" * 24) == "a" * 24 and form("x" * 25) == "a" * 21 + "..."
    assert (words_to_say("school census", "other"), words_to_say("Khan", "other")) == ("'school census'", "other")


@pytest.mark.parametrize(
    ("name", "kept", "said"),
    [
        ("Plans by Ann.csv", "Plans by aaa.csv", "Plans by aaa.csv"),
        ("plans of ann.csv", "plans of aaa.csv", "plans of ann.csv"),
        ("P1234 12345.xlsx", "P1234 99999.xlsx", "P1234 99999.xlsx"),
        ("ActivePlans.csv", "ActivePlans.csv", "ActivePlans.csv"),
        ("ActiveKhan.csv", "aaaaaaaaaa.csv", "aaaaaaaaaa.csv"),
        ("x.Khan12", "x.aaaa12", "x.aaaa12"),
        ("x.Khans", "x.Khans", "x.Khans"),
        ("Zoë.csv", "aaa.csv", "aaa.csv"),
    ],
)
def test_the_name_of_a_file(name, kept, said):
    assert file_name_to_keep(name) == kept
    assert file_name_to_say(name) == said
