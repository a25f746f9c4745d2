"""An invented world with known rates: what its councils' SEN2 shows, what its published tables show, and what comes.

Every council of a folder begins in its newest January as it stands, and lives on by rates of its own, which are drawn:
requests that wander, chances of agreeing and issuing, a lasting rate of ends and years that differ from it. Each child
is counted by chance. So two ways of learning can be held against what came, and fitted rates against the true ones.

>>> world = invented(open_pack(), years=6, seed=1)
>>> world.write(folder)                               # published tables, real until the start and invented from there
>>> learnt_from(world.seen("886", 2025, 2026), open_pack(folder), "886", years=3)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from highneeds.forecast.learning.borrowed import Year, borrowed_year
from highneeds.forecast.learning.evidence import area_of
from highneeds.forecast.learning.fit import opening_of, placed_by_need, plain_term
from highneeds.forecast.learning.mean_field import TermRates
from highneeds.forecast.learning.observed import Observed
from highneeds.forecast.learning.shares import rows_of_shares
from highneeds.forecast.published.outlook import latest_january
from highneeds.forecast.state import AGE_BANDS, AGES, SETTINGS, Floats, Ints, Term, band_of_ages
from highneeds.intake.published import ENGLAND, Published

BANDS = band_of_ages()


@dataclass(frozen=True)
class Variation:
    """How councils of the world differ, and how their years do: standard deviations of logs and logits.

    requests_last, requests_pass   of a year's requests: what stays for good, and what passes
    growth, growth_year            of requests of all councils, a year; how years differ from it
    agree, issue                   of a council's chances
    ends, ends_year                of a council's rate of ends, and of one year's
    tilt                           of the pull of a setting
    """

    requests_last: float = 0.12
    requests_pass: float = 0.07
    growth: float = 0.12
    growth_year: float = 0.05
    agree: float = 0.3
    issue: float = 0.4
    ends: float = 0.3
    ends_year: float = 0.25
    tilt: float = 0.2


@dataclass(frozen=True)
class Truth:
    """The rates of one council. requests, ends (years) factors; the rest as drawn once."""

    requests: Floats
    ends_lasting: float
    ends: Floats
    agree: float
    issue: float
    tilt: Floats


@dataclass(frozen=True)
class Life:
    """What happened in one council.

    year     the ordinary year of the published tables, of which its rates are a variation
    terms    name -> (terms, ...) counts as in `Observed`
    plans    (years + 1, ages, settings) at every January; needs the same with needs
    """

    year: Year
    truth: Truth
    terms: Mapping[str, Floats]
    plans: Ints
    needs: Ints


@dataclass
class _Now:
    """plans (ages, needs, settings), and the work in hand by age."""

    plans: Ints
    under_way: Ints
    over_time: Ints
    refused: Ints
    not_issued: Ints


@dataclass(frozen=True)
class World:
    """Councils that lived on from `january` for some years, each by its own truth."""

    published: Published
    january: int
    years: int
    lives: Mapping[str, Life] = field(repr=False)

    def total(self, la_number: str, january: int) -> int:
        return int(self.lives[la_number].plans[january - self.january].sum())

    def seen(self, la_number: str, first: int, last: int) -> Observed:
        """What SEN2 returns show of the calendar years `first` to `last`."""
        life, start = self.lives[la_number], 3 * (first - self.january)
        stop = 3 * (last + 1 - self.january)
        part: dict[str, Any] = {name: values[start:stop] for name, values in life.terms.items()}
        work: dict[str, Any] = {name: part.pop(name)[-1].astype(np.int64) for name in ("under_way", "over_time")}
        nothing = np.zeros((AGES, len(SETTINGS)))
        unseen: dict[str, Any] = {
            name: np.zeros((stop - start, *nothing.shape)) for name in ("overdue", "overdue_ended")
        }
        return Observed(
            terms=tuple(Term(first, 0).plus(step) for step in range(stop - start)),
            **part,
            **unseen,
            overdue_years=(),
            overdue_stock=np.zeros(0),
            overdue_done=np.zeros(0),
            plans=life.needs[last + 1 - self.january],
            overdue_plans=nothing,
            undecided=np.zeros(AGES, dtype=np.int64),
            **work,
            last_refused=part["refused"][-1].astype(np.int64),
            last_not_issued=(part["assessed"][-1] - part["issued"][-1]).astype(np.int64),
        )

    def write(self, folder: Path) -> Path:
        """The published tables as CSV: what was real until the start, and the invented years after it."""
        for name in self.published.files:
            table = self.published.table(name)
            rows = list(_PUBLISHED[name](self)) if name in _PUBLISHED else []
            if rows:
                table = pl.concat([table, pl.DataFrame(rows)], how="diagonal_relaxed")
            table.write_csv(folder / f"{name}.csv")
        return folder


def invented(
    published: Published, years: int, seed: int, variation: Variation | None = None, only: Sequence[str] = ()
) -> World:
    """The world of all councils of the folder that have a figure in the newest January, or of `only` these."""
    january = latest_january(published)
    table = published.table("ehcp_caseload_total")
    known = table.filter((pl.col("geo_level") == "LA") & (pl.col("year") == january) & (pl.col("plans") > 0))
    root = np.random.SeedSequence(seed)
    shared, *streams = (np.random.default_rng(one) for one in root.spawn(known.height + 1))
    variation = variation or Variation()
    common = np.cumsum(shared.normal(variation.growth, variation.growth_year, years))
    names = sorted(known["la_number"].to_list())
    lives = {
        name: _live(borrowed_year(published, area_of(published, name), january, years), years, variation, common, rng)
        for name, rng in zip(names, streams, strict=True)
        if not only or name in only
    }
    return World(published, january, years, lives)


def _live(year: Year, years: int, variation: Variation, common: Floats, rng: np.random.Generator) -> Life:
    truth = drawn(year, years, variation, common, rng)
    opening = opening_of(year)
    now = _Now(
        opening.plans.copy(), opening.under_way, np.zeros(AGES, dtype=np.int64), opening.refused, opening.not_issued
    )
    plans, terms = [now.plans], []
    for step in range(years):
        for number in range(3):
            now, happened = _term(now, year, truth, plain_term(year, step, number), step, rng)
            terms.append(happened)
        plans.append(now.plans)
    stacked = {name: np.stack([one[name] for one in terms]) for name in terms[0]}
    whole = np.stack(plans)
    return Life(year, truth, stacked, whole.sum(axis=2), whole)


def drawn(year: Year, years: int, variation: Variation, common: Floats, rng: np.random.Generator) -> Truth:
    """The rates of one council: the borrowed ones, and how it differs."""
    wander = np.cumsum(rng.normal(0.0, variation.requests_last, years)) + rng.normal(
        0.0, variation.requests_pass, years
    )
    lasting = rng.normal(0.0, variation.ends)
    return Truth(
        requests=np.exp(common + wander),
        ends_lasting=float(lasting),
        ends=np.exp(lasting + rng.normal(0.0, variation.ends_year, years)),
        agree=_shifted(year.agree, rng.normal(0.0, variation.agree)),
        issue=_shifted(year.issue, rng.normal(0.0, variation.issue)),
        tilt=np.exp(rng.normal(0.0, variation.tilt, len(SETTINGS))),
    )


def _shifted(chance: float, logit: float) -> float:
    odds = chance * np.exp(logit)
    return float(odds / (1.0 - chance + odds))


def _term(
    now: _Now, year: Year, truth: Truth, rates: TermRates, step: int, rng: np.random.Generator
) -> tuple[_Now, dict[str, Floats]]:
    """One term by chance, in the engine's order: requests, decisions, assessments, plans, placement, moves, ends."""
    if rates.rolls:
        now = _Now(*(_older(stock) for stock in (now.plans, now.under_way, now.over_time, now.refused, now.not_issued)))
    requests = rng.poisson(rates.requests * truth.requests[step])
    agreed = rng.binomial(requests, truth.agree)
    hand = now.under_way + agreed + rng.binomial(now.refused, rates.come_back)
    finished = rng.binomial(hand, rates.finish)
    issued = rng.binomial(finished, truth.issue)
    again = rng.binomial(now.not_issued, rates.appeal)
    begun = _placed(issued + again + rng.poisson(rates.moved_in), year, rates.place, truth.tilt, rng)
    leavers = rng.binomial(now.plans, np.broadcast_to(rates.leave[:, None, :], now.plans.shape))
    arrived, moved = _moved(leavers, rates.go_to, rng)
    held = now.plans - leavers + arrived + begun
    chance = 1.0 - (1.0 - rates.end) ** truth.ends[step]
    ended = rng.binomial(held, np.broadcast_to(chance[:, None, :], held.shape))
    after = _Now(held - ended, hand - finished, now.over_time, requests - agreed, finished - issued)
    counts: dict[str, Any] = {
        "at_risk": now.plans,
        "ended": ended,
        "started": begun,
        "left": leavers,
        "moved": moved,
        "requests": requests,
        "agreed": agreed,
        "refused": requests - agreed,
        "assessed": finished,
        "issued": issued,
        "in_hand": hand.sum(),
        "finished": finished.sum(),
        "late": np.array(0.0),
        "late_finished": np.array(0.0),
        "under_way": after.under_way,
        "over_time": after.over_time,
    }
    return after, {name: np.asarray(value, dtype=float) for name, value in counts.items()}


