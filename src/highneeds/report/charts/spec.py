"""A drawing as plain data: a layer is a mark, its rows and where they go (decision 0219 says why not a library)."""

import json
from collections.abc import Sequence
from typing import Any

from highneeds.report.blocks import Picture

Drawing = dict[str, Any]
ChartLayer = dict[str, Any]
Channel = dict[str, Any]
DrawnRows = Sequence[dict[str, Any]]


def layer(kind: str, rows: DrawnRows, channels: dict[str, Channel], **look: Any) -> ChartLayer:
    """A mark ('line', 'area', 'rule', 'text'...) for each row of data, drawn with that look."""
    return {"mark": {"type": kind, **look}, "data": {"values": list(rows)}, "encoding": channels}


def number(field: str, **more: Any) -> Channel:
    """A channel that reads a number from the rows."""
    return {"field": field, **more}


def name(field: str) -> Channel:
    """A channel that reads a word from the rows."""
    return {"field": field}


def as_given(field: str) -> Channel:
    """A colour that the rows name themselves."""
    return {"field": field}


def pixels(field: str, low: float, high: float) -> Channel:
    """A channel without an axis, from `low` at the left or top to `high` at the right or bottom."""
    return number(field, axis=None, scale={"domain": [low, high]})


def picture_of(layers: Sequence[ChartLayer], *, width: int, height: int, padding: dict[str, int]) -> Picture:
    """Layers as a drawing of exactly that size, whatever fonts the machine has."""
    spec: Drawing = {"width": width, "height": height, "padding": padding, "layer": list(layers)}
    whole_width = width + padding["left"] + padding["right"]
    whole_height = height + padding["top"] + padding["bottom"]
    return Picture(json.dumps(spec, sort_keys=True, ensure_ascii=False), whole_width, whole_height)
