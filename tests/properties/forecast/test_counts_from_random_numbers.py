"""Counts are fair, and a larger chance never gives a smaller count from the same random number."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from highneeds.forecast.kernels.counts import binomial, poisson
from highneeds.forecast.seeds import Purpose, counters, keys, uniforms

DRAWS = 20_000
KEYS = keys(7, DRAWS)[:, Purpose.ENDS]


@settings(max_examples=12, deadline=None)
@given(n=st.integers(1, 400), p=st.floats(0.0005, 0.9995))
def test_binomial_has_the_mean_and_variance_of_one(n, p):
    stay = np.full(DRAWS, np.log1p(-p))
    found = binomial(np.full(DRAWS, n), stay, KEYS, np.full(DRAWS, counters(3, 5)))
    mean, variance = n * p, n * p * (1 - p)
    assert abs(found.mean() - mean) < 5 * np.sqrt(variance / DRAWS) + 1e-9
    assert abs(found.var() - variance) < 8 * variance * np.sqrt(2 / DRAWS) + 0.02
    assert (found >= 0).all() and (found <= n).all()


@settings(max_examples=10, deadline=None)
@given(mean=st.floats(0.01, 60))
def test_poisson_has_the_mean_and_variance_of_one(mean):
    found = poisson(np.full(DRAWS, mean), KEYS, np.full(DRAWS, counters(1, 2)))
    assert abs(found.mean() - mean) < 5 * np.sqrt(mean / DRAWS)
    assert abs(found.var() / mean - 1) < 0.15


@settings(max_examples=12, deadline=None)
@given(n=st.integers(1, 30), p=st.floats(0.001, 0.4), more=st.floats(1.0, 1.2))
def test_a_larger_chance_never_gives_fewer_from_the_same_die(n, p, more):
    low, high = (np.full(1000, np.log1p(-chance)) for chance in (p, min(p * more, 0.45)))
    counts = [binomial(np.full(1000, n), stay, KEYS[:1000], np.full(1000, counters(0, 0))) for stay in (low, high)]
    assert (counts[1] >= counts[0]).all()


def test_uniforms_fill_the_line_evenly_over_draws_terms_cells_and_children():
    for counter in (counters(0, np.arange(DRAWS)), counters(0, 0, np.arange(DRAWS)), counters(4, 9)):
        found = np.sort(uniforms(KEYS, np.broadcast_to(counter, DRAWS)))
        gap = np.abs(found - (np.arange(DRAWS) + 0.5) / DRAWS).max()
        assert gap < 1.95 / np.sqrt(DRAWS)  # Kolmogorov-Smirnov at about one in a thousand


def test_streams_of_two_draws_are_not_alike():
    one, other = (uniforms(np.full(DRAWS, KEYS[d]), counters(0, np.arange(DRAWS))) for d in (0, 1))
    assert abs(np.corrcoef(one, other)[0, 1]) < 5 / np.sqrt(DRAWS)
