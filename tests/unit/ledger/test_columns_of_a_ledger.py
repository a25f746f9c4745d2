"""Cells of a ledger as money, numbers, days, periods and years; sheets with their lines; what a key makes of names."""

import io
import zipfile

import polars as pl
import pytest
import xlsxwriter

from highneeds.intake.ledger import frames
from highneeds.intake.ledger.export import LedgerExport
from highneeds.intake.ledger.frames import Problem, problems_where
from highneeds.intake.ledger.keyed import is_keyed, named_alone, references, under_key, with_known_children
from highneeds.intake.ledger.sheet import LINE, read_sheet
from highneeds.intake.privacy import keyed
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

KEY = b"k" * 32


def column(read, texts):
    return pl.DataFrame({"x": pl.Series(texts, dtype=pl.String)}).select(read("x")).to_series().to_list()


@pytest.mark.parametrize(
    ("read", "cells"),
    [
        (frames.pence, {"0": 0, "5": 500, "5.1": 510, "5.12": 512, "5.123": None, "-5": -500, "−5.5": -550, "+5": 500}),
        (frames.pence, {"(5.05)": -505, "5-": -500, "12.30-": -1230, "£5": 500, "-£5": -500, "(£5)": -500}),
        (frames.pence, {"£-5": None, "5.12.1": None}),
        (frames.pence, {"1,234.50": 123450, "1,234,567": 123456700, "12,34": None, "1234,567": None, ",5": None}),
        (frames.pence, {"1" * 13: int("1" * 13) * 100, "1" * 14: None, "": None, None: None, "x": None, "5.": None}),
        (frames.number, {"5": 5.0, "-5.25": -5.25, "0.123456": 0.123456, "0.1234567": None, "+5": None, "1,000": None}),
        (frames.number, {"9" * 12: 999999999999.0, "9" * 13: None, "": None, "1e3": None, ".5": None}),
        (frames.day, {"2025-01-31": "2025-01-31", "31/01/2025": "2025-01-31", "2025-02-30": "None"}),
        (frames.day, {"31/13/2025": "None", "31-01-2025": "None", "x": "None", "01/02/2025": "2025-02-01"}),
        (frames.period, {"1": 1, "12": 12, "07": 7, "P7": 7, "p07": 7, "P12": 12, "0": None, "13": None}),
        (frames.period, {"007": 7, "0007": None, "": None, "P": None, "7a": None, "P 7": None, "-1": None}),
        (frames.year_start, {"2024-25": 2024, "2024/25": 2024, "2024/2025": 2024, "1999-00": 1999, "2024-26": None}),
        (frames.year_start, {"202425": None, "24-25": None, "2024": None, "2024-025": None, "x": None}),
    ],
)  # fmt: skip
def test_a_column_of_cells(read, cells):
    found = column(read, list(cells))
    assert [str(one) if read is frames.day else one for one in found] == list(cells.values())


def test_the_first_twenty_places_are_said_and_the_rest_counted():
    found = pl.DataFrame({LINE: range(2, 1023), "code": ["E1"] * 1021, "amount": ["x"] * 1020 + ["Khan"]})
    listed = problems_where(found, pl.lit(True), "kind", "f.csv", "amount", "{} is odd", "Look")
    assert listed[:20] == [
        Problem("kind", "f.csv", line, "amount", "'x' is odd", "Look", 1, True) for line in range(2, 22)
    ]
    assert listed[20:] == [Problem("kind", "f.csv", None, "amount", "1,001 more rows are like these", "Look", 1001)]
    assert len(problems_where(found.head(20), pl.lit(True), "kind", "f.csv", "amount", "{}", "Look")) == 20
    assert problems_where(found, pl.lit(False), "kind", "f.csv", "amount", "{}", "Look") == []


@pytest.mark.parametrize(
    ("column", "text", "words", "said"),
    [
        ("amount", "Khan", "{} is odd", "A value of the form aaaa is odd"),
        ("amount", "Khan", "The cell {} is odd", "The cell a value of the form aaaa is odd"),
        ("code", "7001", "{} is odd", "'7001' is odd"),
        ("code", "ME14", "{} is odd", "Of the form aa99 is odd"),
        ("reference", "c1", "{} is odd", "Of the form a9 is odd"),
        ("commitment", "c1", "{} is odd", "'c1' is odd"),
        ("commitment", "Khan", "{} is odd", "Of the form aaaa is odd"),
    ],
)
def test_what_is_said_of_a_cell_by_its_column(column, text, words, said):
    frame = pl.DataFrame({LINE: [2], column: [text]})
    [one] = problems_where(frame, pl.lit(True), "kind", "f.csv", column, words, "Look")
    assert one.message == said


def sheet(name, data, **options):
    return read_sheet(documents(MemoryStore({name: data})) / name, **options)


