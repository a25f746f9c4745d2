"""Charts. Each takes cells and gives back a ChartBlock: picture, alternative text and table from the same data.

A title says the finding and stands as text above the picture. Lines and bars are named where they end; no legend.
"""

from highneeds.report.charts.bars import Bar, bar_chart
from highneeds.report.charts.chart_words import ChartWords
from highneeds.report.charts.fan import Band, fan_chart
from highneeds.report.charts.line import Limits, line_chart
from highneeds.report.charts.multiples import Panel, small_multiples
from highneeds.report.charts.series import Series
from highneeds.report.charts.waterfall import Step, waterfall_chart

__all__ = [
    "Band",
    "Bar",
    "ChartWords",
    "Limits",
    "Panel",
    "Series",
    "Step",
    "bar_chart",
    "fan_chart",
    "line_chart",
    "small_multiples",
    "waterfall_chart",
]
