"""The frame of a chart: plot, margins, axes, and the marks that several charts share, as layers."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.report.blocks import Picture
from highneeds.report.charts.scale import Scale, apart, period_ticks, tick_text
from highneeds.report.charts.spec import Channel, ChartLayer, layer, name, number, picture_of
from highneeds.report.charts.style import (
    RULE,
    SECONDARY,
    SIZE,
    SMALL,
    TEXT,
    WIDTH,
    text_width,
)
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit


@dataclass(frozen=True)
class ChartFrame:
    """A plot inside its margins. Positions across are 0, 1, 2... for the periods; heights are in the figures' unit."""

    periods: tuple[Month | str, ...]
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

    def across(self, field: str = "x") -> Channel:
        """The axis of periods; every layer carries it, because a layer without one would take it from the others."""
        ticks = {"values": list(range(len(self.periods))), "labels": period_ticks(self.periods), "color": SECONDARY}
        reach = {"domain": [-0.4, len(self.periods) - 0.9]}
        return number(field, axis=ticks, scale=reach)

    def upright(self, field: str = "y") -> Channel:
        """The axis of figures, with hair lines at its ticks."""
        labels = [tick_text(tick, self.unit, self.scale) for tick in self.scale.ticks]
        hairs = {"values": list(self.scale.ticks), "labels": labels, "color": RULE}
        reach = {"domain": [self.scale.low, self.scale.high]}
        return number(field, axis=hairs, scale=reach)

    @property
    def both(self) -> dict[str, Channel]:
        return {"x": self.across(), "y": self.upright()}

    def upright_rule(self, place: float, words: str) -> list[ChartLayer]:
        """A dotted upright line with its name at the top, such as the September roll-over."""
        at = [{"x": place, "y": self.scale.high, "t": words}]
        look = {"align": "left", "baseline": "bottom", "dx": 4, "dy": -3, "fontSize": SMALL}
        return [
            layer("rule", at, {"x": self.across()}, color=SECONDARY, strokeDash=[2, 3]),
            layer("text", at, self.both | {"text": name("t")}, color=SECONDARY, **look),
        ]

    def end_labels(self, labels: Sequence["EndLabel"]) -> list[ChartLayer]:
        """Names to the right of where the lines end, moved apart where they would touch."""
        after = [label for label in labels if not label.before]
        wanted = [self.scale.pixels(label.value, self.height) for label in after]
        placed = apart(wanted, SIZE + 3, self.height - 4)  # clear of the names of the periods
        heights = [self.scale.high - at / self.height * (self.scale.high - self.scale.low) for at in placed]
        layers = [self._words(label, height, 9, 0, "left") for label, height in zip(after, heights, strict=True)]
        return layers + [self._words(label, label.value, -6, -13, "right") for label in labels if label.before]

    def _words(self, label: "EndLabel", height: float, dx: int, dy: int, align: str) -> ChartLayer:
        at = [{"x": label.place, "y": height, "t": label.words}]
        look = {"fontSize": SIZE if label.bold else SMALL, "fontWeight": "bold" if label.bold else "normal"}
        place = {"align": align, "baseline": "middle", "dx": dx, "dy": dy}
        return layer("text", at, self.both | {"text": name("t")}, color=label.colour, **place, **look)

    def picture(self, layers: Sequence[ChartLayer]) -> Picture:
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
