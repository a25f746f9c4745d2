"""A path to follow in tests: last year's growth, damped, with a plain spread. It stands in for the real method."""

import numpy as np

from highneeds.forecast.learning.evidence import area_of, opening_plans, total_plans
from highneeds.forecast.learning.projection import Projection
from highneeds.forecast.state import AGE_BANDS, AGES, band_of_ages
from highneeds.intake.published import Published


def path(published: Published, la_number: str, origin: int, years: int, draws: int, seed: int) -> Projection:
    """Growth of the last year, halved every fourth year; shares stay as they are."""
    area = area_of(published, la_number)
    now = total_plans(published, area.code, origin) or 0
    before = total_plans(published, area.code, origin - 1) or now
    growth = np.clip(np.log(now / before), -0.05, 0.15)
    ahead = np.arange(1, years + 1)
    centre = np.log(now) + growth * np.cumsum(0.5 ** (ahead / 4))
    level = np.random.default_rng(seed).standard_normal((draws, 1))
    totals = np.exp(centre + 0.05 * np.sqrt(ahead) * level)
    stock, _ = opening_plans(published, area, origin)
    in_band = np.array([stock.sum(axis=1)[band_of_ages() == band].sum() for band in range(len(AGE_BANDS))])
    mean = totals.mean(axis=0)[:, None]
    assert len(stock) == AGES
    return Projection(
        totals, mean * in_band / in_band.sum(), mean * stock.sum(axis=0) / stock.sum(), "stand-in for tests"
    )
