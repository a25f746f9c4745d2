"""Fit the flow engine to a projection: its expected path meets its totals, age bands and settings every January.

Two sets of factors per year do it. One per age band raises requests and lowers ends (or the reverse); one per setting
tilts where new plans and movers go and how many leave. Both are found by damped Newton steps on the expected path.

Ages in the published flows are read as the age at the census that follows: a plan begun in the spring for a child who
starts school in September counts among the four-year-olds of that census, and so does the factor that raises it.
"""

from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast.assumptions import Opening, Rates
from highneeds.forecast.defaults import default
from highneeds.forecast.learning.borrowed import Year
from highneeds.forecast.learning.mean_field import Happened, Means, TermRates, older, term
from highneeds.forecast.learning.projection import Projection
from highneeds.forecast.learning.shares import TINY, rows_of_shares, whole_numbers
from highneeds.forecast.state import AGE_BANDS, AGES, SETTINGS, Calendar, Floats, Ints, band_of_ages

STEPS = 14
MOST_STEP = 0.7
MOST_FACTOR = 4.0
BANDS = band_of_ages()
IN_BAND = np.array([[BANDS[age] == band for age in range(AGES)] for band in range(len(AGE_BANDS))], dtype=float)


@dataclass(frozen=True)
class Factors:
    """Logs of the factors of one year: (bands) on requests and ends, (settings) on destinations and departures."""

    bands: Floats
    settings: Floats


@dataclass(frozen=True)
class Fit:
    """rates and opening for the kernels, the expected state at every term, and the factors of every year."""

    rates: Rates
    opening: Opening
    terms: tuple[TermRates, ...]
    states: tuple[Means, ...]
    factors: tuple[Factors, ...]


def fit(year: Year, projection: Projection, calendar: Calendar) -> Fit:
    """Rates whose expected path is the projection's, which has the year of the calendar's further term as well."""
    opening = opening_of(year)
    now = Means(year.plans.sum(axis=1).astype(float), *(stock.astype(float) for stock in _work(opening)))
    found: list[TermRates] = []
    states, factors = [now], []
    factor = Factors(np.zeros(len(AGE_BANDS)), np.zeros(len(SETTINGS)))
    for step in range(calendar.rate_years):
        plain = [plain_term(year, step, number) for number in range(3)]
        factor = _fit_year(now, plain, factor, projection.bands[step], projection.settings[step])
        for rates in (with_factors(one, factor) for one in plain):
            now, _ = term(now, rates)
            found.append(rates)
            states.append(now)
        factors.append(factor)
    return Fit(_rates(year, found[: len(calendar.terms)]), opening, tuple(found), tuple(states), tuple(factors))


def opening_of(year: Year) -> Opening:
    """Plans, and the work in hand that a year like the last one leaves behind at the census."""
    inputs = year.new / _yield(year)
    finish = default("finished_within_a_term").value
    last = inputs * (1.0 - default("request_share_of_spring").value - default("request_share_of_summer").value)
    agreed = last * year.agree
    waiting = agreed * (1.0 - finish) / max(finish, 0.1)
    by_age = inputs / max(inputs.sum(), TINY)
    return Opening(
        plans=year.plans,
        under_way=_whole(waiting),
        over_time=_whole(year.backlog * by_age),
        refused=_whole(last - agreed),
        not_issued=_whole(agreed * (1.0 - year.issue)),
    )


def _whole(values: Floats) -> Ints:
    return whole_numbers(values, round(float(values.sum()))) if values.sum() > 0 else np.zeros(AGES, dtype=np.int64)


def _work(opening: Opening) -> tuple[Ints, Ints, Ints, Ints]:
    return opening.under_way, opening.over_time, opening.refused, opening.not_issued


def _yield(year: Year) -> float:
    """New plans per request in the end, refusals and appeals that come back included."""
    back, again = default("refusals_that_come_back").value, default("not_issued_that_come_back").value
    return float((year.agree + (1.0 - year.agree) * back) * (year.issue + (1.0 - year.issue) * again))


def shares_of_terms(first: str, second: str) -> tuple[float, float, float]:
    """A year's flow over its three terms: two defaults, and the rest."""
    spring, summer = default(first).value, default(second).value
    return spring, summer, 1.0 - spring - summer


def plain_term(year: Year, step: int, number: int) -> TermRates:
    """The rates of term `number` of forecast year `step`, before any fitting."""
    growth = year.people[step] / np.maximum(year.people[0], TINY)
    new = year.new * growth if number == 2 else _younger(year.new * growth)
    ending = shares_of_terms("ends_in_spring", "ends_in_summer")[number]
    share = shares_of_terms("request_share_of_spring", "request_share_of_summer")[number]
    return TermRates(
        requests=new / _yield(year) * share,
        moved_in=year.moved_in * growth / 3.0,
        agree=np.full(AGES, year.agree),
        issue=np.full(AGES, year.issue),
        come_back=default("refusals_that_come_back").value,
        finish=default("finished_within_a_term").value,
        finish_late=default("backlog_worked_off_per_term").value,
        appeal=default("not_issued_that_come_back").value,
        place=year.place,
        end=1.0 - (1.0 - year.end) ** ending,
        leave=year.september if number == 2 else year.in_year,
        go_to=year.go_to,
        rolls=number == 2,
    )


