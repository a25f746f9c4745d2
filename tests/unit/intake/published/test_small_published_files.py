"""Small published files by hand: what each becomes, when it was known, where a series breaks, and what is refused."""

import hashlib
import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from highneeds.intake.published import open_pack
from highneeds.intake.published.breaks import break_between, declared_breaks, steps_that_are_breaks
from highneeds.intake.published.build import build
from highneeds.intake.published.earnings import _rises, earnings_growth_at
from highneeds.intake.published.known import known_at, known_on, published_on
from highneeds.intake.published.of_council import council, councils, figures_of, not_published, series_of
from highneeds.vocabulary.errors import InputError

TOTALS = "geo_level,la_number,year,plans,of_which_statements,more,note\n"


def laid(folder, files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_each_column_has_its_type_and_what_is_not_named_is_read_as_it_comes(tmp_path):
    rows = "LA,001, 2030 ,1200,x,1.5, a \nREG,E1,2031,..,0,low,\n"
    found = open_pack(laid(tmp_path, {"ehcp_caseload_total_2010_2031": TOTALS + rows})).table("ehcp_caseload_total")
    assert found.rows() == [("LA", "001", 2030, 1200, None, 1.5, "a"), ("REG", "E1", 2031, None, 0, None, None)]
    assert [str(one) for one in found.dtypes] == ["String", "String", "Int64", "Int64", "Int64", "Float64", "String"]


@pytest.mark.parametrize(
    ("cells", "more"),
    [("1 2", "Int64"), ("1 2.5", "Float64"), ("x z", "String"), ("1 a", "String")],
)
def test_a_further_column_is_of_numbers_where_all_its_figures_are(tmp_path, cells, more):
    rows = "".join(f"LA,1,2030,1,0,{cell},\n" for cell in cells.split())
    found = open_pack(laid(tmp_path, {"ehcp_caseload_total": TOTALS + rows})).table("ehcp_caseload_total")
    assert str(found["more"].dtype) == more and found["more"].len() == 2


FIGURE = "Correct the figure, or leave it empty where there is none."


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (
            {"ehcp_caseload_total": TOTALS + "LA,1,2030,1,0,,\nLA,1,2031,about ten,0,,\n"},
            f"ehcp_caseload_total.csv, line 3: plans should be a number and is 'about ten'. {FIGURE}",
        ),
        (
            {"ehcp_caseload_total": TOTALS + "LA,1,2030,inf,0,,\n"},
            f"ehcp_caseload_total.csv, line 2: plans should be a number and is 'inf'. {FIGURE}",
        ),
        (
            {"ehcp_caseload_total": "geo_level,la_number,year\nLA,1,2030\n"},
            "ehcp_caseload_total.csv: The column plans is missing. "
            "Use the file as published, with every column, or remove the file.",
        ),
        (
            {"ehcp_caseload_total": ""},
            "ehcp_caseload_total.csv: The file could not be read as CSV. Save it as UTF-8 CSV with a heading row.",
        ),
        (
            {"la_lookup": ""},
            "{folder}: There is no file ehcp_caseload_total_*.csv. "
            "Add the published file that holds: plans in force each january.",
        ),
    ],
)
def test_what_of_a_published_file_is_refused(tmp_path, files, says):
    with pytest.raises(InputError) as refused:
        open_pack(laid(tmp_path, files)).table("ehcp_caseload_total")
    assert refused.value.sentence == says.replace("{folder}", str(tmp_path))


def test_a_folder_is_known_by_its_files(tmp_path):
    with pytest.raises(InputError) as refused:
        open_pack(tmp_path / "nowhere")
    words = "The open data folder is not there. Give the folder that holds the CSV files."
    assert refused.value.sentence == f"{tmp_path / 'nowhere'}: {words}"
    laid(tmp_path, {"notes": "x\n"})
    with pytest.raises(InputError) as refused:
        open_pack(tmp_path)
    words = "There is no published file in the folder. Give the folder that holds files such as "
    assert refused.value.sentence == f"{tmp_path}: {words}ehcp_caseload_total_2010_2025.csv."
    found = open_pack(laid(tmp_path, {"ehcp_caseload_total_2010_2025": TOTALS}))
    assert (found.where, found.has("ehcp_caseload_total"), found.has("la_lookup")) == (str(tmp_path), True, False)
    laid(tmp_path, {"ehcp_caseload_total_2010_2026": TOTALS})
    with pytest.raises(InputError) as refused:
        open_pack(tmp_path)
    words = "ehcp_caseload_total_2010_2025.csv and ehcp_caseload_total_2010_2026.csv hold the same table"
    assert refused.value.sentence == f"{tmp_path}: {words}. Keep only the newer of the two."
    with pytest.raises(KeyError, match="There is no published table called nothing"):
        found.table("nothing")


