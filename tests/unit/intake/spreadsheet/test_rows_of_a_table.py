"""Which lines under the heads of a spreadsheet are rows, headings and notes."""

import pytest

from highneeds.intake.spreadsheet.grid import read_grids
from highneeds.intake.spreadsheet.table import LONG, find_table
from highneeds.store.place import documents
from memory_store import MemoryStore

SENTENCE = "x" * LONG


@pytest.mark.parametrize(
    ("lines", "rows", "asides"),
    [
        (["Note: plans,1,2"], [("", "Note: plans")], []),  # what has figures is a row, whatever it is called
        (["Note: plans,,"], [], ["a note"]),
        (["Plans,,"], [], ["a heading"]),
        (["Plans,,", "Total,3,4", "Late,5,6"], [("Plans", "Total"), ("Plans", "Late")], ["a heading"]),
        ([f"{SENTENCE}x,,"], [], ["a note"]),
        ([f"{SENTENCE},,"], [], ["a heading"]),
        ([f"{SENTENCE}x,1,2"], [("", f"{SENTENCE}x")], []),
        (["Notes:,,", "Reviews,5,6", "More words,,"], [("", "Reviews")], ["a note", "a note"]),
        (["* as reported,,"], [], ["a note"]),
        (["(p) provisional,,"], [], ["a note"]),
    ],
)
def test_what_a_line_is_taken_for(lines, rows, asides):
    text = "\n".join(["KPI,Mar-25,Apr-25", "A,1,2", *lines, ""])
    table = find_table(read_grids(documents(MemoryStore({"k.csv": text.encode()})) / "k.csv"))
    assert [(row.heading, row.title) for row in table.rows] == [("", "A"), *rows]
    assert [aside.taken_for for aside in table.asides] == asides
