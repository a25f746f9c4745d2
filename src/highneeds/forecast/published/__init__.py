"""Totals, age bands and settings of any council from published statistics alone, by a method that can be back-tested.

>>> published = open_pack()
>>> found = paths(published, "886", origin=2024, years=10, draws=1000, seed=1)
>>> found.quantiles([0.1, 0.5, 0.9])          # (3, 10)
>>> found.by_age_band.sum(axis=1) == found.mean
"""

from highneeds.forecast.published.outlook import Outlook, latest_january, outlook, outlook_from
from highneeds.forecast.published.paths import PublishedPaths, paths, paths_from

__all__ = ["Outlook", "PublishedPaths", "latest_january", "outlook", "outlook_from", "paths", "paths_from"]
