"""highneeds forecast as typed, and the same bytes from a cluster that loses a worker on the way."""

import csv
import io
import os
import time

import pytest

from cli_runner import run
from highneeds.forecast.many import ForecastSetup, all_councils, councils_of
from highneeds.intake.published import open_pack

SHORT = ("--years", "2", "--draws", "40")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_council_without_a_workspace_and_its_scenario(tmp_path):
    scenario = tmp_path / "less.yaml"
    scenario.write_text("levers:\n  - {lever: request_rate, low: -0.3, central: -0.2, high: -0.1, starts: 2024-04}\n")
    nothing = tmp_path / "nothing.yaml"
    nothing.write_text("levers: []\n")
    words = ("forecast", "--council", "302", *SHORT, "--scenario", scenario, "--scenario", nothing, "--format", "csv")
    done, again = run(*words), run(*words, "--threads", "1")
    assert done.code == 0 and done.out == again.out
    found = rows(done.out)
    plans = {
        r["scenario"]: float(r["mean"])
        for r in found
        if (r["measure"], r["cut"], r["period"]) == ("plans", "total", "2026-01")
    }
    assert plans["less"] < plans["baseline"] == plans["nothing"]
    assert "cannot be called confident" in done.err and "an assumption about demand" in done.err


def test_a_year_that_had_ended_on_the_day_has_no_odds():
    day = ("--as-known", "2026-04-01", "--opening", "1000000", "--table", "odds", "--format", "csv")
    done = run("forecast", "--council", "302", *SHORT, *day)
    found = {row["financial_year"]: row["chance_of_balance"] for row in rows(done.out)}
    assert found["2025-26"] == "", "it ended the day before"
    assert 0.0 <= float(found["2026-27"]) <= 1.0
    assert "the high needs block is known to 2023-24" in done.err
    assert "a what-if on the grant" in done.err


@pytest.mark.parametrize("table", ["assumptions", "scenarios", "backtest"])
def test_other_tables(table):
    done = run(
        "forecast", "--council", "302", *SHORT, "--opening", "1000000", "--target", "2024-25=5000000", "--table", table
    )
    assert done.code == 0 and len(done.out.splitlines()) > 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Give a workspace folder or --council"),
        (("--council", "999"), "no council with LA number 999"),
        (("--council", "302", "--scenario", "absent.yaml"), "no such scenario file"),
        (("--council", "302", "--target", "2024=1"), "is not a financial year"),
        (("--council", "302", "--years", "0"), "cannot be made"),
        (("--council", "302", "--table", "delay"), "takes two scenarios"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_exit_2(words, said, monkeypatch):
    """And it is said before any forecast is begun."""
    monkeypatch.setattr("highneeds.cli.forecast.forecast", None)
    done = run("forecast", *words)
    assert done.code == 2 and said in done.err and done.err.count("\n") == 1 and done.out == ""


def kill_one_at_work(scheduler, client) -> set[str]:
    """Kill a worker that has a job under way; the jobs that were not done when the scheduler missed it."""
    address, jobs = next((one.address, {job.key for job in one.processing}) for one in at_work(scheduler))
    os.kill(client.run(os.getpid, workers=[address])[address], 9)
    while address in scheduler.workers:
        time.sleep(0.01)
    return {key for key in jobs if key in scheduler.tasks and scheduler.tasks[key].state != "memory"}


def at_work(scheduler):
    return [worker for worker in scheduler.workers.values() if worker.processing]


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes():
    distributed = pytest.importorskip("distributed")
    import dask

    ask = ForecastSetup(None, 2, 60, 1, "numpy")
    few = councils_of(open_pack())[:6]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        here = list(all_councils(ask, pool, only=few))
    quick = {"distributed.scheduler.worker-ttl": None, "distributed.admin.tick.limit": "60s"}
    with (
        dask.config.set(quick),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        there = all_councils(ask, client.get_executor(retries=5), only=few)
        first = next(there)
        lost = kill_one_at_work(cluster.scheduler, client)
        assert lost, "no job was under way on the worker that was killed"
        assert repr([first, *there]) == repr(here)
