"""Python reads this when it starts, where this folder is named by PYTHONPATH: a forecast draws few futures."""

from highneeds import forecast

forecast.DRAWS = 20
