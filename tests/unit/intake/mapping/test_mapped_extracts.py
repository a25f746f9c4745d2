"""A mapping and an extract by hand: whole refusals, whole rows, and when an unknown value is shown."""

from datetime import date

import pytest

from highneeds.intake.mapping.extract import UnknownValue, read_extract, unknown_values
from highneeds.intake.mapping.mapping import Mapping, TableMapping, read_mapping
from highneeds.intake.mapping.suggest import suggested
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore


def sentence(ask):
    with pytest.raises(InputError) as refused:
        ask()
    return refused.value.sentence


def mapped(text):
    return read_mapping(documents(MemoryStore({"m.toml": text.encode()})) / "m.toml")


TABLE = '[[tables]]\nmodule = "persons"\ncolumns = {sex = "Gender", caseid = "Case"}\n'


def test_a_mapping_that_says_little_and_one_that_says_all():
    person = TableMapping("persons", "*", "", "", {"sex": "Gender", "caseid": "Case"}, {})
    assert mapped("version = 1\n" + TABLE) == Mapping("m.toml", "m", 1, 2025, (person,))
    more = (
        'name = "Ours"\nversion = 2\nlayout = 2031\n[[tables]]\nmodule = "needs"\nfile = "n*.csv"\nid = "N"\n'
        'parent = "P"\ncolumns = {sentype = "Type"}\ncodes = {sentype = {"Autism" = "ASD"}}\n'
    )
    need = TableMapping("needs", "n*.csv", "N", "P", {"sentype": "Type"}, {"sentype": {"Autism": "ASD"}})
    assert mapped(more) == Mapping("m.toml", "Ours", 2, 2026, (need,))


NO_TABLES = "m.toml: The mapping has no [[tables]]. Map at least persons and requests."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (TABLE, "m.toml: The mapping has no version. Write version = 1, and 2 when you change it."),
        ('version = "1"\n' + TABLE, "m.toml: The mapping has no version. Write version = 1, and 2 when you change it."),
        ('version = 1\nlayout = "x"\n' + TABLE,
         "m.toml: 'x' is no layout of a SEN2 return. Write its year, such as layout = 2025."),
        ("version = 1\n", NO_TABLES),
        ("version = 1\ntables = []\n", NO_TABLES),
        ("version = 1\ntables = [1]\n", NO_TABLES),
        ("version = 1\ntables = 1\n", NO_TABLES),
        ("version = 1\n" + TABLE + TABLE.replace("persons", "person"),
         f"m.toml table 2: 'person' is no module. Use one of {', '.join(MODULES)}."),
        ("version = 1\n" + TABLE.replace('"Gender"', "1"),
         'm.toml table 1: columns is not a table of texts. Write lines such as sex = "Gender".'),
        ("version = 1\n" + '[[tables]]\nmodule = "persons"\n',
         'm.toml table 1: columns is not a table of texts. Write lines such as sex = "Gender".'),
        ("version = 1\n" + TABLE + "codes = {sex = 1}\n",
         'm.toml table 1: codes.sex is not a table of texts. Write lines such as sex = "Gender".'),
        ("version = 1\n" + '[[tables]]\nmodule = "needs"\nparent = "P"\ncolumns = {sex = "x"}\n',
         "m.toml table 1: 'sex' is no item of needs. Use one of sentype, sentyperank."),
        ("version = 1\n" + '[[tables]]\nmodule = "needs"\nparent = "P"\ncolumns = {}\ncodes = {sex = {}}\n',
         "m.toml table 1: 'sex' is no item of needs. Use one of sentype, sentyperank."),
        ("version = 1\n" + '[[tables]]\nmodule = "needs"\ncolumns = {}\n',
         "m.toml table 1: The table says not what its rows hang from (activeplanstableid). Add parent."),
    ],
)  # fmt: skip
def test_what_of_a_mapping_is_refused(text, says):
    assert sentence(lambda: mapped(text)) == says


def test_a_mapping_that_is_no_toml_is_refused():
    found = sentence(lambda: mapped("x"))
    assert found.startswith("m.toml: The mapping is not readable as TOML (") and found.endswith("). Correct it.")


MAPPING = """name = "Ours"
version = 3
[[tables]]
file = "PEOPLE*.csv"
module = "persons"
id = "Id"
columns = {personbirthdate = "Born", sex = "Gender", caseid = "Case"}
codes = {sex = {" Male " = "M", "Not said" = ""}}
[[tables]]
file = "requests.csv"
module = "requests"
parent = "Child"
columns = {receiveddate = "Asked", rya = "Detained"}
"""
PEOPLE = "Id,Born,Gender,Case,More\n7,2012-01-17,MALE,C7,x\n8,,not said,C8,x\n7,,F,C9,x\n ,,M,C0,x\n"
PEOPLE += "9,,Malle,,x\n10,,Malle,,x\n"
REQUESTS = "Child,Asked,Detained\n7,2024-01-02,Yes\n9,x,maybe\n"


@pytest.fixture
def extract(tmp_path):
    (tmp_path / "m.toml").write_text(MAPPING)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "people 1.csv").write_text(PEOPLE)
    (tmp_path / "in" / "requests.csv").write_text(REQUESTS)
    return tmp_path


def read(extract):
    mapping = read_mapping(extract / "m.toml")
    return read_extract(extract / "in", mapping, as_at=date(2025, 1, 16), council="886", key=b"k" * 32)


