"""A published comparison over its periods: ours beside the areas that a reader chose. Plain code, drawn when asked."""

from collections.abc import Sequence

from highneeds.report.charts.narrow import NarrowLine, narrow_lines
from highneeds.report.charts.scale import scale_for
from highneeds.report.charts.style import COLOURS, DASHES
from highneeds.report.results import ComparedArea, PublishedComparison
from highneeds.vocabulary.unit import Unit

DRAWN = ("own", "england", "region", "middle")
"""As many lines as can be told apart; each of ten neighbours stands in the table."""


def drawn_over_time(one: PublishedComparison, areas: Sequence[ComparedArea]) -> str:
    """An area without any figure has no line, and the others keep their colours."""
    lines = [
        NarrowLine(
            [None if value is None else float(value) for value in area.values],
            f"{area.name} {area.texts[-1]}",
            COLOURS[DRAWN.index(area.kind)],
            DASHES[DRAWN.index(area.kind)],
            bold=area.kind == "own",
        )
        for area in areas
        if area.kind in DRAWN and any(value is not None for value in area.values)
    ]
    known = [value for line in lines for value in line.values if value is not None]
    return narrow_lines(periods=one.periods, lines=lines, scale=scale_for(known), unit=Unit(one.unit))


def over_time_in_words(one: PublishedComparison, areas: Sequence[ComparedArea]) -> str:
    """The same for whoever does not see it."""
    parts = (
        f"{area.name}: {area.texts[0]} in {one.periods[0]}, {area.texts[-1]} in {one.periods[-1]}"
        for area in areas
        if area.kind in DRAWN
    )
    return f"Line chart. {'; '.join(parts)}."
