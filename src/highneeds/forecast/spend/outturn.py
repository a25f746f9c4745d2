"""The published outturn of lines 1.2 as it was known at one January, beside the plans that it paid for.

At January Y the outturn of the financial year that ended in March Y - 1 is the newest, and the census of January Y is
known. A year's plans are those of its middle, 1 October, which lies 0.7 of the way from one census to the next.
"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import polars as pl

from highneeds.forecast.published.panel import Array, PublishedPanel, predecessors
from highneeds.intake.published import Published
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

OUTTURN = "s251_outturn_high_needs_total"
NET_GBP = "high_needs_1_2_net_gbp"
LATE = 2
"""A financial year is known at the second January after the one in which it began: published in December."""

LATER_CENSUS = 0.7
"""1 October lies 256 of 365 days after the third Thursday of January."""

BREAK_AT_LEAST = 0.3
BREAK_IN_SPREADS = 4.0
"""A step beside England's of more than a third, and of four times the usual spread, is a change of the return: such as
an outturn that halves. 1 or 2 of some 900 steps of the pack are as large."""


@dataclass(frozen=True)
class OutturnBreak:
    """A step in a council's outturn that is a change in the return, not growth; `year` is the first after it."""

    la_number: str
    year: FinancialYear
    before_gbp: float
    after_gbp: float


class BorrowedFrom(StrEnum):
    """Where the newest outturn of a council that has not published it comes from."""

    OWN_OLDER = "own_older"
    PREDECESSOR = "predecessor"
    ENGLAND = "england"


@dataclass(frozen=True)
class OutturnPanel:
    """Outturn and plans as known at a January. Missing is NaN, never zero.

    panel      the published plans, whose councils are the rows
    first      the financial year of column 0 (its first calendar year); the last column is the newest outturn known
    spend      (councils, years)   log pounds as published; nought or less counts as missing, since it has no growth
    base       (councils,)         log pounds of the newest year: published, or worked out (see `borrowed`)
    borrowed   la_number -> where a base that was not published comes from
    plans      (councils, years)   log plans in the middle of the financial year, with a young council's history
    step       (years - 1,)        log growth of spending of the councils that have both years
    broken     (councils, years - 1) steps that are changes of the return
    """

    panel: PublishedPanel
    first: int
    spend: Array
    base: Array
    borrowed: dict[str, BorrowedFrom]
    plans: Array
    step: Array
    broken: npt.NDArray[np.bool_] = field(repr=False)
    breaks: tuple[OutturnBreak, ...] = ()

    @property
    def january(self) -> int:
        return self.panel.january

    @property
    def councils(self) -> tuple[str, ...]:
        return self.panel.councils

    @property
    def years(self) -> int:
        """How many financial years there are."""
        return int(self.spend.shape[1])

    @property
    def newest(self) -> FinancialYear:
        """The newest financial year whose outturn is known."""
        return FinancialYear(self.first + self.years - 1)

    @property
    def plan_step(self) -> Array:
        """(years - 1,) log growth of England's plans from the middle of one financial year to the next."""
        return np.diff(middle_of_year(self.panel.england, self.panel.first, self.first, self.years))

    def crosses_break(self, column: int, later: int) -> npt.NDArray[np.bool_]:
        """(councils,) whether a break lies between two financial years."""
        return np.asarray(self.broken[:, column:later].any(axis=1))


def outturn_at(published: Published, panel: PublishedPanel) -> OutturnPanel:
    """Everything known of outturn at the panel's January, and nothing dated later."""
    rows = _rows(published, panel.january)
    first = int(rows["start"].to_numpy().min()) if len(rows) else panel.january
    years = min(panel.january - LATE, int(rows["start"].to_numpy().max())) - first + 1 if len(rows) else 0
    if years < 1:
        raise InputError(
            f"No outturn of lines 1.2 was known in January {panel.january}",
            where=OUTTURN,
            remedy=f"Choose origins from {first + LATE}" if len(rows) else "Add the published outturn",
        )
    spend = _grid(rows, panel.councils, first, years)
    plans = np.stack([middle_of_year(level, panel.first, first, years) for level in panel.level])
    broken = _broken(spend, plans)
    step = _step(spend, broken)
    known = published.known_at(panel.january)
    base, borrowed = _base(spend, plans, step, panel, predecessors(known.table("la_lookup")))
    return OutturnPanel(
        panel, first, spend, base, borrowed, plans, step, broken, tuple(_breaks(spend, broken, panel, first))
    )


def first_origin(published: Published) -> int | None:
    """The first January at which an outturn was known; None where none is published."""
    if not published.has(OUTTURN):
        return None
    rows = published.table(OUTTURN).filter(pl.col(NET_GBP) > 0)
    starts = [FinancialYear.parse(year).start for year in rows["fin_year"].unique()]
    return min(starts) + LATE if starts else None


def middle_of_year(level: Array, first: int, year: int, years: int) -> Array:
    """(years,) log plans in the middle of financial years from `year` on; level (Januaries,) log plans from `first`.

    A year before the first census is missing, and so is one whose later census is not there.
    """
    found = np.full(years, np.nan)
    for place in range(years):
        at = year + place - first
        if 0 <= at < len(level) - 1:
            found[place] = np.log((1 - LATER_CENSUS) * np.exp(level[at]) + LATER_CENSUS * np.exp(level[at + 1]))
    return found


