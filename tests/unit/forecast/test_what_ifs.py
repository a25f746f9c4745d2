"""Scenarios, odds, goal seek, attribution and vintages on councils small enough to see through."""

from dataclasses import replace

import numpy as np
import pytest

from forecast_by_hand import HERE, lively, priced, quiet, run, with_plans
from highneeds.forecast.attribution import (
    AS_IN_THE_FIRST_YEAR,
    INTERACTION,
    between,
    cost_in,
    held,
    of_levers,
    plans_in,
    within,
)
from highneeds.forecast.costs import price
from highneeds.forecast.council import forecast
from highneeds.forecast.goal_seek import GoalQuestion, Search, balance_in, seek_one
from highneeds.forecast.levers import kind_named, kinds
from highneeds.forecast.odds import break_even, chance_of_targets, delay_between, odds_table
from highneeds.forecast.scenarios import Scenario, cautions, overlaps, points_of, read_scenario, run_scenario
from highneeds.forecast.vintages import (
    Actual,
    coverage,
    explained,
    fingerprint_of,
    held_against,
    kept_table,
    vintage_files,
)
from highneeds.vocabulary.errors import InputError

OPENING = dict(school="Alpha", places=[30])


def dear(years: int = 3):
    """Twenty plans in independent schools at £60,000 and a grant of £1,000,000: £200,000 short every year."""
    return priced(with_plans(quiet(years=years), "age | setting | plans\n 6 | special_independent | 20"))


def lever(name: str, size: float, **values):
    return kind_named(name).make(dict(low=size, central=size, high=size, **{"starts": "2025-04", **values}))


def test_every_kind_of_lever_can_be_made_from_its_example_and_says_whom_it_affects():
    for kind in kinds():
        made = kind.make(dict(kind.example))
        assert kind.duty and kind.affects and kind.unit and all(kind.help().values())
        assert not made.confident
        assert replace(made, equality_assessment="EqIA 1", consultation="C 1", decision="D 1").confident


def test_a_scenario_that_is_only_compared_holds_no_ages_needs_and_reasons():
    """They are let go as soon as it has run, since they take most of the memory; what is compared stays as it was."""
    opening = lever("school_opening", 0.8, first_age=4, last_age=11, **OPENING)
    whole, compared = (
        forecast(dear(), (Scenario("opened", (opening,)),), 4, 1, HERE, people=people) for people in (True, False)
    )
    assert compared.compared({}).rows == whole.compared({}).rows
    assert compared.runs["baseline"][0].outcome.by_age.size
    held, kept = (one.runs["opened"][0].outcome for one in (whole, compared))
    for name in ("by_age", "by_need", "reasons"):
        assert getattr(held, name).size and not getattr(kept, name).size
    assert kept.draws == 4


def test_a_scenario_file_is_read_and_its_mistakes_are_named(tmp_path):
    good = tmp_path / "less.yaml"
    good.write_text("levers:\n  - {lever: request_rate, low: -0.1, central: -0.1, high: -0.1, starts: 2025-09}\n")
    assert read_scenario(good).levers[0].central == -0.1
    toml = tmp_path / "less.toml"
    toml.write_text('[[levers]]\nlever = "request_rate"\nlow = -0.1\ncentral = -0.1\nhigh = -0.1\nstarts = "2025-09"\n')
    assert read_scenario(toml).levers == read_scenario(good).levers
    for text, words in (
        ("levers: 3", "list called levers"),
        ("levers: [{lever: nonsense}]", "no lever called 'nonsense'"),
        ("levers: [{lever: request_rate, low: 1}]", "lacks the field central"),
        ("levers: [{lever: request_rate, low: 0, central: 0, high: 0, starts: 2025-09, x: 1}]", "no field x"),
        (
            "levers: [{lever: request_rate, low: 0, central: 3, high: 1, starts: 2025-09}]",
            "outside low 0.0 to high 1.0",
        ),
        ("levers: [", "not readable as YAML"),
    ):
        bad = tmp_path / "bad.yaml"
        bad.write_text(text)
        with pytest.raises(InputError, match=words):
            read_scenario(bad)


