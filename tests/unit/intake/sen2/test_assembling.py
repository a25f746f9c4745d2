"""From the text of a return's modules to its rows: what hangs from what, what is kept of a person, what is noted."""

from datetime import date

import polars as pl
import pytest

from highneeds.intake.localities import Localities
from highneeds.intake.sen2.assemble import assemble
from highneeds.intake.sen2.corrections import Correction
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.vocabulary.errors import InputError
from sen2_tables import KEY

DAY = date(2025, 1, 16)


def module(file, columns, *rows):

    def load():
        frame = pl.DataFrame(rows, schema=dict.fromkeys(columns.split(), pl.String), orient="row")
        return frame.with_columns(pl.int_range(2, pl.len() + 2, dtype=pl.UInt32).alias("line"))

    return RawModule(file, tuple(columns.split()), load)


HEADER = module("sen2.csv", "referencedate", ("2025-01-16",))
PERSONS = module(
    "person.csv",
    "persontableid personorderseqcolumn personbirthdate sex postcode",
    (" 7 ", "1", "2012-01-17", "M", "AB10 1AA"),
    (None, " ", "", " ", None),
    ("8.0", "123456789", "2012-01-16", "Khan", "zz1 1zz"),
    ("8", "1234567890", "soon", "F", None),
    ("x.0", "n1", None, None, None),
)
REQUESTS = module(
    "requests.csv",
    "requeststableid persontableid receiveddate",
    ("1.0", "8", "2022-02-28"),
    ("2", "7", None),
    ("", "9", "2022-01-15"),
    ("A3", "8.0", "2010-01-01"),
    ("1", "7", "2024-01-01"),
)
ACTIVE = module("active.csv", "activeplanstableid requeststableid", ("5", "1"), ("6", "2"))
PLACEMENTS = module(
    "placement.csv",
    "placementdetailtableid activeplanstableid placementrank urn entrydate",
    ("1", "5", "1", "100001", "2022-03-01"),
    ("2", "5", "1", "100002", "2023-03-01"),
    ("3", "5", "2", "100003", "2024-03-01"),
    ("4", "6", "1", "100001", None),
)
MODULES_GIVEN = {
    "header": HEADER,
    "persons": PERSONS,
    "requests": REQUESTS,
    "active_plans": ACTIVE,
    "placements": PLACEMENTS,
}
AREAS = Localities({"AB10": "North"}, {"100001": "East", "100002": "West", "100003": "South"})


def assembled(form="csv", **other):
    raw = RawReturn(form, "given", MODULES_GIVEN, (ReadingNote("first", "", "", "of the files", 1),), frozenset())
    return assemble(raw, key=KEY, establishments=None, mark="abc", localities=AREAS, **other)


def test_rows_are_joined_by_their_ids_and_named_by_what_may_be_shown():
    """A row in which nothing stands is none; what hangs from an id that stands twice hangs from the first."""
    found, _ = assembled()
    assert found.persons.select(
        "person", "line", "reference", "id_repeated", "birth_month", "age_at_reference"
    ).rows() == [
        (0, 2, "1", False, date(2012, 1, 1), 12),
        (1, 4, "123456789", False, date(2012, 1, 1), 13),
        (2, 5, "3", True, None, None),
        (3, 6, "4", False, None, None),
    ]
    assert found.requests.select("request", "person", "line", "reference", "id_repeated", "age_at_received").rows() == [
        (0, 1, 2, "1", False, 10),
        (1, 0, 3, "2", False, None),
        (2, None, 4, "3", False, None),
        (3, 1, 5, "4", False, -3),
        (4, 0, 6, "1", True, 11),
    ]
    assert found.placements.select("active", "request", "person", "age_at_entry", "setting_class").rows() == [
        (0, 0, 1, 10, "unclassed"),
        (0, 0, 1, 11, "unclassed"),
        (0, 0, 1, 12, "unclassed"),
        (1, 1, 0, None, "unclassed"),
    ]
    assert found.persons["locality"].to_list() == ["North", "West", None, None]


def test_cells_that_cannot_be_read_stand_with_their_row():
    assert assembled()[0].unreadable.rows() == [
        ("persons", 2, 5, "birth_date", "aaaa", "not a date"),
        ("persons", 1, 4, "sex", "aaaa", "not in the code list"),
    ]


