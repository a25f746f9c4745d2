"""The frame of a chart: plot, margins, axes, and the marks that several charts share, as Altair layers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from highneeds.report.blocks import Picture
from highneeds.report.charts.scale import Scale, apart, period_ticks, tick_text
from highneeds.report.charts.style import (
    FONT,
    RULE,
    SECONDARY,
    SIZE,
    SMALL,
    TEXT,
    WIDTH,
    text_width,
)
from highneeds.vocabulary.unit import Unit


@dataclass(frozen=True)
class Frame:
    """A plot inside its margins. Positions across are 0, 1, 2... for the periods; heights are in the figures' unit."""

    periods: tuple[str, ...]
    scale: Scale
    unit: Unit
    height: int
    right: int
    top: int = 14

    @property
    def left(self) -> int:
        widest = max(text_width(tick_text(tick, self.unit, self.scale), SMALL) for tick in self.scale.ticks)
        return round(widest) + 14

    @property
    def width(self) -> int:
        return WIDTH - self.left - self.right

    @property
    def bottom(self) -> int:
        return 42 if any("|" in label for label in period_ticks(self.periods)) else 28

    def across(self) -> alt.X:
        """The axis of periods; every layer carries it, because a layer without one would take it from the others."""
        names = json.dumps(period_ticks(self.periods))
        axis = alt.Axis(
            title=None,
            values=list(range(len(self.periods))),
            labelExpr=f"split({names}[datum.value], '|')",
            domainColor=SECONDARY,
            tickColor=SECONDARY,
            tickSize=4,
            grid=False,
            labelFontSize=SMALL,
            labelColor=TEXT,
            labelOverlap=False,
            labelBound=False,
        )
        reach = alt.Scale(domain=[-0.4, len(self.periods) - 0.9], nice=False, zero=False)
        return alt.X("x:Q", axis=axis, scale=reach)

    def upright(self, field: str = "y") -> alt.Y:
        """The axis of figures, with hair lines at its ticks."""
        names = json.dumps([tick_text(tick, self.unit, self.scale) for tick in self.scale.ticks], ensure_ascii=False)
        ticks = json.dumps(list(self.scale.ticks))
        axis = alt.Axis(
            title=None,
            values=list(self.scale.ticks),
            labelExpr=f"{names}[indexof({ticks}, datum.value)]",
            domain=False,
            ticks=False,
            gridColor=RULE,
            labelFontSize=SMALL,
            labelColor=TEXT,
            labelPadding=8,
            labelOverlap=False,
        )
        reach = alt.Scale(domain=[self.scale.low, self.scale.high], nice=False, zero=False)
        return alt.Y(f"{field}:Q", axis=axis, scale=reach)

    def upright_rule(self, place: float, words: str) -> list[alt.Chart]:
        """A dotted upright line with its name at the top, such as the September roll-over."""
        at = data([{"x": place, "y": self.scale.high, "t": words}])
        rule = alt.Chart(at).mark_rule(color=SECONDARY, strokeDash=[2, 3]).encode(x=self.across())
        name = (
            alt.Chart(at)
            .mark_text(align="left", baseline="bottom", dx=4, dy=-3, font=FONT, fontSize=SMALL, color=SECONDARY)
            .encode(x=self.across(), y=self.upright(), text="t:N")
        )
        return [rule, name]

    def end_labels(self, labels: Sequence["EndLabel"]) -> list[alt.Chart]:
        """Names to the right of where the lines end, moved apart where they would touch."""
        after = [label for label in labels if not label.before]
        wanted = [self.scale.pixels(label.value, self.height) for label in after]
        placed = apart(wanted, SIZE + 3, self.height)
        heights = [self.scale.high - pixels / self.height * (self.scale.high - self.scale.low) for pixels in placed]
        layers = [self._words(label, height, 9, 0, "left") for label, height in zip(after, heights, strict=True)]
        return layers + [self._words(label, label.value, -6, -13, "right") for label in labels if label.before]

    def _words(self, label: "EndLabel", height: float, dx: int, dy: int, align: str) -> alt.Chart:
        at = alt.Chart(data([{"x": label.place, "y": height, "t": label.words}]))
        look = {"fontSize": SIZE if label.bold else SMALL, "fontWeight": "bold" if label.bold else "normal"}
        mark = at.mark_text(align=align, baseline="middle", dx=dx, dy=dy, font=FONT, color=label.colour, **look)
        return mark.encode(x=self.across(), y=self.upright(), text="t:N")

    def picture(self, layers: Sequence[alt.Chart]) -> Picture:
        return picture_of(
            layers,
            width=self.width,
            height=self.height,
            padding={"left": self.left, "right": self.right, "top": self.top, "bottom": self.bottom},
        )


@dataclass(frozen=True)
class EndLabel:
    """Words at the end of a line: where the line ends, and in which colour.

    before   stands above and to the left of the end, for a line that ends where another begins
    """

    place: float
    value: float
    words: str
    colour: str = TEXT
    bold: bool = True
    before: bool = False


def room_for(labels: Sequence[str]) -> int:
    """The right margin that end labels need."""
    return round(max((text_width(label) for label in labels), default=0)) + 16


def data(rows: Sequence[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=list(rows))


def picture_of(layers: Sequence[alt.Chart], *, width: int, height: int, padding: dict[str, int]) -> Picture:
    """Layers as a drawing of exactly that size, whatever fonts the machine has."""
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=height, padding=padding, autosize="none", background="white")
        .configure(font=FONT)
        .configure_view(stroke=None)
    )
    spec = json.dumps(chart.to_dict(), sort_keys=True, ensure_ascii=False)
    outer_width = width + padding["left"] + padding["right"]
    return Picture(spec, outer_width, height + padding["top"] + padding["bottom"])
