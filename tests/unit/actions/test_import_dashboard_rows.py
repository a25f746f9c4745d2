"""What becomes of one row of a dashboard, cell by cell: the words, the unit, the catalogue, what is changed later."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from highneeds.actions.import_dashboard import import_dashboard, likeness, plain, spoken
from highneeds.store.place import documents
from memory_store import MemoryStore

FIRST, SECOND = datetime(2025, 6, 2, tzinfo=UTC), datetime(2025, 7, 2, tzinfo=UTC)
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


def begun(**files):
    return MemoryStore({"council.toml": COUNCIL, **{f"{name}.csv": text.encode() for name, text in files.items()}})


def take(store, *lines, now=FIRST):
    text = "\n".join(lines) + "\n"
    return import_dashboard(store, documents(MemoryStore({"kpi.csv": text.encode()})) / "kpi.csv", by="test", now=now)


def rows(store, name):
    return list(csv.DictReader(io.StringIO(store.documents[name].decode())))


def test_the_catalogue_says_what_the_columns_beside_the_periods_say():
    store = begun()
    take(
        store,
        "KPI,Unit,Source,Better,Notes,Mar-25,Apr-25",
        "Reviews held,No.,Case system,Higher is better,Held in the month,5,6",
        "Cost of a place,£,,down,,7,8",
        "Waiting,No.,,,,1,2",
    )
    assert rows(store, "indicators.csv") == [
        {
            "id": name, "condition": "", "title": title, "short_title": title, "unit": unit, "data_source": source,
            "frequency": "monthly", "good_direction": good, "source": "kpi.csv", "note": note, "decimals": "",
        }
        for name, title, unit, source, good, note in (
            ("reviews_held", "Reviews held", "count", "Case system", "up", "Held in the month"),
            ("cost_of_a_place", "Cost of a place", "gbp", "", "down", ""),
            ("waiting", "Waiting", "count", "", "none", ""),
        )
    ]  # fmt: skip
    assert rows(store, "observations.csv")[0] == {
        "indicator": "reviews_held", "period": "2025-03", "part": "", "whole": "", "value": "5", "unit": "count",
        "state": "reported", "reason": "", "raw": "5", "source": "kpi.csv", "known_on": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("up", ("Up", "high", "Higher", "higher is better", "increase", "bigger is better", "↑")),
        ("down", ("Down", "low", "Lower", "lower is better", "decrease", "smaller is better", "↓")),
        ("none", ("", "-", "neither", "upwards", "better")),
    ],
)
def test_every_word_for_which_way_is_good(way, words):
    store = begun()
    take(
        store,
        "KPI,Better,Mar-25,Apr-25",
        *(f"Row {letter},{word},5,6" for letter, word in zip("abcdefg", words, strict=False)),
    )
    assert [row["good_direction"] for row in rows(store, "indicators.csv")] == [way] * len(words)


def test_a_row_under_years_is_yearly_and_one_under_quarters_says_so():
    store = begun()
    take(store, "KPI,Q3 2024-25,Q4 2024-25", "Reviews,5,6")
    take(store, "KPI,2023-24,2024-25", "Appeals,5,6", now=SECOND)
    found = {row["id"]: (row["title"], row["short_title"], row["frequency"]) for row in rows(store, "indicators.csv")}
    assert found["appeals"] == ("Appeals", "Appeals", "yearly")
    assert found["reviews_by_quarter"] == ("Reviews, by quarter", "Reviews, by quarter", "monthly")


def test_a_row_is_the_products_own_by_its_id_or_its_title_where_the_unit_is_the_same():
    done = take(
        begun(),
        "Ref,KPI,Unit,Mar-25,Apr-25",
        "no_place_count,Waiting for a school,No.,1,2",
        "no_place_count,The share that waits,%,1,2",
        "K3,Requests received,No.,3,4",
    )
    assert [one.indicator for one in done.mapping] == ["no_place_count", "the_share_that_waits", "requests_received"]


def test_of_two_rows_that_could_be_one_indicator_the_first_is_and_ids_are_numbered():
    long = "word " * 14
    done = take(
        begun(),
        "Ref,Indicator,Mar-25,Apr-25",
        "no_place_count,Waiting,1,2",
        "no_place_count,Waiting!,3,4",
        "K3,Waiting?,5,6",
        f"K4,{long},5,6",
        "K5,%%,5,6",
    )
    named = [one.indicator for one in done.mapping]
    assert named == ["no_place_count", "waiting", "waiting_2", "_".join(["word"] * 12), "row"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("% of EHCPs issued (excl. exceptions)", "plans issued without exceptions"),
        ("Request for an EHC needs assessment", "requests for assessment received"),
        ("Referrals", "requests"),
        ("Plans exc. exceptions", "plans without exceptions"),
        ("EHC plan, excluding exceptions", "plans without exceptions"),
        ("Education, health and care plans inc. all", "plans including"),
        ("Share of currently open EHC", "force plans"),
        ("Per cent of the overall number", ""),
        ("Number of live plans at month end", "force plans force"),
        ("Placements incl. permitted ones", "placement including ones"),
        ("Total maintained month end", "force"),
    ],
)
def test_one_spelling_for_what_councils_call_one_thing(title, words):
    assert spoken(title) == words


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("abcde", "abcde", 1),
        ("abcde", "abcdf", 0.8),  # four letters of five
        ("b a", "a b", 1),  # the same words in another order
        ("a b c d", "d c b e", 0.6),  # three words of five
        ("a", "a b", 0.5),  # one word is no order: by letters, two of (1 + 3) twice
    ],
)
def test_likeness_by_letters_or_by_words(one, other, alike):
    assert likeness(one, other) == pytest.approx(alike)


def test_a_wording_is_suggested_from_four_fifths_on_and_only_of_the_same_unit():
    catalogue = "id,condition,title,short_title,unit,data_source,frequency,good_direction,source\n"
    catalogue += "ten,,aaaaaaaaab,aaaaaaaaab,count,,monthly,none,x\n"
    store = begun(indicators=catalogue)
    done = take(store, "KPI,Unit,Mar-25,Apr-25", "aaaaaaaacc,No.,1,2", "aaaaaaaccc,No.,1,2", "aaaaaaaacd,%,1,2")
    assert done.suggestions == {"aaaaaaaacc": "ten"}


@pytest.mark.parametrize(
    ("cells", "values", "asked"),
    [
        ("0.5,1", ["50", "100"], 0),  # none above one and one with decimals: shares of one
        ("1,1", ["1", "1"], 0),
        ("0,1", ["0", "1"], 0),
        ("-0.5,1", ["-50", "100"], 0),
        ("0.5,1.1", ["0.5", "1.1"], 0),
        ("0.5%,0.7", ["0.5", "0.7"], 0),  # a cell with its sign is no share
        ("0.5,2,3", ["0.5", "2", "3"], 1),  # two of three are above one: is this one a share?
        ("0.5,0.5,2,3", ["0.5", "0.5", "2", "3"], 0),  # half of them are no majority
        ("1,2,3", ["1", "2", "3"], 0),
        ("0,2,3", ["0", "2", "3"], 0),
    ],
)
def test_percentages_written_as_shares_of_one(cells, values, asked):
    done = take(begun(), "KPI,Unit,Jan-25,Feb-25,Mar-25,Apr-25", f"Reviews on time,%,{cells}")
    found = [one for one in done.cells if one.value is not None]
    assert [f"{one.value:f}" for one in found] == values
    assert sum("is it a share of one?" in one.note for one in found) == asked


@pytest.mark.parametrize(
    ("title", "said", "cell", "unit"),
    [
        ("A", "per cent", "1", "percent"),
        ("A", "Percentage", "1", "percent"),
        ("A", "GBP", "1", "gbp"),
        ("A", "£000", "1", "gbp"),
        ("A", "", "1%", "percent"),
        ("A", "", "£1", "gbp"),
        ("A %", "", "1", "percent"),
        ("Proportion of A", "", "1", "percent"),
        ("A per cent", "", "1", "percent"),
        ("Percentage of A", "", "1", "percent"),
        ("A in £", "", "1", "gbp"),
        ("Cost of A", "", "1", "gbp"),
        ("Costly A", "", "1", "count"),
    ],
)
def test_the_unit_of_a_row(title, said, cell, unit):
    done = take(begun(), "KPI,Unit,Mar-25,Apr-25", f"{title},{said},{cell},2")
    assert [one.unit for one in done.mapping] == [unit]


def test_what_a_later_file_changes_is_known_from_its_day_on_and_says_what_was():
    store = begun()
    take(store, "KPI,Jan-25,Feb-25,Mar-25,Apr-25", "Plans ceased,1,2 (p),-,4")
    later = ("KPI,Jan-25,Feb-25,Mar-25,Apr-25", "Plans ceased,3,2,5,n/a")
    done = take(store, *later, now=SECOND)
    assert [(one.outcome.value, one.state, one.note) for one in done.cells] == [
        ("restated", "restated", "was 1, of kpi.csv"),
        ("final, was provisional", "reported", "was 2, of kpi.csv"),
        ("restated", "reported", "was not_reported, of kpi.csv"),
        ("restated", "unavailable", "printed n/a; was 4, of kpi.csv"),
    ]
    changed = [row for row in rows(store, "observations.csv") if row["known_on"]]
    assert [(row["period"], row["value"], row["reason"], row["known_on"]) for row in changed] == [
        ("2025-01", "3", "was 1, of kpi.csv", "2025-07-02"),
        ("2025-02", "2", "was 2, of kpi.csv", "2025-07-02"),
        ("2025-03", "5", "was not_reported, of kpi.csv", "2025-07-02"),
        ("2025-04", "", "printed n/a; was 4, of kpi.csv", "2025-07-02"),
    ]
    again = take(store, *later, now=datetime(2025, 8, 1, tzinfo=UTC))
    assert {one.outcome.value for one in again.cells} == {"unchanged"} and again.changed == ()
    back = take(store, "KPI,Jan-25,Feb-25", "Plans ceased,3,2 (p)", now=datetime(2025, 8, 1, tzinfo=UTC))
    assert back.cells[1].note == "provisional, and 2 of kpi.csv is there and is not"


def test_a_provisional_figure_takes_the_place_of_a_provisional_one_and_of_none():
    store = begun()
    take(store, "KPI,Jan-25,Feb-25", "Plans ceased,1 (p),-")
    done = take(store, "KPI,Jan-25,Feb-25", "Plans ceased,2 (p),3 (p)", now=SECOND)
    assert [(one.outcome.value, one.state, one.value) for one in done.cells] == [
        ("restated", "provisional", Decimal(2)),
        ("restated", "provisional", Decimal(3)),
    ]


def test_the_day_on_which_a_month_begins_it_can_have_a_figure_and_a_month_twice_has_one():
    done = take(begun(), "KPI,May-25,Jun-25,Jul-25", "A,1,2,3", "A,9,,", now=datetime(2025, 6, 1, tzinfo=UTC))
    assert [(one.outcome.value, one.note) for one in done.cells] == [
        ("new", ""),
        ("new", ""),
        ("not read", "the period has not begun"),
        ("not read", f"{done.cells[0].where} is of the same row and month"),
        ("not read", f"{done.cells[1].where} is of the same row and month"),
        ("not read", "the period has not begun"),
    ]


@pytest.mark.parametrize("end", ["", "\n"])
def test_the_lines_of_a_file_that_is_added_to_stay(end):
    """Only columns in which something stands are added to its head; a mark of byte order and \\r go."""
    store = begun()
    head = "indicator,period,value,unit,state,reason,source,mine"
    store.documents["observations.csv"] = f"\ufeff{head}\r\na,2025-01,1,count,reported,,x,y{end}".encode()
    catalogue = "id,condition,title,short_title,unit,data_source,frequency,good_direction,source\n"
    store.documents["indicators.csv"] = (catalogue + "a,,A,A,count,,monthly,none,x\n").encode()
    take(store, "KPI,Jan-25,Feb-25", "A,1,2")
    assert store.documents["observations.csv"].decode().split("\n") == [
        f"{head},raw",
        "a,2025-01,1,count,reported,,x,y",
        "a,2025-02,2,count,reported,,kpi.csv,,2",
        "",
    ]
    assert store.documents["indicators.csv"].decode() == catalogue + "a,,A,A,count,,monthly,none,x\n"


def test_the_table_has_a_line_for_every_cell_and_everything_aside():
    done = take(begun(), "KPI,Mar-25,Apr-25", "Demand,,", "A,1,soon", "Note: nothing,,")
    table = done.table()
    assert table.columns == ("where", "printed", "row", "indicator", "period", "outcome", "state", "value", "note")
    assert [row[1:] for row in table.rows] == [
        ("1", "A", "a", "2025-03", "new", "reported", Decimal(1), ""),
        ("soon", "A", "a", "2025-04", "not read", "", None, "'soon' is no figure and no known mark"),
        ("Demand", "", "", "", "not read", "", None, "a heading"),
        ("Note: nothing", "", "", "", "not read", "", None, "a note"),
    ]


def test_words_are_held_against_each_other_without_signs():
    assert plain("% of Children's_plans (Yr 7-11)") == "of childrens plans yr 7 11"
