"""A lever with a range is priced, and its places counted, at the strength of every draw."""

import numpy as np

from forecast_by_hand import HERE, priced, quiet, with_plans
from highneeds.forecast.levers import kind_named
from highneeds.forecast.money import price_of_points
from highneeds.forecast.scenarios import Scenario, run_scenario
from highneeds.forecast.tables import place_series


def dear():
    return priced(with_plans(quiet(years=3), "age | setting | plans\n 6 | special_independent | 20"))


def unsure(name: str, low: float, central: float, high: float, **values):
    return kind_named(name).make(dict(low=low, central=central, high=high, **{"starts": "2025-04", **values}))


def test_an_uncertain_price_moves_every_draw_at_its_own_strength():
    cut = unsure("top_up_tariff", -0.1, -0.2, -0.3, lines=["independent fee"])
    run = run_scenario(dear(), Scenario("cut", (cut,)), 16, 1, HERE)
    paid = price_of_points(run).total_gbp[:, 1]
    assert len(set(np.round(paid))) == 8 and 840_000 < paid.min() < paid.max() < 1_080_000
    assert abs(paid.mean() - 960_000) < 10_000
    assert np.allclose(paid[:8], paid[8:])


def test_an_uncertain_contribution_reaches_the_in_year_position():
    paid = unsure("other_contributions", 0, 50_000, 100_000)
    run = run_scenario(dear(), Scenario("paid", (paid,)), 16, 1, HERE)
    in_year = price_of_points(run).in_year_gbp[:, 1]
    assert abs(in_year.mean() - 150_000) < 2_000 and in_year.std() > 10_000


def test_the_places_of_an_uncertain_slip_are_a_mean_over_its_strengths():
    opening = unsure("school_opening", 1.0, 1.0, 1.0, school="Alpha", places=[30], starts="2024-09")
    slip = unsure("school_slip", 0.0, 3.0, 6.0, school="Alpha")
    run = run_scenario(dear(), Scenario("late", (opening, slip)), 16, 1, HERE)
    places = next(one for one in place_series(run) if (one.measure, one.cut) == ("places", "total"))
    assert 0 < places.values[:, 1].mean() < 30 and places.values[:, -1].mean() == 30
