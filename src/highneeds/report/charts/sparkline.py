"""A line the size of a word, drawn as a small SVG by plain code: thirty-three of them cost nothing."""

from highneeds.report.cells import Sparkline
from highneeds.report.charts.series import runs
from highneeds.report.charts.style import COLOURS, CONTEXT

WIDTH, HEIGHT, EDGE = 96, 20, 3


def spark_svg(line: Sparkline, words: str = "") -> str:
    """The line in its unbroken stretches, a dot at the last figure, the roll-over as an upright hair line.

    words   its text alternative; left out where the words stand beside it
    """
    values = [None if point is None else float(point) for point in line.points]
    body = "".join([_rollover(line), *(_stretch(values, run) for run in runs(values)), _last_dot(values)])
    label = f'role="img" aria-label="{_escaped(words)}"' if words else 'aria-hidden="true"'
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {label}>{body}</svg>'


def _at(values: list[float | None], place: int) -> tuple[str, str]:
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    value = values[place]
    share = ((value if value is not None else low) - low) / (high - low) if high > low else 0.5
    return f"{_across(place, len(values)):.1f}", f"{HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE):.1f}"


def _across(place: float, points: int) -> float:
    return EDGE + place * (WIDTH - 2 * EDGE) / max(1, points - 1)


def _stretch(values: list[float | None], run: list[int]) -> str:
    if len(run) == 1:
        x, y = _at(values, run[0])
        return f'<circle cx="{x}" cy="{y}" r="1.2" fill="{COLOURS[0]}"/>'
    points = " ".join(",".join(_at(values, place)) for place in run)
    return f'<polyline points="{points}" fill="none" stroke="{COLOURS[0]}" stroke-width="1.5"/>'


def _last_dot(values: list[float | None]) -> str:
    known = [place for place, value in enumerate(values) if value is not None]
    if not known:
        return ""
    x, y = _at(values, known[-1])
    return f'<circle cx="{x}" cy="{y}" r="2.2" fill="{COLOURS[0]}"/>'


def _rollover(line: Sparkline) -> str:
    if line.rollover is None:
        return ""
    x = _across(line.rollover - 0.5, len(line.points))
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{HEIGHT}" stroke="{CONTEXT}" stroke-dasharray="2 2"/>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
