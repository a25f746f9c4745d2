"""From printed titles to the indicators of a catalogue."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from highneeds.intake.dashboard.cells import DashboardCell
from highneeds.intake.dashboard.read import DashboardRow, ReadDashboard
from highneeds.intake.workspace.dashboard import DashboardIndicator

LEAST_LIKENESS = 0.9


def words_of(title: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", title.lower())


def likeness(one: str, other: str) -> float:
    """0 to 1, by words in their order."""
    return SequenceMatcher(None, words_of(one), words_of(other), autojunk=False).ratio()


def matched(
    dashboard: ReadDashboard, catalogue: Sequence[DashboardIndicator]
) -> tuple[dict[str, tuple[DashboardCell, ...]], tuple[DashboardRow, ...]]:
    """Cells by indicator id, and the rows that no title of the catalogue is like.

    Each title takes the indicator it is most like and that no other row has taken.
    """
    taken: dict[str, tuple[DashboardCell, ...]] = {}
    unknown = []
    for row in dashboard.rows:
        best = _most_like(row, [indicator for indicator in catalogue if indicator.id not in taken])
        if best is None:
            unknown.append(row)
        else:
            taken[best.id] = row.cells
    return taken, tuple(unknown)


def _most_like(row: DashboardRow, free: Iterable[DashboardIndicator]) -> DashboardIndicator | None:
    scored = [(likeness(row.title, indicator.title), indicator) for indicator in free]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= LEAST_LIKENESS else None