def _younger(by_census_age: Floats) -> Floats:
    """Flows by the age at the next census as flows by the age before the roll-over that lies between."""
    found = np.zeros_like(by_census_age)
    found[:-1] = by_census_age[1:]
    return found


def with_factors(rates: TermRates, factor: Factors) -> TermRates:
    """Rates under one year's factors; a factor belongs to the band of the age at the next census."""
    bands = BANDS if rates.rolls else np.append(BANDS[1:], BANDS[-1])
    demand = np.exp(factor.bands)[bands]
    ends = np.exp(-default("shock_on_ends").value * factor.bands)[bands][:, None]
    pull = np.exp(factor.settings)
    stay = np.clip(np.exp(-factor.settings), 1.0 / MOST_FACTOR, MOST_FACTOR)
    return replace(
        rates,
        requests=rates.requests * demand,
        end=1.0 - (1.0 - rates.end) ** ends,
        leave=1.0 - (1.0 - rates.leave) ** stay[None, :],
        place=_to_one(rates.place * pull),
        go_to=_to_one(rates.go_to * pull),
    )


def _to_one(weights: Floats) -> Floats:
    """Rows as shares; a row of nothing stays one."""
    sums = weights.sum(axis=-1, keepdims=True)
    found: Floats = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    return found


def _fit_year(now: Means, plain: list[TermRates], start: Factors, bands: Floats, settings: Floats) -> Factors:
    """The factors with which the year ends at the projection's bands and settings."""
    factor = start
    on_ends = default("shock_on_ends").value
    for _ in range(STEPS):
        after, happened = _year([with_factors(one, factor) for one in plain], now)
        band_gap = bands - IN_BAND @ after.plans.sum(axis=1)
        moves = IN_BAND @ (happened.new + on_ends * happened.ended)
        gap = settings - after.plans.sum(axis=0)
        flow = happened.arrived + happened.left
        factor = Factors(
            factor.bands + np.clip(band_gap / np.maximum(moves, 1.0), -MOST_STEP, MOST_STEP),
            factor.settings + np.clip(gap / np.maximum(flow, 0.5), -MOST_STEP, MOST_STEP),
        )
        factor = Factors(factor.bands, factor.settings - factor.settings.mean())
    return factor


def _year(rates: list[TermRates], now: Means) -> tuple[Means, Happened]:
    totals = Happened(np.zeros(AGES), np.zeros(AGES), np.zeros(now.plans.shape[1]), np.zeros(now.plans.shape[1]))
    for one in rates:
        now, did = term(now, one)
        totals = Happened(
            totals.new + (did.new if one.rolls else older(did.new)),
            totals.ended + (did.ended if one.rolls else older(did.ended)),
            totals.arrived + did.arrived,
            totals.left + did.left,
        )
    return now, totals


def _rates(year: Year, terms: list[TermRates]) -> Rates:
    """Arrays for the kernels: needs put back in, by their pull on settings."""

    def stacked(name: str) -> Floats:
        return np.stack([getattr(one, name) for one in terms])

    def scalar(name: str) -> Floats:
        return np.array([getattr(one, name) for one in terms], dtype=float)

    with np.errstate(divide="ignore"):
        return Rates(
            requests=stacked("requests"),
            moved_in=stacked("moved_in"),
            agree=stacked("agree"),
            come_back=scalar("come_back"),
            log_wait=np.log1p(-scalar("finish")),
            log_over=np.log1p(-scalar("finish_late")),
            issue=stacked("issue"),
            appeal=scalar("appeal"),
            need_mix=rows_of_shares(year.need_mix, np.ones(year.need_mix.shape[1])),
            place_mix=placed_by_need(stacked("place"), year.need_mix, year.need_pull),
            log_end=np.log1p(-stacked("end")),
            end_need=np.ones(year.need_mix.shape[1]),
            log_leave=_leaving(stacked("leave"), stacked("go_to")),
            leave_need=np.ones(year.need_mix.shape[1]),
            go_to=stacked("go_to"),
            reasons=year.reasons,
        )


def _leaving(leave: Floats, go_to: Floats) -> Floats:
    """Nobody leaves where there is nowhere to go."""
    found: Floats = np.where(go_to.sum(axis=-1) > 0, np.log1p(-np.minimum(leave, 0.999)), 0.0)
    return found


def placed_by_need(place: Floats, mix: Floats, pull: Floats) -> Floats:
    """(terms, ages, needs, settings): settings by need whose mean over the needs is `place`."""
    wanted = place[:, :, None, :] * pull[None]
    rows = np.repeat(place[:, :, None, :], mix.shape[1], axis=2)
    weighted = np.where(wanted.sum(axis=-1, keepdims=True) > 0, wanted, rows)
    weighted = weighted / weighted.sum(axis=-1, keepdims=True)
    for _ in range(4):
        level = np.einsum("an,tans->tas", mix, weighted)
        factor = np.divide(place, level, out=np.ones_like(place), where=level > 0)
        weighted = weighted * factor[:, :, None, :]
        weighted = weighted / weighted.sum(axis=-1, keepdims=True)
    found: Floats = weighted
    return found
