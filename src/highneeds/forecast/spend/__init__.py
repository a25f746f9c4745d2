"""High needs spending of any council from published statistics alone, by a method that can be back-tested.

>>> published = open_pack()
>>> view = spend_outlook(published, 2024, horizons=(1, 2, 3))
>>> view.band(1, (0.1, 0.5, 0.9))        # (3, councils) pounds of 2023-24
"""

from highneeds.forecast.spend.lookback import SpendLook, look_back_at_spend
from highneeds.forecast.spend.outlook import SpendOutlook, spend_outlook, spend_outlook_from
from highneeds.forecast.spend.outturn import OutturnPanel, first_origin, outturn_at

__all__ = [
    "OutturnPanel",
    "SpendLook",
    "SpendOutlook",
    "first_origin",
    "look_back_at_spend",
    "outturn_at",
    "spend_outlook",
    "spend_outlook_from",
]
