"""What the published statistics knew at one January, as arrays of councils by years.

Everything a forecast at that January may look at is in the panel, and nothing else is: it is made from
`Published.known_at(january)`. Young councils carry the history of the councils they came from; steps that no council
makes are marked as breaks in a return and taken out of the growth that rates are learned from.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from highneeds.intake.published import ENGLAND, Published
from highneeds.intake.published.breaks import BREAK_AT_LEAST, BREAK_IN_SPREADS
from highneeds.vocabulary.errors import InputError

Array = npt.NDArray[np.float64]

TOTALS = "ehcp_caseload_total"

FLOWS: dict[str, tuple[tuple[str, str], ...]] = {
    "requests": (("ehcp_process", "requests_received_in_year"), ("sen2_management_info", "InreqEHC")),
    "refused": (("ehcp_process", "requests_decided_not_to_assess"), ("sen2_management_info", "AssRefusedEHC")),
    "pending": (("ehcp_process", "requests_decision_not_made"), ("sen2_management_info", "AssnodecisionEHC")),
    "new_plans": (("ehcp_process", "new_ehc_plans"), ("sen2_management_info", "NewallEHC")),
    "not_issued": (("ehcp_process", "assess_not_issued"), ("sen2_management_info", "AssnoneEHC")),
    "issued": (("ehcp_process", "plans_issued_den"), ("sen2_management_info", "TotIncExcEHC")),
    "in_time": (("ehcp_process", "plans_issued_within_20_weeks"), ("sen2_management_info", "IncExc20weekEHC")),
}
"""Each flow and where it is published: the newer return first, the older one where the newer has no figure."""

ENGLAND_FLOWS = ("requests", "new_plans")
"""Flows whose sum moves the centre of the forecast; see `pipeline`."""

SCHOOL_SHARES = {"school": "SEN_TotStat", "primary": "PrimStatements"}
"""Pupils with a plan, % of all pupils of the area's schools (local authority interactive tool)."""

MEASURED = "2-18"

MOST_OF_ENGLAND = 0.8
"""Councils with four fifths of the plans speak for England where no sum of it is published."""


@dataclass(frozen=True)
class Break:
    """A step in a council's published total that is a change in the return, not growth."""

    la_number: str
    year: int
    before: float
    after: float


@dataclass(frozen=True)
class PublishedPanel:
    """Published totals and what goes with them, as known at `january`. Missing is NaN, never zero.

    councils      la_numbers, sorted
    first         the January of column 0; the last column is `january`
    plans         (councils, years)    plans as published
    level         (councils, years)    log plans, with a young council's history and with breaks taken out
    england       (years,)             log plans of England
    last_year     council -> last January it is forecast for, where it has been abolished
    flows         name -> (councils, years)   flows of the calendar year before each January; see FLOWS
    england_flows name -> (years,)            the same of England
    ages, new_by_age    age band -> (councils, years)   plans in force, and new plans of the year before
    settings      setting -> (councils, years)    plans in force
    people        (councils, years)    population aged 2 to 18 at the last mid-year known by each January
    shares        name -> (councils, years)   see SCHOOL_SHARES; of the January before
    breaks        the steps taken out
    """

    january: int
    first: int
    councils: tuple[str, ...]
    plans: Array
    level: Array
    england: Array
    last_year: Mapping[str, int]
    flows: Mapping[str, Array] = field(repr=False)
    england_flows: Mapping[str, Array] = field(repr=False)
    ages: Mapping[str, Array] = field(repr=False)
    new_by_age: Mapping[str, Array] = field(repr=False)
    settings: Mapping[str, Array] = field(repr=False)
    people: Array = field(repr=False)
    shares: Mapping[str, Array] = field(repr=False)
    breaks: tuple[Break, ...] = ()

    @property
    def years(self) -> int:
        """How many Januaries there are."""
        return int(self.plans.shape[1])

    @property
    def opening(self) -> Array:
        """(councils,) plans in the panel's own January; NaN where the council returned nothing."""
        return self.plans[:, -1]

    def forecast_for(self, year: int) -> npt.NDArray[np.bool_]:
        """(councils,) which councils have a figure in the January of the panel and still exist in `year`."""
        return np.asarray(np.isfinite(self.opening) & (self._last >= year))

    @cached_property
    def fingerprint(self) -> str:
        """Of everything that it holds: it is the same whenever, and from wherever, the same figures were read."""
        digest = hashlib.sha256()
        for one in fields(self):
            held = getattr(self, one.name)
            for name, part in held.items() if isinstance(held, Mapping) else (("", held),):
                whole = isinstance(part, np.ndarray)
                digest.update(repr((one.name, name, part.shape if whole else part)).encode())
                digest.update(part.tobytes() if whole else b"")
        return digest.hexdigest()

    @cached_property
    def _last(self) -> Array:
        """(councils,) the last January that each is forecast for."""
        return np.array([self.last_year.get(council, np.inf) for council in self.councils])


