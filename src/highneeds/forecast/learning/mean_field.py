"""The engine's expected path: the same steps as the kernels, with means in place of chance and needs summed out."""

from dataclasses import dataclass

import numpy as np

from highneeds.forecast.state import OLDEST, Floats


@dataclass(frozen=True)
class TermRates:
    """The rates of one term with needs summed out.

    requests, moved_in, agree, issue   (ages)
    place       (ages, provisions) where new plans go; rows sum to 1
    end, leave  (ages, provisions) chances
    go_to       (ages, provisions, provisions)
    """

    requests: Floats
    moved_in: Floats
    agree: Floats
    issue: Floats
    come_back: float
    finish: float
    finish_late: float
    appeal: float
    place: Floats
    end: Floats
    leave: Floats
    go_to: Floats
    rolls: bool


@dataclass(frozen=True)
class Means:
    """plans (ages, provisions), and the work in hand by age."""

    plans: Floats
    under_way: Floats
    over_time: Floats
    refused: Floats
    not_issued: Floats


@dataclass(frozen=True)
class Happened:
    """What a term did: new plans after assessment or appeal and ends by age, arrivals and departures by provision."""

    new: Floats
    ended: Floats
    arrived: Floats
    left: Floats


def older(stock: Floats) -> Floats:
    """Everyone a year older; those of the oldest age are gone."""
    found = np.zeros_like(stock)
    found[1:] = stock[:OLDEST]
    return found


def term(now: Means, rates: TermRates) -> tuple[Means, Happened]:
    """One term of expected flows."""
    stocks = (now.plans, now.under_way, now.over_time, now.refused, now.not_issued)
    plans, under_way, over_time, refused, not_issued = (older(one) for one in stocks) if rates.rolls else stocks
    agreed = rates.requests * rates.agree
    under_way = under_way + agreed + refused * rates.come_back
    finished = under_way * rates.finish + over_time * rates.finish_late
    new = finished * rates.issue + not_issued * rates.appeal
    leavers = plans * rates.leave
    arrivals = np.einsum("as,ast->at", leavers, rates.go_to) + (new + rates.moved_in)[:, None] * rates.place
    before = plans - leavers + arrivals
    ended = before * rates.end
    after = Means(
        before - ended,
        under_way * (1.0 - rates.finish),
        over_time * (1.0 - rates.finish_late),
        rates.requests - agreed,
        finished * (1.0 - rates.issue),
    )
    return after, Happened(new, ended.sum(axis=1), arrivals.sum(axis=0), leavers.sum(axis=0))
