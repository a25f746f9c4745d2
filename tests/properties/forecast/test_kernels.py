"""What every kernel promises: nobody vanishes, nobody passes 25, the same bytes however it is run."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecast_by_hand import HERE, REFERENCE, lively, run
from highneeds.forecast.levers import kind_named
from highneeds.forecast.scenarios import Scenario, run_scenario
from highneeds.forecast.seeds import keys
from highneeds.forecast.simulate import RunOptions
from highneeds.forecast.state import FLOWS_BY_AGE, FLOWS_BY_NEED, FLOWS_BY_PROVISION, OLDEST
from highneeds.forecast.tables import forecast_table

COMPILED = RunOptions(kernel="numba", threads=1)
seeds = st.integers(0, 10_000)


def same(one, other) -> bool:
    return all(
        np.array_equal(getattr(one.outcome, f.name), getattr(other.outcome, f.name)) for f in fields(one.outcome)
    )


@settings(max_examples=8, deadline=None)
@given(seed=seeds, options=st.sampled_from([HERE, COMPILED, REFERENCE]))
def test_closing_is_opening_less_ended_plus_started(seed, options):
    after = run(lively(seed, plans=80), draws=3, seed=seed, options=options)
    opening = after.assumptions.opening.plans
    for table, names, axes in (
        (after.outcome.by_provision, FLOWS_BY_PROVISION, (0, 1)),
        (after.outcome.by_need, FLOWS_BY_NEED, (0, 2)),
    ):
        flows = {name: table[:, :, at].astype(int) for at, name in enumerate(names)}
        before = np.concatenate(
            [np.broadcast_to(opening.sum(axis=axes), (3, 1, table.shape[3])), flows["stock"]], axis=1
        )
        moved = flows.get("moved_to", 0) - flows.get("moved_from", 0) if "moved_to" in flows else 0
        assert (before[:, :-1] + flows["started"] - flows["ended"] + moved == flows["stock"]).all()
        assert all((values >= 0).all() for values in flows.values())


@settings(max_examples=6, deadline=None)
@given(seed=seeds, options=st.sampled_from([HERE, COMPILED, REFERENCE]))
def test_parts_agree_and_every_request_is_somewhere(seed, options):
    after = run(lively(seed, plans=80), draws=3, seed=seed, options=options)
    out = after.outcome
    flows = {name: out.by_age[:, :, at].sum(axis=2).astype(int) for at, name in enumerate(FLOWS_BY_AGE)}
    assert (flows["requests"] == flows["agreed"] + flows["refused"]).all()
    assert (flows["ended"] == out.reasons.sum(axis=2)).all()
    assert (flows["stock"] == out.by_need[:, :, FLOWS_BY_NEED.index("stock")].sum(axis=2)).all()
    started = flows["issued"] + flows["issued_on_appeal"] + flows["moved_in"]
    assert (started == out.by_provision[:, :, FLOWS_BY_PROVISION.index("started")].sum(axis=2)).all()
    waiting = after.assumptions.opening.under_way.sum() + after.assumptions.opening.over_time.sum()
    came_in = (flows["agreed"] + flows["came_back"] - flows["assessed"]).sum(axis=1)
    assert (flows["under_way"][:, -1] <= waiting + came_in).all()


@settings(max_examples=5, deadline=None)
@given(seed=seeds)
def test_nobody_past_the_oldest_age(seed):
    council = lively(seed, plans=60)
    after = run(council, draws=3, seed=seed, options=COMPILED)
    ended = after.outcome.by_age[:, 2, FLOWS_BY_AGE.index("ended"), OLDEST]
    before = after.outcome.by_age[:, 1, FLOWS_BY_AGE.index("stock"), OLDEST]
    assert (ended >= before).all()


@settings(max_examples=8, deadline=None)
@given(seed=seeds, plans=st.integers(1, 400), limited=st.booleans())
def test_the_compiled_kernel_gives_the_counts_of_the_numpy_kernel(seed, plans, limited):
    council = lively(seed, plans=plans, limited=limited)
    one, other = (run(council, draws=4, seed=seed, options=options) for options in (HERE, COMPILED))
    for name in ("by_age", "by_need", "by_provision", "reasons", "census", "moves"):
        assert np.array_equal(getattr(one.outcome, name), getattr(other.outcome, name)), name
    assert np.allclose(one.outcome.volume, other.outcome.volume, rtol=1e-12, atol=1e-9)


@settings(max_examples=6, deadline=None)
@given(seed=seeds, threads=st.integers(1, 4), block=st.integers(1, 9), kernel=st.sampled_from(["numpy", "numba"]))
def test_the_same_bytes_for_any_threads_and_blocks(seed, threads, block, kernel):
    council = lively(seed, plans=60)
    plain = run(council, draws=7, seed=seed, options=RunOptions(kernel=kernel, threads=1, block=7))
    assert same(
        plain, run(council, draws=7, seed=seed, options=RunOptions(kernel=kernel, threads=threads, block=block))
    )


def test_the_same_bytes_in_other_processes():
    council = lively(3, plans=60)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        elsewhere = run(council, draws=6, options=RunOptions(kernel="numpy", block=2, executor=pool))
    assert same(run(council, draws=6), elsewhere)


@settings(max_examples=5, deadline=None)
@given(seed=seeds)
def test_the_first_draws_of_a_longer_run_are_the_draws_of_a_shorter_one(seed):
    council = lively(seed, plans=60)
    few, many = run(council, draws=3, seed=seed), run(council, draws=9, seed=seed)
    assert np.array_equal(few.outcome.by_provision, many.outcome.by_provision[:3])


@settings(max_examples=5, deadline=None)
@given(seed=seeds)
def test_a_scenario_without_levers_is_the_baseline_draw_for_draw(seed):
    council = lively(seed, plans=60)
    assert same(run(council, seed=seed), run_scenario(council, Scenario("none", ()), 4, seed, HERE))


@settings(max_examples=4, deadline=None)
@given(seed=seeds, high=st.sampled_from([0.01, 0.02]))
def test_a_scenario_of_money_alone_takes_its_plans_from_the_baseline(seed, high):
    council = lively(seed, plans=60)
    values = dict(low=0.01, central=0.01, high=high, starts="2025-04", lines=["independent fee"])
    cap = Scenario("cap", (kind_named("fee_uplift_cap").make(values),))
    baseline = run(council, draws=9, seed=seed)
    alone, beside = (run_scenario(council, cap, 9, seed, HERE, known) for known in (None, baseline))
    assert beside.outcome is baseline.outcome and same(alone, beside)
    assert beside.assumptions.prices != council.prices and len(beside.points) == len(alone.points)


def test_a_scenario_of_plans_is_simulated_although_a_baseline_is_known():
    council = lively(5, plans=60)
    values = dict(low=-0.9, central=-0.9, high=-0.9, starts="2024-01")
    fewer = Scenario("fewer", (kind_named("request_rate").make(values),))
    baseline = run(council, draws=9, seed=5)
    assert not same(baseline, run_scenario(council, fewer, 9, 5, HERE, baseline))


def test_a_line_that_outgrows_its_room_is_the_same_line():
    """A small council that grows many times over, and everybody is short of a place."""
    council = lively(4, plans=3)
    council = council.with_rates(requests=council.rates.requests * 0.0 + 90.0)
    one, other = (run(council, draws=3, seed=4, options=options) for options in (HERE, COMPILED))
    assert one.outcome.by_age[:, -1, FLOWS_BY_AGE.index("stock")].sum(axis=1).min() > 2000
    for name in ("by_age", "by_need", "by_provision", "reasons", "census", "moves"):
        assert np.array_equal(getattr(one.outcome, name), getattr(other.outcome, name)), name


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**63), draws=st.integers(1, 3000))
def test_no_two_draws_share_a_random_stream(seed, draws):
    found = keys(seed, draws)
    assert len(np.unique(found)) == found.size


@settings(max_examples=4, deadline=None)
@given(seed=seeds)
def test_parts_of_a_cut_add_up_to_the_total_in_the_mean(seed):
    from highneeds.forecast.costs import price

    after = run(lively(seed, plans=120), draws=7, seed=seed)
    table = forecast_table({"baseline": (after, price(after))})
    totals = {(r[1], r[4], r[5]): r[6] for r in table.rows if r[2] == "total"}
    parts: dict[tuple[str, ...], float] = {}
    for r in table.rows:
        if r[2] != "total":
            parts[(r[1], r[2], r[4], r[5])] = parts.get((r[1], r[2], r[4], r[5]), 0.0) + r[6]
    for (measure, _, period, kind), summed in parts.items():
        assert summed == pytest.approx(totals[(measure, period, kind)], rel=1e-9, abs=1e-4)
    assert all(row[7] <= row[8] <= row[9] <= row[10] <= row[11] for row in table.rows)


def test_the_reference_agrees_with_the_fast_kernel_in_distribution():
    """Means of every flow within four standard errors, spreads within a quarter, over 240 draws."""
    council, draws = lively(11, plans=150), 240
    slow, fast = (run(council, draws=draws, seed=5, options=options) for options in (REFERENCE, COMPILED))
    for table, names in (("by_age", FLOWS_BY_AGE), ("by_provision", FLOWS_BY_PROVISION)):
        for at, name in enumerate(names):
            one, other = (getattr(r.outcome, table)[:, :, at].sum(axis=(1, 2)).astype(float) for r in (slow, fast))
            error = np.sqrt((one.var() + other.var()) / draws) + 1e-9
            assert abs(one.mean() - other.mean()) < 4 * error, name
            assert 0.7 < (one.std() + 1) / (other.std() + 1) < 1.4, name
