"""How fast earnings were rising, as was known at a January: September to November of the year before, on the year."""

from functools import cache
from pathlib import Path

from highneeds.vocabulary.shipped import parse_shipped

FILE = Path(__file__).parent / "earnings.yaml"


def earnings_growth_at(january: int) -> float | None:
    """The newest rise known at a January, as a share; None where the file begins later."""
    known = [year for year in _rises() if year < january]
    return _rises()[max(known)] if known else None


@cache
def _rises() -> dict[int, float]:
    return {year: percent / 100 for year, percent in parse_shipped(FILE.read_text(encoding="utf-8")).items()}
