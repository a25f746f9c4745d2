"""Five invented councils, one region, checked with a pencil."""

from pathlib import Path

import pytest

from highneeds.benchmarks import benchmark, comparisons
from highneeds.intake.published import open_pack
from highneeds.intake.published.schema import TABLES

LOOKUP = """la_number,code,la_name,region_code,region,first_year,last_year,all_codes,la_type,x,successor_la_number
901,E1,Ash,E12000008,South,2010,2030,,Shire,South,
902,E2,Birch,E12000008,South,2010,2030,,Shire,South,
903,E3,Cedar,E12000008,South,2010,2030,,Shire,South,
904,E4,Date,E12000007,Town,2010,2030,,Shire,Town,
"""
TOTAL = """geo_level,la_number,name,year,plans,of_which_statements,source
LA,901,Ash,2030,100,0,s
LA,901,Ash,2031,110,0,s
LA,902,Birch,2031,300,0,s
LA,903,Cedar,2031,300,0,s
LA,904,Date,2031,50,0,s
NAT,E92000001,England,2030,800,0,s
NAT,E92000001,England,2031,1000,0,s
"""
SETTING = """geo_level,la_number,year,setting,plans,source
LA,901,2031,mainstream,40,s
LA,901,2031,special_state,60,s
LA,901,2031,placement_unknown,10,s
LA,902,2031,special_state,150,s
LA,902,2031,mainstream,150,s
LA,903,2031,placement_unknown,290,s
LA,903,2031,special_state,10,s
"""
POPULATION = """la_number,mid_year,population,age_range,basis
901,2023,1000,0-25,b
902,2023,6000,0-25,b
903,2023,2000,0-25,b
901,2023,500,2-18,b
902,2023,3000,2-18,b
"""
NEIGHBOURS = """model_version,la_number,rank,neighbour_la_number,closeness,la_name,neighbour_name
2021-04,901,1,902,Close,Ash,Birch
2021-04,901,2,903,Close,Ash,Cedar
2021-04,901,3,777,Close,Ash,Gone
2031-06,901,1,904,Close,Ash,Date
"""
PROCESS = {
    "geo_level": "LA",
    "la_number": "901",
    "cal_year": "2030",
    "requests_received_in_year": "x",
    "requests_decided_not_to_assess": "5",
    "plans_issued_den": "40",
    "plans_issued_den_ex": "32",
    "plans_issued_within_20_weeks": "20",
    "plans_issued_20_weeks_ex": "20",
    "total_ceased": "8",
}
OUTTURN = """la_number,la_code,fin_year,high_needs_1_2_net_gbp,schools_1_0_net_gbp,other_education_2_x_net_gbp
901,E1,2030-31,450000,0,0
"""

KENT = {
    "ceased_per_100_plans_prev_jan": ("2024", "10.72", "7.78", "6.94", "7.33", "23 of 153"),
    "ehcp_growth_pct_1y": ("2025-01", "6.33", "10.80", "10.45", "13.60", "122 of 152"),
    "ehcp_per_1000_pop_0_25_mid2023": ("2025-01", "43.29", "36.41", "39.10", "34.91", "25 of 153"),
    "pct_20wk_excl_exceptions": ("2024", "33.26", "46.43", "38.22", "33.68", "106 of 150"),
    "pct_20wk_incl_exceptions": ("2024", "32.34", "45.85", "37.93", "33.23", "110 of 152"),
    "pct_fe_and_spi": ("2025-01", "14.31", "13.80", "14.59", "13.86", "61 of 151"),
    "pct_independent_or_nmss": ("2025-01", "7.87", "5.33", "7.56", "6.36", "27 of 151"),
    "pct_mainstream_incl_units": ("2025-01", "36.11", "43.56", "42.54", "39.95", "140 of 151"),
    "pct_requests_refused": ("2024", "54.99", "25.17", "29.98", "24.31", "3 of 153"),
    "pct_state_special": ("2025-01", "31.15", "25.03", "24.80", "28.61", "29 of 151"),
    "private_special_and_independent_per_1000_pop_2_18_mid2023": (
        "2025-01",
        "5.33",
        "3.64",
        "4.96",
        "3.70",
        "28 of 151",
    ),
    "pupils_with_plan_per_100_on_sen_support": ("2025-01", "44.27", "37.32", "37.93", "36.23", "24 of 153"),
    "requests_per_10000_pop_0_25_mid2023": ("2024", "83.94", "88.06", "85.41", "96.30", "81 of 153"),
    "requests_per_100_plans_prev_jan": ("2024", "20.62", "26.80", "24.13", "31.78", "131 of 153"),
    "s251_high_needs_1_2_per_head_2_18_mid2023": ("2023-24", "832.55", "762.09", "756.35", "673.01", "50 of 151"),
    "s251_high_needs_1_2_per_plan": ("2023-24", "14301.41", "15194.60", "14513.69", "15311.68", "99 of 151"),
    "state_special_per_1000_pop_2_18_mid2023": ("2025-01", "19.28", "14.12", "14.27", "14.46", "16 of 151"),
}
"""Published up to January 2025, of Kent: hold them to `highneeds benchmark 886`."""


