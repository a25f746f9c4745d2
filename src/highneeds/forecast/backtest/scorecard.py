"""The scorecard: how wrong and how sure, for totals, ages and settings, beside the plain rules on the same rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from highneeds.forecast.backtest.run import BackTest
from highneeds.forecast.backtest.score import Score, ScoredRows, joined, level_of, mean_error, score_of, usual_change
from highneeds.forecast.published.bands import LEVELS, Errors, calibrate
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, outcomes
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

RIVAL = "70/30"
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


def scorecard(tested: BackTest, cuts: Sequence[str] = ()) -> tuple[Score, ...]:
    """Every method and horizon that has an outcome, of every cut or of those asked for."""
    return tuple(score for cut in cuts or CUTS for score in _scores(tested, cut))


def _scores(tested: BackTest, cut: str) -> Iterator[Score]:
    for horizon in tested.horizons:
        found = {method: CUTS[cut](tested, method, horizon) for method in (METHOD, *RULES)}
        kept = {method: rows for method, rows in found.items() if rows is not None}
        rival = mean_error(kept[RIVAL], cut) if RIVAL in kept else None
        for method, rows in kept.items():
            yield score_of(cut, method, horizon, rows, rival)


def _totals(tested: BackTest, method: str, horizon: int) -> ScoredRows | None:
    return joined([_origin_totals(tested, outlook, method, horizon) for outlook in tested.outlooks])


def _origin_totals(tested: BackTest, outlook: Outlook, method: str, horizon: int) -> ScoredRows | None:
    outcome, known = _outcome(tested, outlook.panel, horizon)
    if not known.any():
        return None
    points = outlook.points if method == METHOD else rule_points(outlook.panel, method, outlook.horizons)
    point, size = points[known, outlook.horizons.index(horizon)], outlook.panel.opening[known]
    bands = outlook.calibrated(method).band(point, size, horizon, LEVELS)
    middle = bands[level_of(0.5)] if method == METHOD else np.exp(point)
    changes = usual_change(outlook.panel.plans[known])
    return ScoredRows(_origin(outlook, known), middle, outcome[known], changes, bands)


def _outcome(tested: BackTest, then: PublishedPanel, horizon: int) -> tuple[Array, npt.NDArray[np.bool_]]:
    outcome, known = outcomes(then, tested.truth, horizon)
    if tested.la_number is not None:
        known = known & (np.array(then.councils) == tested.la_number)
    return outcome, known


def _origin(outlook: Outlook, known: Array | npt.NDArray[np.bool_]) -> Array:
    return np.full(int(known.sum()), float(outlook.panel.january))


@dataclass(frozen=True)
class PartsCut:
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


AGES_CUT = PartsCut(age_shares, age_paths, lambda name: name)
SETTINGS_CUT = PartsCut(setting_shares, setting_paths, lambda name: ALIKE.get(name, ELSEWHERE))
_PUBLISHED_SETTINGS = PartsCut(setting_shares, setting_paths, lambda name: name)


def _parts(cut: PartsCut) -> Callable[[BackTest, str, int], ScoredRows | None]:
    def rows(tested: BackTest, method: str, horizon: int) -> ScoredRows | None:
        names = cut.names(tested.truth)
        if not names:
            return None
        return joined([_origin_parts(tested, outlook, cut, names, method, horizon) for outlook in tested.outlooks])

    return rows


def _origin_parts(
    tested: BackTest, outlook: Outlook, cut: PartsCut, names: tuple[str, ...], method: str, horizon: int
) -> ScoredRows | None:
    then = outlook.panel
    outcome, known = _part_outcome(tested, then, cut, names, horizon)
    if not known.any():
        return None
    points = outlook.points if method == METHOD else rule_points(then, method, outlook.horizons)
    before = cut.shares(then)
    forecast = part_forecast(then, cut, names, method, points[:, outlook.horizons.index(horizon)], horizon)[known]
    series = cut.grouped(before, before.shares, names)[known] * then.plans[known][:, :, None]
    changes = usual_change(np.swapaxes(series, 1, 2).reshape(-1, then.years))
    bands = None
    if method == METHOD and horizon in HORIZONS:
        bands = _part_bands(outlook, cut, names, forecast.ravel() + 1, horizon)
    return ScoredRows(
        np.repeat(_origin(outlook, known), len(names)), forecast.ravel(), outcome[known].ravel(), changes, bands
    )


def part_forecast(
    then: PublishedPanel, cut: PartsCut, names: tuple[str, ...], method: str, point: Array, horizon: int
) -> Array:
    """(councils, parts) plans: our own shares, or for a rule its total by the last shares."""
    shares = cut.shares(then)
    ours = method == METHOD
    path = cut.paths(then, shares, (horizon,))[:, 0] if ours else last_shares(shares)
    return np.asarray(np.exp(point)[:, None] * cut.grouped(shares, path, names))


def _part_outcome(
    tested: BackTest, then: PublishedPanel, cut: PartsCut, names: tuple[str, ...], horizon: int
) -> tuple[Array, npt.NDArray[np.bool_]]:
    _, known = _outcome(tested, then, horizon)
    return counted_parts(tested.truth, then, cut, names, horizon, known)


def counted_parts(
    truth: PublishedPanel,
    then: PublishedPanel,
    cut: PartsCut,
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


def _part_bands(outlook: Outlook, cut: PartsCut, names: tuple[str, ...], plans: Array, horizon: int) -> Array | None:
    """(levels, rows) bands of the parts, from their errors at earlier origins that were known at this one, if any."""
    found = [_part_errors(look, outlook.panel, cut, names, horizon) for look in outlook.before]
    errors = Errors(*np.concatenate(found, axis=1)) if found else None
    if errors is None or not errors.error.size:
        return None
    return calibrate({horizon: errors}, (horizon,)).band(np.log(plans), plans, horizon, LEVELS) - 1


def _part_errors(look: PastForecast, now: PublishedPanel, cut: PartsCut, names: tuple[str, ...], horizon: int) -> Array:
    then = look.panel
    _, known = outcomes(then, now, horizon)
    outcome, known = counted_parts(now, then, cut, names, horizon, known)
    if not known.any():
        return np.zeros((4, 0))
    forecast = part_forecast(then, cut, names, METHOD, look.points[METHOD][:, HORIZONS.index(horizon)], horizon)
    error = np.log((outcome[known] + 1) / (forecast[known] + 1)).ravel()
    age = np.full(error.shape, float(now.january - then.january - horizon))
    return np.stack([error, forecast[known].ravel() + 1, age, np.zeros(error.shape)])


CUTS: dict[str, Callable[[BackTest, str, int], ScoredRows | None]] = {
    "total": _totals,
    "age band": _parts(AGES_CUT),
    "setting": _parts(SETTINGS_CUT),
    "setting as published": _parts(_PUBLISHED_SETTINGS),
}
"""What is scored. 'setting' counts those alike in every return; the last one is every name the pack has."""
