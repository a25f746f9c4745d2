"""The scorecard: how wrong and how sure, for totals, ages and settings, beside the plain rules on the same rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from highneeds.forecast.backtest.run import BackTest
from highneeds.forecast.published.bands import LEVELS, Errors, calibrate
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, calibration, outcomes
from highneeds.forecast.published.outlook import Outlook
from highneeds.forecast.published.panel import Array, PublishedPanel
from highneeds.forecast.published.parts import (
    Shares,
    age_paths,
    age_shares,
    last_shares,
    setting_paths,
    setting_shares,
)
from highneeds.forecast.published.rules import RULES, rule_points
from highneeds.vocabulary.table import Table

RIVAL = "70/30"
PERCENT_OF_AT_LEAST = 20
"""A part of fewer plans than this leaves the MAPE of parts: one plan of three is not a third of anything."""

LEAST_CHANGE = 0.5
"""Series that hardly ever moved have no MASE: there is nothing to divide by."""

ALIKE: Mapping[str, str] = {
    "mainstream": "mainstream",
    "mainstream_rp_unit": "mainstream unit",
    "mainstream_independent": "mainstream independent",
    "special_state": "state special",
    "special_independent": "independent or non-maintained special",
    "special_non_maintained": "independent or non-maintained special",
    "fe_general": "further education",
    "specialist_post16": "specialist post-16",
    "ap_pru": "alternative provision",
}
"""Settings that every return counts alike; all others, which returns have cut differently from time to time (awaiting
provision, not in education, unknown and the like), are one: elsewhere."""

ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Score:
    """One method at one horizon, over all rows whose outcome is known. Percentages are of the outcome.

    mape      mean error; of parts, those with at least PERCENT_OF_AT_LEAST plans
    wape      sum of errors over sum of outcomes
    mase      mean error beside the mean yearly change of the same series up to the origin
    bias      sum of forecasts over sum of outcomes, less one: above nought is too high
    crps      mean continuous ranked probability score over mean outcome
    cover50.. share of outcomes inside the band; width50.. its width, % of the forecast
    worst80   the lowest cover80 of any origin
    ratio     mape over that of 70/30 on the same rows
    """

    cut: str
    method: str
    years_ahead: int
    rows: int
    mape: float
    ratio: float | None
    wape: float
    mase: float
    bias: float
    crps: float | None = None
    cover50: float | None = None
    cover80: float | None = None
    cover95: float | None = None
    width50: float | None = None
    width80: float | None = None
    width95: float | None = None
    worst80: float | None = None


@dataclass(frozen=True)
class _Rows:
    """Forecast and outcome of every row of one cut, method and horizon; bands (levels, rows) where there are any."""

    origin: Array
    forecast: Array
    outcome: Array
    usual_change: Array
    bands: Array | None


def scorecard(tested: BackTest, cuts: Sequence[str] = ()) -> tuple[Score, ...]:
    """Every method and horizon that has an outcome, of every cut or of those asked for."""
    return tuple(score for cut in cuts or CUTS for score in _scores(tested, cut))


def scorecard_table(scores: Sequence[Score]) -> Table:
    """The scorecard for a person: percentages to one decimal, MAPE to two, ratios to three."""
    names = tuple(field.name for field in fields(Score))
    return Table.of(names, [[_shown(name, getattr(score, name)) for name in names] for score in scores], "Scorecard")


def _shown(name: str, value: object) -> object:
    if not isinstance(value, float):
        return value
    if not np.isfinite(value):
        return None
    return round(value, {"mape": 2, "wape": 2, "mase": 2, "crps": 2, "ratio": 3}.get(name, 1))


def _scores(tested: BackTest, cut: str) -> Iterator[Score]:
    for horizon in tested.horizons:
        found = {method: CUTS[cut](tested, method, horizon) for method in (METHOD, *RULES)}
        kept = {method: rows for method, rows in found.items() if rows is not None}
        rival = _mape(kept[RIVAL], cut) if RIVAL in kept else None
        for method, rows in kept.items():
            yield _score(cut, method, horizon, rows, rival)


def _score(cut: str, method: str, horizon: int, rows: _Rows, rival: float | None) -> Score:
    error = np.abs(rows.forecast - rows.outcome)
    moving = rows.usual_change >= LEAST_CHANGE
    mape = _mape(rows, cut)
    return Score(
        cut=cut,
        method=method,
        years_ahead=horizon,
        rows=len(error),
        mape=100 * mape,
        ratio=mape / rival if rival and np.isfinite(mape / rival) else None,
        wape=100 * float(error.sum() / rows.outcome.sum()),
        mase=float((error[moving] / rows.usual_change[moving]).mean()) if moving.any() else float("nan"),
        bias=100 * float(rows.forecast.sum() / rows.outcome.sum() - 1),
        **_sureness(rows, cut),
    )


def _mape(rows: _Rows, cut: str) -> float:
    counted = rows.outcome >= (1 if cut == "total" else PERCENT_OF_AT_LEAST)
    if not counted.any():
        return float("nan")
    return float((np.abs(rows.forecast - rows.outcome)[counted] / rows.outcome[counted]).mean())


def _sureness(rows: _Rows, cut: str) -> dict[str, float]:
    if rows.bands is None:
        return {}
    found = {"crps": 100 * float(_crps(rows.bands, rows.outcome).mean() / rows.outcome.mean())}
    for band in (50, 80, 95):
        low, high = (rows.bands[_level(0.5 + side * band / 200)] for side in (-1, 1))
        inside = (rows.outcome >= low) & (rows.outcome <= high)
        found[f"cover{band}"] = 100 * float(inside.mean())
        found[f"width{band}"] = 100 * _mean_width(high - low, rows.forecast, cut)
        if band == 80:
            found["worst80"] = 100 * min(float(inside[rows.origin == origin].mean()) for origin in set(rows.origin))
    return found


def _mean_width(width: Array, forecast: Array, cut: str) -> float:
    """Of totals the mean of width over forecast; of parts the sum over the sum, lest the tiny ones be all there is."""
    return float((width / forecast).mean()) if cut == "total" else float(width.sum() / forecast.sum())


def _level(chance: float) -> int:
    return int(np.argmin(np.abs(LEVELS - chance)))


def _crps(bands: Array, outcome: Array) -> Array:
    """(rows,) twice the mean pinball loss over the quantiles."""
    away = outcome[None, :] - bands
    loss = np.maximum(LEVELS[:, None] * away, (LEVELS[:, None] - 1) * away)
    return np.asarray(2 * loss.mean(axis=0))


def _totals(tested: BackTest, method: str, horizon: int) -> _Rows | None:
    return _joined([_origin_totals(tested, outlook, method, horizon) for outlook in tested.outlooks])


def _origin_totals(tested: BackTest, outlook: Outlook, method: str, horizon: int) -> _Rows | None:
    outcome, known = _outcome(tested, outlook.panel, horizon)
    if not known.any():
        return None
    points = outlook.points if method == METHOD else rule_points(outlook.panel, method, outlook.horizons)
    point, size = points[known, outlook.horizons.index(horizon)], outlook.panel.opening[known]
    bands = calibration(outlook.before, outlook.panel, outlook.horizons, method).band(point, size, horizon, LEVELS)
    middle = bands[_level(0.5)] if method == METHOD else np.exp(point)
    changes = _usual_change(outlook.panel.plans[known])
    return _Rows(_origin(outlook, known), middle, outcome[known], changes, bands)


def _outcome(tested: BackTest, then: PublishedPanel, horizon: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    outcome, known = outcomes(then, tested.truth, horizon)
    if tested.la_number is not None:
        known = known & (np.array(then.councils) == tested.la_number)
    return outcome, known


def _origin(outlook: Outlook, known: Array | npt.NDArray[np.bool_]) -> Array:
    return np.full(int(known.sum()), float(outlook.panel.january))


def _usual_change(series: Array) -> Array:
    """(rows,) mean change from one January to the next; series (rows, years)."""
    change = np.abs(np.diff(series, axis=1))
    counted = np.isfinite(change).sum(axis=1)
    return np.asarray(np.nan_to_num(change).sum(axis=1) / np.maximum(counted, 1))


def _joined(found: Sequence[_Rows | None]) -> _Rows | None:
    rows = [one for one in found if one is not None]
    if not rows:
        return None
    bands = [one.bands for one in rows if one.bands is not None]
    return _Rows(
        origin=np.concatenate([one.origin for one in rows]),
        forecast=np.concatenate([one.forecast for one in rows]),
        outcome=np.concatenate([one.outcome for one in rows]),
        usual_change=np.concatenate([one.usual_change for one in rows]),
        bands=np.concatenate(bands, axis=1) if len(bands) == len(rows) else None,
    )


@dataclass(frozen=True)
class _Cut:
    """How one cut is read, carried forward and grouped for scoring.

    group   the name under which a part is scored
    """

    shares: Callable[[PublishedPanel], Shares]
    paths: Callable[[PublishedPanel, Shares, tuple[int, ...]], Array]
    group: Callable[[str], str]

    def names(self, panel: PublishedPanel) -> tuple[str, ...]:
        return tuple(sorted({self.group(name) for name in self.shares(panel).names}))

    def grouped(self, cut: Shares, shares: Array, names: tuple[str, ...]) -> Array:
        """Shares (..., parts) summed into the named groups."""
        into = np.array([[self.group(part) == name for name in names] for part in cut.names], dtype=float)
        return np.asarray(shares @ into.reshape(len(cut.names), len(names)))


_AGES = _Cut(age_shares, age_paths, lambda name: name)
_SETTINGS = _Cut(setting_shares, setting_paths, lambda name: ALIKE.get(name, ELSEWHERE))
_PUBLISHED_SETTINGS = _Cut(setting_shares, setting_paths, lambda name: name)


def _parts(cut: _Cut) -> Callable[[BackTest, str, int], _Rows | None]:
    def rows(tested: BackTest, method: str, horizon: int) -> _Rows | None:
        names = cut.names(tested.truth)
        if not names:
            return None
        return _joined([_origin_parts(tested, outlook, cut, names, method, horizon) for outlook in tested.outlooks])

    return rows


def _origin_parts(
    tested: BackTest, outlook: Outlook, cut: _Cut, names: tuple[str, ...], method: str, horizon: int
) -> _Rows | None:
    then = outlook.panel
    outcome, known = _part_outcome(tested, then, cut, names, horizon)
    if not known.any():
        return None
    points = outlook.points if method == METHOD else rule_points(then, method, outlook.horizons)
    before = cut.shares(then)
    forecast = _part_forecast(then, cut, names, method, points[:, outlook.horizons.index(horizon)], horizon)[known]
    series = cut.grouped(before, before.shares, names)[known] * then.plans[known][:, :, None]
    changes = _usual_change(np.swapaxes(series, 1, 2).reshape(-1, then.years))
    bands = None
    if method == METHOD and horizon in HORIZONS:
        bands = _part_bands(outlook, cut, names, forecast.ravel() + 1, horizon)
    return _Rows(
        np.repeat(_origin(outlook, known), len(names)), forecast.ravel(), outcome[known].ravel(), changes, bands
    )


def _part_forecast(
    then: PublishedPanel, cut: _Cut, names: tuple[str, ...], method: str, point: Array, horizon: int
) -> Array:
    """(councils, parts) plans: our own shares, or for a rule its total by the last shares."""
    shares = cut.shares(then)
    ours = method == METHOD
    path = cut.paths(then, shares, (horizon,))[:, 0] if ours else last_shares(shares)
    return np.asarray(np.exp(point)[:, None] * cut.grouped(shares, path, names))


def _part_outcome(
    tested: BackTest, then: PublishedPanel, cut: _Cut, names: tuple[str, ...], horizon: int
) -> tuple[Array, npt.NDArray[np.bool_]]:
    _, known = _outcome(tested, then, horizon)
    return _counted(tested.truth, then, cut, names, horizon, known)


def _counted(
    truth: PublishedPanel,
    then: PublishedPanel,
    cut: _Cut,
    names: tuple[str, ...],
    horizon: int,
    known: npt.NDArray[np.bool_],
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """(councils of `then`, parts) plans that came, and whether the council returned its parts that January."""
    if not known.any():
        return np.zeros((len(then.councils), len(names))), known
    now, year = cut.shares(truth), then.january + horizon - truth.first
    place = [truth.councils.index(council) for council in then.councils]
    plans = cut.grouped(now, now.shares[place, year], names) * truth.plans[place, year][:, None]
    return plans, known & now.returned[place, year]


def _part_bands(outlook: Outlook, cut: _Cut, names: tuple[str, ...], plans: Array, horizon: int) -> Array | None:
    """(levels, rows) bands of the parts, from their errors at earlier origins that were known at this one, if any."""
    found = [_part_errors(look, outlook.panel, cut, names, horizon) for look in outlook.before]
    errors = Errors(*np.concatenate(found, axis=1)) if found else None
    if errors is None or not errors.error.size:
        return None
    return calibrate({horizon: errors}, (horizon,)).band(np.log(plans), plans, horizon, LEVELS) - 1


def _part_errors(look: PastForecast, now: PublishedPanel, cut: _Cut, names: tuple[str, ...], horizon: int) -> Array:
    then = look.panel
    _, known = outcomes(then, now, horizon)
    outcome, known = _counted(now, then, cut, names, horizon, known)
    if not known.any():
        return np.zeros((4, 0))
    forecast = _part_forecast(then, cut, names, METHOD, look.points[METHOD][:, HORIZONS.index(horizon)], horizon)
    error = np.log((outcome[known] + 1) / (forecast[known] + 1)).ravel()
    age = np.full(error.shape, float(now.january - then.january - horizon))
    return np.stack([error, forecast[known].ravel() + 1, age, np.zeros(error.shape)])


CUTS: dict[str, Callable[[BackTest, str, int], _Rows | None]] = {
    "total": _totals,
    "age band": _parts(_AGES),
    "setting": _parts(_SETTINGS),
    "setting as published": _parts(_PUBLISHED_SETTINGS),
}
"""What is scored. 'setting' counts those alike in every return; the last one is every name the pack has."""