def panel_at(published: Published, january: int) -> PublishedPanel:
    """Everything known at `january`, and nothing dated later."""
    known = published.known_at(january)
    totals = known.table(TOTALS)
    _check_january(totals, january)
    axes = _axes(totals, january)
    plans = axes.grid(totals.filter(_COUNCIL), "year", "plans", lag=0)
    plans[plans <= 0] = np.nan
    england = _england(axes, totals, plans)
    lookup = known.table("la_lookup")
    level = _with_history(axes, plans, england, lookup)
    level, breaks = _without_breaks(axes, level, plans, england)
    flows = {name: _flow(axes, known, sources) for name, sources in FLOWS.items()}
    return PublishedPanel(
        january=january,
        first=axes.first,
        councils=axes.councils,
        plans=plans,
        level=level,
        england=england,
        last_year=_last_years(lookup),
        flows=flows,
        england_flows={name: _england_flow(axes, known, FLOWS[name], flows[name], plans) for name in ENGLAND_FLOWS},
        ages=_parts(axes, known, "ehcp_caseload_by_age_band", "age_band", "year", "plans", 0),
        new_by_age=_parts(axes, known, "ehcp_new_plans_by_age_band", "age_band", "cal_year", "new_plans", 1),
        settings=_parts(axes, known, "ehcp_caseload_by_setting", "setting", "year", "plans", 0),
        people=_people(axes, known),
        shares={name: _share(axes, known, measure) for name, measure in SCHOOL_SHARES.items()},
        breaks=breaks,
    )


@dataclass(frozen=True)
class _Axes:
    councils: tuple[str, ...]
    first: int
    years: int

    def grid(self, table: pl.DataFrame, period: str, value: str, lag: int) -> Array:
        """(councils, years) of `value`; `lag` years pass between the period and the January it is known at."""
        alone = table.select("la_number", period, value, pl.lit("").alias(_ONE))
        return self.grids(alone, _ONE, period, value, lag).get("", self._empty())

    def grids(self, table: pl.DataFrame, cut: str, period: str, value: str, lag: int) -> dict[str, Array]:
        """The same for each value of `cut`, in their order, from one reading of the table."""
        row = {council: place for place, council in enumerate(self.councils)}
        known = table.filter(pl.col(cut).is_not_null())
        found = {name: self._empty() for name in sorted(known[cut].unique())}
        columns = known.select("la_number", cut, period, value)
        for council, name, year, figure in zip(*(columns[one].to_list() for one in columns.columns), strict=True):
            column = year + lag - self.first
            if figure is not None and 0 <= column < self.years and council in row:
                found[name][row[council], column] = figure
        return found

    def _empty(self) -> Array:
        return np.full((len(self.councils), self.years), np.nan)


_ONE = "cut"
_COUNCIL = pl.col("geo_level") == "LA"
_ENGLAND = pl.col("la_number") == ENGLAND


def _check_january(totals: pl.DataFrame, january: int) -> None:
    councils = totals.filter(_COUNCIL & pl.col("plans").is_not_null())
    if councils.filter(pl.col("year") == january).is_empty():
        years = councils["year"]
        span = f"they run from {min(years)} to {max(years)}" if len(years) else "there are none"
        raise InputError(
            f"There are no plans of councils for January {january}",
            where=TOTALS,
            remedy=f"Ask for a January that the published totals cover: {span}.",
        )


def _axes(totals: pl.DataFrame, january: int) -> _Axes:
    councils = totals.filter(_COUNCIL)
    first = int(councils["year"].to_numpy().min())
    return _Axes(tuple(sorted(councils["la_number"].unique())), first, january - first + 1)


def _england(axes: _Axes, totals: pl.DataFrame, plans: Array) -> Array:
    """(years,) log plans of England: as published, else carried on by the councils that have both years."""
    published = _Axes((ENGLAND,), axes.first, axes.years).grid(totals.filter(_ENGLAND), "year", "plans", lag=0)[0]
    logs = np.log(np.where(published > 0, published, np.nan))
    both = np.isfinite(plans[:, 1:]) & np.isfinite(plans[:, :-1])
    after = np.where(both, plans[:, 1:], 0).sum(axis=0)
    before = np.where(both, plans[:, :-1], 0).sum(axis=0)
    steps = np.log(np.where(after > 0, after, 1) / np.where(before > 0, before, 1))
    known = np.flatnonzero(np.isfinite(logs))
    start = int(known[0]) if known.size else 0
    if not known.size:
        logs[start] = np.log(np.nansum(plans[:, start]))
    for year in range(start + 1, axes.years):
        if not np.isfinite(logs[year]):
            logs[year] = logs[year - 1] + steps[year - 1]
    for year in range(start - 1, -1, -1):
        logs[year] = logs[year + 1] - steps[year]
    return logs


def _last_years(lookup: pl.DataFrame) -> dict[str, int]:
    gone = lookup.filter(pl.col("successor_la_number").is_not_null() & pl.col("last_year").is_not_null())
    return dict(gone.select("la_number", "last_year").iter_rows())