def _older(stock: Ints) -> Ints:
    found = np.zeros_like(stock)
    found[1:] = stock[:-1]
    return found


def _placed(new: Ints, year: Year, place: Floats, tilt: Floats, rng: np.random.Generator) -> Ints:
    """(ages, needs, settings) new plans by need and place."""
    weights = place * tilt
    shares = placed_by_need((weights / weights.sum(axis=1, keepdims=True))[None], year.need_mix, year.need_pull)[0]
    cells = (year.need_mix / year.need_mix.sum(axis=1, keepdims=True))[:, :, None] * shares
    flat = cells.reshape(AGES, cells[0].size)
    found: Ints = rng.multinomial(new, flat / flat.sum(axis=1, keepdims=True)).reshape(cells.shape)
    return found


def _moved(leavers: Ints, go_to: Floats, rng: np.random.Generator) -> tuple[Ints, Floats]:
    """Where leavers arrive (ages, needs, settings), and moves (ages, settings, settings)."""
    ages, needs, settings = np.nonzero(leavers)
    to = rng.multinomial(leavers[ages, needs, settings], rows_of_shares(go_to, np.ones(len(SETTINGS)))[ages, settings])
    arrived, moved = np.zeros_like(leavers), np.zeros((AGES, len(SETTINGS), len(SETTINGS)))
    np.add.at(arrived, (ages, needs), to)
    np.add.at(moved, (ages, settings), to)
    return arrived, moved