def test_an_extract_becomes_a_return_and_what_is_not_known_is_listed(extract):
    found, unknown = read(extract)
    assert found.persons.select("person", "line", "reference", "birth_month", "sex").rows() == [
        (0, 2, "7", date(2012, 1, 1), "M"),
        (1, 3, "8", None, None),
        (2, 6, "9", None, None),
        (3, 7, "10", None, None),
    ]
    assert found.requests.select("request", "person", "line", "reference", "received_date", "rya").rows() == [
        (0, 0, 2, "1", date(2024, 1, 2), True),
        (1, 2, 3, "2", None, None),
    ]
    assert found.unreadable.rows() == [
        ("persons", 2, 6, "sex", "?", "not in the code list"),
        ("persons", 3, 7, "sex", "?", "not in the code list"),
        ("requests", 1, 3, "received_date", "a", "not a date"),
        ("requests", 1, 3, "rya", "?", "neither yes nor no"),
    ]
    assert unknown == (
        UnknownValue("people 1.csv", "Gender", "sex", "Malle", 2, "M", "male", 1, 4),
        UnknownValue("requests.csv", "Detained", "rya", "maybe", 1, "", "", 1, 2),
    )
    assert [(one.distinct, one.in_all) for one in unknown] == [(1, 4), (1, 2)]
    assert found.notes[:3] == (
        ReadingNote("mapping", "", "", "Read by the mapping 'Ours', version 3", 1),
        ReadingNote("unknown value", "", "sex",
                    "2 rows of Gender in people 1.csv hold a value that the mapping does not know", 2),
        ReadingNote("unknown value", "", "rya",
                    "1 rows of Detained in requests.csv hold a value that the mapping does not know", 1),
    )  # fmt: skip
    about = (found.form, found.header.year, found.council, found.header.software, found.header.file, len(found.mark))
    assert about == ("extract", 2025, "886", "Ours", "m.toml", 12)
    assert {name: found.files[name] for name in ("header", "persons", "requests")} == {
        "header": "m.toml", "persons": "PEOPLE*.csv", "requests": "requests.csv",
    }  # fmt: skip
    assert found.carries("requests", "rya") and not found.carries("requests", "outcome")


def test_case_ids_of_an_extract_go_into_a_file_of_their_own(extract):
    mapping = read_mapping(extract / "m.toml")
    options = {"as_at": date(2025, 1, 16), "council": "886", "key": b"k" * 32, "case_ids": extract / "cases.csv"}
    read_extract([extract / "in"], mapping, **options)
    assert (extract / "cases.csv").read_text() == "linkage_key,record,case_id\n,7,C7\n,8,C8\n"


def test_what_of_an_extract_is_refused(extract):
    (extract / "in" / "requests.csv").write_text("Child,Asked\n")
    assert (
        sentence(lambda: read(extract)) == "requests.csv line 1: The column Detained is missing. Correct the mapping."
    )
    (extract / "in" / "requests.csv").unlink()
    words = "No file fits 'requests.csv' for requests. Give the file, or change its name in the mapping."
    assert sentence(lambda: read(extract)) == f"m.toml: {words}"


def value(text="Not told", rows=10, suggestion="", distinct=1, in_all=1):
    return UnknownValue("f.csv", "Col", "sex", text, rows, suggestion, "male" if suggestion else "", distinct, in_all)


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (value(), True),
        (value(rows=9), False),
        (value(rows=9, suggestion="M"), True),
        (value(distinct=12), True),
        (value(distinct=13), False),
        (value(distinct=13, suggestion="M"), False),
        (value("x" * 40), True),
        (value("x" * 41), False),
        (value(rows=20, in_all=1000), True),
        (value(rows=19, in_all=1000), False),
        (value("A123456789012"), False),
        (value("ME14 1XQ", suggestion="M"), False),
    ],
)
def test_a_value_is_shown_where_it_can_be_nobodys_name(one, shown):
    assert one.may_be_shown is shown


def test_what_is_said_of_unknown_values():
    assert value(rows=1000).sentence == "f.csv, Col: 'Not told' stands for no sex yet, in 1,000 rows."
    line = 'It may be male: if so, write "Mal" = "M" under [tables.codes.sex].'
    assert value("Mal", suggestion="M").sentence == f"f.csv, Col: 'Mal' stands for no sex yet, in 10 rows. {line}"
    hidden = "It is not shown, for it may be a name; look in the extract, and at the mapping's column."
    assert value("Khan", 1).sentence == (
        f"f.csv, Col: a value of the form aaaa stands for no sex yet, in 1 rows. {hidden}"
    )
    many = [value(rows=n + 10) for n in range(22)]
    told = list(unknown_values([*many, UnknownValue("g.csv", "Col", "sex", "Not told", 10)]))
    assert len(told) == 22 and told[20] == "f.csv, Col: 2 more values in 61 rows stand for no sex."
    assert told[21].startswith("g.csv, Col: 'Not told'") and len(list(unknown_values(many[:20]))) == 20


@pytest.mark.parametrize(
    ("column", "text", "known", "found"),
    [
        ("sex", "Male", {}, ("M", "male")),
        ("sex", "boy", {}, ("M", "male")),
        ("sex", "x", {}, ("", "")),
        ("nothing", "male", {}, ("", "")),
        ("nothing", "left early", {"Left early!": "5", "Gone": ""}, ("5", "Left early!")),
        ("nothing", "gone", {"Gone": ""}, ("", "")),
        ("nothing", "abcd", {"abcd": "1", "abcde": "2"}, ("1", "abcd")),
        ("nothing", "abcdefghijkl", {"abcdefghijklm": "1", "abcdefghijkln": "2"}, ("", "")),
        ("nothing", "plan agreed", {"agreed plan": "1"}, ("1", "agreed plan")),
        ("pb", "not ticked", {}, ("0", "no")),
        ("sentype", "Downs", {}, ("DS", "Down syndrome")),
    ],
)
def test_a_likely_code_with_what_speaks_for_it(column, text, known, found):
    assert suggested(column, text, known) == found
