"""Published statistics load by name and schema, whatever the years and councils."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from highneeds.intake.published import PACK, open_pack
from highneeds.intake.published.build import build
from highneeds.intake.published.schema import TABLES, canonical_name
from highneeds.vocabulary.errors import InputError

TOTALS = "geo_level,la_number,name,year,plans,of_which_statements,source\n"
LOOKUP = "la_number,la_name,region_code,region,first_year,last_year,la_type,successor_la_number,active_2031\n"


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("ehcp_caseload_total_2010_2025", "ehcp_caseload_total"),
        ("ehcp_caseload_total_2010_2031", "ehcp_caseload_total"),
        ("ehcp_caseload_total", "ehcp_caseload_total"),
        ("s251_outturn_high_needs_total_2017_18_to_2024_25", "s251_outturn_high_needs_total"),
        ("s251_high_needs_lines_2021_22", "s251_high_needs_lines"),
        ("population_single_age_0_25_mid2023", "population_single_age_0_25"),
        ("population_2_18_and_0_25", "population_2_18_and_0_25"),
        ("ehcp_primary_need_new_plans_2024_shares", "ehcp_primary_need_new_plans_shares"),
    ],
)
def test_a_file_is_known_by_its_name_without_years(stem: str, name: str):
    assert canonical_name(stem) == name


def test_the_pack_has_every_table_with_its_columns_and_provenance():
    pack = open_pack()
    for name, table in TABLES.items():
        found = pack.table(name)
        assert set(table.columns) <= set(found.columns), name
    files = json.loads((PACK / "provenance.json").read_text("utf-8"))["files"]
    assert {file["table"] for file in files} == set(TABLES)
    assert all(file["rows"] == pack.table(file["table"]).height for file in files)
    assert all(file["licence"] == "Open Government Licence v3.0" and len(file["sha256"]) == 64 for file in files)


def test_other_councils_and_later_years_load_unchanged(tmp_path: Path):
    where = folder(tmp_path, ehcp_caseload_total_2010_2031=TOTALS + "LA,999,Newshire,2031,1200,0,a release\n")
    totals = open_pack(where).table("ehcp_caseload_total")
    assert totals.select("la_number", "year", "plans").rows() == [("999", 2031, 1200)]


@pytest.mark.parametrize("marker", ["x", "z", "c", ":", "u", "-", ""])
def test_a_marker_of_no_figure_is_null_and_zero_is_zero(tmp_path: Path, marker: str):
    rows = f"LA,999,Newshire,2030,0,0,r\nLA,999,Newshire,2031,{marker},0,r\n"
    totals = open_pack(folder(tmp_path, ehcp_caseload_total=TOTALS + rows)).table("ehcp_caseload_total")
    assert totals["plans"].to_list() == [0, None]


def test_the_year_in_the_name_of_a_column_does_not_matter(tmp_path: Path):
    where = folder(tmp_path, la_lookup=LOOKUP + "999,Newshire,E12000008,South East,2010,2031,UA,,True\n")
    assert "active" in open_pack(where).table("la_lookup").columns


def test_a_missing_file_is_named(tmp_path: Path):
    published = open_pack(folder(tmp_path, la_lookup=LOOKUP))
    with pytest.raises(InputError, match="no file ehcp_caseload_total"):
        published.table("ehcp_caseload_total")


def test_a_missing_column_is_named_with_its_file(tmp_path: Path):
    published = open_pack(folder(tmp_path, ehcp_caseload_total_2010_2026="geo_level,la_number,year\nLA,1,2026\n"))
    with pytest.raises(InputError, match=r"ehcp_caseload_total_2010_2026\.csv: The column plans is missing"):
        published.table("ehcp_caseload_total")


def test_a_word_where_a_number_should_be_is_named_with_its_line(tmp_path: Path):
    rows = "LA,999,Newshire,2030,10,0,r\nLA,999,Newshire,2031,about ten,0,r\n"
    published = open_pack(folder(tmp_path, ehcp_caseload_total=TOTALS + rows))
    with pytest.raises(InputError, match=r"line 3: plans should be a number and is 'about ten'"):
        published.table("ehcp_caseload_total")


def test_two_files_for_one_table_are_refused(tmp_path: Path):
    where = folder(tmp_path, ehcp_caseload_total_2010_2025=TOTALS, ehcp_caseload_total_2010_2026=TOTALS)
    with pytest.raises(InputError, match="hold the same table"):
        open_pack(where)


@pytest.mark.parametrize("where", ["nowhere", "."])
def test_a_folder_that_is_not_there_or_empty_is_refused(tmp_path: Path, where: str):
    with pytest.raises(InputError):
        open_pack(tmp_path / where)


def test_what_was_known_at_a_january_is_dated_no_later():
    then = open_pack().known_at(2020)
    assert then.table("ehcp_caseload_total")["year"].max() == 2020
    assert then.table("ehcp_process")["cal_year"].max() == 2019
    assert then.table("ehcp_new_plans_by_setting")["cal_year"].max() == 2019
    assert then.table("s251_outturn_high_needs_total")["fin_year"].max() == "2018-19"
    assert then.table("ehcp_caseload_single_age_by_setting").is_empty()
    assert then.table("stat_neighbours").is_empty()
    assert then.table("la_lookup").height == open_pack().table("la_lookup").height
    assert then.known_at(2024).table("ehcp_caseload_total")["year"].max() == 2020


@pytest.mark.parametrize("name", ["ehcp_caseload_total", "ehcp_process", "s251_outturn_high_needs_total"])
def test_a_january_and_a_day_leave_out_the_same_in_either_order_and_more_after_a_wider_look(name: str):
    pack, day = open_pack(), date(2019, 7, 15)
    early = pack.known_on(day).known_at(2018).table(name)
    assert early.equals(pack.known_at(2018).known_on(day).table(name))
    assert early.equals(pack.known_at(2024).known_at(2018).known_at(2020).known_on(day).table(name))
    years = [pack.known_at(january).table(name).height for january in (2018, 2020, 2024)]
    assert early.height <= years[0] < years[1] < years[2] <= pack.table(name).height
    assert pack.known_at(2020).known_on(day).table(name).height < years[1]


def test_the_pack_can_be_built_from_any_folder(tmp_path: Path):
    where = folder(tmp_path, ehcp_caseload_total_2010_2031=TOTALS + "LA,999,Newshire,2031,1200,,r\n")
    made = build(where, tmp_path / "pack")
    assert [(file["table"], file["rows"]) for file in made] == [("ehcp_caseload_total", 1)]
    again = pl.read_parquet(tmp_path / "pack" / "ehcp_caseload_total.parquet")
    assert again.equals(open_pack(where).table("ehcp_caseload_total"))
