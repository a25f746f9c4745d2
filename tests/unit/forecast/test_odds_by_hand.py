"""Odds with a pencil: four draws of three years."""

from datetime import date

import numpy as np
import pytest

from highneeds.forecast.costs.price import Costs
from highneeds.forecast.council import Forecast
from highneeds.forecast.odds import (
    BreakEven,
    CostOfDelay,
    break_even,
    chance_of_nil_deficit,
    chance_of_targets,
    odds_table,
)
from highneeds.vocabulary.period import FinancialYear

YEARS = tuple(map(FinancialYear, (2025, 2026, 2027)))
IN_YEAR = np.array([[5.0, 2, 0], [5, 0, -1], [6, 3, 1], [0, 4, 4]])
BALANCE = np.array([[9.0, 1, 0], [9, 2, 0.01], [9, 3, -5], [9, 4, np.nan]])


def costs(in_year=IN_YEAR, accumulated=BALANCE):
    nothing = np.zeros((4, 3))
    return Costs(YEARS, (), np.zeros((4, 3, 1)), {}, nothing, None, in_year, accumulated, {})


def test_a_target_is_met_by_a_deficit_of_just_as_much():
    targets = {"2025-26": 5.0, "2026-27": 1.99, "2030-31": 1.0}
    assert chance_of_targets(costs(), targets) == {"2025-26": 0.75, "2026-27": 0.25, "2030-31": None}
    assert chance_of_targets(costs(), targets, "2025-26".__eq__)["2025-26"] is None, "it has an outcome"
    assert chance_of_targets(costs(in_year=None), targets)["2025-26"] is None


@pytest.mark.parametrize(("year", "chance"), [("2025-26", 0.0), ("2027-28", None), ("2028-29", None)])
def test_the_chance_of_a_nil_deficit(year, chance):
    assert chance_of_nil_deficit(costs(), year) == chance


def test_a_deficit_of_nil_is_nil():
    known = costs(accumulated=np.array([[0.0, 1, 0], [-1, 1, 0], [0.01, 1, 0], [2, 1, 0]]))
    assert [chance_of_nil_deficit(known, str(year)) for year in YEARS] == [0.5, 0.0, 1.0]
    assert chance_of_nil_deficit(costs(accumulated=None), "2025-26") is None


def test_the_first_year_with_a_position_of_nil_or_better():
    """At nil: the fourth draw in the first year, the second in the second, the first in the third, the third never."""
    found = break_even(costs())
    assert found.shares == {"2025-26": 0.25, "2026-27": 0.25, "2027-28": 0.25} and found.never == 0.25
    assert break_even(costs(in_year=None)) is None


@pytest.mark.parametrize(
    ("chance", "year"),
    [(0.25, "2025-26"), (0.26, "2026-27"), (0.5, "2026-27"), (0.75, "2027-28"), (0.76, "not within the forecast")],
)
def test_the_year_by_which_so_many_draws_have_broken_even(chance, year):
    shares = {"2025-26": 0.25, "2026-27": 0.25, "2027-28": 0.25}
    assert BreakEven(shares, 0.25).quantile(chance) == year


def test_the_table_of_odds():
    found = odds_table(costs(), {"2025-26": 5.0, "2026-27": 2.0}, "2025-26".__eq__)
    assert found.columns == (
        "financial_year", "target_gbp", "chance_of_target", "chance_of_balance", "chance_of_nil_deficit",
    )  # fmt: skip
    assert [list(row) for row in found.rows] == [
        ["2025-26", 5.0, None, None, None],
        ["2026-27", 2.0, 0.5, 0.25, 0.0],
        ["2027-28", None, None, 0.5, None],
    ]
    assert odds_table(costs(in_year=None), {}).rows[0][3] is None


def test_the_cost_of_a_delay_by_year_and_in_all():
    """Ten draws: 0 to 9 pounds lost in the first year, ten more in the second; a place missed in each, two then."""
    lost = np.arange(10.0)[:, None] + np.array([[0.0, 10.0]])
    found = CostOfDelay(("2025-26", "2026-27"), lost, np.tile([1.0, 2.0], (10, 1))).table()
    assert found.columns == ("financial_year", "lost_gbp", "lost_gbp_p10", "lost_gbp_p90", "child_years_missed")
    assert [list(row) for row in found.rows] == [
        ["2025-26", 4.5, 0.9, 8.1, 1.0],
        ["2026-27", 14.5, 10.9, 18.1, 2.0],
        ["total", 19.0, 11.8, 26.2, 3.0],
    ]
    uneven = CostOfDelay(("2025-26",), np.array([[0.126], [0.126]]), np.array([[1.234], [1.235]])).table()
    assert [list(row) for row in uneven.rows] == [
        ["2025-26", 0.13, 0.13, 0.13, 1.23],
        ["total", 0.13, 0.13, 0.13, 1.23],
    ]


@pytest.mark.parametrize(("day", "ended"), [(None, 0), (date(2026, 3, 31), 0), (date(2026, 4, 1), 1)])
def test_a_year_has_odds_to_its_last_day(day, ended):
    """2025-26 ends on 31 March 2026: from the day after it has an outcome. A scenario without prices has no rows."""
    table = Forecast("999", {"baseline": (None, costs()), "unpriced": (None, None)}, ()).odds({"2025-26": 5.0}, day)
    assert table.columns[:3] == ("scenario", "financial_year", "target_gbp")
    assert [row[:2] for row in table.rows] == [("baseline", str(year)) for year in YEARS]
    assert table.rows[0][2:4] == (5.0, None if ended else 0.75)
    assert [row[4] is None for row in table.rows] == [True] * ended + [False] * (3 - ended)
