"""The forecast as rows of the contract: measure, cut, category, period, and the mean with five quantiles.

Parts of a cut add up to the total in the mean. Flows are given by calendar year (`census`: the twelve months up to that
January), by financial year and by academic year, whole years only.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.costs.price import Costs
from highneeds.forecast.places import for_kernel, phase_shares
from highneeds.forecast.rates import NO_NEEDS
from highneeds.forecast.simulate import SimulationRun
from highneeds.forecast.state import (
    AGE_BANDS,
    AGES,
    FLOWS_BY_AGE,
    FLOWS_BY_NEED,
    FLOWS_BY_PROVISION,
    NEEDS,
    PHASES,
    CountArray,
    Floats,
    Ints,
    band_of_ages,
    curriculum_year,
)
from highneeds.vocabulary.table import Table

QUANTILES = (0.025, 0.10, 0.50, 0.90, 0.975)
ELSEWHERE = "no named school"

BY_AGE = {
    "requests": ("requests",),
    "assessments": ("assessed",),
    "plans_after_assessment": ("issued",),
    "new_plans": ("issued", "issued_on_appeal", "moved_in"),
    "ceased": ("ended",),
    "moves": ("moved",),
}
BY_PART = {"new_plans": "started", "ceased": "ended", "moves": "moved"}


@dataclass(frozen=True)
class CutSeries:
    """One measure in one cut: values (draws, periods, categories), named."""

    measure: str
    cut: str
    categories: tuple[str, ...]
    periods: tuple[str, ...]
    period_kind: str
    values: Floats | Ints


def forecast_table(runs: dict[str, tuple[SimulationRun, Costs | None]]) -> Table:
    """Every scenario, measure and cut."""
    rows: list[tuple[object, ...]] = []
    for scenario, (run, costs) in runs.items():
        rows += _rows(scenario, [*plan_series(run), *flow_series(run), *place_series(run), *money_series(run, costs)])
    return Table.of(COLUMNS, rows, "Forecast")


def _rows(scenario: str, series: list[CutSeries]) -> Iterator[tuple[object, ...]]:
    with ThreadPoolExecutor(max_workers=2) as pool:
        for one, found in zip(series, pool.map(lambda each: summary(each.values), series), strict=True):
            shown = found.tolist()
            for p, period in enumerate(one.periods):
                for c, category in enumerate(one.categories):
                    yield (scenario, one.measure, one.cut, category, period, one.period_kind, *shown[p][c])


def summary(values: Floats | Ints) -> Floats:
    """(periods, categories, 6) mean and quantiles over the draws, to six decimals."""
    ordered = np.sort(values, axis=0)
    draws = len(ordered)
    columns = [values.mean(axis=0, dtype=np.float64)]
    for quantile in QUANTILES:
        place = quantile * (draws - 1)
        low = int(np.floor(place))
        high = min(low + 1, draws - 1)
        columns.append(ordered[low] + (place - low) * (ordered[high].astype(np.float64) - ordered[low]))
    found: Floats = np.round(np.stack(columns, axis=-1), 6)
    return found


def _grouped(values: Ints, groups: tuple[tuple[str, int, int], ...]) -> Ints:
    """Sums over age groups along the last axis."""
    index = band_of_ages(groups)
    return np.stack([values[..., index == group].sum(axis=-1) for group in range(len(groups))], axis=-1)


def _age_cuts(measure: str, values: Ints, periods: tuple[str, ...], kind: str) -> Iterator[CutSeries]:
    """The total and the cuts by age of values (draws, periods, ages)."""
    yield CutSeries(measure, "total", ("total",), periods, kind, values.sum(axis=-1, keepdims=True))
    yield CutSeries(measure, "age_band", tuple(b[0] for b in AGE_BANDS), periods, kind, _grouped(values, AGE_BANDS))
    yield CutSeries(measure, "ncy", tuple(curriculum_year(age) for age in range(AGES)), periods, kind, values)
    yield CutSeries(measure, "phase", tuple(p[0] for p in PHASES), periods, kind, _grouped(values, PHASES))


def _provision_cuts(
    run: SimulationRun, measure: str, values: Ints, periods: tuple[str, ...], kind: str
) -> Iterator[CutSeries]:
    """By setting, and by school where schools are named, of values (draws, periods, provisions)."""
    provisions = run.assumptions.provisions
    settings = tuple(dict.fromkeys(one.setting for one in provisions))
    sums = [values[..., [one.setting == name for one in provisions]].sum(axis=-1) for name in settings]
    yield CutSeries(measure, "setting", settings, periods, kind, np.stack(sums, axis=-1))
    schools = [index for index, one in enumerate(provisions) if one.school]
    if schools:
        rest = values.sum(axis=-1, keepdims=True) - values[..., schools].sum(axis=-1, keepdims=True)
        names = (*(provisions[index].school for index in schools), ELSEWHERE)
        yield CutSeries(measure, "school", names, periods, kind, np.concatenate([values[..., schools], rest], axis=-1))


def plan_series(run: SimulationRun) -> Iterator[CutSeries]:
    """Plans each January, the opening one included."""
    assumptions, out = run.assumptions, run.outcome
    periods = tuple(f"{january}-01" for january in assumptions.calendar.januaries)
    opening = assumptions.opening.plans
    ages = _with_opening(out.by_age[:, 2::3, FLOWS_BY_AGE.index("stock")], opening.sum(axis=(1, 2)))
    yield from _age_cuts("plans", ages, periods, "census")
    if NO_NEEDS not in assumptions.notes:
        needs = _with_opening(out.by_need[:, 2::3, FLOWS_BY_NEED.index("stock")], opening.sum(axis=(0, 2)))
        yield CutSeries("plans", "need", NEEDS, periods, "census", needs)
    places = _with_opening(out.by_provision[:, 2::3, FLOWS_BY_PROVISION.index("stock")], opening.sum(axis=(0, 1)))
    yield from _provision_cuts(run, "plans", places, periods, "census")


def _with_opening(values: Ints | CountArray, opening: Ints) -> Ints:
    first = np.broadcast_to(opening.astype(values.dtype), (values.shape[0], 1, values.shape[2]))
    return np.concatenate([first, values], axis=1)


def _years(run: SimulationRun) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """Kind of year, the names of its whole years, and the first step of the first of them."""
    calendar = run.assumptions.calendar
    yield "census", tuple(f"{january}-01" for january in calendar.januaries[1:]), 0
    yield "financial_year", tuple(str(year) for year in calendar.financial_years), 1
    yield "academic_year", tuple(str(year) for year in calendar.school_years), 2


def _by_year(values: Ints | CountArray, first: int, years: int) -> Ints:
    """Sums of three steps each, from step `first`, of values (draws, terms, categories)."""
    part = values[:, first : first + 3 * years]
    found: Ints = part.reshape(len(part), years, 3, part.shape[2]).sum(axis=2, dtype=np.int32)
    return found


def flow_series(run: SimulationRun) -> Iterator[CutSeries]:
    """Requests, assessments, plans, ends and moves, by the three kinds of year."""
    out = run.outcome
    for kind, periods, first in _years(run):
        for measure, flows in BY_AGE.items():
            summed = sum(out.by_age[:, :, FLOWS_BY_AGE.index(flow)] for flow in flows)
            yield from _age_cuts(measure, _by_year(np.asarray(summed), first, len(periods)), periods, kind)
        for measure, flow in BY_PART.items():
            if NO_NEEDS not in run.assumptions.notes:
                needs = _by_year(out.by_need[:, :, FLOWS_BY_NEED.index(flow)], first, len(periods))
                yield CutSeries(measure, "need", NEEDS, periods, kind, needs)
            name = "moved_to" if flow == "moved" else flow
            places = _by_year(out.by_provision[:, :, FLOWS_BY_PROVISION.index(name)], first, len(periods))
            yield from _provision_cuts(run, measure, places, periods, kind)


def place_series(run: SimulationRun) -> Iterator[CutSeries]:
    """Commissioned places and children above them, each January, for provisions whose places are known."""
    assumptions = run.assumptions
    capacity = _capacity(run)
    known = np.flatnonzero((capacity >= 0).any(axis=(0, 1)))
    if not len(known):
        return
    periods = tuple(f"{january}-01" for january in assumptions.calendar.januaries[1:])
    stock = run.outcome.by_provision[:, 2::3, FLOWS_BY_PROVISION.index("stock")][..., known].astype(np.int64)
    places = capacity[np.arange(run.draws) % len(capacity)][:, :, known]
    shares = phase_shares(assumptions.places, assumptions.provisions)[known]
    names = tuple(assumptions.provisions[at].school or ELSEWHERE for at in known)
    settings = tuple(assumptions.provisions[at].setting for at in known)
    for measure, values in (("places", places), ("over_capacity", np.maximum(stock - places, 0))):
        yield CutSeries(measure, "total", ("total",), periods, "census", values.sum(axis=-1, keepdims=True))
        for cut, labels in (("setting", settings), ("school", names)):
            kinds = tuple(dict.fromkeys(labels))
            sums = [values[..., [label == kind for label in labels]].sum(axis=-1) for kind in kinds]
            yield CutSeries(measure, cut, kinds, periods, "census", np.stack(sums, axis=-1))
        yield CutSeries(measure, "phase", tuple(name for name, _, _ in PHASES), periods, "census", values @ shares)


def _capacity(run: SimulationRun) -> Ints:
    """(points, censuses, provisions) commissioned places for own children, for each strength of the levers."""
    points = run.points or (run.assumptions,)
    tables = [for_kernel(one.places, one.provisions, one.calendar).capacity[2::3] for one in points]
    return np.stack(tables)


def money_series(run: SimulationRun, costs: Costs | None) -> Iterator[CutSeries]:
    """Cost by setting and in total, the in-year position and the accumulated one, by financial year."""
    if costs is None:
        return
    periods, kind = tuple(str(year) for year in costs.years), "financial_year"
    parts = costs.by_setting_gbp()
    yield CutSeries("cost_gbp", "setting", tuple(parts), periods, kind, np.stack(list(parts.values()), axis=-1))
    for measure, values in (
        ("cost_gbp", costs.total_gbp),
        ("in_year_gbp", costs.in_year_gbp),
        ("accumulated_gbp", costs.accumulated_gbp),
    ):
        if values is not None:
            known = np.flatnonzero(~np.isnan(values).any(axis=0))
            named = tuple(periods[at] for at in known)
            yield CutSeries(measure, "total", ("total",), named, kind, values[:, known, None])
