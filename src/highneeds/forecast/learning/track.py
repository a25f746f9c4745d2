"""Give every draw the total that the projection's draw has: the common shock, solved year by year.

The projection's draws carry a spread that is calibrated on past errors. Counting single plans adds its own, which in
a small council is not small; so the projection's spread is lowered by what counting will add.
"""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.kernels.layout import DrawnPaths
from highneeds.forecast.learning.fit import BANDS, Fit
from highneeds.forecast.learning.projection import Projection
from highneeds.forecast.state import Floats

MOST = 1.5
LEAST_LEFT = 0.05


@dataclass
class _Ages:
    """(draws, ages) plans and work in hand."""

    plans: Floats
    under_way: Floats
    over_time: Floats
    refused: Floats
    not_issued: Floats


def targets(projection: Projection, fitted: Fit) -> Floats:
    """(draws, years) totals to aim at: the projection's, nearer to their mean by what counting adds."""
    mean = projection.mean
    spread = projection.totals.var(axis=0)
    left = np.sqrt(np.clip(1.0 - _variance_of_chance(fitted) / np.maximum(spread, 1e-9), LEAST_LEFT, 1.0))
    found: Floats = mean + (projection.totals - mean) * left
    return found


def _variance_of_chance(fitted: Fit) -> Floats:
    """(years) variance of the total from single plans alone: new plans and ends so far, older ones half forgotten."""
    found, held = [], 0.0
    for step in range(len(fitted.factors)):
        held *= 0.8
        for number in range(3):
            rates, now = fitted.terms[3 * step + number], fitted.states[3 * step + number]
            ended = float((now.plans * rates.end * (1.0 - rates.end)).sum())
            held += ended + float(rates.requests.sum()) * 0.6
        found.append(held)
    return np.array(found)


def solve(fitted: Fit, projection: Projection, paths: DrawnPaths, ends_share: float) -> Floats:
    """(draws, years) log of the common shock with which each draw's expected total is the projection's."""
    aim = targets(projection, fitted)[: paths.draws]
    now = _repeat(fitted, paths.draws)
    shocks = np.zeros((paths.draws, aim.shape[1]))
    shock = np.zeros(paths.draws)
    for step in range(aim.shape[1]):
        for _ in range(4):
            after, new, ended = _year(fitted, paths, step, now, shock, ends_share)
            gap = aim[:, step] - after.plans.sum(axis=1)
            slope = np.maximum(new + ends_share * ended, 1e-6)
            shock = np.clip(shock + gap / slope, -MOST, MOST)
        now, _, _ = _year(fitted, paths, step, now, shock, ends_share)
        shocks[:, step] = shock
    return shocks


def _repeat(fitted: Fit, draws: int) -> _Ages:
    first = fitted.states[0]
    stocks = (first.plans.sum(axis=1), first.under_way, first.over_time, first.refused, first.not_issued)
    return _Ages(*(np.repeat(stock[None], draws, axis=0) for stock in stocks))


def _year(
    fitted: Fit, paths: DrawnPaths, step: int, now: _Ages, shock: Floats, ends_share: float
) -> tuple[_Ages, Floats, Floats]:
    new, ended = np.zeros(paths.draws), np.zeros(paths.draws)
    demand = np.exp(shock)[:, None] * paths.band[:, BANDS]
    hazard = np.exp(-ends_share * shock)[:, None] * paths.end[:, step][:, BANDS]
    for number in range(3):
        now, started, gone = _term(fitted, 3 * step + number, paths, now, demand, hazard)
        new += started
        ended += gone
    return now, new, ended


def _term(
    fitted: Fit, t: int, paths: DrawnPaths, now: _Ages, demand: Floats, hazard: Floats
) -> tuple[_Ages, Floats, Floats]:
    rates = fitted.terms[t]
    stocks = (now.plans, now.under_way, now.over_time, now.refused, now.not_issued)
    plans, under_way, over_time, refused, not_issued = map(_older, stocks) if rates.rolls else stocks
    requests = rates.requests * demand
    agreed = requests * _shifted(rates.agree, paths.agree)
    under_way = under_way + agreed + refused * rates.come_back
    finished = under_way * rates.finish + over_time * rates.finish_late
    issued = finished * _shifted(rates.issue, paths.issue)
    new = issued + not_issued * rates.appeal
    before = plans + new + rates.moved_in
    level, bend = _log_stay(fitted, t)
    stay = np.exp(np.minimum(hazard * level + hazard**2 * bend, 0.0))
    after = _Ages(
        before * stay,
        under_way * (1.0 - rates.finish),
        over_time * (1.0 - rates.finish_late),
        requests - agreed,
        finished - issued,
    )
    return after, new.sum(axis=1), (before * (1.0 - stay)).sum(axis=1)


def _older(stock: Floats) -> Floats:
    found = np.zeros_like(stock)
    found[:, 1:] = stock[:, :-1]
    return found


def _log_stay(fitted: Fit, t: int) -> tuple[Floats, Floats]:
    """(ages) log chance to stay when the hazard is h times the usual: h * level + h**2 * bend.

    The settings of an age differ in hazard, so the chance of them all bends with h; at h = 1 it is the expected one.
    """
    weights = fitted.states[t + 1].plans / (1.0 - fitted.terms[t].end) + 1e-9
    weights = weights / weights.sum(axis=1, keepdims=True)
    logs = np.log1p(-fitted.terms[t].end)
    level: Floats = (weights * logs).sum(axis=1)
    return level, np.log((weights * np.exp(logs)).sum(axis=1)) - level


def _shifted(chance: Floats, logit: Floats) -> Floats:
    odds = chance * np.exp(logit)[:, None]
    found: Floats = odds / (1.0 - chance + odds)
    return found
