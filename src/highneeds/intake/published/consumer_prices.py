"""How fast general prices were rising, as was known at a January: the Consumer Prices Index of the December before."""

from functools import cache
from pathlib import Path

from highneeds.intake.shipped import parse_shipped

FILE = Path(__file__).parent / "consumer_prices.yaml"


def consumer_prices_at(january: int) -> float | None:
    """Rise over the 12 months to the December before a January, as a share; None where it is not in the file."""
    return _rises().get(january - 1)


@cache
def _rises() -> dict[int, float]:
    return {year: percent / 100 for year, percent in parse_shipped(FILE.read_text(encoding="utf-8")).items()}
