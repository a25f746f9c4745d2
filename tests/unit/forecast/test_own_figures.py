"""What only a workspace knows, in the money of its forecast: own unit costs, ledger, balance, transport."""

from dataclasses import replace

import numpy as np
import pytest

from forecast_by_hand import HERE, priced, quiet, run, with_plans
from highneeds.forecast.costs import price
from highneeds.forecast.costs.prices import PriceBasis, PriceLine, Prices
from highneeds.forecast.council import forecast
from highneeds.forecast.goal_seek import money_needed
from highneeds.forecast.money import contributions, money_notes, own_factors, started
from highneeds.forecast.money import priced as priced_of
from highneeds.forecast.odds import chance_of_nil_deficit, odds_table
from highneeds.forecast.own_prices import with_own_prices
from highneeds.forecast.scenarios import scenario_of
from highneeds.forecast.summary import Balance, ForecastInputs, OwnPrice, Underway
from highneeds.forecast.tables import money_series
from highneeds.vocabulary.note import Note

ASKED = ForecastInputs("999", "2026-27", 4, 1)


def dear():
    """Twenty plans in independent schools at £60,000 and a grant of £1,000,000: £200,000 short every year."""
    return priced(
        with_plans(
            quiet(years=3), "age | setting | plans\n 6 | special_independent | 10\n 14 | special_independent | 10"
        )
    )


def priced_for(found, inputs):
    """As a forecast prices its baseline."""
    return priced_of(replace(found, assumptions=started(found, inputs)), inputs)


def fee(gbp: float = 60_000.0) -> PriceLine:
    bounds = (gbp, gbp, gbp, 2024, 0.0, 0.0, 0.0)
    return PriceLine("1.2.3 special", "Independent", ("special_independent",), PriceBasis.PLAN, *bounds, "by hand")


def own(phase: str, gbp: float) -> OwnPrice:
    return OwnPrice("independent", phase, "2024-25", gbp, gbp, gbp, Note.of("own_price.of_register", row="1"))


def cost(prices: Prices) -> float:
    return float(price(run(replace(dear(), prices=prices))).total_gbp[:, 0].mean())


def test_an_own_average_takes_its_phase_and_the_estimate_keeps_the_rest():
    prices, notes = with_own_prices(Prices((fee(),)), [own("secondary", 90_000.0)])
    assert [(line.name, line.phases, line.estimate) for line in prices.lines] == [
        ("1.2.3 special", ("early years", "primary", "post-16"), True),
        ("1.2.3 special, secondary", ("secondary",), False),
    ]
    assert cost(Prices((fee(),))) == pytest.approx(20 * 60_000, rel=0.001)
    assert cost(prices) == pytest.approx(10 * 60_000 + 10 * 90_000, rel=0.06)
    assert (notes[0].code, notes[0]["phases"]) == ("price.own", "secondary")


def test_an_average_over_all_phases_takes_the_whole_line_and_an_unknown_sector_is_said():
    prices, notes = with_own_prices(
        Prices((fee(),)), [own("all", 50_000.0), replace(own("all", 1.0), sector="nursery")]
    )
    assert [line.name for line in prices.lines] == ["1.2.3 special, all"]
    assert [line.sector for line in prices.lines] == ["Independent and non-maintained special"]
    assert [note["sector"] for note in notes if note.code == "unit_cost.no_line"] == ["nursery"]
    assert prices.changed(("1.2.3 special",), lambda line: line.scaled(2.0)).lines[0].gbp == 100_000


def test_a_maintained_average_holds_the_place_funding():
    place = PriceLine(
        "1.0.2 special", "Places", ("special_state",), PriceBasis.PLACE, 10_000, 10_000, 10_000, 2024, 0, 0, 0, "x"
    )
    prices, _ = with_own_prices(Prices((place,)), [replace(own("primary", 24_000.0), sector="maintained special")])
    assert prices.lines[-1].gbp == 14_000


def test_a_setting_without_a_price_has_one_once_the_council_gives_it():
    prices, _ = with_own_prices(Prices((), absent={"special_independent": "none"}), [own("all", 50_000.0)])
    assert not prices.absent


def test_the_year_under_way_starts_from_the_ledger_and_later_years_go_on_at_its_level():
    half = Underway("2024-25", 6, 660_000.0, None, ("ledger",))
    costs = priced_for(run(dear()), replace(ASKED, underway=(half,)))
    level = 1 + 6 / (6 + 2) * (660 / 600 - 1)
    assert level == pytest.approx(1.075), "six periods are believed by three quarters"
    assert costs.total_gbp.mean(axis=0) == pytest.approx([660_000 + 600_000 * level, *[1_200_000 * level] * 2])
    assert costs.in_year_gbp.mean(axis=0) == pytest.approx([305_000, 290_000, 290_000], rel=0.01)
    assert sum(one.mean() for one in costs.by_line_gbp.values()) == pytest.approx(costs.total_gbp.mean())


