"""How good the sums would have been: regions and England at earlier Januaries, each with what was known then."""

from collections.abc import Iterator, Sequence

import numpy as np

from highneeds.forecast.aggregates.errors import AreaError
from highneeds.forecast.aggregates.spread import Usual, area_spread
from highneeds.forecast.backtest.score import Score, ScoredRows, score_of
from highneeds.forecast.published.bands import LEVELS
from highneeds.forecast.published.lookback import METHOD

ENGLAND_CUT, REGION_CUT = "England", "region"


def area_scorecard(errors: Sequence[AreaError], origins: Sequence[int], usual: Usual) -> tuple[Score, ...]:
    """England and the regions at every horizon; bands as they were known at each origin."""
    return tuple(
        score_of(cut, METHOD, horizon, rows, None)
        for cut, whole in ((ENGLAND_CUT, True), (REGION_CUT, False))
        for horizon, rows in _by_horizon(errors, origins, usual, whole)
    )


def _by_horizon(
    errors: Sequence[AreaError], origins: Sequence[int], usual: Usual, whole: bool
) -> Iterator[tuple[int, ScoredRows]]:
    spreads = {origin: area_spread(errors, origin, usual) for origin in origins}
    for horizon in sorted({one.horizon for one in errors}):
        rows = [one for one in errors if (one.horizon, one.area.whole) == (horizon, whole) and one.january in spreads]
        if rows:
            forecast = np.array([one.forecast for one in rows])
            bands = [[spreads[one.january].away(horizon, whole, level) for one in rows] for level in LEVELS]
            yield (
                horizon,
                ScoredRows(
                    origin=np.array([float(one.january) for one in rows]),
                    forecast=forecast,
                    outcome=np.array([one.outcome for one in rows]),
                    usual_change=np.zeros(len(rows)),
                    bands=np.array(bands) * forecast[None, :],
                ),
            )
