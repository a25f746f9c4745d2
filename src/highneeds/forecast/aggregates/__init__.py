"""Regions and England as forecasts of their own: the sum of their councils, with bands that know what all share.

Councils err together: what nobody foresaw of England's growth is in every one of them. So the band of a sum is not made
of the councils' bands, but of the errors that the same sums made at earlier Januaries.
"""

from highneeds.forecast.aggregates.areas import AREAS_OF_ALL, SummedArea, areas_of
from highneeds.forecast.aggregates.backtest import area_scorecard
from highneeds.forecast.aggregates.rows import area_rows, left_out
from highneeds.forecast.aggregates.spread import AreaSpread, area_spread

__all__ = [
    "AREAS_OF_ALL",
    "AreaSpread",
    "SummedArea",
    "area_rows",
    "area_scorecard",
    "area_spread",
    "areas_of",
    "left_out",
]