TableRows = Iterator[dict[str, object]]


def _la(la_number: str, period: str, year: int) -> dict[str, object]:
    return {"geo_level": "LA", "la_number": la_number, period: year}


def _januaries(world: World) -> Iterator[tuple[str, int, Ints]]:
    for name, life in world.lives.items():
        for step in range(1, world.years + 1):
            yield name, world.january + step, life.plans[step]


def _totals(world: World) -> TableRows:
    for name, year, plans in _januaries(world):
        yield _la(name, "year", year) | {"plans": int(plans.sum())}


def _by_band(world: World) -> TableRows:
    for name, year, plans in _januaries(world):
        for at, (band, _, _) in enumerate(AGE_BANDS):
            yield _la(name, "year", year) | {"age_band": band, "plans": int(plans[at == BANDS].sum())}


def _by_setting(world: World) -> TableRows:
    for name, year, plans in _januaries(world):
        for setting, count in zip(SETTINGS, plans.sum(axis=0).tolist(), strict=True):
            yield _la(name, "year", year) | {"setting": setting, "plans": count}


def _of_years(world: World, flow: str) -> Iterator[tuple[str, int, Floats]]:
    """A flow of every calendar year: its sum over the year's terms."""
    for name, life in world.lives.items():
        for step in range(world.years):
            yield name, world.january + step, life.terms[flow][3 * step : 3 * step + 3].sum(axis=0)


def _new_by_band(world: World) -> TableRows:
    for name, year, begun in _of_years(world, "started"):
        for at, (band, _, _) in enumerate(AGE_BANDS):
            yield _la(name, "cal_year", year) | {"age_band": band, "new_plans": int(begun[at == BANDS].sum())}


def _new_by_setting(world: World) -> TableRows:
    for name, year, begun in _of_years(world, "started"):
        for setting, count in zip(SETTINGS, begun.sum(axis=(0, 1)).tolist(), strict=True):
            yield _la(name, "cal_year", year) | {"setting": setting, "new_plans": int(count)}


FLOWS = {
    "requests_received_in_year": "requests",
    "requests_decided_to_assess": "agreed",
    "requests_decided_not_to_assess": "refused",
    "assess_in_year": "assessed",
    "assess_issued": "issued",
    "plans_issued_den": "issued",
    "new_ehc_plans": "issued",
    "total_ceased": "ended",
}


def _process(world: World) -> TableRows:
    counts = {column: {(n, y): int(c.sum()) for n, y, c in _of_years(world, flow)} for column, flow in FLOWS.items()}
    for name, year in counts["total_ceased"]:
        said: dict[str, object] = {column: found[name, year] for column, found in counts.items()}
        not_issued = counts["assess_in_year"][name, year] - counts["assess_issued"][name, year]
        yield _la(name, "cal_year", year) | said | {"assess_not_issued": not_issued}
    yield from _england(world, counts["requests_received_in_year"])


def _england(world: World, requests: Mapping[tuple[str, int], int]) -> TableRows:
    """England's requests go on as those of the councils that are published."""
    real = world.published.table("ehcp_process").filter(pl.col("cal_year") == world.january - 1)
    known = dict(real.select("la_number", "requests_received_in_year").drop_nulls().iter_rows())
    before = sum(known.get(name, 0) for name in world.lives)
    if ENGLAND in known and before:
        for year in range(world.january, world.january + world.years):
            now = sum(requests[name, year] for name in world.lives if name in known)
            row = {"requests_received_in_year": round(known[ENGLAND] * now / before)}
            yield {"geo_level": "NAT", "la_number": ENGLAND, "cal_year": year} | row


_PUBLISHED = {
    "ehcp_caseload_total": _totals,
    "ehcp_caseload_by_age_band": _by_band,
    "ehcp_caseload_by_setting": _by_setting,
    "ehcp_new_plans_by_age_band": _new_by_band,
    "ehcp_new_plans_by_setting": _new_by_setting,
    "ehcp_process": _process,
}
"""What the world publishes of its own years; other tables stay as they are, and so become old."""
