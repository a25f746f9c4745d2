"""A published path goes through the council's own count of a later month; a count of something else is not used."""

import numpy as np
import pytest

from highneeds.forecast.learning.own_stock import bent, through_own_stock, years_from
from highneeds.forecast.learning.projection import Projection
from highneeds.forecast.state import AGE_BANDS, SETTINGS
from highneeds.forecast.summary import OwnStock
from highneeds.intake.published import open_pack
from highneeds.vocabulary.period import Month

TOTALS = np.array([[110.0, 121.0], [90.0, 81.0]])


def projection(totals=TOTALS):
    mean = totals.mean(axis=0)
    bands = np.outer(mean, np.full(len(AGE_BANDS), 1 / len(AGE_BANDS)))
    settings = np.outer(mean, np.full(len(SETTINGS), 1 / len(SETTINGS)))
    return Projection(totals, bands, settings, "by hand")


@pytest.mark.parametrize(("month", "years"), [("2024-01", 0.0), ("2024-07", 0.5), ("2025-01", 1.0), ("2025-04", 1.25)])
def test_months_are_parts_of_years_from_the_january_of_the_origin(month, years):
    assert years_from(2024, Month.parse(month)) == years


def test_every_draw_goes_through_the_count_and_keeps_its_growth_after_it():
    found = bent(projection(), 100.0, 1.0, 120.0)
    assert found.totals[:, 0] == pytest.approx([120.0, 120.0])
    assert found.totals[:, 1] == pytest.approx([120.0 * 1.1, 120.0 * 0.9])
    found.check()


def test_between_two_januaries_the_gap_grows_evenly():
    """100 -> 110 -> 121 stands at 115.37 in July of the second year; ten per cent above it is 126.90."""
    found = bent(projection(TOTALS[:1]), 100.0, 1.5, 100.0 * 1.1**1.5 * 1.1)
    assert found.totals[0] == pytest.approx([110.0 * 1.1 ** (1 / 1.5), 121.0 * 1.1])


def method(known, la_number, origin, years, draws, seed):
    return projection(np.array([[20000.0, 21000.0]]))


@pytest.mark.parametrize(
    ("month", "plans", "code"),
    [
        ("2024-01", 19500.0, None),  # the origin's own January stays as published
        ("2024-02", 19500.0, "stock.own"),
        ("2026-01", 21500.0, "stock.own"),
        ("2026-02", 21000.0, None),  # beyond the path
        ("2025-01", 25000.0, "stock.own"),  # a quarter above, the last allowed
        ("2025-01", 25001.0, "stock.too_far"),
        ("2025-01", 16000.1, "stock.own"),
        ("2025-01", 15999.0, "stock.too_far"),
    ],
)
def test_which_counts_are_used(month, plans, code):
    through, said = through_own_stock(method, OwnStock(month, plans, "REPORT line 7"))
    found = through(open_pack(), "886", 2024, 2, 1, 1)
    assert [note.code for note in said] == ([code] if code else [])
    assert (found.totals.tolist() != [[20000.0, 21000.0]]) == (code == "stock.own")


def test_without_a_count_the_method_is_the_method():
    through, said = through_own_stock(method, None)
    assert through is method and said == []
