"""The children and young people with a plan: from the published stock back to the window's start and on to the day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from highneeds.invented.caseload.calendar import SynMonth
from highneeds.invented.caseload.margins import AGES, CLASSES, Margins, whole
from highneeds.invented.caseload.targets import (
    BAND_EDGES,
    BANDS,
    GROUP_OF,
    GROUPS,
    OTHER,
    DashboardTargets,
    F,
    M,
    N,
    P,
    S,
    wanted_groups,
)
from highneeds.vocabulary.period import SchoolYear

UKN = CLASSES.index("UKN")
GROUP = np.array([GROUPS.index(GROUP_OF[code]) for code in CLASSES])
PHASE_AGES = (4, 11, 16, 19)
CEASE_WEIGHTS = np.array([6, 6, 7, 7, 7, 8, 18, 18, 7, 6, 5, 5], dtype=float) / 100
MOVES_A_YEAR = 0.04
MAX_AGE = 1  # the reason for an end: the maximum age was reached
EMPLOYED, DISENGAGED, ANOTHER_REASON = 4, 6, 9


@dataclass
class People:
    """Plan holders, one entry each. Days are day numbers, 0 where there is none.

    placements   rows of (person, class, entry, leaving, school): the school is a number within its class
    """

    birth: np.ndarray
    cohort: np.ndarray
    start: np.ndarray
    end: np.ndarray
    reason: np.ndarray
    setting: np.ndarray
    entered: np.ndarray
    placements: list[tuple[int, int, int, int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.birth)

    def active(self, day: int) -> np.ndarray:
        return np.asarray((self.start <= day) & ((self.end == 0) | (self.end >= day)))

    def added(self, other: "People") -> None:
        for name in ("birth", "cohort", "start", "end", "reason", "setting", "entered"):
            setattr(self, name, np.concatenate([getattr(self, name), getattr(other, name)]))

    def move(self, who: np.ndarray, to: np.ndarray, day: np.ndarray) -> None:
        """Leave one setting and enter another, which may be of the same class; no place is no placement at all."""
        for person, setting, entry in zip(who.tolist(), to.tolist(), day.tolist(), strict=True):
            if self.setting[person] != UKN:
                self.placements.append((person, int(self.setting[person]), int(self.entered[person]), entry - 1))
            self.setting[person], self.entered[person] = setting, entry

    def cease(self, who: np.ndarray, day: np.ndarray, reason: np.ndarray) -> None:
        self.end[who], self.reason[who] = day, reason


def births(ages: np.ndarray, school_year: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Birth days and cohorts of people who were `ages` old as a school year began."""
    cohort = school_year - ages - 1
    first = np.array([date(int(year), 9, 1).toordinal() for year in range(1980, 2060)])[cohort - 1980]
    return first + rng.integers(0, 365, len(ages)), cohort


def stock(margins: Margins, rng: np.random.Generator) -> People:
    """Those with a plan on the census day, by age and class as published."""
    ages, settings = np.nonzero(margins.stock)
    counts = margins.stock[ages, settings]
    ages, settings = np.repeat(np.array(AGES)[ages], counts), np.repeat(settings, counts)
    birth, cohort = births(ages, SchoolYear.of(margins.census).start, rng)
    youngest = margins.census.toordinal() - round(26 * 365.25) + 1
    birth = np.where(birth < youngest, youngest + (birth % 100), birth)  # nobody holds a plan at 26
    nothing = np.zeros(len(birth), dtype=np.int64)
    return People(birth, cohort, nothing.copy(), nothing.copy(), nothing.copy(), settings, nothing.copy())


def backdate(people: People, issued: np.ndarray, margins: Margins, opens: int, rng: np.random.Generator) -> np.ndarray:
    """Give every plan of the stock its start: those issued in the window by age when started, the others earlier.

    Returns for each issue day the person it went to.
    """
    order = np.argsort(people.birth, kind="stable")
    sorted_births = people.birth[order]
    free = np.ones(len(people), dtype=bool)
    holders = np.zeros(len(issued), dtype=np.int64)
    for place, (day, age) in enumerate(zip(issued, ages_when_started(issued, margins, rng), strict=True)):
        low, high = np.searchsorted(sorted_births, [day - (age + 1) * 365.25, day - age * 365.25])
        person = _free_near(order, free, int(low), int(high), rng)
        free[person], people.start[person], holders[place] = False, day, person
    rest = np.flatnonzero(free)
    before = opens - 1 - rng.exponential(1100, len(rest)).astype(np.int64)
    people.start[rest] = np.minimum(np.maximum(before, people.birth[rest] + 800), opens - 1)
    return holders


