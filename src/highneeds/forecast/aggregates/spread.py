"""How sure the sum of an area's councils is: a shock that all of England shares, and the region's own beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from highneeds.forecast.aggregates.errors import AreaError
from highneeds.forecast.normal_curve import score_at
from highneeds.forecast.published.bands import USUAL_POWER, weighted_quantile

MEMORY = 0.7
"""Weight of an error beside one a year newer: the reform years of 2014 to 2016 must not be the band for ever."""

LEAN = 2.0
"""The usual spread weighs as two errors of this year; England has one error a year and horizon."""

POWER = USUAL_POWER
"""Errors of sums grow with the years ahead as those of councils do: those of England's outturn from 2020 to 2024 with
0.6 (root mean square 1.6, 2.3, 3.2%), of regions beside it with 0.6 (1.5, 2.5, 2.9%)."""

TYPICAL = 1.4826
"""Standard deviation over the median size of an error, of a normal law."""


@dataclass(frozen=True)
class Usual:
    """Spread one year ahead where errors are too few to tell, in logs: what all share, and a region's own."""

    shared: float
    own: float


PLANS = Usual(0.008, 0.012)
"""England's totals one year ahead were off by 0.0 to 1.7% from 2017 to 2024 (root mean square 0.8), regions beside it
by 0.8 to 1.7."""

SPEND = Usual(0.015, 0.015)
"""England's outturn one year ahead was off by 0.1 to 2.2% from 2020 to 2024 (root mean square 1.6), regions beside it
by 1.3 to 1.7."""


@dataclass(frozen=True)
class AreaSpread:
    """Standard deviations one year ahead, in logs; parts: of a part's share of its total, by cut."""

    shared: float
    own: float
    parts: Mapping[str, float] = field(default_factory=dict)

    def at(self, horizon: float, whole: bool, cut: str = "total") -> float:
        """The spread of England (`whole`) or of a region, so many years ahead, or of a part of it."""
        shared = self.shared * horizon**POWER
        own = 0.0 if whole else self.own * horizon**POWER
        return float(np.hypot(np.hypot(shared, own), self.parts.get(cut, 0.0) * horizon**POWER))

    def away(self, horizon: float, whole: bool, chance: float, cut: str = "total") -> float:
        """The factor on the mean that is not exceeded with a chance."""
        return float(np.exp(score_at(chance) * self.at(horizon, whole, cut)))


def part_spread(errors: Sequence[tuple[int, int, float]], january: int, usual: float = 0.05) -> float:
    """The spread of a part's share of its area one year ahead, from (January, horizon, error) known by a January."""
    known = [(at, h, error) for at, h, error in errors if at + h <= january]
    count = {key: sum((at, h) == key for at, h, _ in known) for key in {(at, h) for at, h, _ in known}}
    sizes = [(abs(e) / h**POWER, MEMORY ** (january - at - h) / count[at, h]) for at, h, e in known]
    return _typical(sizes, usual)


def area_spread(
    errors: Sequence[AreaError], january: int, usual: Usual, parts: Mapping[str, float] | None = None
) -> AreaSpread:
    """The spread as it was known at a January: from errors whose outcome was known by then."""
    known = [one for one in errors if one.january + one.horizon <= january]
    england = {(one.january, one.horizon): one.error for one in known if one.area.whole}
    shared = [(abs(error) / h**POWER, MEMORY ** (january - at - h)) for (at, h), error in england.items()]
    own = []
    for one in known:
        key = one.january, one.horizon
        if not one.area.whole and key in england:
            regions = sum((other.january, other.horizon) == key for other in known) - 1
            size = abs(one.error - england[key]) / one.horizon**POWER
            own.append((size, MEMORY ** (january - one.january - one.horizon) / regions))
    return AreaSpread(_typical(shared, usual.shared), _typical(own, usual.own), parts or {})


def _typical(sizes: list[tuple[float, float]], usual: float) -> float:
    """From the weighted median of sizes, leaning on the usual."""
    values = np.array([*(size for size, _ in sizes), usual / TYPICAL])
    weights = np.array([*(weight for _, weight in sizes), LEAN])
    return TYPICAL * float(weighted_quantile(values, weights, np.array([0.5]))[0])
