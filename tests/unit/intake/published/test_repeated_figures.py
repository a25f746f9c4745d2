"""A region's figure on every row of its councils is nobody's own."""

import polars as pl

from highneeds.intake.published import open_pack
from highneeds.intake.published.repeated import without_figures_of_the_region

LOOKUP = pl.DataFrame({"la_number": ["101", "102", "103", "104"], "region_code": ["R1", "R1", "R1", "R2"]})


def cleaned(*councils: tuple[str, int | None]) -> list[int | None]:
    rows = [("REG", "R1", 2022, 60), ("REG", "R2", 2022, 60), *(("LA", one, 2022, plans) for one, plans in councils)]
    table = pl.DataFrame(rows, schema=["geo_level", "la_number", "cal_year", "new_plans"], orient="row")
    found = without_figures_of_the_region(table, LOOKUP)
    assert found["la_number"].to_list() == table["la_number"].to_list()
    assert found["new_plans"].to_list()[:2] == [60, 60], "the regions keep theirs"
    return found["new_plans"].to_list()[2:]


def test_three_councils_with_the_regions_own_figure_have_none():
    assert cleaned(("101", 60), ("102", 60), ("103", 60), ("104", 60)) == [None, None, None, 60]


def test_two_may_be_chance():
    assert cleaned(("101", 60), ("102", 60), ("103", 20)) == [60, 60, 20]


def test_the_pack_has_new_plans_of_2022_that_are_a_regions():
    table = open_pack().table("ehcp_process").filter((pl.col("geo_level") == "LA") & (pl.col("cal_year") == 2022))
    assert 10 <= table["new_ehc_plans"].null_count() <= 20
    assert table["new_ehc_plans"].sum() < 70_000, "England had 66,706"
