"""Which layout the columns of a return follow, which of them are read and noted, and what is refused."""

import polars as pl
import pytest

from highneeds.intake.sen2.fields import BLADE
from highneeds.intake.sen2.layouts import all_layouts, every_column, layout_for
from highneeds.intake.sen2.match import match
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import MODULES, ReadingNote
from highneeds.vocabulary.errors import InputError


def columns_of(year, **changed):
    """module -> its ids and items in one year's layout; `changed` gives other columns for a module."""
    layout = layout_for(year)
    found = {
        module: [name for name in BLADE[module][1:] if name] + [field.column for field in layout.of(module)]
        for module in MODULES
    }
    return found | changed


def raw(columns, form="csv", offered=None):
    modules = {
        module: RawModule(f"{module}.csv", tuple(names), lambda: pl.DataFrame()) for module, names in columns.items()
    }
    return RawReturn(form, "the folder", modules, offered=offered)


def without(columns, module, *names):
    return columns | {module: [name for name in columns[module] if name not in names]}


def of_layout(year, used):
    words = f"The return is of {year}; its columns are read by the layout of {used}"
    return (ReadingNote("layout", "header", "year", words, 1),)


@pytest.mark.parametrize(
    ("columns", "year", "used"),
    [(2023, 2023, 2023), (2024, 2024, 2024), (2025, 2025, 2025), (2026, 2026, 2026), (2026, 2027, 2026),
     (2023, 2022, 2023), (2023, 2025, 2023), (2024, 2026, 2024), (2025, 2023, 2026)],
)  # fmt: skip
def test_the_layout_is_the_years_own_or_the_one_that_fits(columns, year, used):
    found = match(raw(columns_of(columns)), year)
    assert (found.layout.year, found.notes) == (used, () if year == used else of_layout(year, used))
    assert found.present == {(field.module, field.name) for field in layout_for(columns).fields} - {
        (field.module, field.name) for field in layout_for(columns).of("header")
    }
    assert found.names["needs"] == {name: name for name in columns_of(columns)["needs"]}
    assert [field.name for field in found.fields("needs")] == ["need_type", "rank"] and found.spelt("needs") == {}


def test_a_column_of_another_year_is_read_where_the_years_own_are_there():
    columns = columns_of(2024)
    columns["requests"].append("requestsource")
    found = match(raw(columns), 2024)
    assert (found.layout.year, found.notes, ("requests", "source") in found.present) == (2024, (), True)


EXPORT = "Export the file again with all its columns."
HEADER_ROW = "Export the file again with its header row."
TOGETHER = "Give all files of the return together."


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        (
            columns_of(2024, requests=[*columns_of(2024)["requests"], "requestsource"]),
            "active_plans.csv line 1: The column reviewdraft, phasetransferduedate, phasetransferfinaldate of the 2025 "
            f"layout is missing. {EXPORT}",
        ),
        (
            without(columns_of(2025), "needs", "activeplanstableid", "sentype"),
            f"needs.csv line 1: The column activeplanstableid, sentype of the 2025 layout is missing. {EXPORT}",
        ),
        (
            without(columns_of(2025), "persons", "persontableid"),
            f"persons.csv line 1: The column persontableid of the 2025 layout is missing. {EXPORT}",
        ),
        (
            columns_of(2025, requests=["requeststableid", "persontableid", "Khan", "Ann", "Ben"]),
            f"requests.csv line 1: The first row does not hold the column names of requests. {HEADER_ROW}",
        ),
        ({"requests": columns_of(2025)["requests"]}, f"the folder: There is no person module. {TOGETHER}"),
        ({"persons": columns_of(2025)["persons"]}, f"the folder: There is no requests module. {TOGETHER}"),
    ],
)
def test_what_is_no_layout_is_refused(columns, says):
    with pytest.raises(InputError) as refused:
        match(raw(columns), 2025)
    assert refused.value.sentence == says


def test_what_no_measure_needs_may_be_left_out():
    columns = without(columns_of(2025), "persons", "sen2tableid", "surname", "forename", "ethnicity", "postcode",
                      "uniquelearnernumber")  # fmt: skip
    assert match(raw(columns), 2025).notes == ()


def test_a_module_that_is_not_there_is_noted_and_nothing_of_it_is_present():
    columns = columns_of(2025)
    del columns["needs"], columns["placements"]
    found = match(raw(columns), 2025)
    assert found.notes == (
        ReadingNote("no such module", "placements", "", "There is no placementdetail module in what was given", 1),
        ReadingNote("no such module", "needs", "", "There is no senneed module in what was given", 1),
    )
    assert found.fields("needs") == () and found.spelt("needs") == {}
    assert not {module for module, _ in found.present} & {"needs", "placements"}


def test_each_column_is_read_noted_or_passed_over():
    columns = ["Requests Table-ID", "PersonTableId", "requestsorderseqcolumn", "ReceivedDate", "RquestSource", "caseid",
               "sourceid", "nativeid", "RecordType", "line", "otherorderseqcolumn", "receiveddate", "Officer", "notes1",
               "Khan", "Ann Khan", "khan_2"]  # fmt: skip
    found = match(raw({"persons": columns_of(2025)["persons"], "requests": columns}, offered=frozenset()), 2025)
    assert found.names["requests"] == {
        "Requests Table-ID": "requeststableid",
        "PersonTableId": "persontableid",
        "requestsorderseqcolumn": "requestsorderseqcolumn",
        "ReceivedDate": "receiveddate",
        "RquestSource": "requestsource",
        "caseid": "caseid",
        "sourceid": "sourceid",
    }
    shown = ("receiveddate", "Officer", "notes1", "aaaa", "aaa aaaa", "khan_2")
    told = [
        ReadingNote("unknown column", "requests", "", f"The column {one} is not known and not read", 1) for one in shown
    ]
    assert [note for note in found.notes if note.module == "requests"] == told
    assert found.spelt("requests") == {"requestsource": "RquestSource"}
    assert [field.name for field in found.fields("requests")] == ["received_date", "source"]


def test_as_many_unknown_columns_as_known_ones_are_a_header_and_one_more_is_none():
    known = ["requeststableid", "persontableid"]
    persons = columns_of(2025)["persons"]
    found = match(raw({"persons": persons, "requests": [*known, "one", "two"]}, offered=frozenset()), 2025)
    assert set(found.names["requests"]) == set(known)
    with pytest.raises(InputError, match="does not hold the column names of requests"):
        match(raw({"persons": persons, "requests": [*known, "one", "two", "three"]}, offered=frozenset()), 2025)


def test_what_a_form_offers_is_present_whether_any_row_holds_it_or_not():
    few = {"persons": ["persontableid"], "requests": ["requeststableid", "persontableid", "rya"]}
    offered = frozenset({("needs", "sentype"), ("persons", "gendercurrent"), ("requests", "khan")})
    found = match(raw(few, "xml", offered), 2025)
    assert found.present == {("requests", "rya"), ("needs", "need_type")}
    assert found.layout.year == 2025


def test_the_layouts_are_in_the_order_of_their_years_and_the_newest_says_what_a_column_is():
    assert [layout.year for layout in all_layouts()] == [2023, 2024, 2025, 2026]
    assert [layout_for(year).year for year in (1999, 2023, 2024, 2026, 2030)] == [2023, 2023, 2024, 2026, 2026]
    assert "DS" in every_column("needs")["sentype"].codes and layout_for(2024).of("nothing") == ()
