"""Every council forecast from every origin, with what was known at that January and nothing later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from highneeds.forecast.published.lookback import JANUARIES_BEFORE, PastForecast, look_back
from highneeds.forecast.published.outlook import Outlook, first_january, latest_january, outlook_from
from highneeds.forecast.published.panel import PublishedPanel, panel_at
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.progress import CountProgress
from highneeds.vocabulary.table import Table

COLUMNS = ("la_number", "origin", "year", "point", "lo80", "hi80", "lo95", "hi95")
BAND_CHANCES = (0.1, 0.9, 0.025, 0.975)
DECIMALS = 2


@dataclass(frozen=True)
class BackTest:
    """The forecasts from each origin, and the newest panel, which holds the outcomes.

    outlooks   one for each origin, in order
    truth      everything published; only the scorecard looks at it
    """

    outlooks: tuple[Outlook, ...]
    horizons: tuple[int, ...]
    truth: PublishedPanel = field(repr=False)
    la_number: str | None = None

    def table(self) -> Table:
        """One row per council, origin and horizon: point and bands of total plans."""
        rows = [row for outlook in self.outlooks for row in _rows(outlook, self.la_number)]
        return Table.of(COLUMNS, sorted(rows, key=lambda row: (row[0], row[1], row[2])), "Back-test")


def backtest(
    published: Published,
    origins: Sequence[int],
    horizons: Sequence[int],
    la_number: str | None = None,
    progress: CountProgress | None = None,
) -> BackTest:
    """Forecast from each origin every council with a figure in that January; of one council, give `la_number`.

    One council still learns from all of them.
    """
    check_backtest(published, origins, horizons, la_number)
    truth = panel_at(published, latest_january(published))
    looks = look_back(published, max(origins), progress)
    return backtest_from(looks, truth, origins, tuple(horizons), la_number)


def backtest_from(
    looks: Sequence[PastForecast],
    truth: PublishedPanel,
    origins: Sequence[int],
    horizons: tuple[int, ...],
    la_number: str | None = None,
) -> BackTest:
    """The same, where the look back is at hand already."""
    places = {look.panel.january: place for place, look in enumerate(looks)}
    outlooks = [
        outlook_from(tuple(looks[: places[origin]]), looks[places[origin]], tuple(horizons)) for origin in origins
    ]
    return BackTest(tuple(outlooks), tuple(horizons), truth, la_number)


def check_backtest(
    published: Published, origins: Sequence[int], horizons: Sequence[int], la_number: str | None
) -> None:
    """Refuse what cannot be tested, in a sentence."""
    if not origins or not horizons:
        raise InputError("There is nothing to test", remedy="Give at least one origin and one horizon")
    if min(horizons) < 1:
        raise InputError(f"A horizon of {min(horizons)} years is not ahead", remedy="Give horizons of one year or more")
    if la_number is not None:
        latest_january(published, la_number)
    _check_early_enough(published, min(origins), first_january(published) + JANUARIES_BEFORE + 1)


def _check_early_enough(published: Published, origin: int, earliest: int) -> None:
    """The method learns from two earlier Januaries, and its bands from one forecast before this one."""
    if origin < earliest:
        raise InputError(
            f"There are too few Januaries before {origin} to forecast from it",
            where=published.where,
            remedy=f"Choose origins from {earliest}",
        )


def _rows(outlook: Outlook, la_number: str | None) -> Iterator[tuple[Any, ...]]:
    origin = outlook.panel.january
    for horizon in outlook.horizons:
        lo80, hi80, lo95, hi95 = outlook.band(horizon, BAND_CHANCES)
        point = outlook.band(horizon, (0.5,))[0]
        exists = outlook.panel.forecast_for(origin + horizon)
        for row, council in enumerate(outlook.panel.councils):
            if exists[row] and la_number in (None, council):
                figures = (point[row], lo80[row], hi80[row], lo95[row], hi95[row])
                yield (council, origin, origin + horizon, *(round(float(figure), DECIMALS) for figure in figures))
