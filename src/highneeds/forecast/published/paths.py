"""Paths of one council from published statistics: what the flow engine's baseline means must reproduce.

`paths` is the door. A path keeps its place in the band as the years go by, loosely: where it stands in one year says
where it is likely to stand in the next, by as much as past errors of one council hung together from year to year.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.normal_curve import chance_below
from highneeds.forecast.published.growth import HORIZONS
from highneeds.forecast.published.lookback import METHOD, PastForecast, outcomes
from highneeds.forecast.published.outlook import Outlook, outlook
from highneeds.forecast.published.panel import Array, PublishedPanel
from highneeds.forecast.seeds import normals
from highneeds.intake.published import Published

USUAL_HOLD = 0.5
HOLD_RANGE = (0.2, 1.5)
ENOUGH_ERRORS = 30


@dataclass(frozen=True)
class PublishedPaths:
    """January totals by draw, and how they divide.

    years            the Januaries forecast, in order
    opening          plans in the January of the origin
    point            (years,)            the single best figure of the total: the middle of the band
    totals           (draws, years)      plans, not rounded
    age_bands        names, youngest first
    age_shares       (years, bands)      each row sums to 1
    opening_ages     (bands,)            plans in the January of the origin, adding to opening
    settings         names as in the pack
    setting_shares   (years, settings)   each row sums to 1
    opening_settings (settings,)         plans in the January of the origin, adding to opening

    age_spread       (years, bands)      spread of the log of a share about the one forecast, from past errors
    setting_spread   (years, settings)   the same by setting

    Parts are the total times their share, so they add up to the total in every draw and in the mean.
    """

    la_number: str
    origin: int
    years: tuple[int, ...]
    opening: float
    point: Array
    totals: Array
    age_bands: tuple[str, ...]
    age_shares: Array
    opening_ages: Array
    settings: tuple[str, ...]
    setting_shares: Array
    opening_settings: Array
    age_spread: Array
    setting_spread: Array

    @property
    def mean(self) -> Array:
        """(years,) mean of the draws."""
        return np.asarray(self.totals.mean(axis=0))

    @property
    def by_age_band(self) -> Array:
        """(years, bands) means, adding to the mean of the total."""
        return self.mean[:, None] * self.age_shares

    @property
    def by_setting(self) -> Array:
        """(years, settings) means, adding to the mean of the total."""
        return self.mean[:, None] * self.setting_shares

    def quantiles(self, chances: Sequence[float]) -> Array:
        """(chances, years) of the draws."""
        return np.asarray(np.quantile(self.totals, chances, axis=0))


def paths(
    published: Published, la_number: str, origin: int, years: int, draws: int, seed: int | np.random.SeedSequence
) -> PublishedPaths:
    """Paths of one council from `origin` for a number of years; the same seed gives the same bytes.

    Nothing dated after the January of the origin is used, whatever the folder holds.
    """
    return paths_from(outlook(published, origin, range(1, years + 1)), la_number, draws, seed)


def paths_from(view: Outlook, la_number: str, draws: int, seed: int | np.random.SeedSequence) -> PublishedPaths:
    """The same, where the outlook of all councils is at hand already; every council has random numbers of its own."""
    row, opening = view.row(la_number), view.panel.opening[view.row(la_number)]
    ages, settings = (
        _opening(view.ages.shares, view.ages.england, row),
        _opening(view.settings.shares, view.settings.england, row),
    )
    return PublishedPaths(
        la_number=la_number,
        origin=view.panel.january,
        years=tuple(view.panel.january + horizon for horizon in view.horizons),
        opening=float(opening),
        point=np.exp(view.points[row]),
        totals=_totals(view, row, draws, _stream(seed, la_number)),
        age_bands=view.ages.names,
        age_shares=view.age_paths[row],
        opening_ages=opening * ages,
        settings=view.settings.names,
        setting_shares=view.setting_paths[row],
        opening_settings=opening * settings,
        age_spread=view.age_spread,
        setting_spread=view.setting_spread,
    )


def _opening(shares: Array, england: Array, row: int) -> Array:
    newest = shares[row, -1]
    return np.asarray(np.where(np.isfinite(newest), newest, england[-1]))


def _stream(seed: int | np.random.SeedSequence, la_number: str) -> np.random.Generator:
    """One stream for each council: the council's number is part of the key."""
    parent = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    own = np.random.SeedSequence(parent.entropy, spawn_key=(*parent.spawn_key, *la_number.encode()))
    return np.random.default_rng(own)


def _totals(view: Outlook, row: int, draws: int, stream: np.random.Generator) -> Array:
    """(draws, years): the calibrated band of each year, entered at chances that hang together along the path."""
    horizons = np.array(view.horizons, dtype=float)
    hold = held_together(view.before, view.panel)
    together = np.exp(-hold * np.abs(np.log(horizons[:, None] / horizons[None, :])))
    normal = normals(stream, draws, len(horizons)) @ np.linalg.cholesky(together).T
    spread = view.calibration.spread(view.panel.opening[row : row + 1])[0]
    away = [view.calibration.at(horizon, chance_below(normal[:, place])) for place, horizon in enumerate(view.horizons)]
    return np.asarray(np.exp(view.points[row][None, :] + spread * np.stack(away, axis=1)))


def held_together(before: Sequence[PastForecast], panel: PublishedPanel) -> float:
    """How fast errors of one council lose their likeness from horizon to horizon.

    The likeness of horizons h and k is (h/k) to this power: a half is a random walk, less is a rate kept for the path.
    """
    first, last = 0, len(HORIZONS) - 1
    pairs = [_error_pairs(look, panel, first, last) for look in before]
    both = np.concatenate(pairs, axis=1) if pairs else np.zeros((2, 0))
    if both.shape[1] < ENOUGH_ERRORS:
        return USUAL_HOLD
    ranks = np.argsort(np.argsort(both, axis=1, kind="stable"), axis=1, kind="stable")
    likeness = float(np.asarray(np.corrcoef(ranks))[0, 1])
    steps = float(np.log(HORIZONS[last] / HORIZONS[first]))
    return float(np.clip(-np.log(np.clip(likeness, 0.05, 0.99)) / steps, *HOLD_RANGE))


def _error_pairs(look: PastForecast, panel: PublishedPanel, first: int, last: int) -> Array:
    early, known_early = outcomes(look.panel, panel, HORIZONS[first])
    late, known_late = outcomes(look.panel, panel, HORIZONS[last])
    both = known_early & known_late
    points = look.points[METHOD]
    errors = np.stack([np.log(early[both]) - points[both, first], np.log(late[both]) - points[both, last]])
    return errors - np.median(errors, axis=1, keepdims=True) if both.any() else errors