def test_a_pack_is_made_anew_with_where_each_table_came_from(tmp_path):
    where = laid(tmp_path, {"ehcp_caseload_total_2010_2031": TOTALS + "LA,999,2031,1200,,,\n", "other": "x\n"})
    pack = tmp_path / "deep" / "pack"
    pack.mkdir(parents=True)
    (pack / "old.parquet").write_bytes(b"x")
    made = build(where, pack)
    data = (tmp_path / "ehcp_caseload_total_2010_2031.csv").read_bytes()
    assert made == [
        {
            "table": "ehcp_caseload_total",
            "file": "ehcp_caseload_total_2010_2031.csv",
            "title": "Plans in force each January",
            "rows": 1,
            "source": "DfE, Education, health and care plans",
            "licence": "Open Government Licence v3.0",
            "sha256": hashlib.sha256(data).hexdigest(),
        }
    ]
    assert (pack / "provenance.json").read_text() == json.dumps({"files": made}, indent=1) + "\n"
    assert sorted(path.name for path in pack.iterdir()) == ["ehcp_caseload_total.parquet", "provenance.json"]


@pytest.mark.parametrize(
    ("table", "column", "period", "day"),
    [
        ("ehcp_caseload_total", "year", "2025", date(2025, 7, 1)),
        ("ehcp_process", "cal_year", "2024", date(2025, 7, 1)),
        ("population_single_age_0_25", "mid_year", "2023", date(2024, 8, 1)),
        ("dsg_allocations", "fin_year", "2024-25", date(2025, 4, 1)),
        ("s251_outturn_high_needs_total", "fin_year", "2023-24", date(2025, 1, 1)),
        ("stat_neighbours", "model_version", "2025-12", date(2026, 1, 1)),
        ("lait_sen_indicators", "period", "2024", date(2025, 7, 1)),
        ("lait_sen_indicators", "period", "2023-24", date(2025, 7, 1)),
    ],
)
def test_the_day_on_which_a_figure_was_published(table, column, period, day):
    assert published_on(table, column, period) == day


@pytest.mark.parametrize(
    ("column", "periods", "kept"),
    [
        ("year", [2019, 2020, 2021], [2019, 2020]),
        ("cal_year", [2018, 2019, 2020], [2018, 2019]),
        ("mid_year", [2018, 2019, 2020], [2018, 2019]),
        ("fin_year", ["2017-18", "2018-19", "2019-20"], ["2017-18", "2018-19"]),
        ("model_version", ["2019-05", "2020-01"], ["2019-05"]),
        ("period", ["2019", "2020", "2018-19", "2019-20"], ["2019", "2018-19"]),
        ("other", [1, 9999], [1, 9999]),
    ],
)
def test_what_was_known_on_a_census_day(column, periods, kept):
    assert known_at(pl.DataFrame({column: periods}), 2020)[column].to_list() == kept


def test_what_was_published_by_a_day():
    table = pl.DataFrame({"year": [2024, 2025, None], "plans": [1, 2, 3]})
    for day, plans in ((date(2025, 6, 30), [1]), (date(2025, 7, 1), [1, 2])):
        assert known_on(table, "ehcp_caseload_total", day)["plans"].to_list() == plans
    assert known_on(table.drop("year"), "la_lookup", date(1999, 1, 1)).height == 3


def lookup(*rows):
    head = "la_number,la_name,region_code,region,first_year,last_year,la_type,successor_la_number\n"
    return head + "".join(row + "\n" for row in rows)


WORLD = {
    "la_lookup": lookup("302,Eastmoor,E1,East,2010,2031,UA,", "301,Westmoor,E1,,2023,2031,UA,",
                        "300,Oldmoor,E1,East,2010,2022,UA,301|302"),
    "ehcp_caseload_total": "geo_level,la_number,year,plans,of_which_statements\nLA,301,2030,5,0\nLA,302,2031,7,0\n"
    "LA,301,2029,4.5,0\n",
    "ehcp_caseload_by_setting": "geo_level,la_number,year,setting,plans\nLA,301,2031,special_state,3\n"
    "LA,301,2031,mainstream,2\n",
    "send_tribunal_appeals": "geo_level,la_number,cal_year,appeals_registered,appealable_decisions,appeal_rate_pct\n"
    "LA,302,2030,5,0,1\nLA,301,2030,x,0,1\n",
    "stat_neighbours": "model_version,la_number,rank,neighbour_la_number,closeness\n2024-05,301,1,300,close\n"
    "2025-05,301,2,999,close\n2025-05,301,1,302,close\n",
}  # fmt: skip


