"""One council's spending of lines 1.2 in the years of a forecast: the band of each, and how it hangs together.

Errors of one council are alike from year to year, and where its plans came out above what was forecast its spending
mostly did too. Both are measured on past errors, so that a draw is a believable future and not a set of dice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.normal_curve import chance_below, score_at
from highneeds.forecast.published import PublishedPaths
from highneeds.forecast.published.bands import LEVELS
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, outcomes
from highneeds.forecast.published.panel import Array
from highneeds.forecast.published.paths import ENOUGH_ERRORS, HOLD_RANGE, USUAL_HOLD
from highneeds.forecast.seeds import normals
from highneeds.forecast.spend.lookback import SpendLook, spend_outcomes
from highneeds.forecast.spend.outlook import SpendOutlook
from highneeds.vocabulary.period import FinancialYear

USUAL_WITH_PLANS = 0.3
WITH_PLANS_RANGE = (0.0, 0.9)


@dataclass(frozen=True)
class SpendPath:
    """What is forecast of one council's net outturn of lines 1.2, in cash.

    newest        the newest outturn known (its first calendar year), and its pounds
    first         first calendar year of the first year forecast here
    points        (years,)             log pounds, the middle of the band
    away          (levels, years)      log distance from the point, at each of LEVELS
    hold          likeness of two years' errors: (h/k) to this power, h and k years after the newest outturn
    with_plans    likeness of the errors of spending and of plans, 0 to 1
    volumes       (years, settings)    plans of each financial year by setting, as forecast
    settings      names
    plans         (draws, years)       plans of each financial year over their mean, draw by draw; None where the plans
                  are another method's
    """

    newest: FinancialYear
    newest_gbp: float
    first: int
    points: Array
    away: Array
    hold: float
    with_plans: float
    volumes: Array
    settings: tuple[str, ...]
    plans: Array | None = None

    def draws(self, rng: np.random.Generator, draws: int) -> Array:
        """(draws, years) log pounds."""
        ahead = np.arange(len(self.points), dtype=float) + self.first - self.newest.start
        together = np.exp(-self.hold * np.abs(np.log(ahead[:, None] / ahead[None, :])))
        own = normals(rng, draws, len(ahead)) @ np.linalg.cholesky(together).T
        normal = np.sqrt(1 - self.with_plans**2) * own
        if self.plans is not None:
            normal = normal + self.with_plans * _scores(self.plans[:draws])
        away = [np.interp(chance_below(normal[:, at]), LEVELS, self.away[:, at]) for at in range(len(ahead))]
        return np.asarray(self.points[None, :] + np.stack(away, axis=1))


def _scores(plans: Array) -> Array:
    """(draws, years) normal scores of the draws of each year, by rank."""
    ranks = np.argsort(np.argsort(plans, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray(score_at((ranks + 0.5) / len(plans)))


def spend_path(
    view: SpendOutlook, looks: Sequence[PastForecast], plans: PublishedPaths, follow_plans: bool = True
) -> SpendPath:
    """The path of one council over the financial years that begin with the January of the plans' origin.

    view          must hold every horizon of those years
    follow_plans  False where the forecast draws its plans by another method
    """
    row, first = view.row(plans.la_number), plans.origin
    horizons = [year - view.outturn.newest.start for year in range(first, first + len(plans.years))]
    size = view.outturn.panel.opening[row : row + 1]
    columns = [view.horizons.index(horizon) for horizon in horizons]
    spread = float(view.calibration.spread(size)[0])
    away = np.stack([spread * view.calibration.at(horizon, LEVELS) for horizon in horizons], axis=1)
    volumes, draws = _volumes(plans)
    return SpendPath(
        newest=view.outturn.newest,
        newest_gbp=float(np.exp(view.outturn.base[row])),
        first=first,
        points=view.points[row, columns],
        away=away,
        hold=spend_held_together(view.before, view),
        with_plans=likeness_with_plans(view.before, view, looks),
        volumes=volumes,
        settings=plans.settings,
        plans=draws if follow_plans else None,
    )


def horizons_of(newest: FinancialYear, origin: int, years: int) -> tuple[int, ...]:
    """Every horizon of a forecast of so many financial years from the January of `origin`."""
    return tuple(range(1, origin + years - newest.start))


def _volumes(plans: PublishedPaths) -> tuple[Array, Array]:
    """(years, settings) mean plans of each financial year, and (draws, years) each draw's over their mean."""
    totals = np.concatenate([np.full((len(plans.totals), 1), plans.opening), plans.totals], axis=1)
    settings = np.concatenate([plans.opening_settings[None, :], plans.by_setting])
    middle = (totals[:, 1:] + totals[:, :-1]) / 2
    return (settings[1:] + settings[:-1]) / 2, middle / middle.mean(axis=0)


def spend_held_together(before: Sequence[SpendLook], view: SpendOutlook) -> float:
    """How fast errors of spending lose their likeness from year to year; see `published.paths.held_together`."""
    first, last = 0, len(HORIZONS) - 1
    pairs = [_pair(look, view, (first, last)) for look in before]
    likeness = _likeness(pairs)
    if likeness is None:
        return USUAL_HOLD
    steps = float(np.log(HORIZONS[last] / HORIZONS[first]))
    return float(np.clip(-np.log(np.clip(likeness, 0.05, 0.99)) / steps, *HOLD_RANGE))


def _pair(look: SpendLook, view: SpendOutlook, columns: tuple[int, int]) -> Array:
    """(2, councils) errors at two horizons, less the typical council's."""
    found = [spend_outcomes(look.outturn, view.outturn, HORIZONS[column]) for column in columns]
    both = found[0][1] & found[1][1]
    return _beside(
        [np.log(gbp[both]) - look.points[METHOD][both, at] for (gbp, _), at in zip(found, columns, strict=True)]
    )


def likeness_with_plans(before: Sequence[SpendLook], view: SpendOutlook, looks: Sequence[PastForecast]) -> float:
    """Correlation of errors of spending with errors of the plans of the January in the same financial year."""
    by_january = {look.panel.january: look for look in looks}
    pairs = []
    for look in before:
        for column, horizon in enumerate(HORIZONS):
            ahead = look.outturn.newest.start + horizon + 1 - look.january
            if ahead in HORIZONS:
                pairs.append(_with_plans(look, by_january[look.january], view, column, ahead))
    likeness = _likeness(pairs)
    return USUAL_WITH_PLANS if likeness is None else float(np.clip(likeness, *WITH_PLANS_RANGE))


def _with_plans(look: SpendLook, plans: PastForecast, view: SpendOutlook, column: int, ahead: int) -> Array:
    gbp, known = spend_outcomes(look.outturn, view.outturn, HORIZONS[column])
    came, counted = outcomes(plans.panel, view.outturn.panel, ahead)
    both = known & counted
    spent = np.log(gbp[both]) - look.points[METHOD][both, column]
    return _beside([spent, np.log(came[both]) - plans.points[METHOD][both, HORIZONS.index(ahead)]])


def _beside(errors: list[Array]) -> Array:
    found = np.stack(errors)
    return np.asarray(found - np.median(found, axis=1, keepdims=True)) if found.size else found


def _likeness(pairs: Sequence[Array]) -> float | None:
    """Rank correlation of all pairs together; None where they are too few to tell."""
    both = np.concatenate(pairs, axis=1) if pairs else np.zeros((2, 0))
    if both.shape[1] < ENOUGH_ERRORS:
        return None
    ranks = np.argsort(np.argsort(both, axis=1, kind="stable"), axis=1, kind="stable")
    return float(np.asarray(np.corrcoef(ranks))[0, 1])
