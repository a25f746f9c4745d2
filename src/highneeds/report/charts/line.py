"""Lines over time. A period without a figure is a gap in the line, never a nought and never joined over."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import ChartBlock
from highneeds.report.cells import Cell
from highneeds.report.charts.chart_words import ChartWords
from highneeds.report.charts.frame import ChartFrame, EndLabel, room_for
from highneeds.report.charts.narrow import NarrowLine, narrow_lines
from highneeds.report.charts.scale import labels_of, scale_for, with_break
from highneeds.report.charts.series import Series, as_number, in_words, runs, series_table
from highneeds.report.charts.spec import ChartLayer, layer, name
from highneeds.report.charts.style import COLOURS, CONTEXT, DARK, DASHES, LABELS, SECONDARY, SHAPES
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit

MOST_COLOURED = 4


@dataclass(frozen=True)
class Limits:
    """The limits of a process-control chart, and the positions of the points that signal.

    A limit in words ('none possible') is not drawn. first: the position from which they hold.
    """

    mean: Cell
    low: Cell
    high: Cell
    signals: tuple[int, ...] = ()
    first: int = 0


@dataclass(frozen=True)
class Look:
    """How one line is drawn; told apart by shape and dash as well as by colour."""

    colour: str
    dash: list[int]
    shape: str
    label: str


def line_chart(
    about: ChartWords,
    *,
    periods: Sequence[Month | str],
    series: Sequence[Series],
    unit: Unit,
    rollover: int | None = None,
    limits: Limits | None = None,
    zero: bool = False,
    height: int = 230,
) -> ChartBlock:
    """Up to four lines (grey context and dashed plans not counted).

    rollover   position of the first period of the roll-over of school years
    limits     mean and limits of a process-control chart, for one line
    """
    frame, names = _frame(periods, series, unit, limits, zero, height), labels_of(periods)
    layers = _limit_layers(frame, limits) if limits else []
    layers += frame.upright_rule(rollover - 0.5, "Roll-over of school years") if rollover else []
    looks = looks_of(series)
    for line, look in zip(series, looks, strict=True):
        layers += line_layers(frame, line, look)
    layers += _signal_layers(frame, series[0], limits) if limits else []
    layers += frame.end_labels(_labels(series, looks, limits, len(periods)))
    words = about.alt_text or " ".join(
        ["Line chart.", *(in_words(line, names) for line in series), *_limit_words(limits)]
    )
    period_name = about.period_name or "Month"
    table = series_table(
        about.id, about.title, period_name, names, [*series, *_limit_series(limits, len(periods))], about.source
    )
    narrow = narrow_lines(
        periods=names,
        lines=narrow_of(series, looks, names),
        scale=frame.scale,
        unit=unit,
        rules=[(value, words) for words, cell in _limit_names(limits) if (value := as_number(cell)) is not None],
        rollover=rollover,
    )
    under = with_break(about.source, frame.scale, unit)
    return ChartBlock(about.id, about.title, words, frame.picture(layers), table, under, narrow)


def narrow_of(series: Sequence[Series], looks: Sequence[Look], periods: Sequence[str]) -> list[NarrowLine]:
    """The lines for a narrow drawing. One line alone is named by the chart's title, so its key is its latest figure."""
    found = []
    for line, look in zip(series, looks, strict=True):
        alone = len(series) == 1 and line.last is not None
        words = f"{line.cells[line.last].text} in {periods[line.last]}" if alone and line.last is not None else ""
        found.append(
            NarrowLine(line.values, words or _label_words(line, len(series)), look.colour, look.dash, not line.context)
        )
    return found


def looks_of(series: Sequence[Series]) -> list[Look]:
    """Colours in the house's order; grey for context, dark and dashed for plans."""
    coloured = [line for line in series if not line.context and not line.dashed]
    if len(coloured) > MOST_COLOURED:
        raise ValueError(f"{len(coloured)} lines are too many for one chart: use small_multiples or bar_chart")
    looks = []
    for line in series:
        if line.dashed:
            looks.append(Look(DARK, [6, 4], "diamond", DARK))
        elif line.context:
            looks.append(Look(CONTEXT, [1, 0], "circle", SECONDARY))
        else:
            place = coloured.index(line)
            looks.append(Look(COLOURS[place], DASHES[0], SHAPES[place], LABELS[place]))
    return looks


