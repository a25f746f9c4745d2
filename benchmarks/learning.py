"""How good learning is on invented councils with known rates, and how far ahead published statistics can be trusted.

Run: python benchmarks/learning.py [WORLDS] [--far]

Every world is invented with other rates. Every second council is learnt from three years of their SEN2 and from the
published tables of all of them; both are held against what came. --far back-tests four to ten years on the real pack.
"""

import sys
import tempfile
from pathlib import Path

import numpy as np

from highneeds.forecast.published import Outlook, latest_january, outlook
from highneeds.forecast.published.lookback import outcomes
from highneeds.forecast.published.panel import panel_at
from highneeds.forecast.rates import learnt_from
from highneeds.forecast.simulate import RunOptions, simulate
from highneeds.forecast.state import FLOWS_BY_PROVISION
from highneeds.intake.published import Published, open_pack
from highneeds.invented.world import World, invented

AHEAD = (1, 2, 3)
FAR = (4, 5, 7, 10)
LARGE = 300
CHANCES = (0.5, 0.1, 0.9, 0.025, 0.975)


def main(words: list[str]) -> None:
    if "--far" in words:
        far(open_pack())
        return
    worlds = int(words[0]) if words else 6
    own, public = [], []
    for seed in range(worlds):
        found = of_world(invented(open_pack(), 7, seed))
        own.append(found[0])
        public.append(found[1])
        print(f"world {seed}: own {errors(found[0])} %, published {errors(found[1])} %", flush=True)
    said("the council's own SEN2", np.concatenate(own))
    said("published statistics", np.concatenate(public))


def of_world(world: World) -> tuple[np.ndarray, np.ndarray]:
    """(councils, quantiles and outcome, horizons) by SEN2 and by published statistics, after three invented years."""
    origin = world.january + 3
    with tempfile.TemporaryDirectory() as folder:
        published = open_pack(world.write(Path(folder)))
        view = outlook(published, origin, AHEAD)
        councils = list(world.lives)[::2]
        came = [
            np.array([world.total(council, origin + ahead) for ahead in AHEAD], dtype=float) for council in councils
        ]
        own = [own_quantiles(world, published, council, origin) for council in councils]
    public = [
        np.stack([view.band(ahead, CHANCES)[:, view.row(council)] for ahead in AHEAD], axis=1) for council in councils
    ]
    return (with_outcome(own, came), with_outcome(public, came))


def with_outcome(quantiles: list[np.ndarray], came: list[np.ndarray]) -> np.ndarray:
    return np.stack([np.concatenate([one, outcome[None]]) for one, outcome in zip(quantiles, came, strict=True)])


def own_quantiles(world: World, published: Published, council: str, origin: int) -> np.ndarray:
    """(quantiles, horizons)"""
    learnt = learnt_from(world.seen(council, origin - 3, origin - 1), published, council, len(AHEAD))
    run = simulate(learnt, 150, 1, RunOptions(threads=2))
    stock = run.outcome.by_provision[:, 2::3, FLOWS_BY_PROVISION.index("stock")].sum(axis=2)
    return np.quantile(stock[:, : len(AHEAD)], CHANCES, axis=0)


def errors(found: np.ndarray) -> str:
    return " / ".join(f"{100 * error:.2f}" for error in np.abs(found[:, 0] / found[:, -1] - 1.0).mean(axis=0))


def said(name: str, found: np.ndarray) -> None:
    middle, low, high, lowest, highest, came = (found[:, place] for place in range(6))
    held = 100 * ((low <= came) & (came <= high)).mean(axis=0)
    most = 100 * ((lowest <= came) & (came <= highest)).mean(axis=0)
    wide = 100 * ((high - low) / middle).mean(axis=0)
    large = found[found[:, -1, 0] >= LARGE]
    print(f"{name}: {len(found)} councils; error {errors(found)} %; of {LARGE} plans and more {errors(large)} %")
    print(f"   80% band holds {held.round(1)}, width {wide.round(1)} %; 95% band holds {most.round(1)}")


def far(published: Published) -> None:
    """Error, bias and bands of the total at every origin that has an outcome, four to ten years ahead."""
    newest = latest_january(published)
    truth = panel_at(published, newest)
    for origin in range(truth.first + 3, newest - min(FAR) + 1):
        view = outlook(published, origin, FAR)
        print(origin, *(of_horizon(view, truth, ahead) for ahead in FAR if origin + ahead <= newest), flush=True)


def of_horizon(view: Outlook, truth, ahead: int) -> str:
    outcome, known = outcomes(view.panel, truth, ahead)
    middle, low, high = view.band(ahead, (0.5, 0.1, 0.9))
    error = (middle / outcome - 1.0)[known]
    held = ((low <= outcome) & (outcome <= high))[known].mean()
    wide = ((high - low) / middle)[known].mean()
    off, bias = 100 * np.abs(error).mean(), 100 * error.mean()
    return f"| {ahead} years: {off:.1f} ({bias:+.1f}), {100 * held:.0f} at {100 * wide:.0f}"


if __name__ == "__main__":
    main(sys.argv[1:])
