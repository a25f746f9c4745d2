"""What a reported dashboard asks of the invented council, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from highneeds.vocabulary.period import Month

GROUPS = "SPMFNO"
GROUP_OF: Mapping[str, str] = {
    **dict.fromkeys(("SpMdA", "SpNm", "SpIn", "MsIn"), "S"),
    "SP16": "P",
    **dict.fromkeys(("MsMdA", "RP", "SENU"), "M"),
    **dict.fromkeys(("GFE", "6FC"), "F"),
    **dict.fromkeys(("UKN", "NIEO", "OTH"), "N"),
    **dict.fromkeys(("APRU", "NEET", "EYP", "EHE", "OLA", "OPA", "NIEC"), "O"),
}
# bands of curriculum years: below R, R-6, 7-11, 12-13, 14, 15 and above
BAND_EDGES = (0, 7, 12, 14, 15)
BANDS = len(BAND_EDGES) + 1
S, P, M, F, N, OTHER = range(6)


@dataclass(frozen=True)
class DashboardTargets:
    """values   (indicator id, month) -> the figure as reported. rollover_month: as the council counts its years."""

    values: Mapping[tuple[str, Month], float]
    rollover_month: int = 9

    def get(self, indicator: str, month: Month) -> float | None:
        return self.values.get((indicator, month))

    def count(self, indicator: str, month: Month) -> int | None:
        value = self.get(indicator, month)
        return None if value is None else round(value)

    def share(self, indicator: str, month: Month) -> float | None:
        value = self.get(indicator, month)
        return None if value is None else value / 100

    def plans(self, month: Month) -> float | None:
        """All plans, as the overdue count and its percentage imply them."""
        count, share = self.get("annual_reviews_overdue_count", month), self.share("annual_reviews_overdue_pct", month)
        return count / share if count and share else None

    def covers(self, month: Month) -> bool:
        return any(held == month for _, held in self.values)


def wanted_groups(dashboard: DashboardTargets, month: Month, now: np.ndarray) -> np.ndarray:
    """Plans by band and group that give the month's shares; `now` (bands, groups) has the same band totals.

    What the dashboard does not fix keeps today's proportions.
    """
    want = now.astype(float)
    size = now.sum(axis=1).astype(float)
    post16 = size[3:].sum()
    _fix_share(want, (1,), S, dashboard.share("specialist_share_yr_r_6", month), size)
    _fix_share(want, (2,), S, dashboard.share("specialist_share_yr_7_11", month), size)
    _fix_share(want, (3, 4), S, dashboard.share("specialist_share_yr_12_14_excl_spi", month), size)
    _fix_share(want, (3, 4), P, dashboard.share("spi_share_yr_12_14", month), size)
    special = dashboard.share("post16_special_independent_pct", month)
    if special is not None:
        rest = max(special * post16 - want[3:5, [S, P]].sum(), 0.0)
        _scale_cells(want, [(5, S), (5, P)], rest)
    _fix_share(want, (1, 2, 3), M, dashboard.share("mainstream_share_school_age", month), size)
    college = dashboard.share("post16_mainstream_fe_pct", month)
    if college is not None:
        rest = max(college * post16 - want[3, M], 0.0)
        _scale_cells(want, [(4, M), (5, M), (3, F), (4, F), (5, F)], rest)
    return _filled(want, size, dashboard.get("no_place_count", month))


def _fix_share(want: np.ndarray, bands: tuple[int, ...], group: int, share: float | None, size: np.ndarray) -> None:
    if share is not None:
        _scale_cells(want, [(band, group) for band in bands], share * size[list(bands)].sum())


def _scale_cells(want: np.ndarray, cells: list[tuple[int, int]], total: float) -> None:
    """The cells brought to a total in proportion to what they hold."""
    held = sum(want[cell] for cell in cells)
    for cell in cells:
        want[cell] = total * (want[cell] / held if held else 1 / len(cells))


def _filled(want: np.ndarray, size: np.ndarray, no_place: float | None) -> np.ndarray:
    """What each band has left goes to those without a place and the other settings; then whole numbers by band."""
    fixed = want[:, [S, P, M, F]].sum(axis=1)
    left = np.maximum(size - fixed, 0.0)
    held = want[:, N] + want[:, OTHER]
    part = np.where(held > 0, want[:, N] / np.where(held > 0, held, 1), 0.5)
    if no_place is not None and (left * part).sum() > 0:
        for _ in range(20):
            part = np.clip(part * no_place / max((left * part).sum(), 1e-9), 0.0, 1.0)
    want[:, N], want[:, OTHER] = left * part, left * (1 - part)
    rows = [_whole_row(row, total) for row, total in zip(want, size, strict=True)]
    return np.array(rows, dtype=np.int64)


def _whole_row(row: np.ndarray, total: float) -> np.ndarray:
    """A row as whole numbers that add up to its total; too much is taken from the largest, the others being rounded."""
    rounded_up = 0.5 if row.sum() > total + 1e-9 else 0.0
    floors = np.floor(np.maximum(row, 0.0) + rounded_up).astype(np.int64)
    order = np.argsort(-(row - floors), kind="stable")
    rest = int(total) - int(floors.sum())
    for step in range(abs(rest)):
        place = order[step % len(row)] if rest > 0 else int(np.argmax(floors))
        floors[place] += 1 if rest > 0 else -1
    return np.asarray(floors, dtype=np.int64)
