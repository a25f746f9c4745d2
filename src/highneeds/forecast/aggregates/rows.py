"""The rows of regions and England from the tables of their councils: means add up, bands are the area's own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from highneeds.forecast.aggregates.areas import SummedArea
from highneeds.forecast.aggregates.spread import AreaSpread
from highneeds.forecast.costs.block_growth import BlockGrowth
from highneeds.forecast.normal_curve import score_at
from highneeds.forecast.tables import QUANTILES
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

PLANS, COST, IN_YEAR, ACCUMULATED = "plans", "cost_gbp", "in_year_gbp", "accumulated_gbp"
SUMMED = (PLANS, COST, IN_YEAR, ACCUMULATED)
CUTS = ("total", "age_band", "setting")


@dataclass(frozen=True)
class AreaSpreads:
    """What the bands of a sum are made from.

    january   the origin of the plans; newest: the newest outturn, from which years of spending count
    block     how the high needs block grows after `newest_block`, the newest known; None where none is known
    """

    january: int
    newest: FinancialYear
    plans: AreaSpread
    spend: AreaSpread
    block: BlockGrowth | None = None
    newest_block: int = 0

    def of_block(self, year: str) -> float:
        """Standard deviation of the log of the block of a financial year: a decision on England that all share."""
        ahead = FinancialYear.parse(year).start - self.newest_block
        return 0.0 if self.block is None or ahead <= 0 else self.block.spread(ahead)


Key = tuple[str, str, str, str, str, str]


def area_rows(
    tables: Mapping[str, Table], areas: Sequence[SummedArea], spreads: AreaSpreads
) -> Iterator[tuple[object, ...]]:
    """(code, then the contract's columns) of every area that has councils among the tables.

    A figure is the sum of the councils that have it; `left_out` says where that is not all of them.
    """
    for area in areas:
        members = {number: table for number, table in tables.items() if number in area.councils}
        if members:
            yield from _rows_of(area, _summed(members.values()), spreads)


def _summed(tables: Iterable[Table]) -> dict[Key, float]:
    """Sums of means. A part that a council has nobody in counts as nought."""
    found: dict[Key, float] = {}
    for table in tables:
        for scenario, measure, cut, category, period, kind, mean, *_ in table.rows:
            if measure in SUMMED and cut in CUTS:
                key = (str(scenario), str(measure), str(cut), str(category), str(period), str(kind))
                found[key] = found.get(key, 0.0) + float(str(mean))
    return found


def left_out(tables: Mapping[str, Table], areas: Sequence[SummedArea]) -> tuple[Note, ...]:
    """Where a sum is not of all councils of its area: England's alone is said, since it holds every region's."""
    england = next(area for area in areas if area.whole)
    members = {number: table for number, table in tables.items() if number in england.councils}
    notes = []
    for measure in (PLANS, COST, IN_YEAR):
        without = [number for number, table in members.items() if measure not in {row[1] for row in table.rows}]
        if without:
            named = ", ".join(without)
            notes.append(
                Note.of(
                    "area.without", measure=measure, councils=named, of=len(members) - len(without), all=len(members)
                )
            )
    return tuple(notes)


def _rows_of(area: SummedArea, sums: Mapping[Key, float], spreads: AreaSpreads) -> Iterator[tuple[object, ...]]:
    for key, mean in sums.items():
        measure, cut, period = key[1], key[2], key[4]
        if measure == PLANS:
            quantiles = _times(mean, spreads.plans, int(period[:4]) - spreads.january, area, cut)
        elif measure == COST:
            quantiles = _times(mean, spreads.spend, _ahead(period, spreads), area)
        elif cut == "total":
            years = [period] if measure == IN_YEAR else _years_to(key, sums)
            away = [_away(key, one, sums, spreads, area) for one in years]
            quantiles = tuple(mean + sum(parts) for parts in zip(*away, strict=True))
        else:
            continue
        yield (area.code, *key, round(mean, 6), *(round(one, 6) for one in quantiles))


def _ahead(period: str, spreads: AreaSpreads) -> int:
    return FinancialYear.parse(period).start - spreads.newest.start


def _years_to(key: Key, sums: Mapping[Key, float]) -> list[str]:
    """Years whose in-year positions are in an accumulated one: what is over in one year stays in all after it."""
    known = [one[4] for one in sums if one[0] == key[0] and one[1] == IN_YEAR and one[2] == "total"]
    return [year for year in known if year <= key[4]]


def _away(key: Key, year: str, sums: Mapping[Key, float], spreads: AreaSpreads, area: SummedArea) -> list[float]:
    """(quantiles) pounds by which the position of a year lies beside its mean: its spending and its block."""
    cost, position = (sums.get((key[0], name, "total", "total", year, key[5]), 0.0) for name in (COST, IN_YEAR))
    spending = [one - cost for one in _times(cost, spreads.spend, _ahead(year, spreads), area)]
    block = [score_at(chance) * (cost - position) * spreads.of_block(year) for chance in QUANTILES]
    return [float(np.copysign(np.hypot(one, other), other or one)) for one, other in zip(spending, block, strict=True)]


def _times(mean: float, spread: AreaSpread, ahead: int, area: SummedArea, cut: str = "total") -> tuple[float, ...]:
    if ahead <= 0:
        return (mean,) * len(QUANTILES)
    return tuple(mean * spread.away(ahead, area.whole, chance, cut) for chance in QUANTILES)
