"""What something holds, as plain lines: the form in which golden files keep it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import numpy as np


def flat(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Each plain value that something holds, with its place: the unit of the first fact is '1 unit'."""
    parts: Iterator[tuple[object, object]] | None = None
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        parts = ((one.name, getattr(value, one.name)) for one in fields(value))
    elif isinstance(value, Mapping):
        parts = iter(value.items())
    elif isinstance(value, tuple | list) and value and all(isinstance(one, float) for one in value):
        yield at, " ".join(map(plain, value))
        return
    elif isinstance(value, tuple | list):
        parts = iter(enumerate(value, 1))
    if parts is None:
        yield at, plain(value)
        return
    for key, part in parts:
        yield from flat(part, f"{at} {key}".strip())


def plain(value: object) -> str:
    """A value in a few letters. Of an array its shape, its sum, and its sum with each place weighing as it stands: a
    value that moves from one place to another moves the second."""
    if isinstance(value, np.ndarray):
        cells = np.where(np.isfinite(value), value, -1000.0).astype(float).ravel()
        weight = np.arange(1, cells.size + 1) / max(cells.size, 1)
        return f"{'x'.join(map(str, value.shape))} sum {cells.sum():.7g}, by place {(cells * weight).sum():.7g}"
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    return f"{value:.6g}" if isinstance(value, float) else str(value)
