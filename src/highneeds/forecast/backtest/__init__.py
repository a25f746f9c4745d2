"""How good the forecast would have been: the same method at every origin, beside the plain rules, on the same rows.

>>> tested = backtest(open_pack(), origins=range(2017, 2025), horizons=(1, 2, 3))
>>> tested.table()        # one row per council, origin and horizon, as the contract has it
>>> scorecard(tested)     # error, bias, coverage and width, beside the rules
>>> backtest_spend(open_pack(), range(2020, 2025), (1, 2, 3))     # the same of money
"""

from highneeds.forecast.backtest.run import COLUMNS, BackTest, backtest
from highneeds.forecast.backtest.score import Score, scorecard_table
from highneeds.forecast.backtest.scorecard import scorecard
from highneeds.forecast.backtest.spend import SpendBackTest, backtest_spend, spend_by_origin, spend_scorecard

__all__ = [
    "COLUMNS",
    "BackTest",
    "Score",
    "SpendBackTest",
    "backtest",
    "backtest_spend",
    "scorecard",
    "scorecard_table",
    "spend_by_origin",
    "spend_scorecard",
]
