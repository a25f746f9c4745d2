"""Cells that were put right, as they are kept: what may be, how it is written, what of a file is refused."""

import polars as pl
import pytest

from highneeds.intake.sen2.corrections import (
    FOLDER,
    Correction,
    as_csv,
    corrected,
    correction_notes,
    item_of,
    mark_of,
    read_kept,
    why_unreadable,
)
from highneeds.intake.sen2.rows import ReadingNote
from highneeds.intake.sen2.sources import SourceFile
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

KEPT = (
    Correction("persons", 9, "12", "sex", "F"),
    Correction("named_plans", 0, "1", "ceasedate", "2024-12-31", rule="PLN-02"),
    Correction("named_plans", 0, "1", "ceasereason", ""),
    Correction("named_plans", 1, "2", "ceasedate", "", True, "PLN-02"),
)
TEXT = """module,row,record,item,right_value,stands,rule
persons,10,12,sex,F,,
named_plans,1,1,ceasedate,2024-12-31,,PLN-02
named_plans,1,1,ceasereason,,,
named_plans,2,2,ceasedate,,yes,PLN-02
"""


def kept(files):
    return read_kept(documents(MemoryStore({f"{FOLDER}/{name}": text.encode() for name, text in files.items()})))


def test_what_is_kept_is_read_again_in_the_order_of_the_return():
    assert as_csv(KEPT[::-1]) == TEXT
    assert kept({"b.csv": TEXT, "a.csv": TEXT[:47], "c.txt": "x"}) == {"a": (), "b": KEPT}
    assert list(kept({"b.csv": TEXT, "a.csv": TEXT})) == ["a", "b"] and kept({}) == {}
    assert KEPT[0].place == ("persons", 9, "sex")


CELL = "This is no cell of a return that can be put right here. "
BACK = CELL + "Bring the file back from a backup, or read the corrections sheet again."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("persons,10", "persons,0", f"m.csv line 2: {BACK}"),
        ("persons,10", "persons,x", f"m.csv line 2: {BACK}"),
        ("persons,10", "header,1", f"m.csv line 2: {BACK}"),
        (",sex,", ",surname,", f"m.csv line 2: {BACK}"),
        (",F,", ",Q,", "m.csv line 2, column right_value: The value is not in the code list. Correct the value."),
    ],
)
def test_a_spoilt_line_is_refused(old, new, says):
    with pytest.raises(InputError) as refused:
        kept({"m.csv": TEXT.replace(old, new)})
    assert refused.value.sentence == says


@pytest.mark.parametrize(
    ("module", "item", "column"),
    [
        ("named_plans", " CeaseDate ", "ceasedate"),
        ("placements", "senunitindicator", "senunitindicator"),
        ("needs", "sentyperank", "sentyperank"),
        ("persons", "sex", "sex"),
        ("persons", "personbirthdate", None),
        ("persons", "upn", None),
        ("placements", "sensettingother", None),
        ("placements", "placementdetailtableid", None),
        ("header", "referencedate", None),
        ("nothing", "sex", None),
    ],
)
def test_what_can_be_put_right_here(module, item, column):
    found = item_of(module, item)
    assert (found.column if found else None) == column


def test_why_a_value_is_none():
    rank = item_of("needs", "sentyperank")
    assert (why_unreadable(rank, "x"), why_unreadable(rank, "1")) == ("not a whole number in range", "")


def test_cells_are_put_right_by_their_row_and_the_rest_stays():
    text = pl.DataFrame({"ceasedate": ["a", None, "c"], "line": [2, 3, 4]})
    right = [
        Correction("named_plans", 2, "3", "ceasedate", "C"),
        Correction("named_plans", 0, "1", "ceasedate", "A"),
        Correction("named_plans", 1, "2", "ceasedate", "", stands=True),
        Correction("named_plans", 1, "2", "ceasereason", "2"),
    ]
    found = corrected(text, right)
    assert found.to_dict(as_series=False) == {
        "ceasedate": ["A", None, "C"],
        "line": [2, 3, 4],
        "ceasereason": [None, "2", None],
    }
    assert list(correction_notes("named_plans", right)) == [
        ReadingNote("correction", "named_plans", item, f"namedplan, {item}: put right by the corrections sheet", count)
        for item, count in (("ceasedate", 2), ("ceasereason", 1))
    ]


def test_a_row_beyond_the_return_is_refused():
    text = pl.DataFrame({"sex": ["F"] * 1000})
    assert corrected(text, [Correction("persons", 999, "1", "sex", "M")])["sex"][999] == "M"
    with pytest.raises(InputError) as refused:
        corrected(text, [Correction("persons", 1000, "1", "sex", "M")])
    words = "Row 1001 of person was put right, and the return has 1,000. Make a new corrections sheet of this return."
    assert refused.value.sentence == f"{FOLDER}: {words}"


def test_the_mark_is_of_the_bytes_whatever_the_files_are_called(tmp_path):
    def marked(*texts):
        for number, text in enumerate(texts):
            (tmp_path / str(number)).write_text(text)
        return mark_of(SourceFile(str(n), "", tmp_path / str(n)) for n in range(len(texts)))

    assert marked("a", "b") == marked("b", "a") == "ab19ec537f09" and marked("a", "c") != marked("a", "b")