def ages_when_started(days: np.ndarray, margins: Margins, rng: np.random.Generator) -> np.ndarray:
    """An age for each issue day, each year's ages as published for that or the nearest year."""
    ages = np.zeros(len(days), dtype=np.int64)
    years = np.array([date.fromordinal(int(day)).year for day in days])
    for year in np.unique(years):
        nearest = min(margins.new, key=lambda one: abs(one - int(year)))
        where = np.flatnonzero(years == year)
        counts = whole(margins.new[nearest], len(where))
        ages[where] = rng.permutation(np.repeat(np.array(AGES), counts))[: len(where)]
    return ages


def _free_near(order: np.ndarray, free: np.ndarray, low: int, high: int, rng: np.random.Generator) -> int:
    """Someone not yet taken between two places of the order, the search widening until one is found."""
    while True:
        candidates = order[max(low, 0) : min(max(high, low + 1), len(order))]
        candidates = candidates[free[candidates]]
        if len(candidates):
            return int(candidates[rng.integers(len(candidates))])
        if low <= 0 and high >= len(order):
            raise ValueError("more plans were issued in the window than there are people")
        low, high = low - 50, high + 50


def ended_before(margins: Margins, months: Sequence[SynMonth], census: int, rng: np.random.Generator) -> People:
    """People whose plan ended between the window's start and the census day, by age and reason."""
    shares = _class_shares(margins)
    none = np.zeros(0, dtype=np.int64)
    births_, ends, ages_, reasons = [none], [none], [none], [none]
    for month in (month for month in months if month.first < census):
        last = min(month.last, census - 1)
        year = min(margins.ceased, key=lambda one: abs(one - month.month.year))
        part = (last - month.first + 1) / (month.month.last_day.toordinal() - month.first + 1)
        wanted = margins.ceased[year] * CEASE_WEIGHTS[month.month.number - 1] * part
        counts = rng.poisson(wanted) if wanted.sum() < 50 else whole(wanted + rng.random(len(wanted)) * 1e-6)
        ages = np.repeat(np.array(AGES), counts)
        day = rng.integers(month.first, last + 1, len(ages))
        births_.append((day - (ages + rng.random(len(ages))) * 365.25).astype(np.int64))
        ends.append(day)
        ages_.append(ages)
        reasons.append(_reasons_at(ages, margins, rng))
    birth, end, ages = np.concatenate(births_), np.concatenate(ends), np.concatenate(ages_)
    start = np.maximum(end - 200 - rng.exponential(1500, len(end)).astype(np.int64), birth + 800)
    start = np.minimum(start, months[0].first - 1)
    setting = _drawn(shares[np.clip(ages - AGES[0], 0, len(AGES) - 1)], rng)
    cohort = cohorts(birth)
    return People(birth, cohort, start, end, np.concatenate(reasons), setting, start.copy())


def cohorts(birth: np.ndarray) -> np.ndarray:
    days = (date.fromordinal(int(day)) for day in birth)
    return np.array([day.year - (day.month < 9) for day in days], dtype=np.int64)


def _reasons_at(ages: np.ndarray, margins: Margins, rng: np.random.Generator) -> np.ndarray:
    return _drawn(margins.reasons[np.clip(ages - AGES[0], 0, len(AGES) - 1)], rng) + 1


