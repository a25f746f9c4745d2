"""Cash beside real terms, with the deflator named."""

import numpy as np
import pytest

from forecast_by_hand import priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.real_terms import deflated, real_terms


def test_pounds_of_the_day_are_divided_by_general_prices_since_the_first_year():
    assert deflated(np.array([[100.0, 102.0, 104.04]]), 0.02) == pytest.approx(np.array([[100.0, 100.0, 100.0]]))


def test_the_view_names_its_deflator_and_its_year():
    council = priced(with_plans(quiet(years=3), "age | setting | plans\n 6 | special_independent | 20"))
    rows = real_terms({"baseline": price(run(council, draws=4))}).records()
    cost = [row for row in rows if row["measure"] == "cost_gbp"]
    assert [row["financial_year"] for row in cost] == ["2024-25", "2025-26", "2026-27"]
    assert {row["prices_of"] for row in rows} == {"2024-25"}
    assert {row["deflator"] for row in rows} == {"GDP deflator, general prices: 2% a year"}
    assert cost[0]["real_gbp"] == cost[0]["cash_gbp"]
    assert cost[2]["real_gbp"] == pytest.approx(cost[2]["cash_gbp"] / 1.02**2)
    assert {row["measure"] for row in rows} >= {"cost_gbp", "in_year_gbp"}
