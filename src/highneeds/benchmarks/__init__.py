"""How do others do? Published statistics of every council: the council beside England, its region and its neighbours.

`benchmark(open_pack(), ["886"])` gives the contract's table; one file per comparison.
"""

from highneeds.benchmarks.mechanism.compare import COLUMNS, benchmark, benchmark_of, comparisons

__all__ = ["COLUMNS", "benchmark", "benchmark_of", "comparisons"]