def line_layers(frame: ChartFrame, line: Series, look: Look) -> list[ChartLayer]:
    """The line in its unbroken stretches, and a mark at every figure."""
    values = line.values
    rows = [{"x": place, "y": values[place], "run": order} for order, run in enumerate(runs(values)) for place in run]
    thick = {"strokeWidth": 1.5 if line.context else 2.5, "strokeDash": look.dash}
    stroke = layer("line", rows, frame.both | {"detail": name("run")}, color=look.colour, **thick)
    mark = {"color": look.colour, "fill": look.colour, "shape": look.shape, "size": 26, "opacity": 1}
    return [stroke] if line.context else [stroke, layer("point", rows, frame.both, **mark)]


def _frame(
    periods: Sequence[Month | str], series: Sequence[Series], unit: Unit, limits: Limits | None, zero: bool, height: int
) -> ChartFrame:
    values = [value for line in series for value in line.values if value is not None]
    values += [value for cell in _limit_cells(limits) if (value := as_number(cell)) is not None]
    if not values:
        raise ValueError("A line chart needs at least one figure")
    labels = [_label_words(line, len(series)) for line in series] + [words for words, _ in _limit_names(limits)]
    top = 24
    return ChartFrame(tuple(periods), scale_for(values, zero=zero), unit, height, room_for(labels), top)


def _label_words(line: Series, lines: int) -> str:
    """Name and latest figure; the figure alone where the title names the only line."""
    if line.last is None:
        return line.name
    figure = line.cells[line.last].text
    return figure if lines == 1 else f"{line.name} {figure}"


def _labels(series: Sequence[Series], looks: Sequence[Look], limits: Limits | None, periods: int) -> list[EndLabel]:
    labels = [
        EndLabel(line.last, value, _label_words(line, len(series)), look.label, not line.context)
        for line, look in zip(series, looks, strict=True)
        if line.last is not None and (value := line.values[line.last]) is not None
    ]
    return labels + [
        EndLabel(periods - 1, value, words, SECONDARY, False)
        for words, cell in _limit_names(limits)
        if (value := as_number(cell)) is not None
    ]


def _limit_cells(limits: Limits | None) -> list[Cell]:
    return [limits.mean, limits.low, limits.high] if limits else []


def _limit_names(limits: Limits | None) -> list[tuple[str, Cell]]:
    if not limits:
        return []
    named = (("Upper limit", limits.high), ("Mean", limits.mean), ("Lower limit", limits.low))
    return [(f"{name} {cell.text}", cell) for name, cell in named]


def _limit_series(limits: Limits | None, periods: int) -> list[Series]:
    if not limits:
        return []
    named = (("Lower limit", limits.low), ("Mean", limits.mean), ("Upper limit", limits.high))
    before = (Cell.not_applicable("Limits are drawn for the latest school year"),) * limits.first
    return [Series(name, before + (cell,) * (periods - limits.first)) for name, cell in named]


def _limit_words(limits: Limits | None) -> list[str]:
    if not limits:
        return []
    signals = (
        f"{len(limits.signals)} of the points signal a change." if limits.signals else "No point signals a change."
    )
    return [f"Process limits {limits.low.text} to {limits.high.text} around a mean of {limits.mean.text}. {signals}"]


def _limit_layers(frame: ChartFrame, limits: Limits) -> list[ChartLayer]:
    dashes = ((limits.mean, [1, 0]), (limits.low, [4, 3]), (limits.high, [4, 3]))
    last = len(frame.periods) - 1
    return [
        layer(
            "rule",
            [{"x": limits.first, "x2": last, "y": as_number(cell)}],
            frame.both | {"x2": {"field": "x2"}},
            color=CONTEXT,
            strokeDash=dash,
        )
        for cell, dash in dashes
        if as_number(cell) is not None
    ]


def _signal_layers(frame: ChartFrame, line: Series, limits: Limits | None) -> list[ChartLayer]:
    """A ring around each point that signals."""
    rows = [{"x": place, "y": line.values[place]} for place in (limits.signals if limits else ())]
    look = {"color": DARK, "filled": False, "size": 130, "strokeWidth": 1.5, "opacity": 1}
    return [layer("point", rows, frame.both, **look)] if rows else []
