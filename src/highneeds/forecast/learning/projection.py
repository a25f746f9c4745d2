"""The path that the flow engine follows: totals, age bands and settings from a method that is back-tested."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from highneeds.forecast.published import PublishedPaths, outlook, paths, paths_from
from highneeds.forecast.state import AGE_BANDS, EARLIER_SETTINGS, SETTINGS, Floats
from highneeds.intake.published import Published


@dataclass(frozen=True)
class Projection:
    """Plans each January after the origin.

    totals     (draws, years)     draws of the total, whose spread is calibrated on past errors
    bands      (years, bands)     means by age band, adding to the mean total
    settings   (years, settings)  means by setting, adding to the mean total
    band_sd, setting_sd   (bands), (settings): spread of the log share in the last year, or None where not given
    method     what the path is, in words
    """

    totals: Floats
    bands: Floats
    settings: Floats
    method: str
    band_sd: Floats | None = None
    setting_sd: Floats | None = None

    @property
    def mean(self) -> Floats:
        found: Floats = self.totals.mean(axis=0)
        return found

    def check(self) -> None:
        """The parts add up to the mean total."""
        for name, parts in (("bands", self.bands), ("settings", self.settings)):
            if not np.allclose(parts.sum(axis=1), self.mean, rtol=1e-6):
                raise ValueError(f"projection {name}: the parts must add up to the mean total of every year.")


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
    return projection_of(paths(published, la_number, origin, years, draws, seed))


def projections_of_all(published: Published, origin: int, years: int) -> ProjectionMethod:
    """The same for many councils of one origin: what all councils teach is learnt once."""
    view = outlook(published, origin, range(1, years + 1))

    def projection_method(
        known: Published, la_number: str, january: int, ahead: int, draws: int, seed: int
    ) -> Projection:
        if january != origin:
            return published_projection(known, la_number, january, ahead, draws, seed)
        return projection_of(paths_from(view, la_number, draws, seed))

    return projection_method


def projection_of(found: PublishedPaths) -> Projection:
    """Paths of the method on the engine's axes."""
    bands = _columns(found.by_age_band, found.age_bands, tuple(name for name, _, _ in AGE_BANDS), {})
    settings = _columns(found.by_setting, found.settings, SETTINGS, EARLIER_SETTINGS)
    method = f"pooled growth of all councils, back-tested at every origin, as known in January {found.origin}"
    return Projection(found.totals, bands, settings, method)


def _columns(values: Floats, names: Sequence[str], wanted: tuple[str, ...], earlier: dict[str, str]) -> Floats:
    """Columns in the engine's order; a name of an earlier return goes to the one that holds the same children."""
    result = np.zeros((len(values), len(wanted)))
    for column, name in enumerate(names):
        result[:, wanted.index(earlier.get(name, name))] += values[:, column]
    return result
