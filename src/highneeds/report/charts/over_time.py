"""A published comparison over its periods: ours beside the areas that a reader chose. Plain code, drawn when asked."""

from collections.abc import Sequence

from highneeds.report.charts.narrow import NarrowLine, narrow_lines
from highneeds.report.charts.scale import said_break, scale_for
from highneeds.report.charts.style import COLOURS, DASHES
from highneeds.report.pages.results.comparisons import ComparedArea, PublishedComparison
from highneeds.vocabulary.unit import Unit

DRAWN = ("own", "england", "region", "middle")
"""Kinds of areas that always have the same colour."""
MOST_LINES = 4
"""As many lines as can be told apart; what is chosen beyond them stands in the table."""


def drawn_over_time(one: PublishedComparison, areas: Sequence[ComparedArea]) -> str:
    """The first four of the areas. One without any figure has no line, and the others keep their colours."""
    drawn = areas[:MOST_LINES]
    colours = _colours(drawn)
    lines = [
        NarrowLine(
            [None if value is None else float(value) for value in area.values],
            f"{area.name} {area.texts[-1]}",
            COLOURS[colours[area.id]],
            DASHES[colours[area.id]],
            bold=area.kind == "own",
        )
        for area in drawn
        if any(value is not None for value in area.values)
    ]
    return narrow_lines(periods=one.periods, lines=lines, scale=scale_for(_drawn(drawn)), unit=Unit(one.unit))


def _drawn(areas: Sequence[ComparedArea]) -> list[float]:
    return [float(value) for area in areas for value in area.values if value is not None]


def break_over_time(one: PublishedComparison, areas: Sequence[ComparedArea]) -> str:
    """'The scale begins at 22.5%, not at 0'; '' where it holds nought or nothing is drawn."""
    known = _drawn(areas[:MOST_LINES])
    return said_break(scale_for(known), Unit(one.unit)) if known else ""


def _colours(areas: Sequence[ComparedArea]) -> dict[str, int]:
    """Area -> the place of its colour: its own where its kind has one, else the first that no other has."""
    own = {area.id: DRAWN.index(area.kind) for area in areas if area.kind in DRAWN}
    free = iter(place for place in range(MOST_LINES) if place not in own.values())
    return own | {area.id: next(free) for area in areas if area.id not in own}


def over_time_in_words(one: PublishedComparison, areas: Sequence[ComparedArea]) -> str:
    """The same for whoever does not see it."""
    parts = (
        f"{area.name}: {area.texts[0]} in {one.periods[0]}, {area.texts[-1]} in {one.periods[-1]}"
        for area in areas[:MOST_LINES]
    )
    return f"Line chart. {'; '.join(parts)}."
