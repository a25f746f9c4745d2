"""Regions and England: means that add up, bands made from what the same sums were wrong by."""

import math
from dataclasses import replace

import pytest

from highneeds.forecast.aggregates import AreaSpread, SummedArea, area_rows, area_spread, left_out
from highneeds.forecast.aggregates.errors import AreaError
from highneeds.forecast.aggregates.rows import AreaSpreads, _rows_of
from highneeds.forecast.aggregates.spread import LEAN, MEMORY, POWER, Usual
from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.costs.block_growth import BlockGrowth
from highneeds.intake.published import ENGLAND
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

ALL = SummedArea(ENGLAND, "England", frozenset({"101", "102", "103"}))
NORTH = SummedArea("E12000001", "North", frozenset({"101", "102"}))
SOUTH = SummedArea("E12000002", "South", frozenset({"103"}))
SPREADS = AreaSpreads(2025, FinancialYear(2023), AreaSpread(0.01, 0.02, {"age_band": 0.05}), AreaSpread(0.03, 0.0))


def table(plans: float, cost: float | None, under_5: float | None = None) -> Table:
    """Plans of January 2026, and of the year 2025-26 the cost, of which all but 100 is the grant."""
    rest = (0.0,) * 5
    rows = [("baseline", "plans", "total", "total", "2026-01", "census", plans, *rest)]
    if under_5 is not None:
        rows.append(("baseline", "plans", "age_band", "Under 5", "2026-01", "census", under_5, *rest))
    if cost is not None:
        rows.append(("baseline", "cost_gbp", "total", "total", "2025-26", "financial_year", cost, *rest))
        rows.append(("baseline", "in_year_gbp", "total", "total", "2025-26", "financial_year", 100.0, *rest))
    return Table.of(COLUMNS, rows, "Forecast")


TABLES = {"101": table(1000, 10_000.0, 50), "102": table(500, 5_000.0), "103": table(200, None)}


def found(area: SummedArea) -> dict[tuple[str, str], tuple[float, ...]]:
    rows = area_rows(TABLES, (area,), SPREADS)
    return {(row[2], row[3]): tuple(row[7:]) for row in rows}


def test_the_mean_of_an_area_is_the_sum_of_its_councils():
    assert found(NORTH)["plans", "total"][0] == 1500
    assert found(NORTH)["cost_gbp", "total"][0] == 15_000
    assert found(NORTH)["plans", "age_band"][0] == 50, "nobody under 5 in the other council"
    assert found(ALL)["plans", "total"][0] == found(NORTH)["plans", "total"][0] + found(SOUTH)["plans", "total"][0]


def test_a_council_without_a_figure_is_named():
    notes = left_out(TABLES, (ALL, NORTH, SOUTH))
    assert [(note["measure"], note["councils"], note["of"], note["all"]) for note in notes] == [
        ("cost_gbp", "103", 2, 3),
        ("in_year_gbp", "103", 2, 3),
    ]


def test_the_band_of_england_is_the_shock_that_all_share_and_a_region_has_its_own_beside_it():
    mean, _, low, middle, high, _ = found(ALL)["plans", "total"]
    assert (mean, middle) == (1700, 1700)
    assert high == pytest.approx(1700 * math.exp(1.2815516 * 0.01))
    assert low == pytest.approx(1700 * math.exp(-1.2815516 * 0.01))
    assert found(NORTH)["plans", "total"][4] == pytest.approx(1500 * math.exp(1.2815516 * math.hypot(0.01, 0.02)))
    part = math.hypot(math.hypot(0.01, 0.02), 0.05)
    assert found(NORTH)["plans", "age_band"][4] == pytest.approx(50 * math.exp(1.2815516 * part))


def test_an_in_year_position_is_as_unsure_as_the_spending_in_it():
    ahead = 0.03 * 2**POWER
    above = 15_000 * (math.exp(1.2815516 * ahead) - 1)
    assert found(NORTH)["in_year_gbp", "total"][0] == 200
    assert found(NORTH)["in_year_gbp", "total"][4] == pytest.approx(200 + above)


def test_a_block_that_is_carried_on_makes_a_position_less_sure_and_spending_not():
    unsure = replace(SPREADS, block=BlockGrowth(0.0, 0.0, 0.0, surprise=0.1), newest_block=2024)
    key = ("baseline", "in_year_gbp", "total", "total", "2025-26", "financial_year")
    sums = {key: 200.0, ("baseline", "cost_gbp", "total", "total", "2025-26", "financial_year"): 15_000.0}
    rows = {row[2]: row for row in _rows_of(NORTH, sums, unsure)}
    spending = 15_000 * (math.exp(1.2815516 * 0.03 * 2**POWER) - 1)
    assert rows["in_year_gbp"][-2] == pytest.approx(200 + math.hypot(spending, 1.2815516 * 14_800 * 0.1))
    assert rows["cost_gbp"][-2] == pytest.approx(15_000 + spending)


def error(area: SummedArea, january: int, horizon: int, off: float) -> AreaError:
    return AreaError(area, january, horizon, 100.0, 100.0 * math.exp(off))


def test_a_spread_is_learnt_from_what_was_known_by_then_and_leans_on_the_usual():
    usual = Usual(0.02, 0.01)
    assert area_spread((), 2025, usual) == AreaSpread(pytest.approx(0.02), pytest.approx(0.01))
    late = [error(ALL, 2024, 1, 0.5), error(NORTH, 2024, 1, 0.5)]
    assert area_spread(late, 2024, usual) == area_spread((), 2024, usual), "its outcome is of January 2025"
    many = [error(ALL, january, 1, 0.05) for january in range(2000, 2024)]
    assert area_spread(many, 2024, usual).shared == pytest.approx(1.4826 * 0.05, rel=0.2)
    beside = [
        one for january in range(2000, 2024) for one in (error(ALL, january, 1, 0.1), error(NORTH, january, 1, 0.1))
    ]
    assert area_spread(beside, 2024, usual).own == pytest.approx(0.0, abs=0.008), "it erred as England did"


def test_what_the_constants_are():
    """Changed by nobody without a new back-test: see docs/explanation/forecast-method.md."""
    assert (MEMORY, LEAN, POWER) == (0.7, 2.0, 0.6)
