"""What the forecast believes: rates as arrays for the kernels, and a register of rows for people.

Every number that a forecast rests on is a row with its value, range, unit, source, date and effect. A lever changes the
arrays and adds its own row. Assumptions are frozen: a changed one is a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from highneeds.forecast.places import Places
from highneeds.forecast.state import AGES, NEEDS, Calendar, Floats, Ints, Provision
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

NEVER = np.float64(0.0)


@dataclass(frozen=True)
class Assumption:
    """One row of the register: what is believed, how surely, on whose word, and what it does.

    low, high   the range that is drawn from, about nine in ten
    date        when the source is from; effect: what rises or falls with it
    assumed     True where no source gives the value: somebody judged it
    """

    name: str
    title: str
    value: float
    low: float
    high: float
    unit: str
    source: str | Note
    date: str
    effect: str
    assumed: bool = False

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise InputError(
                f"Assumption {self.name}: {self.value} is outside its own range {self.low} to {self.high}",
                remedy="Give a value between low and high",
            )


@dataclass(frozen=True)
class Opening:
    """Where the forecast starts: the census day, and the work in hand.

    plans        (ages, needs, provisions) plans in force
    under_way    (ages) agreed assessments not yet finished, inside their time
    over_time    (ages) those beyond it: a backlog, worked off once
    refused, not_issued   (ages) refusals of the last term, which may come back
    """

    plans: Ints
    under_way: Ints
    over_time: Ints
    refused: Ints
    not_issued: Ints


@dataclass(frozen=True)
class Rates:
    """The numbers that a kernel uses, the same for every draw. `log_` arrays are the log of the chance to stay.

    requests      (terms, ages)            requests expected: population times request rate times share of the year
    moved_in      (terms, ages)            plans expected to move in from other councils
    agree         (terms, ages)            chance that a request is agreed to assess
    come_back     (terms)                  chance that a refusal of the last term returns and is agreed after all
    log_wait      (terms)                  log chance that an assessment under way is not finished in the term
    log_over      (terms)                  log chance that an assessment over time is still not finished
    issue         (terms, ages)            chance that a finished assessment ends in a plan
    appeal        (terms)                  chance that a plan not issued last term is issued on appeal
    need_mix      (ages, needs)            needs of a new plan; rows sum to 1
    place_mix     (terms, ages, needs, provisions)   where a new plan is placed; rows sum to 1
    log_end       (terms, ages, provisions)          log chance that a plan does not end in the term
    end_need, leave_need   (needs)         multipliers of log_end and log_leave by need
    log_leave     (terms, ages, provisions)          log chance that a child does not change provision
    go_to         (terms, ages, provisions, provisions)   where leavers go; rows sum to 1, nothing on the diagonal
    reasons       (ages, reasons)          why plans end; rows sum to 1
    """

    requests: Floats
    moved_in: Floats
    agree: Floats
    come_back: Floats
    log_wait: Floats
    log_over: Floats
    issue: Floats
    appeal: Floats
    need_mix: Floats
    place_mix: Floats
    log_end: Floats
    end_need: Floats
    log_leave: Floats
    leave_need: Floats
    go_to: Floats
    reasons: Floats

    def check(self) -> None:
        """Refuse rates that break their own promise, naming the first place where they do."""
        for name in ("need_mix", "place_mix", "reasons"):
            _rows_sum_to_one(name, getattr(self, name))
        leaving = self.log_leave < NEVER
        _rows_sum_to_one("go_to", self.go_to[leaving])
        for name in ("agree", "come_back", "issue", "appeal"):
            _between(name, getattr(self, name), 0.0, 1.0)
        for name in ("log_wait", "log_over", "log_end", "log_leave"):
            _between(name, getattr(self, name), -np.inf, 0.0)
        for name in ("requests", "moved_in"):
            _between(name, getattr(self, name), 0.0, np.inf)


def _rows_sum_to_one(name: str, rows: Floats) -> None:
    sums = rows.sum(axis=-1)
    wrong = np.argwhere(np.abs(sums - 1.0) > 1e-9)
    if len(wrong):
        place = ", ".join(str(index) for index in wrong[0])
        raise ValueError(f"{name}: each row must sum to 1. Row {place} sums to {sums[tuple(wrong[0])]:.6f}.")


def _between(name: str, values: Floats, low: float, high: float) -> None:
    if np.isnan(values).any() or (values < low).any() or (values > high).any():
        raise ValueError(f"{name}: every value must lie between {low} and {high}.")


@dataclass(frozen=True)
class Spread:
    """How unsure each rate is: standard deviations of path effects that are drawn once and kept for the whole path.

    demand        of the log of requests: the common shock that all cells share
    demand_trend  of its yearly drift; it spreads with the root of the years
    band          of the log of requests of one age band
    agree, issue  of the logit
    end           of the log hazard of ending, all ages; end_band: of one age band
    tilt          (provisions) of the log weight of a provision as a destination
    track         (draws, years) log of the common shock where it follows a method that was back-tested;
                  then demand and demand_trend are not drawn
    ends_share    how much of the common shock, with the sign turned, falls on the ends
    """

    demand: float = 0.0
    demand_trend: float = 0.0
    band: float = 0.0
    agree: float = 0.0
    issue: float = 0.0
    end: float = 0.0
    end_band: float = 0.0
    tilt: Floats = field(default_factory=lambda: np.zeros(1))
    track: Floats | None = None
    ends_share: float = 0.0


@dataclass(frozen=True)
class Assumptions:
    """Everything a forecast believes about one council.

    mix_from   provisions whose children a place can stand in for: see places.Places
    prices     costs.unit_costs.Prices, or None where nothing is known of money
    rows       the register, in order
    notes      what is absent, and why
    changed    the names of the levers applied, in order
    spend      what published outturn forecasts of spending, to which prices are brought; None where it does not
    """

    council: str
    calendar: Calendar
    provisions: tuple[Provision, ...]
    population: Floats
    opening: Opening
    rates: Rates
    spread: Spread
    places: Places
    prices: Any = None
    rows: tuple[Assumption, ...] = ()
    notes: tuple[Note, ...] = ()
    changed: tuple[str, ...] = ()
    spend: Any = None

    def with_rates(self, **changes: Any) -> "Assumptions":
        return replace(self, rates=replace(self.rates, **changes))

    def provisions_of(self, *settings: str) -> list[int]:
        """The provisions of these settings, their schools included."""
        return [index for index, one in enumerate(self.provisions) if one.setting in settings]


def empty_opening(provisions: int) -> Opening:
    """An opening with nobody in it, to fill with replace()."""
    none = np.zeros(AGES, dtype=np.int64)
    return Opening(np.zeros((AGES, len(NEEDS), provisions), dtype=np.int64), none, none, none, none)


def quiet_rates(terms: int, provisions: int, **changes: Any) -> Rates:
    """Rates of a council where nothing happens: nobody asks, moves or leaves. Specs change one of them at a time."""
    still = np.zeros((terms, AGES, provisions))
    to = np.full((terms, AGES, provisions, provisions), 1.0 / max(provisions - 1, 1))
    to[..., np.arange(provisions), np.arange(provisions)] = 0.0
    rates: Mapping[str, Any] = dict(
        requests=np.zeros((terms, AGES)),
        moved_in=np.zeros((terms, AGES)),
        agree=np.ones((terms, AGES)),
        come_back=np.zeros(terms),
        log_wait=np.full(terms, -np.inf),
        log_over=np.full(terms, -np.inf),
        issue=np.ones((terms, AGES)),
        appeal=np.zeros(terms),
        need_mix=np.full((AGES, len(NEEDS)), 1.0 / len(NEEDS)),
        place_mix=np.full((terms, AGES, len(NEEDS), provisions), 1.0 / provisions),
        log_end=still,
        end_need=np.ones(len(NEEDS)),
        log_leave=still,
        leave_need=np.ones(len(NEEDS)),
        go_to=to,
        reasons=np.tile(np.eye(6)[5], (AGES, 1)),
    )
    return Rates(**{**rates, **changes})