def _drawn(shares: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One column for each row, by the row's shares."""
    if not len(shares):
        return np.zeros(0, dtype=np.int64)
    bounds = np.cumsum(shares, axis=1)
    return np.asarray((rng.random((len(shares), 1)) * bounds[:, -1:] > bounds).sum(axis=1), dtype=np.int64)


def _class_shares(margins: Margins) -> np.ndarray:
    """(ages, classes) shares of the stock; an age without anybody has the shares of all ages."""
    counts = margins.stock.astype(float)
    sums = counts.sum(axis=1, keepdims=True)
    overall = counts.sum(axis=0) / counts.sum()
    return np.where(sums > 0, counts / np.where(sums > 0, sums, 1), overall)


def past_placements(people: People, margins: Margins, opens: int, rng: np.random.Generator) -> None:
    """Where the stock was before: a phase transfer each September of the window, and some moves in between.

    Assumption: before a phase transfer people stood in the settings of those a year younger today.
    """
    census = margins.census.toordinal()
    shares = _class_shares(margins)
    leaving = np.zeros(len(people), dtype=np.int64)
    entered = people.start.copy()
    now = people.setting.copy()
    school_year = SchoolYear.of(margins.census).start
    for year in range(school_year, date.fromordinal(opens).year - 1, -1):
        september = date(year, 9, 1).toordinal()
        ages = year - people.cohort - 1
        day = september + rng.integers(0, 7, len(people))
        odd = rng.random(len(people)) < MOVES_A_YEAR
        day = np.where(odd, september - rng.integers(30, 240, len(people)), day)
        moved = (np.isin(ages, PHASE_AGES) | odd) & (people.start < day - 30) & (day > opens) & (day < census)
        moved &= (leaving == 0) | (day < leaving)
        who = np.flatnonzero(moved)
        people.placements.extend(
            (int(person), int(now[person]), int(day[person]), int(leaving[person]))
            for person in who
            if leaving[person] and now[person] != UKN
        )
        current = who[leaving[who] == 0]
        entered[current] = day[current]
        leaving[who] = day[who] - 1
        now[who] = _drawn(shares[np.clip(ages[who] - 1 - AGES[0], 0, len(AGES) - 1)], rng)
    earlier = np.flatnonzero(leaving)
    people.placements.extend(
        (int(person), int(now[person]), int(people.start[person]), int(leaving[person]))
        for person in earlier
        if now[person] != UKN
    )
    people.entered = entered


@dataclass
class Steering:
    """What stands while the months go by after the census day."""

    margins: Margins
    dashboard: DashboardTargets | None
    shares: np.ndarray
    rng: np.random.Generator


def run_months(
    people: People,
    issued: np.ndarray,
    months: Sequence[SynMonth],
    margins: Margins,
    dashboard: DashboardTargets | None,
    rng: np.random.Generator,
    born: np.ndarray | None = None,
    ends: np.ndarray | None = None,
) -> np.ndarray:
    """From the census day on: plans end and begin, people move. Returns for each issue day the person it went to.

    born   the birth day behind each issue, where it is known already; 0 where it is to be invented
    ends   how many plans end in each month after the census day, where that is settled
    """
    steering = Steering(margins, dashboard, _class_shares(margins), rng)
    census = margins.census.toordinal()
    holders = np.zeros(len(issued), dtype=np.int64)
    after = [month for month in months if month.last > census]
    if ends is None:
        ends = _ends(people, issued, after, census, steering)
    for month, count in zip(after, ends, strict=True):
        first = max(month.first, census + 1)
        before = people.active(first - 1)
        here = np.flatnonzero((issued >= first) & (issued <= month.last))
        _end_plans(people, int(count), first, month, steering)
        newcomers = _begin_plans(people, issued[here], month, steering, None if born is None else born[here])
        holders[here] = newcomers
        _steer(people, before, newcomers, first, month, steering)
    return holders


def _ends(
    people: People, issued: np.ndarray, months: Sequence[SynMonth], census: int, steering: Steering
) -> np.ndarray:
    """How many plans end in each month: last published flows, or what the dashboard's number of plans leaves."""
    margins, dashboard = steering.margins, steering.dashboard
    weights = np.array([CEASE_WEIGHTS[month.month.number - 1] * open_part(month, census) for month in months])
    if dashboard is not None:
        known = [place for place, month in enumerate(months) if dashboard.plans(month.month) is not None]
        if known:
            last = known[-1]
            plans = dashboard.plans(months[last].month) or 0.0
            begun = ((issued > census) & (issued <= months[last].last)).sum()
            total = max(int(people.active(census).sum()) + int(begun) - round(plans), 0)
            return whole(weights * total / weights[: last + 1].sum())
    yearly = margins.ceased[max(margins.ceased)].sum()
    return whole(weights * yearly)


def open_part(month: SynMonth, census: int) -> float:
    return (month.last - max(month.first, census + 1) + 1) / (month.month.last_day.toordinal() - month.first + 1)


def _ages_on(people: People, day: int) -> np.ndarray:
    return np.floor((day - people.birth) / 365.25).astype(np.int64)


def _end_plans(people: People, count: int, first: int, month: SynMonth, steering: Steering) -> None:
    """End plans by the published ages of ending, and every plan with the school year of the 25th birthday."""
    rng = steering.rng
    held = people.active(first)
    too_old = np.flatnonzero(held & (_school_year_after(month) - people.cohort - 1 >= 25))
    last_day = np.full(len(too_old), month.last)
    people.cease(too_old, last_day, np.full(len(too_old), MAX_AGE))
    count = max(count - len(too_old), 0)
    active = np.flatnonzero(people.active(month.last + 1) & (people.start < first - 60))
    ages = np.clip(_ages_on(people, month.last)[active] - AGES[0], 0, len(AGES) - 1)
    rates = steering.margins.ceased[max(steering.margins.ceased)] / np.maximum(steering.margins.stock.sum(axis=1), 1.0)
    weights = np.minimum(rates, 2.0)[ages] + 1e-6
    count = min(count, len(active))
    chosen = rng.choice(active, count, replace=False, p=weights / weights.sum()) if count else active[:0]
    day = rng.integers(first, month.last + 1, len(chosen))
    reason = _reasons_at(_ages_on(people, month.last)[chosen], steering.margins, rng)
    people.cease(chosen, day, reasons_that_fit(day - people.birth[chosen], reason))


def reasons_that_fit(days_old: np.ndarray, reason: np.ndarray) -> np.ndarray:
    """Nobody leaves for work, or leaves off, before the 16th birthday, though the month may end after it."""
    child = days_old < 16 * 365.25
    return np.where(child & np.isin(reason, (EMPLOYED, DISENGAGED)), ANOTHER_REASON, reason)


def _school_year_after(month: SynMonth) -> int:
    """The school year of the day after the month's end: at the end of August the new one."""
    return SchoolYear.of(date.fromordinal(month.last + 1)).start


def _begin_plans(
    people: People, days: np.ndarray, month: SynMonth, steering: Steering, born: np.ndarray | None
) -> np.ndarray:
    """New people with a plan, by age when started; with a dashboard so many young ones as it counts."""
    rng = steering.rng
    ages = ages_when_started(days, steering.margins, rng)
    birth = (days - (ages + rng.random(len(days)) * 0.98) * 365.25).astype(np.int64)
    young = _young_wanted(people, month, steering)
    if young is not None and len(days):
        birth = _with_young(birth, young, month, steering)
    if born is not None:
        birth = np.where(born > 0, born, birth)
    nothing = np.zeros(len(days), dtype=np.int64)
    first = len(people)
    unset = np.full(len(days), UKN, dtype=np.int64)
    people.added(People(birth, cohorts(birth), days.copy(), nothing, nothing.copy(), unset, days.copy()))
    return np.arange(first, len(people))


def _years(cohort: np.ndarray, month: SynMonth, steering: Steering) -> np.ndarray:
    """Curriculum year at the month's end."""
    rollover = steering.dashboard.rollover_month if steering.dashboard else 9
    return np.asarray(month.school_year(rollover) - cohort - 5)


def _young_wanted(people: People, month: SynMonth, steering: Steering) -> int | None:
    """How many of the month's new plans must be of year 2 or below, so that their number comes out as reported."""
    wanted = steering.dashboard.count("ehcp_count_ey_ks1", month.month) if steering.dashboard else None
    if wanted is None:
        return None
    young = people.active(month.last) & (_years(people.cohort, month, steering) <= 2)
    return max(wanted - int(young.sum()), 0)


def _with_young(birth: np.ndarray, wanted: int, month: SynMonth, steering: Steering) -> np.ndarray:
    """The births with as many of year 2 or below as wanted: surplus ones become older, missing ones younger."""
    young = _years(cohorts(birth), month, steering) <= 2
    change = min(wanted, len(birth)) - int(young.sum())
    pool, others = np.flatnonzero(young == (change < 0)), np.flatnonzero(young == (change > 0))
    who = steering.rng.permutation(pool)[: abs(change)]
    if len(others):
        models = birth[steering.rng.choice(others, len(who))]
    else:
        years_old = 4.5 if change > 0 else 10.0
        models = np.full(len(who), month.last - round(years_old * 365.25))
    birth = birth.copy()
    birth[who] = models
    return birth


def _bands(cohort: np.ndarray, month: SynMonth, steering: Steering) -> np.ndarray:
    """The band of each person: the dashboard's bands, else single years of age."""
    years = _years(cohort, month, steering)
    if steering.dashboard is None or not steering.dashboard.covers(month.month):
        return np.asarray(np.clip(years + 4 - AGES[0], 0, len(AGES) - 1))
    return np.asarray(np.searchsorted(np.array(BAND_EDGES), years, side="right"))


def _steer(
    people: People, before: np.ndarray, newcomers: np.ndarray, first: int, month: SynMonth, steering: Steering
) -> None:
    """Place the newcomers and move others, so that the month ends with the settings it should have."""
    dashboard = steering.dashboard if steering.dashboard and steering.dashboard.covers(month.month) else None
    active = people.active(month.last)
    staying = np.zeros(len(people), dtype=bool)
    staying[: len(before)] = before
    staying &= active
    bands = _bands(people.cohort, month, steering)
    rows = BANDS if dashboard else len(AGES)
    now = _table(people, staying, bands, rows)
    fresh = np.bincount(bands[newcomers], minlength=rows)
    size = now.sum(axis=1) + fresh
    want = _wanted(now, size, dashboard, month, steering)
    move = _Moves(people, staying, bands, _years(people.cohort, month, steering), first, month, steering)
    if dashboard:
        _counted_moves(move, now, want, dashboard, month)
    _place_newcomers(people, newcomers, bands, now, want, steering)
    _other_moves(move, now, want, free=dashboard is None)


def _table(people: People, who: np.ndarray, bands: np.ndarray, rows: int) -> np.ndarray:
    cells = bands[who] * len(GROUPS) + GROUP[people.setting[who]]
    counts = np.bincount(cells, minlength=rows * len(GROUPS)).reshape(rows, len(GROUPS))
    return np.asarray(counts, dtype=np.int64)


def _wanted(
    now: np.ndarray, size: np.ndarray, dashboard: DashboardTargets | None, month: SynMonth, steering: Steering
) -> np.ndarray:
    if dashboard is not None:
        grown = now.astype(float) * (size / np.maximum(now.sum(axis=1), 1))[:, None]
        grown[now.sum(axis=1) == 0, M] = size[now.sum(axis=1) == 0]
        even = np.stack([whole(row, total) for row, total in zip(grown, size, strict=True)])
        return wanted_groups(dashboard, month.month, even)
    shares = np.zeros((len(AGES), len(GROUPS)))
    for code, group in enumerate(GROUP):
        shares[:, group] += steering.shares[:, code]
    rows = [whole(row * total, total) for row, total in zip(shares, size, strict=True)]
    return np.array(rows, dtype=np.int64)


@dataclass
class _Moves:
    """Moves people between groups, each at most once a month; counts those into specialist of year 2 or below."""

    people: People
    free: np.ndarray
    bands: np.ndarray
    years: np.ndarray
    first: int
    month: SynMonth
    steering: Steering
    young_left: int | None = None

    def go(self, band: int, start: int, to: int, count: int, now: np.ndarray) -> int:
        """Move up to `count` people of a band from one group to another; says how many were moved."""
        rng = self.steering.rng
        group = GROUP[self.people.setting]
        pool = np.flatnonzero(self.free & (self.bands == band) & (group == start))
        who = self._chosen(rng.permutation(pool), count, to)
        if not len(who):
            return 0
        last = min(self.month.last, self.first + 7) if self.month.month.number == 9 else self.month.last
        day = rng.integers(self.first, last + 1, len(who))
        day = np.maximum(day, self.people.entered[who] + 1)
        self.people.move(who, self._classes(who, to), np.minimum(day, self.month.last))
        self.free[who] = False
        now[band, start] -= len(who)
        now[band, to] += len(who)
        return len(who)

    def _chosen(self, pool: np.ndarray, count: int, to: int) -> np.ndarray:
        """Into specialist the young go first as long as the month wants more of them, and not at all beyond."""
        if to != S or self.young_left is None:
            return pool[:count]
        young = pool[self.years[pool] <= 2][: min(count, self.young_left)]
        older = pool[self.years[pool] > 2][: count - len(young)]
        self.young_left -= len(young)
        return np.concatenate([young, older])

    def _classes(self, who: np.ndarray, to: int) -> np.ndarray:
        return classes_in(self.years[who] + 4, to, self.steering)


def classes_in(ages: np.ndarray, group: int, steering: Steering) -> np.ndarray:
    """A class within a group for each person, by the published settings of their age."""
    shares = np.where(group == GROUP, steering.shares, 0.0)
    overall = shares.sum(axis=0)
    if overall.sum() == 0:
        overall = np.where(group == GROUP, 1.0, 0.0)
    shares = np.where(shares.sum(axis=1, keepdims=True) > 0, shares, overall)
    return _drawn(shares[np.clip(ages - AGES[0], 0, len(AGES) - 1)], steering.rng)


def _counted_moves(
    move: _Moves, now: np.ndarray, want: np.ndarray, dashboard: DashboardTargets, month: SynMonth
) -> None:
    """The moves between mainstream and specialist that the dashboard counts, in the bands that need them most."""
    share = dashboard.share("ey_ks1_moving_to_special_pct", month.month)
    young = dashboard.count("ehcp_count_ey_ks1", month.month)
    move.young_left = None if share is None or young is None else round(share * young)
    for name, start, to in (("mainstream_to_special_total", M, S), ("special_to_mainstream_total", S, M)):
        count = dashboard.count(name, month.month)
        if not count:
            continue
        need = np.minimum(np.maximum(now[:, start] - want[:, start], 0), np.maximum(want[:, to] - now[:, to], 0))
        need = need + 0.02 * now[:, start] * (np.arange(BANDS) >= 1)
        left = count
        for band in np.argsort(-need):
            part = min(round(count * need[band] / need.sum()), left, int(now[band, start] // 2))
            left -= move.go(int(band), start, to, part, now)
        for band in np.argsort(-now[:, start]):
            if left > 0:
                left -= move.go(int(band), start, to, left, now)


def _place_newcomers(
    people: People, newcomers: np.ndarray, bands: np.ndarray, now: np.ndarray, want: np.ndarray, steering: Steering
) -> None:
    """Newcomers begin where their band wants people most."""
    for band in np.unique(bands[newcomers]):
        who = steering.rng.permutation(newcomers[bands[newcomers] == band])
        short = np.maximum(want[band] - now[band], 0).astype(float)
        counts = whole(short if short.sum() else want[band].astype(float) + 1e-9, len(who))
        groups = np.repeat(np.arange(len(GROUPS)), counts)[: len(who)]
        for group in np.unique(groups):
            chosen = who[groups == group]
            ages = _ages_on(people, int(people.start[chosen].max()))[chosen]
            people.setting[chosen] = classes_in(ages, int(group), steering)
        now[band] += np.bincount(groups, minlength=len(GROUPS))


def _other_moves(move: _Moves, now: np.ndarray, want: np.ndarray, *, free: bool) -> None:
    """Every other move: from what a band has too much of to what it lacks. With a dashboard none between mainstream
    and specialist, for those are counted: they go by way of people who were elsewhere."""
    for band in range(len(want)):
        for start in range(len(GROUPS)):
            for to in range(len(GROUPS)):
                if {start, to} != {S, M} or free:
                    _even_out(move, band, start, to, now, want)
        if not free:
            for hub in (N, OTHER, F, P):
                for start, to in ((M, S), (S, M)):
                    count = min(now[band, start] - want[band, start], want[band, to] - now[band, to])
                    if count > 0:
                        moved = move.go(band, hub, to, int(count), now)
                        move.go(band, start, hub, moved, now)


def _even_out(move: _Moves, band: int, start: int, to: int, now: np.ndarray, want: np.ndarray) -> None:
    count = min(now[band, start] - want[band, start], want[band, to] - now[band, to])
    if count > 0:
        move.go(band, start, to, int(count), now)