def test_what_is_said_of_a_return():
    found, _ = assembled(
        corrections=[
            Correction("needs", 0, "1", "sentype", "ASD", stands=True),
            Correction("requests", 1, "2", "rya", "1"),
        ]
    )
    assert found.requests["rya"].to_list() == [None, True, None, None, None]
    about = (found.layout, found.form, found.mark, dict(found.files), found.header.reference_date)
    files = {name: text.file for name, text in MODULES_GIVEN.items()}
    assert about == ("2025", "csv", "abc", files, DAY)
    words = "rows carry an id that an earlier row has; what points to it hangs from the earlier one"
    assert found.notes == (
        ReadingNote("first", "", "", "of the files", 1),
        *(
            ReadingNote("no such module", name, "", f"There is no {blade} module in what was given", 1)
            for name, blade in (
                ("assessments", "assessment"),
                ("named_plans", "namedplan"),
                ("plan_details", "plandetail"),
            )
        ),
        ReadingNote("no such module", "needs", "", "There is no senneed module in what was given", 1),
        ReadingNote("duplicate id", "persons", "persontableid", f"1 {words}", 1),
        ReadingNote("correction", "requests", "rya", "requests, rya: put right by the corrections sheet", 1),
        ReadingNote("duplicate id", "requests", "requeststableid", f"1 {words}", 1),
    )


def test_a_spelling_is_counted_by_the_cells_that_are_filled():
    columns = "requeststableid persontableid rquestsource"
    modules = MODULES_GIVEN | {"requests": module("r.csv", columns, ("1", "7", "4"), ("2", "7", None), ("3", "8", "5"))}
    raw = RawReturn("csv", "given", modules, (), frozenset())
    found, _ = assemble(raw, key=KEY, establishments=None)
    assert found.requests["source"].to_list() == ["4", None, "5"]
    notes = [note for note in found.notes if note.kind == "spelling"]
    words = "rquestsource is read as requestsource"
    assert notes == [ReadingNote("spelling", "requests", "requestsource", words, 2)]


@pytest.mark.parametrize(
    ("columns", "row", "case"),
    [
        ("persontableid", ("7.0",), "7"),
        ("persontableid sourceid", ("7", " S 1 "), "S 1"),
        ("persontableid sourceid", ("7", " "), "7"),
        ("persontableid sourceid caseid", ("7", "S1", "C1"), "C1"),
        ("personorderseqcolumn sex", ("1", "M"), None),
    ],
)
def test_case_ids_go_apart(columns, row, case):
    modules = MODULES_GIVEN | {"persons": module("p.csv", columns + " upn", (*row, "H801200001001"))}
    found, cases = assemble(RawReturn("csv", "given", modules, (), frozenset()), key=KEY, establishments=None)
    expected = [(found.persons["linkage_key"][0], "1" if "order" in columns else "7", case)] if case else []
    assert (cases.columns, cases.rows()) == (["linkage_key", "record", "case_id"], expected)


def test_what_the_files_do_not_carry_is_absent_and_of_the_dataset_names_too():
    csv, ssd = assembled()[0].absent, assembled("ssd")[0].absent
    assert ("requests", "received_date") not in csv and {("requests", "rya"), ("needs", "need_type")} <= csv
    personal = {("persons", name) for name in ("surname", "forename", "upn", "uln", "ethnicity")}
    assert ssd - csv == personal and not any(module == "header" for module, _ in ssd)


def test_a_file_that_is_not_as_its_beginning_said_is_refused():
    damaged = RawModule("requests.csv", REQUESTS.columns, lambda: REQUESTS.load().drop("receiveddate"))
    raw = RawReturn("csv", "given", MODULES_GIVEN | {"requests": damaged}, (), frozenset())
    with pytest.raises(InputError) as refused:
        assemble(raw, key=KEY, establishments=None)
    assert refused.value.sentence == "requests.csv line 1: The header row is damaged. Export the file again."


def test_each_module_says_how_far_the_reading_is():
    said = []
    assembled(progress=lambda *words: said.append(words))
    rows = (0, 4, 9, 9, 9, 9, 11, 15)
    stages = zip(MODULES, rows, range(8), strict=True)
    assert said == [
        *((f"Reading {name.replace('_', ' ')}, {count} rows so far", done, 8) for name, count, done in stages),
        ("Read 15 rows", 8, 8),
    ]
