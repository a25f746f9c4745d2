"""From published statistics alone: the engine follows its projection, and the table is the contract's."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from forecast_by_hand import HERE
from forecast_stand_in import path
from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.costs import price
from highneeds.forecast.council import forecast, learn
from highneeds.forecast.learning.borrowed import borrowed_year
from highneeds.forecast.learning.evidence import area_of
from highneeds.forecast.learning.fit import fit
from highneeds.forecast.learning.projection import levelled, published_projection
from highneeds.forecast.scenarios import read_scenario
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.state import AGE_BANDS, FLOWS_BY_AGE, FLOWS_BY_PROVISION, Calendar, band_of_ages
from highneeds.intake.published import open_pack
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

FAST = RunOptions(kernel="numba", threads=2)


@pytest.fixture(scope="module")
def published():
    return open_pack().known_at(2024)


@pytest.fixture(scope="module")
def kent(published):
    return learn(published, "886", years=5, draws=300, seed=3, opening_gbp=0.0, projection_method=path)[0]


@pytest.mark.parametrize("council", ["886", "302", "857", "201"])  # large, middling, Rutland, City of London
def test_the_expected_path_is_the_guides(published, council):
    projection = levelled(path(published, council, 2024, 5, 200, 1))
    found = fit(borrowed_year(published, area_of(published, council), 2024, 5), projection, Calendar(2024, 4))
    for year in range(5):
        plans = found.states[3 * year + 3].plans
        assert plans.sum() == pytest.approx(projection.mean[year], rel=0.01, abs=0.5)
        bands = [plans.sum(axis=1)[band_of_ages() == band].sum() for band in range(len(AGE_BANDS))]
        assert np.abs(np.array(bands) - projection.bands[year]).max() < max(0.005 * projection.mean[year], 1.0)
        assert np.abs(plans.sum(axis=0) - projection.settings[year]).sum() < max(0.03 * projection.mean[year], 3.0)


def test_simulated_means_and_bands_are_the_guides(published, kent):
    projection = path(published, "886", 2024, 5, 300, 3)
    after = simulate(kent, 300, 3, FAST)
    plans = after.outcome.by_provision[:, 2::3, FLOWS_BY_PROVISION.index("stock")].sum(axis=2)[:, :5]
    assert plans.mean(axis=0) == pytest.approx(projection.mean, rel=0.004)
    for chance in (0.1, 0.9):
        assert np.quantile(plans, chance, axis=0) == pytest.approx(
            np.quantile(projection.totals, chance, axis=0), rel=0.02
        )


def test_the_real_method_can_be_followed(published):
    found, _ = learn(published, "302", years=3, draws=100, seed=1)
    projection = published_projection(published, "302", 2024, 3, 100, 1)
    projection.check()
    after = simulate(found, 100, 1, FAST)
    plans = after.outcome.by_age[:, 2::3, FLOWS_BY_AGE.index("stock")].sum(axis=2)[:, :3]
    assert plans.mean(axis=0) == pytest.approx(projection.mean, rel=0.01)


def test_nothing_after_an_origin_is_used(published):
    late = learn(published, "302", years=2, draws=50, seed=1, origin=2022, projection_method=path)[0]
    early = learn(published.known_at(2022), "302", years=2, draws=50, seed=1, projection_method=path)[0]
    assert late.calendar.origin == 2022
    assert np.array_equal(late.opening.plans, early.opening.plans)
    assert np.array_equal(late.rates.requests, early.rates.requests)


def test_the_table_has_the_contracts_columns_and_measures():
    """Of the newest January, in which needs are published too."""
    kent, _ = learn(open_pack(), "886", years=5, draws=100, seed=3, opening_gbp=0.0, projection_method=path)
    found = forecast(kent, (), 60, 1, FAST)
    table = found.table()
    assert table.columns == COLUMNS
    measures = {row[1] for row in table.rows}
    assert measures >= {"plans", "requests", "assessments", "plans_after_assessment", "new_plans", "ceased", "moves"}
    assert measures >= {"cost_gbp", "in_year_gbp", "accumulated_gbp"}
    assert {row[2] for row in table.rows if row[1] == "plans"} == {
        "total",
        "age_band",
        "ncy",
        "need",
        "setting",
        "phase",
    }
    totals = {(row[1], row[4]): row[6] for row in table.rows if row[2] == "total" and row[5] == "census"}
    for year in range(2026, 2030):
        now, before = totals["plans", f"{year}-01"], totals["plans", f"{year - 1}-01"]
        change = totals["new_plans", f"{year}-01"] - totals["ceased", f"{year}-01"]
        assert now == pytest.approx(before + change, abs=1e-3)


def test_money_is_absent_without_its_parts(published, kent):
    unknown = replace(kent, prices=replace(kent.prices, opening=None))
    assert price(simulate(unknown, 20, 1, HERE)).accumulated_gbp is None
    no_grant = replace(kent, prices=replace(kent.prices, grant=None))
    assert price(simulate(no_grant, 20, 1, HERE)).in_year_gbp is None
    _, notes = learn(published, "886", years=2, draws=20, projection_method=path)
    assert Note.of("accumulated.no_opening") in notes
    assert Note.of("cost.no_line_of_setting", setting="neet") in notes


def test_every_assumption_is_a_row(kent):
    for row in kent.rows:
        assert row.title and row.unit and row.source and row.date and row.effect
        assert row.low <= row.value <= row.high


def test_an_abolished_council_is_not_forecast_past_its_last_january(published):
    lookup = published.table("la_lookup")
    gone = lookup.filter(lookup["successor_la_number"].is_not_null()).row(0, named=True)
    with pytest.raises(InputError, match=f"last January in {gone['last_year']}"):
        learn(published, gone["la_number"], projection_method=path)
    earlier = learn(
        published, gone["la_number"], years=1, draws=20, origin=gone["last_year"] - 1, projection_method=path
    )[0]
    assert earlier.calendar.origin == gone["last_year"] - 1


def test_an_unknown_council_and_an_impossible_ask_are_refused(published):
    with pytest.raises(InputError, match="no council with LA number 999"):
        learn(published, "999", projection_method=path)
    with pytest.raises(InputError, match="cannot be made"):
        learn(published, "886", years=0, projection_method=path)


def test_three_years_slip_of_two_schools_beside_the_printed_figures(published):
    """Kent's dates; places, acceptance and prices are assumed. Printed: £1.9m in 2024-25, £23m to £30m in all."""
    folder = Path(__file__).parents[3] / "examples" / "kent" / "scenarios"
    scenarios = [read_scenario(folder / f"two-schools-{name}.yaml") for name in ("as-planned", "as-now-expected")]
    council, _ = learn(published, "886", years=4, draws=160, seed=1)
    table = forecast(council, scenarios, 160, 1, FAST).delay().records()
    assert table[0]["lost_gbp_p10"] * 0.9 < 1_900_000 < table[0]["lost_gbp_p90"] * 1.1
    printed = (23_000_000, 30_000_000)
    assert any(table[-1]["lost_gbp_p10"] < one < table[-1]["lost_gbp_p90"] for one in printed), "or up to £30m"
    assert all(row["child_years_missed"] > 0 for row in table)