def test_a_council_as_the_statistics_list_it(tmp_path):
    found = open_pack(laid(tmp_path, WORLD))
    assert [one.la_number for one in councils(found)] == ["301", "302"]
    west, old = council(found, "301"), council(found, "300")
    assert (west.name, west.region, west.first_year, west.last_year) == ("Westmoor", "", 2023, 2031)
    assert west.neighbours == (("302", "Eastmoor"), ("999", "999"))
    assert (old.successors, west.successors, old.region, old.neighbours, old.agreement_year) == (
        ("301", "302"), (), "East", (), "",
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        council(found, "999")
    words = "No published council has the number 999. Give the three digits of its LA number, or newer statistics"
    assert refused.value.sentence == f"--council: {words} with --open-data."


def test_the_figures_of_a_council_series_by_series(tmp_path):
    found = open_pack(laid(tmp_path, WORLD))
    told = [(one.series.id, one.period, one.value, one.known_on, one.source) for one in figures_of(found, "301")]
    sen2, courts = "DfE, Education, health and care plans", "MoJ and DfE, SEND tribunals and appeal rate"
    assert told == [
        ("all_plans", "2029-01", Decimal("4.5"), date(2029, 7, 1), sen2),
        ("all_plans", "2030-01", Decimal(5), date(2030, 7, 1), sen2),
        ("plans_mainstream", "2031-01", Decimal(2), date(2031, 7, 1), sen2),
        ("plans_special_state", "2031-01", Decimal(3), date(2031, 7, 1), sen2),
        ("appeals_registered", "2030", None, date(2031, 7, 1), courts),
    ]
    ids = [one.id for one in series_of(found)]
    assert ids[:3] == ["all_plans", "plans_mainstream", "plans_special_state"] and len(ids) == len(set(ids)) == 15


def test_what_the_statistics_do_not_hold_of_a_council(tmp_path):
    found = open_pack(laid(tmp_path, WORLD))
    none = "the statistics hold no such table"
    west = list(not_published(found, "301"))
    assert west[0] == "Plans in force: no figure of Westmoor for 2031-01, the last is for 2030-01"
    assert west[1] == f"New plans: {none}" and west[7] == f"Reviews not held: {none}"
    counted = ", which has been counted on its own since January 2023"
    assert west[8] == f"Appeals registered: nothing is published of Westmoor{counted}"
    assert len(west) == 13
    old = list(not_published(found, "300"))
    assert old[0] == "Plans in force: nothing is published of Oldmoor"
    assert len(list(not_published(found, "302"))) == 11


def totals(*rows):
    return pl.DataFrame(rows, schema=["geo_level", "la_number", "year", "plans"], orient="row")


def test_a_step_that_no_council_makes_is_a_break():
    steady = [("LA", str(number), year, 1000) for number in range(9) for year in (2020, 2021)]
    for plans, breaks in ((800, True), (819, False), (1200, False), (1250, True), (0, False)):
        found = steps_that_are_breaks(totals(*steady, ("LA", "x", 2020, 1000), ("LA", "x", 2021, plans)))
        assert found.rows() == ([("x", 2021)] if breaks else []), plans
    spread = [("LA", str(n), year, 1000 + (n - 4) * 50 * (year - 2020)) for n in range(9) for year in (2020, 2021)]
    wide = steps_that_are_breaks(totals(*spread, ("LA", "x", 2020, 1000), ("LA", "x", 2021, 700)))
    assert wide.rows() == [], "of a wide spread a step has to be four times it"
    assert steps_that_are_breaks(totals(("REG", "x", 2020, 1000), ("REG", "x", 2021, 1))).rows() == []
    assert steps_that_are_breaks(totals(*steady, ("LA", "x", 2019, 1000), ("LA", "x", 2021, 1))).rows() == []


def test_an_announced_change_lies_between_two_years():
    one = declared_breaks()[0]
    assert break_between(one.series, one.before, one.after) == one
    assert break_between(one.series, "0000-01", "9999-00") == one
    assert break_between(one.series, one.after, "9999-00") is None
    assert break_between(one.series, "0000-01", one.before) is None
    assert break_between("x", one.before, one.after) is None


def test_earnings_as_known_at_a_january():
    years = sorted(_rises())
    assert earnings_growth_at(years[0]) is None
    assert earnings_growth_at(years[0] + 1) == _rises()[years[0]] and 0 < _rises()[years[0]] < 0.2
    assert earnings_growth_at(years[-1] + 9) == _rises()[years[-1]]