def test_what_is_committed_is_the_least_that_a_year_will_cost():
    booked = Underway("2024-25", 6, 600_000.0, 900_000.0, ("ledger", "book"))
    costs = priced_for(run(dear()), replace(ASKED, underway=(booked,)))
    assert costs.total_gbp[:, 0] == pytest.approx(1_500_000)
    whole = replace(booked, closed=12, actual_gbp=1_111_000.0)
    assert priced_for(run(dear()), replace(ASKED, underway=(whole,))).total_gbp[:, 0] == pytest.approx(1_111_000)


def test_a_ledger_of_a_year_that_is_not_forecast_is_said_and_left_out():
    early = Underway("2021-22", 12, 5.0, None, ("ledger",))
    costs = priced_for(run(dear()), replace(ASKED, underway=(early,)))
    assert costs.total_gbp == pytest.approx(price(run(dear())).total_gbp)
    assert "ledger.year_not_covered" in [note.code for note in money_notes(replace(ASKED, underway=(early,)), costs)]


def test_the_deficit_starts_from_the_newest_balance_and_has_no_years_before_it():
    inputs = replace(ASKED, opening=Balance("2025-26", 700_000.0, "outturn"))
    costs = priced_for(run(dear()), inputs)
    assert np.isnan(costs.accumulated_gbp[:, 0]).all()
    assert costs.accumulated_gbp[:, 1:].mean(axis=0) == pytest.approx([700_000, 900_000], rel=0.01)
    assert chance_of_nil_deficit(costs, "2024-25") is None and chance_of_nil_deficit(costs, "2026-27") == 0.0
    series = next(one for one in money_series(run(dear()), costs) if one.measure == "accumulated_gbp")
    assert series.periods == ("2025-26", "2026-27")


def test_promised_contributions_come_off_the_deficit_and_not_off_the_year():
    inputs = replace(ASKED, opening=Balance("2023-24", 0.0, "outturn"), promised_gbp=300_000.0)
    costs = priced_for(run(dear(), draws=4), inputs)
    assert sorted(contributions(inputs, 4)) == pytest.approx([37_500, 112_500, 187_500, 262_500])
    assert costs.accumulated_gbp[:, -1].mean() == pytest.approx(600_000 - 150_000, rel=0.01)
    assert costs.in_year_gbp[:, 0].mean() == pytest.approx(200_000, rel=0.01)


@pytest.mark.parametrize("years", [3, 6])
def test_contributions_end_with_the_agreement_however_long_the_forecast(years):
    inputs = replace(ASKED, end="2025-26", opening=Balance("2023-24", 0.0, "outturn"), promised_gbp=300_000.0)
    council = priced(with_plans(quiet(years=years), "age | setting | plans\n 6 | special_independent | 20"))
    costs = priced_for(run(council, draws=4), inputs)
    assert costs.accumulated_gbp[:, 1].mean() == pytest.approx(400_000 - 150_000, rel=0.01)
    assert costs.accumulated_gbp[:, 2].mean() == pytest.approx(600_000 - 150_000, rel=0.01)


def test_a_year_of_which_the_council_gives_its_own_figure_starts_from_it_and_later_years_at_its_level():
    own = Balance("2024-25", 440_000.0, "monitoring report")
    inputs = replace(ASKED, published=(own,), as_known="2025-04-02")
    costs = priced_for(run(dear()), inputs)
    assert costs.in_year_gbp[:, 0] == pytest.approx(440_000), "the year has ended: nothing of it is still to come"
    assert costs.total_gbp.mean(axis=0) == pytest.approx([1_440_000] * 3, rel=0.001)
    assert "cost.from_own_figure" in [note.code for note in money_notes(inputs, costs)]
    booked = replace(inputs, underway=(Underway("2024-25", 12, 1_500_000.0, None, ("ledger",)),))
    assert priced_for(run(dear()), booked).total_gbp[:, 0] == pytest.approx(1_500_000), "the ledger goes before it"


@pytest.mark.parametrize(
    ("day", "left"),
    [
        ("2024-03-31", 1.0),
        ("2024-04-01", 1.0),
        ("2024-10-01", 182 / 365),
        ("2025-03-31", 1 / 365),
        ("2025-04-01", 0.0),
        ("", 0.5),
    ],
)
def test_how_much_of_a_year_is_still_to_come(day, left):
    assert replace(ASKED, as_known=day).left_of("2024-25") == pytest.approx(left)


