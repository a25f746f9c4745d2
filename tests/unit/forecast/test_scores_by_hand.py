"""The scorecard with a pencil: errors, bands and shares of two or three rows."""

import numpy as np
import pytest

from highneeds.forecast.backtest.score import (
    ScoredRows,
    joined,
    level_of,
    mean_error,
    score_of,
    scorecard_table,
    usual_change,
)
from highneeds.forecast.published.bands import LEVELS


def rows(forecast, outcome, usual=(), origin=(), bands=None):
    size = len(forecast)
    usual, origin = usual or (1.0,) * size, origin or (2020,) * size
    return ScoredRows(*(np.array(one, dtype=float) for one in (origin, forecast, outcome, usual)), bands)


def test_one_line_of_the_scorecard():
    """Errors of 10 on 100, 30 on 200 and none on 50; the second series moved by 10 a year and the third hardly."""
    found = score_of("total", "trend", 2, rows((110, 170, 50), (100, 200, 50), (5, 10, 0.4)), 0.1)
    assert (found.cut, found.method, found.years_ahead, found.rows) == ("total", "trend", 2, 3)
    assert found.mape == pytest.approx(100 * (0.1 + 0.15 + 0) / 3)
    assert found.ratio == pytest.approx((0.25 / 3) / 0.1)
    assert found.wape == pytest.approx(100 * 40 / 350)
    assert found.mase == pytest.approx((10 / 5 + 30 / 10) / 2)
    assert found.bias == pytest.approx(100 * (330 / 350 - 1))
    assert found.crps is found.cover50 is found.worst80 is None


def test_a_series_that_moves_by_half_a_plan_a_year_has_a_mase_and_one_that_moves_less_has_none():
    assert score_of("total", "t", 1, rows((2,), (1,), (0.5,)), None).mase == 2
    still = score_of("total", "t", 1, rows((2,), (1,), (0.49,)), None)
    assert np.isnan(still.mase) and still.ratio is None
    assert score_of("total", "t", 1, rows((2,), (1,)), 0.0).ratio is None, "a rival without an error"


@pytest.mark.parametrize(
    ("cut", "outcome", "error"),
    [("total", 1, 1.0), ("spend", 1, 1.0), ("setting", 20, 0.05), ("setting", 19, None), ("total", 0.5, None)],
)
def test_the_mean_error_of_parts_leaves_those_of_fewer_than_twenty_plans(cut, outcome, error):
    found = mean_error(rows((outcome + 1,), (outcome,)), cut)
    assert found == pytest.approx(error) if error else np.isnan(found)


@pytest.mark.parametrize(("chance", "place"), [(0.005, 0), (0.1, 19), (0.5, 99), (0.9, 179), (0.995, 198)])
def test_the_place_of_a_chance(chance, place):
    assert level_of(chance) == place and LEVELS[place] == pytest.approx(chance)


def even(low, high):
    """A band that is spread evenly from low at chance 0 to high at chance 1."""
    return low + (high - low) * LEVELS[:, None]


@pytest.mark.parametrize(("cut", "width80"), [("total", 100 * (80 / 100 + 80 / 50) / 2), ("setting", 100 * 160 / 150)])
def test_how_sure(cut, width80):
    """Bands from 0 to 100: the middle half is 25 to 75. Outcomes: on its edge; outside it; outside nine in ten."""
    bands = np.repeat(even(0.0, 100.0), 2, axis=1)
    found = score_of(cut, "t", 1, rows((100, 50), (75, 90.0), origin=(2020, 2021), bands=bands), None)
    assert (found.cover50, found.cover80, found.cover95) == (50, 100, 100)
    assert found.worst80 == 100 and found.width80 == pytest.approx(width80)
    assert found.width50 == pytest.approx(width80 * 50 / 80) and found.width95 == pytest.approx(width80 * 95 / 80)
    beyond = score_of(cut, "t", 1, rows((100, 50), (75, 90.5), origin=(2020, 2021), bands=bands), None)
    assert (beyond.cover80, beyond.worst80) == (50, 0)
    low = score_of(cut, "t", 1, rows((100, 50), (25, 9.5), origin=(2020, 2021), bands=bands), None)
    assert (low.cover50, low.cover80, low.cover95, low.worst80) == (50, 50, 100, 0)


def test_the_crps_of_a_band_that_is_one_figure_is_the_error():
    """Twice the mean pinball loss is the plain error where every quantile is the same."""
    bands = np.full((len(LEVELS), 2), 60.0)
    found = score_of("total", "t", 1, rows((60, 60), (50, 80), bands=bands), None)
    assert found.crps == pytest.approx(100 * (10 + 20) / 2 / 65)


def test_the_usual_change_is_the_mean_of_those_that_are_known():
    series = np.array([[10, 12, 9, np.nan], [5, np.nan, 7, np.nan], [1, 2, 4, 4]])
    assert usual_change(series) == pytest.approx([2.5, 0, 1])


def test_rows_of_several_origins_are_joined_and_have_bands_where_all_have_them():
    one, two = rows((1,), (2,), (3,), (4,), even(0, 1)), rows((5,), (6,), (7,), (8,), even(1, 2))
    both = joined([one, None, two])
    assert [list(getattr(both, name)) for name in ("origin", "forecast", "outcome", "usual_change")] == [
        [4, 8], [1, 5], [2, 6], [3, 7],
    ]  # fmt: skip
    assert both.bands.shape == (len(LEVELS), 2)
    assert joined([one, rows((5,), (6,))]).bands is None and joined([None]) is None


def test_how_a_score_is_shown():
    line = score_of("total", "trend", 1, rows((111.111,), (100,), (7,)), 0.3)
    [shown] = scorecard_table([line]).records()
    assert (shown["mape"], shown["ratio"], shown["wape"], shown["mase"], shown["bias"]) == (
        11.11,
        0.37,
        11.11,
        1.59,
        11.1,
    )
    [unknown] = scorecard_table([score_of("total", "t", 1, rows((2,), (1,), (0.1,)), None)]).records()
    assert unknown["mase"] is None and unknown["rows"] == 1