def test_two_levers_on_one_flow_are_named():
    one, other = (
        lever("top_up_tariff", 0.1, lines=["state top-up"]),
        lever("line_inflation", 0.1, lines=["state top-up"]),
    )
    assert overlaps(Scenario("both", (one, other)))[0]["flows"] == "price of state top-up"
    said = cautions(Scenario("less", (lever("request_rate", -0.1),)))
    assert [note.code for note in said] == ["lever.caps_demand", "lever.unconfident"]


def test_an_uncertain_lever_is_drawn_over_its_range_and_its_mean_is_between():
    council = dear()
    unsure = kind_named("other_contributions").make(dict(low=0, central=50_000, high=100_000, starts="2025-04"))
    points = points_of(council, Scenario("paid", (unsure,)), seed=1)
    paid = sorted(point.prices.grant.others[2025] for point in points)
    assert len(points) == 8 and paid[0] > 0 and paid[-1] < 100_000
    assert np.mean(paid) == pytest.approx(50_000, rel=0.02)
    assert all(point.rows[-1] == unsure.row() for point in points), "the register gives the range, not a drawn strength"
    assert run_scenario(council, Scenario("paid", (unsure,)), 16, 1, HERE).draws == 16


def test_chances_break_even_and_odds():
    costs = price(run(priced(dear(), opening=500_000.0), draws=5))
    assert chance_of_targets(costs, {"2024-25": 250_000, "2025-26": 150_000, "2050-51": 0}) == {
        "2024-25": 1.0,
        "2025-26": 0.0,
        "2050-51": None,
    }
    assert break_even(costs).never == 1.0
    assert break_even(costs).quantile(0.5) == "not within the forecast"
    table = odds_table(costs, {"2024-25": 250_000})
    assert table.records()[0]["chance_of_target"] == 1.0
    assert table.records()[-1]["chance_of_nil_deficit"] == 0.0
    saved = price(run(lever("joint_funding", 0.2, lines=["independent fee"]).apply(dear()), draws=5))
    assert break_even(saved).shares["2025-26"] == 1.0


def test_goal_seek_finds_the_price_cut_that_balances_the_year():
    """£1,200,000 must fall to £1,000,000: a sixth less."""
    tariff = lever("top_up_tariff", -0.1, lines=["independent fee"])
    search = Search(balance_in("2026-27"), draws=4, steps=12, options=HERE)
    answer = seek_one(search, dear(), GoalQuestion(tariff, 0.0, -0.5))
    assert answer.strength == pytest.approx(-1 / 6, abs=0.001)
    assert answer.chance >= 0.5
    weak = seek_one(search, dear(), GoalQuestion(tariff, 0.0, -0.1))
    assert weak.strength is None
    with pytest.raises(InputError, match="chance cannot be worked out"):
        seek_one(replace(search, wanted=balance_in("2050-51")), dear(), GoalQuestion(tariff, 0.0, -0.5))


def test_levers_are_attributed_and_the_interaction_closes_the_sum():
    cut, rise = (
        lever("top_up_tariff", -0.1, lines=["independent fee"]),
        lever("line_inflation", 0.1, lines=["independent fee"]),
    )
    found = of_levers(dear(), Scenario("both", (cut, rise)), cost_in("2025-26"), draws=4, options=HERE)
    assert sum(found.effects.values()) == pytest.approx(found.total, abs=1e-6)
    assert found.effects["1 Tariff of top-ups"] == pytest.approx(-120_000)
    assert found.effects["2 Inflation of a budget line"] == pytest.approx(120_000)
    assert found.effects[INTERACTION] == pytest.approx(-12_000)


def test_a_slip_is_attributed_beside_the_opening_it_delays():
    opening = lever("school_opening", 1.0, **{**OPENING, "starts": "2024-09"})
    slip = lever("school_slip", 3.0, school="Alpha")
    found = of_levers(
        lively(2, plans=80, limited=False), Scenario("late", (opening, slip)), cost_in("2024-25"), 6, 1, HERE
    )
    assert sum(found.effects.values()) == pytest.approx(found.total, abs=1e-6)


