"""What becomes of one sum of a finance workbook: years beside periods, sums given twice, what is refused and why."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from highneeds.actions.import_finance import import_finance
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

COUNCIL = b"""name = "Eastmoor"
la_number = "999"
first_year = "2024-25"
last_year = "2025-26"
slots = ["July"]
[report]
number = 1
id = "2025-07"
submitted = "2025-07-10"
slot = "July"
current_year = "2025-26"
"""
WHOLE, PERIODS = ("Line,2024-25 outturn", "1.2.1,300"), ("Monitor 2024-25,,", "Line,P1,P2", "1.2.1,10,20")


def begun(mapping=""):
    return MemoryStore({"council.toml": COUNCIL} | ({"finance/mapping.csv": mapping.encode()} if mapping else {}))


def take(store, *lines, day=2, name="f.csv", **given):
    file = documents(MemoryStore({name: ("\n".join(lines) + "\n").encode()})) / name
    return import_finance(store, file, by="test", now=datetime(2025, 7, day, tzinfo=UTC), **given)


def spend(store):
    rows = csv.DictReader(io.StringIO(store.documents["finance/spend.csv"].decode()))
    return [(row["month"], row["amount_gbp"], row.get("known_on") or "") for row in rows]


def test_the_whole_year_and_its_periods_take_each_others_place_in_turn():
    """What came the other way on the same day was never known, and goes; what came before it stays until its day."""
    store = begun()
    take(store, *WHOLE)
    said = take(store, *PERIODS, day=3)
    assert {one.note for one in said.sums} == {"takes the place of the sum of the whole year"}
    assert spend(store) == [("", "300.00", ""), ("P1", "10.00", "2025-07-03"), ("P2", "20.00", "2025-07-03")]
    assert {one.outcome.value for one in take(store, *PERIODS, day=4).sums} == {"unchanged"}
    back = take(store, *WHOLE, day=5)
    assert [(one.outcome.value, one.note) for one in back.sums] == [
        ("restated", "takes the place of its periods; was 300.00, which stays known until today")
    ]
    assert spend(store)[1] == ("", "300.00", "2025-07-05") and len(spend(store)) == 4
    take(store, *PERIODS, day=5)
    assert ("", "300.00", "2025-07-05") not in spend(store) and ("P1", "10.00", "2025-07-03") in spend(store)


def test_of_a_sum_that_stands_twice_the_first_is_taken():
    done = take(begun(), "Line,2024-25 outturn", "1.2.1 A,300", "1.2.1 B,400")
    assert [(one.outcome.value, one.amount_gbp, one.note) for one in done.sums] == [
        ("new", Decimal("300.00"), ""),
        ("not read", Decimal("400.00"), f"{done.sums[0].where} gives this sum already"),
    ]


def test_a_year_is_in_one_column_and_its_budget_in_another():
    store = begun()
    take(store, "Line,2024-25 budget,2024-25 outturn", "1.2.1,250,300")
    [row] = csv.DictReader(io.StringIO(store.documents["finance/spend.csv"].decode()))
    assert row == {
        "year": "2024-25", "line": "1.2.1", "month": "", "amount_gbp": "300.00", "budget_gbp": "250.00",
        "source": "f.csv", "note": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "notes"),
    [
        (("Line,2024-25 outturn", "1.2.1,300", "1.9.9 Other,5"), ["", "line 1.9.9 is no high needs line"]),
        (("Line,2024-25 outturn", "1.2.1,300", "Left,5"), ["", "the mapping leaves this row out"]),
        (
            ("Line,2024-25 outturn", "1.2.1,300", "Mine,5"),
            ["", "nobody has said yet what this row is: write it in finance/mapping.csv"],
        ),
        ((*PERIODS, "HNB,1,1"), ["", "", *["a sum of a whole year stands under a period"] * 2]),
        (("Line,2024-25 outturn", "1.2.1,300", "Total,300"), ["", "a total, which its lines give"]),
        (
            ("Line,2024-25 outturn", "1.2.1,300", "1.2.2,7", "Total,308"),
            ["", "", "a total, which its lines give", "the lines of this column add up to 307"],
        ),
        (("Line,2024-25 outturn", "1.2.1,300", "1.2.2,tbc"), ["", "printed tbc: still to come: not_reported"]),
        (("Line,2023-24 outturn,2024-25 outturn", "1.2.1,300,"), ["", "empty: blank"]),
        (("Line,2024-25 outturn", "1.2.1,300", "1.2.2,soon"), ["", "'soon' is no figure and no known mark"]),
        (("Line,2024-25 outturn", "1.2.1,(3)"), ["brackets are a minus"]),
    ],
)  # fmt: skip
def test_what_is_said_of_a_sum(lines, notes):
    done = take(begun("row,goes_to\nLeft,\n"), *lines)
    assert [one.note for one in done.sums] == notes


@pytest.mark.parametrize(
    ("cell", "row"),
    [
        ("c", ("1.2.2", "", "printed c")),  # withheld: a part of every total of that year is missing
        ("tbc", ("1.2.2", "", "printed tbc: still to come")),
        ("n/a", ("1.2.2", "", "printed n/a")),
        ("z", None),  # a line that the council does not have
        ("Not applicable", None),
        ("", None),
        ("soon", None),
    ],
)
def test_a_line_whose_sum_is_withheld_is_missing_and_one_that_is_not_there_is_not(cell, row):
    store = begun()
    take(store, "Line,2024-25 outturn", "1.2.1,300", f"1.2.2,{cell}")
    rows = csv.DictReader(io.StringIO(store.documents["finance/spend.csv"].decode()))
    assert [(one["line"], one["amount_gbp"], one["note"]) for one in rows if one["line"] == "1.2.2"] == [row][
        : bool(row)
    ]


def test_sums_to_date_in_thousands_are_taken_apart():
    store = begun()
    done = take(
        store, "Monitor 2024-25 £000,,,,", ",Cumulative,Cumulative,Cumulative,Cumulative", "Line,P3,P1,P2,P5",
        "1.2.1,9,2,£5k,20", "1.2.2,,1,2,",
    )  # fmt: skip
    of_lines = [("P1", "2000.00"), ("P2", "3000.00"), ("P3", "4000.00"), ("P1", "1000.00"), ("P2", "1000.00")]
    assert spend(store) == [(*one, "") for one in of_lines]
    assert [one.note for one in done.sums if one.row == "1.2.1"] == [
        "2 to date less the period before",
        "5000 to date less the period before",
        "9 to date less the period before",
        "a sum to date, and not of the period before",
    ]


@pytest.mark.parametrize(
    ("lines", "what", "remedy"),
    [
        (("Line,P1,P2", "1.2.1,1,2"), "None of 2 cells could be read; the first: nothing says", "--year 2024-25"),
        (("Line,2024-25 outturn", "1.2.1,soon"), "None of 1 cells could be read; the first: 'soon'", "Write years as"),
        (("Line,2024-25 outturn", "Mine,1"), "None of 1 cells", "Write what the row 'Mine' is in finance/mapping.csv"),
        (("a,b", "1,2"), "No sheet holds sums by year or period", "Write years as 2024-25"),
        (
            ("year,la code,line,amount", "2024-25,998,1.2.1,5"),
            "Every row is of another council: 1 rows",
            "Use the workspace of that council",
        ),
    ],
)
def test_why_nothing_could_be_taken(lines, what, remedy):
    store = begun()
    with pytest.raises(InputError) as refused:
        take(store, *lines)
    assert refused.value.what.startswith(what) and remedy in refused.value.remedy and not store.record()


def test_what_is_written_is_named_and_every_cell_has_its_line():
    store = begun()
    done = take(store, "Line,2024-25 outturn,Notes", "1.2.1,300,x", "HNB,400,", name="Eastmoor outturn.csv")
    assert done.changed == ("finance/mapping.csv", "finance/spend.csv", "finance/years.csv")
    assert store.record()[-1].what == "Import the finance workbook Eastmoor outturn.csv"
    assert store.documents["finance/mapping.csv"].decode().splitlines()[1:] == ["1.2.1,1.2.1", "HNB,allocation_gbp"]
    table = done.table()
    assert table.columns == ("where", "printed", "row", "goes_to", "year", "month", "outcome", "amount_gbp", "note")
    assert [row[1:] for row in table.rows] == [
        ("300", "1.2.1", "1.2.1", "2024-25", "", "new", Decimal("300.00"), ""),
        ("400", "HNB", "allocation_gbp", "2024-25", "", "new", Decimal("400.00"), ""),
        ("Notes", "", "", "", "", "not read", None, "a column that is not read"),
    ]