def book(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    return out.getvalue()


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"{name}.csv", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "columns", "rows"),
    [
        ("l.csv", b" a ,b\n 1 , \n2,x", ["a", "b"], [("1", None, 2), ("2", "x", 3)]),
        ("l.csv", b'a,b\n"x\ny",1\n\n , \nz,2\n', ["a", "b"], [("x\ny", "1", 2), ("z", "2", 6)]),
        ("l.csv", b"a\n1\n\n2\n", ["a"], [("1", 2), ("2", 4)]),
        ("l.txt", "a,b\n£,2\n".encode("utf-16"), ["a", "b"], [("£", "2", 2)]),
        ("l.ZIP", zipped(ledger="a,b\n1,2\n"), ["a", "b"], [("1", "2", 2)]),
        (
            "l.xlsx",
            book(One=[[" a ", "", "c"], ["x", 1.005, 7], [" ", None, None], [None, 0.1 + 0.2, "y"]]),
            ["a", "column 2", "c"],
            [("x", "1.005", "7", 2), (None, "0.3", "y", 4)],
        ),
        (
            "l.xlsm",
            book(One=[["a"], [1e15], [1e14], [0.5]]),
            ["a"],
            [("1000000000000000.0", 2), ("100000000000000", 3), ("0.5", 4)],
        ),
        ("l.xlsx", book(One=[["a", "b"]]), ["a", "b"], []),
    ],
)
def test_a_sheet_as_trimmed_text_with_its_lines(name, data, columns, rows):
    found = sheet(name, data)
    assert (found.columns, found.rows()) == ([*columns, LINE], rows)


WHOLE_BOOK = book(One=[["a"], ["1"]], Two=[["b"], ["2"]])
CELLS = "Put text that holds a comma in double quotes, and give every row the header's number of cells."


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("Khan.csv", b" \n", "aaaa.csv: The file is empty. It needs a header row and one row per posting."),
        ("l.csv", b"a, a\n1,2\n", "l.csv line 1: The column a stands there twice. Remove one."),
        (
            "l.xlsx",
            book(One=[["b", "a", "a "], [1, 2, 3]]),
            "l.xlsx line 1: The column a stands there twice. Remove one.",
        ),
        ("l.xlsx", b"x", "l.xlsx: The workbook cannot be read. Save it again in Excel."),
        ("l.xls", b"PK", "l.xls: This is not a readable zip or Excel file. Save it again."),
        ("l.xlsx", book(One=[]), "l.xlsx: The sheet is empty. It needs a header row and one row per posting."),
        ("Khan.zip", zipped(a="a\n", b="b\n"), "aaaa.zip: The zip holds 2 files that could be read. Put one into it."),
    ],
)
def test_what_of_a_sheet_is_refused(name, data, says):
    with pytest.raises(InputError) as refused:
        sheet(name, data)
    assert refused.value.sentence == says


def test_a_row_of_too_many_cells_is_refused_in_the_readers_words():
    with pytest.raises(InputError) as refused:
        sheet("l.csv", b"a,b\n1,2,3\n")
    assert refused.value.sentence.startswith("l.csv: The file is not readable as CSV (found more fields")
    assert refused.value.sentence.endswith(f"). {CELLS}")


def test_of_a_workbook_the_sheet_that_is_named_and_else_the_first():
    assert sheet("l.xlsx", WHOLE_BOOK).columns == ["a", LINE]
    assert sheet("l.xlsx", WHOLE_BOOK, sheet="Two").columns == ["b", LINE]
    with pytest.raises(InputError) as refused:
        sheet("l.xlsx", WHOLE_BOOK, sheet="Three")
    assert refused.value.sentence == "l.xlsx: There is no sheet 'Three'. Use one of One, Two."


@pytest.mark.parametrize("name", ["Khan.zip", "Khan.csv"])
def test_a_sheet_that_is_not_there_is_refused(name):
    with pytest.raises(InputError) as refused:
        read_sheet(documents(MemoryStore({})) / name)
    folder = "its name" if name.endswith("zip") else "the folder's name"
    assert str(refused.value.where) in ("aaaa.zip", "Khan.csv")
    assert refused.value.sentence.endswith(f": The file is missing. Put it there, or check {folder}.")


def postings(**columns):
    rows = max(map(len, columns.values()))
    whole = {name: columns.get(name, [None] * rows) for name in ("child", "supplier", "reference", "commitment")}
    return pl.DataFrame(whole, schema=dict.fromkeys(whole, pl.String))


def test_names_go_under_the_key_each_kind_apart():
    written = postings(child=["Khan", None, "Khan"], supplier=["Khan", "Lee", None], reference=["Khan", None, None])
    export = LedgerExport("f.csv", "d", "Main", written, (), (0, 0))
    kept = under_key(export, KEY).postings
    assert is_keyed(kept) and not is_keyed(written) and is_keyed(postings(child=[None]))
    assert kept["child"][0] == kept["child"][2] and kept["child"][1] is None
    assert len({kept[name][0] for name in ("child", "supplier", "reference")}) == 3
    assert list(references(export, KEY)) == [
        (keyed(KEY, pl.Series([text]), purpose)[0][0], purpose, text)
        for purpose, text in (("ledger child", "Khan"), ("ledger supplier", "Khan"), ("ledger supplier", "Lee"),
                              ("ledger document", "Khan"))
    ]  # fmt: skip
    assert not is_keyed(kept.with_columns(supplier=pl.lit("g" * 32))) and not is_keyed(postings(child=["0" * 33]))


def test_children_that_are_known_have_their_reference_again():
    one, other = (keyed(KEY, pl.Series([text]), "ledger child")[0][0] for text in ("7", "8"))
    kept = postings(child=[one, other, other, None], commitment=[None, None, "c1", "c2"])
    assert with_known_children(kept, ["7", "9", "7"], KEY)["child"].to_list() == ["7", other, None, None]
    assert with_known_children(kept, ["7"], None)["child"].to_list() == [one, other, None, None]
    assert (named_alone(kept), named_alone(kept.head(1)), named_alone(kept.tail(2))) == (2, 1, 0)
