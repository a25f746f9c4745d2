"""Prices: one line of the section 251 return at a time, what it is paid for, and how it rises."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np

from highneeds.forecast.costs.block_growth import BlockGrowth
from highneeds.forecast.state import AGES, NEEDS, Floats
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note


class PriceBasis(StrEnum):
    """What a line is paid for."""

    PLAN = "a plan and year"
    PLACE = "a funded place and year"
    YEAR = "a year"


@dataclass(frozen=True)
class PriceLine:
    """One budget line.

    name       short name of the section 251 line
    settings   the settings it serves; () for lines that serve children without a plan
    schools    named schools with a price of their own, before the settings'; () for none
    gbp        pounds per unit of `basis`, in prices of financial year `base_year` (its first calendar year)
    low, high  range of gbp
    inflation, inflation_low, inflation_high   share per year
    factors    multiplies the price from a financial year on: (first calendar year, factor)
    rises      changes the yearly rise from a financial year on: (first calendar year, share per year)
    caps       caps the yearly rise from a financial year on: (first calendar year, share per year)
    estimate   True where it is not the council's own figure
    in_dsg     False for what is shown beside the DSG, such as transport
    phases     phases of education it is paid for; () for all
    part_of    name of the budget line of which this is the council's own price in one phase; "" for a whole line
    sector     where it is one, its sector of education in words
    """

    name: str
    title: str
    settings: tuple[str, ...]
    basis: PriceBasis
    gbp: float
    low: float
    high: float
    base_year: int
    inflation: float
    inflation_low: float
    inflation_high: float
    source: str | Note
    schools: tuple[str, ...] = ()
    factors: tuple[tuple[int, float], ...] = ()
    rises: tuple[tuple[int, float], ...] = ()
    caps: tuple[tuple[int, float], ...] = ()
    estimate: bool = True
    in_dsg: bool = True
    phases: tuple[str, ...] = ()
    part_of: str = ""
    sector: str = ""

    @property
    def called(self) -> frozenset[str]:
        """The names it answers to: '1.2.3 special, primary' and '1.2.3 special'."""
        return frozenset(filter(None, (self.name, self.part_of)))

    @property
    def spread(self) -> float:
        """Standard deviation of the log of the price; a negative line (income) is as sure as its size."""
        low, high = sorted((abs(self.low), abs(self.high)))
        return float(np.log(high / low) / (2 * 1.645)) if low > 0 else 0.0

    @property
    def inflation_spread(self) -> float:
        return (self.inflation_high - self.inflation_low) / (2 * 1.645)

    def scaled(self, factor: float) -> "PriceLine":
        return replace(self, gbp=self.gbp * factor, low=self.low * factor, high=self.high * factor)


@dataclass(frozen=True)
class Grant:
    """The high needs block.

    known      pounds by financial year (its first calendar year)
    growth     how it grows after the last known one
    transfer   pounds moved in from other blocks, by financial year
    others     pounds from other bodies (health, social care) and from other councils, by financial year
    """

    known: Mapping[int, float]
    growth: BlockGrowth
    source: str | Note
    transfer: Mapping[int, float] = field(default_factory=dict)
    others: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Prices:
    """Everything known of money.

    grant      None where no allocation is known: then there is no in-year position
    opening    accumulated deficit before the first whole financial year, in pounds, a deficit positive; None: unknown
    need_weight   price of a need beside the ordinary price of its setting
    absent     settings without a price, and why
    free       share of plans of each setting that cost nothing, though still open
    started    (draws, years) what brings the years that the council knows something of to that; None where it does not
    learnt     what brings the lines to the spending that published outturn forecasts; None where no outturn does
    """

    lines: tuple[PriceLine, ...]
    grant: Grant | None = None
    opening: float | None = None
    need_weight: Mapping[str, float] = field(default_factory=dict)
    absent: Mapping[str, Note] = field(default_factory=dict)
    free: Mapping[str, float] = field(default_factory=dict)
    learnt: Any = None
    started: Floats | None = None

    def weight(self, assumptions: Any) -> Floats:
        """(ages, needs, provisions) price of a plan beside the ordinary price of its provision."""
        needs = np.array([self.need_weight.get(need, 1.0) for need in NEEDS])
        paid = np.array([1.0 - self.free.get(one.setting, 0.0) for one in assumptions.provisions])
        return np.ascontiguousarray(np.broadcast_to(needs[None, :, None] * paid, (AGES, len(NEEDS), len(paid))))

    def changed(self, names: tuple[str, ...], change: Any) -> "Prices":
        """The same prices with some lines changed. A name that is no line is refused.

        The name of a line stands for all that is paid on it: '1.2.3 special' and '1.2.3 special, primary'.
        """
        known = frozenset[str]().union(*(line.called for line in self.lines))
        wrong = [name for name in names if name not in known]
        if wrong:
            raise InputError(
                f"There is no budget line called '{wrong[0]}'", remedy=f"Use one of {', '.join(sorted(known))}"
            )
        return replace(self, lines=tuple(change(one) if one.called & set(names) else one for one in self.lines))