def process_file() -> str:
    """Every column the schema asks for; those that do not matter here were not returned."""
    cells = dict.fromkeys(TABLES["ehcp_process"].columns, "x") | PROCESS
    return ",".join(cells) + "\n" + ",".join(cells.values()) + "\n"


@pytest.fixture
def rows(tmp_path: Path):
    files = {
        "la_lookup": LOOKUP,
        "ehcp_caseload_total_2030_2031": TOTAL,
        "ehcp_caseload_by_setting_2030_2031": SETTING,
        "population_2_18_and_0_25": POPULATION,
        "stat_neighbours": NEIGHBOURS,
        "ehcp_process_2030": process_file(),
        "s251_outturn_high_needs_total_2030_31": OUTTURN,
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    table, notes = benchmark(open_pack(tmp_path))
    found = {(row["indicator"], row["period"], row["la_number"]): row for row in table.records()}
    return found, notes


def test_a_rate_is_plans_over_people_and_ties_share_the_lower_rank(rows):
    found, _ = rows
    ash, birch, cedar = (
        found["ehcp_per_1000_pop_0_25_mid2023", "2031-01", council] for council in ("901", "902", "903")
    )
    assert (ash["value"], birch["value"], cedar["value"]) == (110, 50, 150)
    assert (cedar["rank"], ash["rank"], birch["rank"], ash["n_councils"]) == (1, 2, 3, 3)


def test_england_is_summed_over_councils_with_both_where_no_population_is_published(rows):
    found, notes = rows
    ash = found["ehcp_per_1000_pop_0_25_mid2023", "2031-01", "901"]
    assert ash["england"] == pytest.approx(1000 * (110 + 300 + 300) / (1000 + 6000 + 2000))
    assert ash["region"] == ash["england"]
    said = "ehcp_per_1000_pop_0_25_mid2023, 2031-01: England is summed over 3 of 4 councils; none is published."
    assert said in notes


def test_england_is_the_published_figure_where_there_is_one(rows):
    found, _ = rows
    ash = found["ehcp_growth_pct_1y", "2031-01", "901"]
    assert (ash["value"], ash["england"]) == (10, 25)


def test_neighbours_come_from_the_newest_model_known_at_the_period(rows):
    """The model of June 2031 was not known in January 2031; one of the three neighbours has no figure."""
    found, _ = rows
    ash = found["ehcp_per_1000_pop_0_25_mid2023", "2031-01", "901"]
    assert ash["neighbours_available"] == 2
    assert (ash["neighbour_mean"], ash["neighbour_median"]) == (100, 100)
    assert ash["neighbour_pooled"] == pytest.approx(1000 * 600 / 8000)


def test_a_council_without_placements_has_no_setting_figures(rows):
    found, _ = rows
    assert found["pct_state_special", "2031-01", "901"]["value"] == pytest.approx(100 * 60 / 110)
    assert ("pct_state_special", "2031-01", "903") not in found


def test_rates_of_a_calendar_and_of_a_financial_year(rows):
    found, _ = rows
    assert found["ceased_per_100_plans_prev_jan", "2030", "901"]["value"] == 8
    assert found["pct_20wk_excl_exceptions", "2030", "901"]["value"] == 62.5
    assert found["s251_high_needs_1_2_per_head_2_18_mid2023", "2030-31", "901"]["value"] == 900
    assert ("pct_requests_refused", "2030", "901") not in found, "a figure that was not returned is no nought"


def test_every_comparison_is_complete():
    for one in comparisons():
        assert one.title and one.unit and one.source and one.part and one.whole and one.example


@pytest.fixture(scope="module")
def kent():
    table, _ = benchmark(open_pack(), ["886"])
    return table.records()


def test_kent_beside_england_and_its_neighbours_in_the_newest_year(kent):
    """(period, Kent, England, South East, mean of the neighbours, rank among so many councils) of each comparison."""
    newest = {row["indicator"]: row for row in kent}
    assert {
        name: (
            row["period"],
            *(f"{row[column]:.2f}" for column in ("value", "england", "region", "neighbour_mean")),
            f"{row['rank']} of {row['n_councils']}",
        )
        for name, row in newest.items()
    } == KENT


def test_kent_beside_its_neighbours_from_the_pack(kent):
    """Published for January 2024: 19,407 plans; 476,670 people aged 0 to 25 in mid-2023."""
    row = next(r for r in kent if (r["indicator"], r["period"]) == ("ehcp_per_1000_pop_0_25_mid2023", "2024-01"))
    population = open_pack().table("population_2_18_and_0_25")
    people = population.filter((population["la_number"] == "886") & (population["age_range"] == "0-25"))["population"][
        0
    ]
    assert row["value"] == pytest.approx(1000 * 19_407 / people)
    assert row["neighbours_available"] == 10
