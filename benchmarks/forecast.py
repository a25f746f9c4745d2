"""How long a forecast takes, held against its bounds, and how the time grows.

Run: python benchmarks/forecast.py           Kent's size: cold, warm, levers, ten scenarios, many draws, plain numpy
     python benchmarks/forecast.py --growth   how the time grows with draws, years and plans; binomials a second
     python benchmarks/forecast.py --all      every council of the pack, ten years, 1,000 draws

Cold is a fresh process that imports, reads, learns, simulates, prices and writes the table, with the compiled kernel of
this version already kept; the very first run of a version also compiles it, which is timed apart.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

COUNCIL, YEARS, DRAWS = "886", 10, 1000
CORES = os.cpu_count() or 1
ONCE = """
import time; began = time.perf_counter()
from highneeds.forecast.council import forecast, learn
from highneeds.forecast.simulate import RunOptions
from highneeds.intake.published import open_pack
assumptions, notes = learn(open_pack(), {council!r}, years={years}, draws={draws}, seed=1, opening_gbp=0.0)
found = forecast(assumptions, (), {draws}, 1, RunOptions(kernel={kernel!r}, threads={cores}), notes)
rows = len(found.table().rows)
import resource
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, rows)
"""


def timed(words: str, bound: float | None, work: Callable[[], Any]) -> Any:
    began, busy = time.perf_counter(), time.process_time()
    result = work()
    took, cpu = time.perf_counter() - began, time.process_time() - busy
    said(words, bound, took, f"({cpu:.2f} s of processor)")
    return result


def said(words: str, bound: float | None, took: float, more: str = "") -> None:
    verdict = "" if bound is None else ("within" if took <= bound else "OVER") + f" {bound:g}"
    print(f"{words:<66}{took:8.2f} s  {verdict:<12}{more}", flush=True)


def fresh(words: str, bound: float | None, kernel: str = "numba", **environment: str) -> None:
    """One forecast in a process of its own."""
    code = ONCE.format(council=COUNCIL, years=YEARS, draws=DRAWS, kernel=kernel, cores=CORES)
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    took, memory, rows = (float(word) for word in done.stdout.split())
    said(words, bound, took, f"{memory:.0f} MB, {rows:,.0f} rows")


def kent() -> None:
    from highneeds.forecast.council import forecast, learn
    from highneeds.forecast.levers import kind_named
    from highneeds.forecast.scenarios import Scenario, run_scenario
    from highneeds.forecast.simulate import RunOptions, simulate
    from highneeds.intake.published import open_pack

    with tempfile.TemporaryDirectory() as cache:
        fresh("first run of a version: import, compile, read, learn, 1,000 draws", 15, NUMBA_CACHE_DIR=cache)
    fresh("cold: import, read, learn, 1,000 draws, cost, table", 15)
    fresh("the same in plain numpy", 60, kernel="numpy")
    published, options = open_pack(), RunOptions(threads=CORES)
    assumptions, _ = learn(published, COUNCIL, years=YEARS, draws=10_000, seed=1, opening_gbp=0.0)
    simulate(assumptions, 10, 1, options)
    timed(
        "warm: 1,000 draws, cost, quantiles of every cut",
        6,
        lambda: forecast(assumptions, (), DRAWS, 1, options).table(),
    )
    lever = Scenario("less", (kind_named("request_rate").make(dict(kind_named("request_rate").example)),))
    fixed = Scenario("less", (replace(lever.levers[0], low=-0.05, high=-0.05),))
    timed("a lever moved at 200 draws", 0.5, lambda: run_scenario(assumptions, fixed, 200, 1, options))
    timed("a lever with a range, at 200 draws", 0.5, lambda: run_scenario(assumptions, lever, 200, 1, options))
    ten = [Scenario(f"s{n}", fixed.levers) for n in range(10)]
    timed("ten scenarios of 1,000 draws, with costs", 30, lambda: forecast(assumptions, ten, DRAWS, 1, options))
    cap = kind_named("fee_uplift_cap").make(dict(kind_named("fee_uplift_cap").example))
    money = [Scenario(f"m{n}", (cap,)) for n in range(10)]
    timed("ten scenarios of money alone, 1,000 draws", 30, lambda: forecast(assumptions, money, DRAWS, 1, options))
    timed("10,000 draws, cost, quantiles", 60, lambda: forecast(assumptions, (), 10_000, 1, options).table())


def growth() -> None:
    """How the time grows; processor seconds, so that a busy machine does not matter."""
    from highneeds.forecast.council import learn
    from highneeds.forecast.simulate import RunOptions, simulate
    from highneeds.intake.published import open_pack

    published, options = open_pack(), RunOptions(threads=1)
    for council, years, draws in (
        ("886", 10, 100),
        ("886", 10, 400),
        ("886", 5, 400),
        ("302", 10, 400),
        ("857", 10, 400),
    ):
        assumptions, _ = learn(published, council, years=years, draws=draws, seed=1)
        simulate(assumptions, 2, 1, options)
        plans, cells = assumptions.opening.plans.sum(), (assumptions.opening.plans > 0).sum()
        busy = time.process_time()
        simulate(assumptions, draws, 1, options)
        busy = time.process_time() - busy
        size = f"{plans:7,} plans in {cells:5,} cells, {years:2} years, {draws:4} draws"
        print(f"{size}: {1e3 * busy / draws:7.2f} ms a draw")
    timed("20,000,000 binomials (the machine's rate, one thread)", None, many_binomials)


def many_binomials() -> None:
    import numpy as np

    np.random.default_rng(1).binomial(4, 0.02, 20_000_000)


def everyone() -> None:
    from highneeds.forecast.many import ForecastSetup, all_councils

    ask = ForecastSetup(None, YEARS, DRAWS, 1, "numba")
    began = time.perf_counter()
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        rows = sum(len(table.rows) for _, table in all_councils(ask, pool))
    memory = [resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    words = f"{rows:,} rows; {memory[0]:.0f} MB here and at most {memory[1]:.0f} MB in each of {CORES}"
    said("every council of the pack, 1,000 draws, ten years", 300, time.perf_counter() - began, words)


if __name__ == "__main__":
    {"--growth": growth, "--all": everyone}.get("".join(sys.argv[1:2]), kent)()
