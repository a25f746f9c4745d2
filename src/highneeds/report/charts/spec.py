"""Vega-Lite in plain dictionaries: a layer is a mark, its rows and where they go (decision 0061 says why by hand)."""

import json
from collections.abc import Sequence
from typing import Any

from highneeds.report.blocks import Picture
from highneeds.report.charts.style import FONT

ChartLayer = dict[str, Any]
Channel = dict[str, Any]
DrawnRows = Sequence[dict[str, Any]]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def layer(kind: str, rows: DrawnRows, channels: dict[str, Channel], **look: Any) -> ChartLayer:
    """A mark ('line', 'area', 'rule', 'text'...) for each row of data, drawn with that look."""
    return {"mark": {"type": kind, **look}, "data": {"values": list(rows)}, "encoding": channels}


def number(field: str, **more: Any) -> Channel:
    """A channel that reads a number from the rows."""
    return {"field": field, "type": "quantitative", **more}


def name(field: str, **more: Any) -> Channel:
    """A channel that reads a word from the rows."""
    return {"field": field, "type": "nominal", **more}


def as_given(field: str) -> Channel:
    """A colour that the rows name themselves."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def pixels(field: str, low: float, high: float) -> Channel:
    """A channel without an axis, from `low` at the left or top to `high` at the right or bottom."""
    return number(field, axis=None, scale={"domain": [low, high], "nice": False, "zero": False})


def picture_of(layers: Sequence[ChartLayer], *, width: int, height: int, padding: dict[str, int]) -> Picture:
    """Layers as a drawing of exactly that size, whatever fonts the machine has."""
    spec = {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "padding": padding,
        "autosize": "none",
        "background": "white",
        "config": {"font": FONT, "view": {"stroke": None}},
        "layer": list(layers),
    }
    whole_width = width + padding["left"] + padding["right"]
    whole_height = height + padding["top"] + padding["bottom"]
    return Picture(json.dumps(spec, sort_keys=True, ensure_ascii=False), whole_width, whole_height)