def _rows(published: Published, january: int) -> pl.DataFrame:
    if not published.has(OUTTURN):
        return pl.DataFrame(schema={"la_number": pl.String, "start": pl.Int64, NET_GBP: pl.Float64})
    rows = published.known_at(january).table(OUTTURN).filter(pl.col(NET_GBP) > 0)
    starts = [FinancialYear.parse(year).start for year in rows["fin_year"]]
    return rows.with_columns(pl.Series("start", starts, dtype=pl.Int64))


def _grid(rows: pl.DataFrame, councils: tuple[str, ...], first: int, years: int) -> Array:
    """(councils, years) log pounds."""
    place = {council: row for row, council in enumerate(councils)}
    found = np.full((len(councils), years), np.nan)
    for council, start, gbp in rows.select("la_number", "start", NET_GBP).iter_rows():
        if council in place and 0 <= start - first < years:
            found[place[council], start - first] = np.log(gbp)
    return found


def _step(spend: Array, broken: npt.NDArray[np.bool_]) -> Array:
    """(years - 1,) log growth of the sum of the councils that have both years, and no break between them."""
    both = np.isfinite(spend[:, 1:]) & np.isfinite(spend[:, :-1]) & ~broken
    after = np.where(both, np.exp(spend[:, 1:]), 0.0).sum(axis=0)
    before = np.where(both, np.exp(spend[:, :-1]), 0.0).sum(axis=0)
    return np.asarray(np.log(np.where(after > 0, after, 1.0) / np.where(before > 0, before, 1.0)))


def _broken(spend: Array, plans: Array) -> npt.NDArray[np.bool_]:
    """(councils, years - 1) steps that no council makes."""
    step = np.diff(spend, axis=1)
    if not np.isfinite(step).any():
        return np.zeros(step.shape, dtype=bool)
    middle = np.array([np.median(one[np.isfinite(one)]) if np.isfinite(one).any() else 0.0 for one in step.T])
    away = np.abs(step - middle)
    spread = 1.4826 * float(np.median(away[np.isfinite(away)]))
    chance = np.sqrt(1 + 1000 / np.exp(np.nan_to_num(plans[:, :-1], nan=20.0)))
    return np.asarray(np.nan_to_num(away) > np.maximum(BREAK_AT_LEAST, BREAK_IN_SPREADS * spread * chance))


def _breaks(spend: Array, broken: npt.NDArray[np.bool_], panel: PublishedPanel, first: int) -> list[OutturnBreak]:
    return [
        OutturnBreak(
            panel.councils[row],
            FinancialYear(first + int(year) + 1),
            float(np.exp(spend[row, year])),
            float(np.exp(spend[row, year + 1])),
        )
        for row, year in np.argwhere(broken)
    ]


def _base(
    spend: Array, plans: Array, step: Array, panel: PublishedPanel, parents: dict[str, list[str]]
) -> tuple[Array, dict[str, BorrowedFrom]]:
    """(councils,) log pounds of the newest year, and where one that was not published comes from.

    The council's own older figure carried on by England's growth; else its predecessors', by plans; else England's
    spending per plan times its plans.
    """
    carried, whose = spend[:, -1].copy(), dict[str, BorrowedFrom]()
    for row, council in enumerate(panel.councils):
        if np.isfinite(carried[row]):
            continue
        older = np.flatnonzero(np.isfinite(spend[row]))
        if older.size:
            carried[row] = spend[row, older[-1]] + step[older[-1] :].sum()
            whose[council] = BorrowedFrom.OWN_OLDER
        elif (shared := _shared(row, spend, step, panel, parents)) is not None:
            carried[row], whose[council] = shared, BorrowedFrom.PREDECESSOR
    known = np.isfinite(carried) & np.isfinite(plans[:, -1])
    if known.any():
        per_plan = np.log(np.exp(carried[known]).sum() / np.exp(plans[known, -1]).sum())
        for row in map(int, np.flatnonzero(~np.isfinite(carried) & np.isfinite(panel.opening))):
            own = plans[row, -1] if np.isfinite(plans[row, -1]) else np.log(panel.opening[row])
            carried[row] = per_plan + own
            whose[panel.councils[row]] = BorrowedFrom.ENGLAND
    return carried, whose


def _shared(row: int, spend: Array, step: Array, panel: PublishedPanel, parents: dict[str, list[str]]) -> float | None:
    """A young council's part of its predecessors' newest outturn: its share of the plans of all their successors."""
    mine = parents.get(panel.councils[row], [])
    rows = [panel.councils.index(one) for one in mine if one in panel.councils]
    both = [one for one in rows if np.isfinite(spend[one]).any()]
    heirs = [place for place, one in enumerate(panel.councils) if set(parents.get(one, ())) & set(mine)]
    plans = np.nansum(panel.opening[heirs])
    if not both or len(both) < len(mine) or not np.isfinite(panel.opening[row]) or plans <= 0:
        return None
    total = 0.0
    for parent in both:
        last = int(np.flatnonzero(np.isfinite(spend[parent]))[-1])
        total += float(np.exp(spend[parent, last] + step[last:].sum()))
    return float(np.log(total * panel.opening[row] / plans))