def test_a_spread_that_is_still_to_come_shrinks_through_the_year():
    widths = []
    for closed in (1, 4, 8, 11):
        costs = price(run(dear(), draws=200))
        unsure = replace(costs, cost_gbp=costs.cost_gbp * np.linspace(0.8, 1.2, 200)[:, None, None])
        inputs = replace(ASKED, underway=(Underway("2024-25", closed, 100_000.0 * closed, None, ("ledger",)),))
        widths.append(float(np.ptp(unsure.total_gbp[:, 0] * own_factors(unsure, inputs)[:, 0])))
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < widths[0] / 8


@pytest.mark.parametrize(
    ("change", "ended"),
    [
        ({"as_known": "2025-03-31"}, False),
        ({"as_known": "2025-04-01"}, True),
        ({"opening": Balance("2024-25", 0.0, "outturn")}, True),
        ({"opening": Balance("2023-24", 0.0, "outturn")}, False),
        ({"underway": (Underway("2024-25", 12, 1.0, None, ("ledger",)),)}, True),
        ({"underway": (Underway("2024-25", 11, 1.0, None, ("ledger",)),)}, False),
    ],
)
def test_a_year_that_has_ended_has_no_odds(change, ended):
    inputs = replace(ASKED, **change)
    assert inputs.ended("2024-25") == ended
    found = forecast(dear(), (), 4, 1, HERE, inputs=inputs)
    [compared] = found.compared({"2024-25": 1.0, "2025-26": 1.0}).records()
    assert (compared["chance_of_target_2024-25"] is None) == ended
    assert compared["chance_of_target_2025-26"] is not None
    row = odds_table(price(run(dear())), {"2024-25": 1.0}, inputs.ended).records()[0]
    assert (row["chance_of_target"] is None) == ended
    assert (row["chance_of_balance"] is None) == ended


def test_years_between_the_balance_and_the_forecast_are_the_councils_own_figures():
    own = Balance("2023-24", 50_000.0, "monitoring report")
    inputs = replace(ASKED, opening=Balance("2022-23", 100_000.0, "outturn"), published=(own,), promised_gbp=400_000.0)
    costs = priced_for(run(dear(), draws=4), inputs)
    paid = 200_000 / 4
    assert costs.accumulated_gbp[:, 0].mean() == pytest.approx(100_000 + 50_000 + 200_000 - 2 * paid, rel=0.01)


def test_a_balance_that_does_not_join_gives_no_deficit_and_says_so():
    inputs = replace(ASKED, opening=Balance("2019-20", 1.0, "outturn"))
    council = dear()
    costs = priced_for(run(replace(council, prices=replace(council.prices, opening=None))), inputs)
    assert costs.accumulated_gbp is None and money_notes(inputs, costs)[-1].code == "accumulated.balance_of_other_years"
    assert money_notes(ASKED, costs)[-1].code == "accumulated.no_balance_came_true"


def test_the_register_of_a_forecast_names_every_price_and_its_effect():
    found = forecast(
        dear(), (), 4, 1, notes=(), inputs=replace(ASKED, opening=Balance("2023-24", 0.0, "x"), promised_gbp=1e6)
    )
    rows = {row["name"]: row for row in found.register().records()}
    assert {"price state top-up", "price independent fee", "grant_growth", "contributions"} <= set(rows)
    assert all(row["effect"] and row["low"] <= row["value"] <= row["high"] for row in rows.values())


def test_the_sum_that_is_missing_for_a_chance():
    costs = price(run(dear(), draws=5))
    assert money_needed(costs, "2025-26") == pytest.approx(200_000, rel=0.001)
    assert money_needed(costs, "2025-26", gbp=500_000.0) == 0.0 and money_needed(costs, "2050-51") is None


def test_what_a_scenario_saves_is_not_lost_where_years_start_from_the_councils_own_figures():
    own = Balance("2024-25", 440_000.0, "monitoring report")
    cap = scenario_of(
        "cap",
        {
            "levers": [
                {
                    "lever": "top_up_tariff",
                    "lines": ["independent fee"],
                    "low": -0.1,
                    "central": -0.1,
                    "high": -0.1,
                    "starts": "2024-04",
                }
            ]
        },
    )
    found = forecast(dear(), (cap,), 4, 1, inputs=replace(ASKED, published=(own,), as_known="2025-04-02"))
    base, less = (found.runs[name][1].total_gbp.mean(axis=0) for name in ("baseline", "cap"))
    assert less / base == pytest.approx([0.9] * 3, rel=0.01)
