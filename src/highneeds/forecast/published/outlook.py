"""The forecast from published statistics alone, for every council at one January: totals, bands, ages and settings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import polars as pl

from highneeds.forecast.published.bands import Calibration
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, averaged, calibration, look_back
from highneeds.forecast.published.panel import TOTALS, Array, PublishedPanel
from highneeds.forecast.published.parts import Shares, age_paths, age_shares, setting_paths, setting_shares
from highneeds.forecast.published.share_spread import share_spread
from highneeds.forecast.published.totals import member_points
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.progress import CountProgress


@dataclass(frozen=True)
class Outlook:
    """What is forecast at one January, and how sure it is.

    horizons         years ahead
    points           (councils, horizons)            log plans
    calibration      the bands
    ages, settings   the cuts as they were
    age_paths        (councils, horizons, bands)     shares of the total, summing to 1
    setting_paths    (councils, horizons, settings)  shares of the total, summing to 1
    before           the same method at earlier Januaries, from which the bands come
    now              the same at this January, for one to three years
    """

    panel: PublishedPanel
    horizons: tuple[int, ...]
    points: Array
    calibration: Calibration
    ages: Shares
    settings: Shares
    age_paths: Array = field(repr=False)
    setting_paths: Array = field(repr=False)
    before: tuple[PastForecast, ...] = field(repr=False)
    now: PastForecast = field(repr=False)

    def calibrated(self, method: str) -> Calibration:
        """The bands of this method or of a plain rule, worked out once."""
        if method not in self._calibrated:
            self._calibrated[method] = calibration(self.before, self.panel, self.horizons, method)
        return self._calibrated[method]

    @cached_property
    def _calibrated(self) -> dict[str, Calibration]:
        return {METHOD: self.calibration}

    @property
    def looks(self) -> tuple[PastForecast, ...]:
        """Every January looked back on, this one last."""
        return (*self.before, self.now)

    @cached_property
    def age_spread(self) -> Array:
        """(horizons, bands) spread of the log of a share about the one forecast, from past errors."""
        return share_spread(self.before, self.panel, age_shares, age_paths, self.horizons)

    @cached_property
    def setting_spread(self) -> Array:
        """(horizons, settings) the same by setting."""
        return share_spread(self.before, self.panel, setting_shares, setting_paths, self.horizons)

    def row(self, la_number: str) -> int:
        """The row of a council; a council without a figure in this January cannot be forecast from it."""
        if la_number not in self.panel.councils:
            raise InputError(
                f"There is no council {la_number} in the published totals",
                remedy="Give the three-figure number of a council in the folder",
            )
        row = self.panel.councils.index(la_number)
        if not np.isfinite(self.panel.opening[row]):
            raise InputError(
                f"Council {la_number} has no published total for January {self.panel.january}",
                remedy="Ask for a January in which it returned one",
            )
        return row

    def band(self, horizon: int, chances: Sequence[float]) -> Array:
        """(chances, councils) plans at a horizon that is not exceeded with the given chances."""
        points = self.points[:, self.horizons.index(horizon)]
        return self.calibration.band(points, self.panel.opening, horizon, chances)


def latest_january(published: Published, la_number: str | None = None) -> int:
    """The newest January with a total, of any council or of one."""
    totals = published.table(TOTALS).filter((pl.col("geo_level") == "LA") & (pl.col("plans") > 0))
    if la_number is not None:
        totals = totals.filter(pl.col("la_number") == la_number)
    if totals.is_empty():
        whose = f"of council {la_number} " if la_number else ""
        raise InputError(
            f"There is no published total {whose}in the folder",
            where=published.where,
            remedy="Give the three-figure number of a council in the folder",
        )
    return int(totals["year"].to_numpy().max())


def first_january(published: Published) -> int:
    """The first January with a council's total in it."""
    totals = published.table(TOTALS).filter(pl.col("geo_level") == "LA")
    return int(totals["year"].to_numpy().min())


def outlook(
    published: Published, january: int, horizons: Sequence[int], progress: CountProgress | None = None
) -> Outlook:
    """The forecast of every council at `january`, from what was known then and nothing later."""
    looks = look_back(published, january, progress)
    return outlook_from(looks[:-1], looks[-1], tuple(horizons))


def outlook_from(before: tuple[PastForecast, ...], now: PastForecast, horizons: tuple[int, ...]) -> Outlook:
    """The same, where the look back is at hand already."""
    ages, settings = age_shares(now.panel), setting_shares(now.panel)
    return Outlook(
        panel=now.panel,
        horizons=horizons,
        points=_points(now, horizons),
        calibration=calibration(before, now.panel, horizons),
        ages=ages,
        settings=settings,
        age_paths=age_paths(now.panel, ages, horizons),
        setting_paths=setting_paths(now.panel, settings, horizons),
        before=before,
        now=now,
    )


def _points(now: PastForecast, horizons: tuple[int, ...]) -> Array:
    if set(horizons) <= set(HORIZONS):
        return now.points[METHOD][:, [HORIZONS.index(horizon) for horizon in horizons]]
    return averaged(member_points(now.panel, now.reach, horizons), now.weights)