def predecessors(lookup: pl.DataFrame) -> dict[str, list[str]]:
    """Young council -> the councils it came from."""
    found: dict[str, list[str]] = {}
    for council, successors in lookup.select("la_number", "successor_la_number").iter_rows():
        for successor in (successors or "").split("|"):
            if successor:
                found.setdefault(successor, []).append(council)
    return found


def _with_history(axes: _Axes, plans: Array, england: Array, lookup: pl.DataFrame) -> Array:
    """Log plans; a young council's years before its first are its predecessors', scaled to join at England's growth."""
    logs = np.log(plans)
    row = {council: place for place, council in enumerate(axes.councils)}
    for young, parents in predecessors(lookup).items():
        if young in row and all(parent in row for parent in parents) and np.isfinite(plans[row[young]]).any():
            _join(logs[row[young]], sum(plans[row[parent]] for parent in parents), england)
    return logs


def _join(logs: Array, parents: Array, england: Array) -> None:
    born = int(np.flatnonzero(np.isfinite(logs))[0])
    known = np.flatnonzero(np.isfinite(parents[:born]))
    if not known.size:
        return
    last = int(known[-1])
    logs[last:born] = logs[born] - (england[born] - england[last:born])
    logs[:last] = np.log(parents[:last] / parents[last]) + logs[last]


def _without_breaks(axes: _Axes, level: Array, plans: Array, england: Array) -> tuple[Array, tuple[Break, ...]]:
    """The series with each break's step replaced by England's growth, by moving the years before it."""
    level = level.copy()
    step = np.diff(level, axis=1) - np.diff(england)
    spread = 1.4826 * np.nanmedian(np.abs(step[np.isfinite(step)])) if np.isfinite(step).any() else 0.0
    allowed = np.maximum(BREAK_AT_LEAST, BREAK_IN_SPREADS * spread * np.sqrt(1 + 1000 / np.exp(level[:, :-1])))
    breaks = []
    for place, year in np.argwhere(np.nan_to_num(np.abs(step)) > np.nan_to_num(allowed, nan=np.inf)):
        level[place, : year + 1] += step[place, year]
        before, after = plans[place, year], plans[place, year + 1]
        breaks.append(Break(axes.councils[place], axes.first + int(year) + 1, float(before), float(after)))
    return level, tuple(breaks)


def _england_flow(
    axes: _Axes, known: Published, sources: tuple[tuple[str, str], ...], councils: Array, plans: Array
) -> Array:
    """(years,) a flow of England: as published, else the councils' that have one, raised to the plans of all."""
    england = _flow(_Axes((ENGLAND,), axes.first, axes.years), known, sources)[0]
    before = np.concatenate([np.full((len(plans), 1), np.nan), plans[:, :-1]], axis=1)
    both = np.isfinite(councils) & np.isfinite(before)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.where(both, before, 0.0).sum(axis=0) / np.nansum(before, axis=0)
        summed = np.where(both, councils, 0.0).sum(axis=0) / share
    return np.where(england > 0, england, np.where(share >= MOST_OF_ENGLAND, summed, np.nan))


def _flow(axes: _Axes, known: Published, sources: tuple[tuple[str, str], ...]) -> Array:
    """(councils, years); the first source that has a figure."""
    flow = np.full((len(axes.councils), axes.years), np.nan)
    for table, column in sources:
        if known.has(table):
            grid = axes.grid(known.table(table), "cal_year", column, lag=1)
            flow = np.where(np.isfinite(flow), flow, grid)
    return flow


def _parts(axes: _Axes, known: Published, table: str, cut: str, period: str, value: str, lag: int) -> dict[str, Array]:
    if not known.has(table):
        return {}
    return axes.grids(known.table(table).filter(_COUNCIL), cut, period, value, lag)


def _people(axes: _Axes, known: Published) -> Array:
    """(councils, years) people aged 2 to 18 at the newest mid-year known by each January."""
    if not known.has("population_2_18_and_0_25"):
        return np.full((len(axes.councils), axes.years), np.nan)
    rows = known.table("population_2_18_and_0_25").filter(pl.col("age_range") == MEASURED)
    people = axes.grid(rows, "mid_year", "population", lag=1)
    for year in range(1, axes.years):
        people[:, year] = np.where(np.isfinite(people[:, year]), people[:, year], people[:, year - 1])
    return people


def _share(axes: _Axes, known: Published, measure: str) -> Array:
    """(councils, years) a share of the January before each January: the tool is brought up to date after the census."""
    if not known.has("lait_sen_indicators"):
        return np.full((len(axes.councils), axes.years), np.nan)
    rows = known.table("lait_sen_indicators").filter(pl.col("measure") == measure)
    dated = rows.with_columns(census=pl.col("period").str.extract(r"^(\d{4})$", 1).cast(pl.Int64))
    return axes.grid(dated.filter(pl.col("census").is_not_null()), "census", "value", lag=1)
