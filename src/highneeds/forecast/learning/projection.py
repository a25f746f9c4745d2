"""The path that the flow engine follows: totals, age bands and settings from a method that is back-tested."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast.published import Outlook, PublishedPaths, latest_january, outlook, paths_from
from highneeds.forecast.spend import SpendOutlook, look_back_at_spend, spend_outlook_from
from highneeds.forecast.spend.path import SpendPath, horizons_of, spend_path
from highneeds.forecast.state import AGE_BANDS, EARLIER_SETTINGS, SETTINGS, Floats
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError


@dataclass(frozen=True)
class Projection:
    """Plans each January after the origin.

    totals     (draws, years)     draws of the total, whose spread is calibrated on past errors
    bands      (years, bands)     means by age band, adding to the mean total
    settings   (years, settings)  means by setting, adding to the mean total
    method     what the path is, in words
    spend      what the same statistics forecast of spending; None where no outturn is published
    """

    totals: Floats
    bands: Floats
    settings: Floats
    method: str
    spend: SpendPath | None = None

    @property
    def mean(self) -> Floats:
        found: Floats = self.totals.mean(axis=0)
        return found

    def until(self, years: int) -> "Projection":
        """The first of its years."""
        return replace(self, totals=self.totals[:, :years], bands=self.bands[:years], settings=self.settings[:years])

    def check(self) -> None:
        """The parts add up to the mean total."""
        for name, parts in (("bands", self.bands), ("settings", self.settings)):
            if not np.allclose(parts.sum(axis=1), self.mean, rtol=1e-6):
                raise ValueError(f"projection {name}: the parts must add up to the mean total of every year.")


LEAST_OUTTURNS = 2
"""Januaries with an outturn from which an error can be learnt."""

ProjectionMethod = Callable[[Published, str, int, int, int, int], Projection]
"""(published, la_number, origin, years, draws, seed) -> Projection"""


def levelled(projection: Projection) -> Projection:
    """The same projection with its parts scaled to the mean total, where they came from another method."""
    total = projection.mean[:, None]
    bands = projection.bands * total / projection.bands.sum(axis=1, keepdims=True)
    settings = projection.settings * total / projection.settings.sum(axis=1, keepdims=True)
    return replace(projection, bands=bands, settings=settings)


def shapes(projection: Projection, years: int) -> None:
    """Refuse a projection of the wrong shape."""
    wanted = {"bands": (years, len(AGE_BANDS)), "settings": (years, len(SETTINGS))}
    for name, shape in wanted.items():
        if getattr(projection, name).shape != shape:
            raise ValueError(f"projection {name}: expected {shape}, found {getattr(projection, name).shape}.")


def published_projection(
    published: Published, la_number: str, origin: int, years: int, draws: int, seed: int
) -> Projection:
    """The projection of the back-tested method."""
    return projections_of_all(published, origin, years)(published, la_number, origin, years, draws, seed)


def projections_of_all(published: Published, origin: int, years: int) -> ProjectionMethod:
    """The same for many councils of one origin: what all councils teach is learnt once."""
    view = outlook(published, origin, range(1, years + 1))
    spending = spend_of_all(published, view, years)

    def projection_method(
        known: Published, la_number: str, january: int, ahead: int, draws: int, seed: int
    ) -> Projection:
        if january != origin:
            return published_projection(known, la_number, january, ahead, draws, seed)
        return projection_from(view, spending, la_number, draws, seed)

    return projection_method


def spend_of_all(published: Published, view: Outlook, years: int) -> SpendOutlook | None:
    """What is forecast of all councils' spending in the financial years of a forecast; None without enough outturn."""
    spent = look_back_at_spend(published, view.looks)
    if len(spent) < LEAST_OUTTURNS:
        return None
    return spend_outlook_from(spent, view.looks, horizons_of(spent[-1].outturn.newest, view.panel.january, years))


def projection_from(view: Outlook, spending: SpendOutlook | None, la_number: str, draws: int, seed: int) -> Projection:
    """The projection of one council, where what is forecast of all is at hand."""
    found = paths_from(view, la_number, draws, seed)
    covered = spending is not None and spending.covers(la_number)
    return projection_of(found, spend_path(spending, view.looks, found) if spending is not None and covered else None)


def spend_path_beside(published: Published, la_number: str, origin: int, years: int) -> SpendPath | None:
    """What outturn forecasts of spending, for a forecast whose plans are learnt from the council's own returns.

    The returns may be newer than the published totals: the path then starts earlier and reaches as far.
    """
    try:
        january = latest_january(published, la_number)
        ahead = origin - january + years
        view = outlook(published, january, range(1, ahead + 1))
    except InputError:
        return None
    spending = spend_of_all(published, view, ahead)
    if spending is None or not spending.covers(la_number):
        return None
    return spend_path(spending, view.looks, paths_from(view, la_number, 2, 1), follow_plans=False)


def projection_of(found: PublishedPaths, spend: SpendPath | None = None) -> Projection:
    """Paths of the method on the engine's axes."""
    bands = _columns(found.by_age_band, found.age_bands, tuple(name for name, _, _ in AGE_BANDS), {})
    settings = _columns(found.by_setting, found.settings, SETTINGS, EARLIER_SETTINGS)
    method = f"pooled growth of all councils, back-tested at every origin, as known in January {found.origin}"
    return Projection(found.totals, bands, settings, method, spend)


def _columns(values: Floats, names: Sequence[str], wanted: tuple[str, ...], earlier: dict[str, str]) -> Floats:
    """Columns in the engine's order; a name of an earlier return goes to the one that holds the same children."""
    result = np.zeros((len(values), len(wanted)))
    for column, name in enumerate(names):
        result[:, wanted.index(earlier.get(name, name))] += values[:, column]
    return result
