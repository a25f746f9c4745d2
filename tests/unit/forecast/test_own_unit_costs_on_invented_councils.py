"""What own unit costs are worth is measured on invented councils, and the methods paper says what was measured."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
from own_unit_costs import errors


@pytest.fixture(scope="module")
def found():
    return errors(100)


@pytest.mark.parametrize(("name", "at_most"), [("independent place", 0.8), ("saving of a move", 0.7)])
def test_own_unit_costs_bring_prices_and_savings_nearer(found, name, at_most):
    without, own = found[name]
    assert (own < without).all()
    assert own.mean() < at_most * without.mean()


def test_the_total_stays_as_good_since_a_residual_keeps_it_on_outturn(found):
    without, own = found["total"]
    assert own == pytest.approx(without, abs=0.3)
