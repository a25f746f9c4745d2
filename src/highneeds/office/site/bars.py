"""Bars beside the names of areas, so narrow that a telephone shows them: where each begins and how long it is."""

from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 100.0  # the width of the drawing, in its own units
THINNEST = 0.6  # a bar of nought still leaves a line


@dataclass(frozen=True)
class AreaBar:
    """kind: own, england, region, middle, neighbour or other; x and width of 100, None for an area without a figure."""

    id: str
    name: str
    kind: str
    text: str
    x: float | None
    width: float | None


@dataclass(frozen=True)
class BarFigure:
    """An area with its figure of one period: value as written, None where there is none."""

    id: str
    name: str
    kind: str
    value: str | None
    text: str


def bars(areas: Sequence[BarFigure]) -> list[AreaBar]:
    """Longest first; areas without a figure last, in the order given."""
    known = [float(one.value) for one in areas if one.value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    span = (high - low) or 1.0
    made = [_bar(one, low, span) for one in areas]
    order = {one.id: float(one.value) for one in areas if one.value is not None}
    return sorted(made, key=lambda bar: -order.get(bar.id, float("-inf")))


def _bar(one: BarFigure, low: float, span: float) -> AreaBar:
    if one.value is None:
        return AreaBar(one.id, one.name, one.kind, one.text, None, None)
    start, end = sorted((0.0, float(one.value)))
    width = max(WHOLE * (end - start) / span, THINNEST)
    return AreaBar(one.id, one.name, one.kind, one.text, round(WHOLE * (start - low) / span, 2), round(width, 2))
