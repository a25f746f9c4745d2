"""Simulation-based calibration: on invented councils with known rates, fitted bands hold them as often as they say.

Truths are drawn as partial pooling believes (cells around ages, ages around a wider area at the council's own level),
counts are drawn from the truths, and the truth's place in its fitted posterior is looked up. Over many cells the 80%
bands must hold 77 to 83% of the truths, the 95% bands 93 to 97%, and the places must be even.
"""

import numpy as np
import pytest

from highneeds.forecast.learning.pooling import pooled, pooled_by_margin, recent
from highneeds.forecast.state import AGES, SETTINGS


def truths(rng: np.random.Generator, council: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Wider chances, true chances and children at risk of one invented council."""
    wider = np.clip(rng.beta(1.5, 20.0, (AGES, 1)) * rng.uniform(0.5, 1.5, (1, len(SETTINGS))), 0.002, 0.4)
    at_risk = rng.poisson(rng.uniform(5, 60), (AGES, len(SETTINGS))).astype(float)
    expected = np.clip(wider * np.exp(rng.normal(0.0, 0.3)), 0.002, 0.6)
    usual = (at_risk * expected).sum(axis=1) / np.maximum(at_risk.sum(axis=1), 1.0)
    ages = np.clip(rng.beta(200 * usual, 200 * (1 - usual)), 1e-4, 0.9)
    around = np.clip(ages[:, None] * expected / usual[:, None], 1e-4, 0.95)
    return wider, np.clip(rng.beta(100 * around, 100 * (1 - around)), 1e-9, 0.999), at_risk


@pytest.fixture(scope="module")
def places() -> np.ndarray:
    rng = np.random.default_rng(20240118)
    found = []
    for council in range(40):
        wider, truth, at_risk = truths(rng, council)
        events = rng.binomial(at_risk.astype(int), truth).astype(float)
        fitted = pooled_by_margin(events, at_risk, wider)
        found.append(fitted.rank_of(truth)[at_risk > 0])
    return np.concatenate(found)


def test_bands_hold_as_often_as_they_say(places):
    inside = [np.mean((places > (1 - width) / 2) & (places < (1 + width) / 2)) for width in (0.5, 0.8, 0.95)]
    assert 0.46 <= inside[0] <= 0.54
    assert 0.77 <= inside[1] <= 0.83
    assert 0.93 <= inside[2] <= 0.97


def test_places_of_the_truth_are_even(places):
    counts, _ = np.histogram(places, bins=10, range=(0, 1))
    assert (np.abs(counts / len(places) - 0.1) < 0.025).all()


def test_a_cell_without_evidence_says_what_its_margin_says():
    events, at_risk = np.array([20.0, 0.0]), np.array([200.0, 0.0])
    fitted = pooled(events, at_risk, np.array([0.1, 0.1]))
    assert fitted.mean[1] == pytest.approx(0.1)
    assert fitted.sd[1] > fitted.sd[0]


def test_a_cell_with_much_evidence_says_its_own():
    events, at_risk = np.array([5000.0, 1.0]), np.array([10000.0, 10.0])
    assert pooled(events, at_risk, np.array([0.1, 0.1])).mean[0] == pytest.approx(0.5, abs=0.02)


def test_recent_years_weigh_more():
    assert recent(np.array([[8.0], [4.0], [2.0]]), half_life=1.0).tolist() == [2.0 + 2.0 + 2.0]
