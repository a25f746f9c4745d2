"""Spending of every council forecast from every origin, with what was known at that January and nothing later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from highneeds.forecast.backtest.run import BAND_CHANCES, COLUMNS
from highneeds.forecast.backtest.score import Score, ScoredRows, joined, level_of, mean_error, score_of, usual_change
from highneeds.forecast.published.bands import LEVELS
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, look_back
from highneeds.forecast.published.outlook import latest_january
from highneeds.forecast.spend.lookback import SpendLook, look_back_at_spend, spend_calibration, spend_outcomes
from highneeds.forecast.spend.outlook import SpendOutlook, spend_outlook_from
from highneeds.forecast.spend.outturn import OUTTURN, OutturnBreak, OutturnPanel, first_origin
from highneeds.forecast.spend.rules import SPEND_RULES, spend_rule_points
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.progress import CountProgress
from highneeds.vocabulary.table import Table

CUT = "spend"


@dataclass(frozen=True)
class SpendBackTest:
    """The forecasts from each origin, and everything published, which holds the outcomes.

    outlooks    one for each origin that can be forecast from, in order
    left_out    origins at which too little outturn was known to forecast from
    truth       only the scorecard looks at it; None where no outturn is published
    """

    outlooks: tuple[SpendOutlook, ...]
    horizons: tuple[int, ...]
    left_out: tuple[int, ...]
    truth: OutturnPanel | None = field(repr=False)
    la_number: str | None = None

    @property
    def breaks(self) -> tuple[OutturnBreak, ...]:
        """Steps in the outturn that are changes of the return."""
        return () if self.truth is None else self.truth.breaks

    def table(self) -> Table:
        """One row per council, origin and horizon: point and bands of the net outturn of lines 1.2, whole pounds."""
        rows = [row for outlook in self.outlooks for row in _rows(outlook, self.la_number)]
        return Table.of(COLUMNS, sorted(rows, key=lambda row: (row[0], row[1], row[2])), "Back-test of spending")


def backtest_spend(
    published: Published,
    origins: Sequence[int],
    horizons: Sequence[int],
    la_number: str | None = None,
    progress: CountProgress | None = None,
) -> SpendBackTest:
    """Forecast from each origin every council with a figure in that January; of one council, give `la_number`.

    Origins before the second outturn are left out, since nothing says how sure a forecast from them is.
    """
    if not origins or not horizons:
        raise InputError("There is nothing to test", remedy="Give at least one origin and one horizon")
    if min(horizons) < 1:
        raise InputError(f"A horizon of {min(horizons)} years is not ahead", remedy="Give horizons of one year or more")
    if la_number is not None:
        latest_january(published, la_number)
    earliest = earliest_origin(published)
    kept = [origin for origin in origins if origin >= earliest]
    if not kept:
        raise InputError(
            f"There is too little outturn before January {max(origins)} to forecast from it",
            where=OUTTURN,
            remedy=f"Choose origins from {earliest}",
        )
    looks = look_back(published, latest_january(published), progress)
    return spend_backtest_from(
        look_back_at_spend(published, looks), looks, kept, tuple(horizons), la_number, sorted(set(origins) - set(kept))
    )


def earliest_origin(published: Published) -> int:
    """The first January at which two outturns were known, so that there is an error to learn from."""
    first = first_origin(published)
    if first is None:
        raise InputError("There is no published outturn", where=OUTTURN, remedy="Add the published file to the folder")
    return first + 1


def usual_spend_origins(published: Published, most: int) -> list[int]:
    """The newest Januaries that spending can be forecast from, at most so many."""
    newest = latest_january(published)
    return list(range(max(newest - most + 1, earliest_origin(published)), newest + 1))


def spend_backtest_from(
    spent: Sequence[SpendLook],
    looks: Sequence[PastForecast],
    origins: Sequence[int],
    horizons: tuple[int, ...] = HORIZONS,
    la_number: str | None = None,
    left_out: Sequence[int] = (),
) -> SpendBackTest:
    """The same, where both look backs through the newest January are at hand."""
    outlooks = [_outlook(spent, looks, origin, horizons) for origin in origins]
    truth = spent[-1].outturn if spent else None
    return SpendBackTest(tuple(outlooks), horizons, tuple(left_out), truth, la_number)


def spend_origins(spent: Sequence[SpendLook], origins: Sequence[int]) -> list[int]:
    """Those of the origins at which two outturns were known."""
    known = {look.january for look in spent[1:]}
    return [origin for origin in origins if origin in known]


def _outlook(
    spent: Sequence[SpendLook], looks: Sequence[PastForecast], origin: int, horizons: tuple[int, ...]
) -> SpendOutlook:
    known = [look for look in looks if look.panel.january <= origin]
    if not known or known[-1].panel.january != origin:
        raise InputError(
            f"There are no plans of councils for January {origin}",
            where="ehcp_caseload_total",
            remedy=f"Choose origins to {looks[-1].panel.january}",
        )
    return spend_outlook_from([one for one in spent if one.january <= origin], known, horizons)


def _rows(outlook: SpendOutlook, la_number: str | None) -> Iterator[tuple[Any, ...]]:
    for horizon in outlook.horizons:
        lo80, hi80, lo95, hi95 = outlook.band(horizon, BAND_CHANCES)
        point, year = outlook.band(horizon, (0.5,))[0], outlook.year(horizon)
        exists = outlook.outturn.panel.forecast_for(year.start + 1) & np.isfinite(point)
        for row, council in enumerate(outlook.outturn.councils):
            if exists[row] and la_number in (None, council):
                figures = (point[row], lo80[row], hi80[row], lo95[row], hi95[row])
                yield (council, outlook.january, str(year), *(round(float(figure), 2) for figure in figures))


def spend_scorecard(tested: SpendBackTest) -> tuple[Score, ...]:
    """The method and every plain rule at each horizon that has an outcome, on the same rows."""
    found: list[Score] = []
    for horizon in tested.horizons:
        rows = {name: _joined_rows(tested, name, horizon) for name in (METHOD, *SPEND_RULES)}
        kept = {name: one for name, one in rows.items() if one is not None}
        rivals = [mean_error(one, CUT) for name, one in kept.items() if name != METHOD]
        found += [score_of(CUT, name, horizon, one, min(rivals)) for name, one in kept.items()]
    return tuple(found)


def spend_by_origin(tested: SpendBackTest) -> dict[int, tuple[Score, ...]]:
    """The scorecard of each origin alone."""
    alone = {one.january: spend_scorecard(replace(tested, outlooks=(one,))) for one in tested.outlooks}
    return {origin: scores for origin, scores in alone.items() if scores}


def _joined_rows(tested: SpendBackTest, method: str, horizon: int) -> ScoredRows | None:
    return joined([_origin_rows(tested, outlook, method, horizon) for outlook in tested.outlooks])


def _origin_rows(tested: SpendBackTest, outlook: SpendOutlook, method: str, horizon: int) -> ScoredRows | None:
    outturn = outlook.outturn
    if tested.truth is None:
        return None
    gbp, known = spend_outcomes(outturn, tested.truth, horizon)
    if tested.la_number is not None:
        known = known & (np.array(outturn.councils) == tested.la_number)
    if not known.any():
        return None
    ours = method == METHOD
    points = outlook.points if ours else spend_rule_points(outturn, method, outlook.horizons)
    calibration = outlook.calibration if ours else spend_calibration(outlook.before, outturn, outlook.horizons, method)
    point, size = points[known, outlook.horizons.index(horizon)], outturn.panel.opening[known]
    bands = calibration.band(point, size, horizon, LEVELS)
    middle = bands[level_of(0.5)] if ours else np.exp(point)
    origin = np.full(int(known.sum()), float(outlook.january))
    return ScoredRows(origin, middle, gbp[known], usual_change(np.exp(outturn.spend[known])), bands)