def test_a_change_between_two_dates_is_attributed_exactly():
    found = within(lively(4, plans=100), plans_in(2025), plans_in(2026), draws=8, options=HERE)
    assert list(found.effects) == [
        AS_IN_THE_FIRST_YEAR,
        "population",
        "rates",
        "mix",
        "places",
        "price",
        INTERACTION,
    ]
    assert sum(found.effects.values()) == pytest.approx(found.total, abs=1e-9)


def test_holding_everything_changes_no_first_year():
    council = lively(4, plans=100, limited=False)
    one, other = run(council), run(held(council))
    assert np.array_equal(one.outcome.by_age[:, :3], other.outcome.by_age[:, :3])


def test_only_the_driver_that_changed_has_an_effect():
    before = dear()
    after = lever("top_up_tariff", 0.5, lines=["independent fee"]).apply(before)
    found = between(before, after, cost_in("2025-26"), draws=4, options=HERE)
    assert found.effects["price"] == pytest.approx(found.total) and found.total == pytest.approx(600_000)
    assert found.effects["rates"] == found.effects["mix"] == found.effects[INTERACTION] == 0.0


def test_the_cost_of_a_delay_is_the_same_draws_with_two_dates():
    council = lively(6, plans=150, years=3, limited=False)
    planned = lever("school_opening", 1.0, **{**OPENING, "starts": "2024-09"}).apply(council)
    actual = lever("school_opening", 1.0, **{**OPENING, "starts": "2026-09"}).apply(council)
    early, late = ((made, price(made)) for made in (run(planned, draws=20), run(actual, draws=20)))
    delay, same = delay_between(early, late, ("Alpha",)), delay_between(early, early, ("Alpha",))
    assert delay.places_missed[:, 0].mean() > 0 and delay.extra_gbp.sum() > 0
    assert not same.extra_gbp.any() and not same.places_missed.any()
    assert delay.table().records()[-1]["financial_year"] == "total"


def test_a_vintage_is_kept_and_actuals_are_held_against_it():
    found = forecast(lively(1, plans=100), (), 9, 1, HERE)
    files = vintage_files(found.table(), found.register(), {"made_on": "2024-02-01"})
    same = forecast(lively(1, plans=100), (), 9, 1, HERE)
    again = vintage_files(same.table(), same.register(), {"made_on": "2024-03-01"})
    assert files["forecast.csv"] == again["forecast.csv"] and files["run.json"] != again["run.json"]
    assert fingerprint_of(files) == fingerprint_of(again)  # the day is not part of it
    assert kept_table(files).records()[0]["mean"] == pytest.approx(found.table().records()[0]["mean"])
    with pytest.raises(InputError, match="not as it was made"):
        kept_table(files | {"forecast.csv": files["forecast.csv"].replace(b"2025", b"2026")})
    table = found.table()
    made = next(row for row in table.rows if row[1:6] == ("plans", "total", "total", "2025-01", "census"))
    held_up = held_against(table, [Actual("plans", "total", "total", "2025-01", "census", made[9])])
    assert held_up.records()[0]["inside_80"] == "yes"
    missed = held_against(table, [Actual("plans", "total", "total", "2025-01", "census", 10 * made[11])])
    assert coverage(missed).records()[0]["share_inside_95"] == 0.0


def test_a_later_forecast_is_explained_from_the_earlier_one():
    earlier = run(lively(1, plans=100, years=3), draws=8)
    later = replace(lively(1, plans=100, years=2), calendar=replace(earlier.assumptions.calendar, origin=2025, years=2))
    found = explained(earlier, later, plans_in(2026), draws=8, options=HERE)
    assert list(found.effects) == ["new data", "plans", "mix", "price", "levers", "method"]
    assert sum(found.effects.values()) == pytest.approx(found.total, abs=1e-9)
    assert found.effects["method"] == 0.0, "nobody says what was printed"
    printed = explained(earlier, later, plans_in(2026), 8, 1, HERE, printed=90.0)
    assert sum(printed.effects.values()) == pytest.approx(printed.total, abs=1e-9)
    assert printed.total - found.total == pytest.approx(printed.effects["method"])
    with pytest.raises(InputError, match="does not reach January 2030"):
        explained(earlier, replace(later, calendar=replace(later.calendar, origin=2030)), plans_in(2031), 4, 1, HERE)
