"""How good the forecast would have been: the same method at every origin, beside the plain rules, on the same rows.

>>> tested = backtest(open_pack(), origins=range(2017, 2025), horizons=(1, 2, 3))
>>> tested.table()        # one row per council, origin and horizon, as the contract has it
>>> scorecard(tested)     # error, bias, coverage and width, beside the rules
"""

from highneeds.forecast.backtest.run import COLUMNS, BackTest, backtest
from highneeds.forecast.backtest.scorecard import Score, scorecard, scorecard_table

__all__ = ["COLUMNS", "BackTest", "Score", "backtest", "scorecard", "scorecard_table"]
