"""A summary is kept on disk, so that a run whose forecast has not changed need not make it again.

The name of a kept summary is a fingerprint of everything that went into it: this program and the libraries that draw
and add, the statistics, the scenario files, the question with its seed and draws, and which kernel answers it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from highneeds.forecast.summary import ForecastInputs, ForecastResult, ForecastSummary, NoForecast
from highneeds.store import cache
from highneeds.store.place import Place

KIND = "forecast"
LIBRARIES = ("numpy", "scipy", "numba", "polars")
ROOMS = ("forecast", "vocabulary", "intake/published")
_BRIEF, _NONE = TypeAdapter(ForecastSummary), TypeAdapter(NoForecast)


def name_of(
    inputs: ForecastInputs, statistics: Iterable[Place], scenarios: Iterable[tuple[str, str]], kernel: str
) -> str:
    """The fingerprint of everything that makes a summary."""
    words = f"{kernel} {json.dumps([asdict(inputs), list(scenarios)], sort_keys=True)}"
    return cache.fingerprint_of(words, statistics, ROOMS, LIBRARIES)


def kept_or_made(kept: cache.Cache, name: str, make: Callable[[], ForecastResult]) -> ForecastResult:
    """The kept summary of that name, or made and kept.

    What is made goes through the same text as what is kept, so both are the same to the last digit.
    """
    return read_back(cache.kept_or_made(kept, KIND, name, lambda: written(make())))


def written(brief: ForecastResult) -> bytes:
    return json.dumps(asdict(brief), ensure_ascii=False).encode("utf-8")


def read_back(text: bytes) -> ForecastResult:
    try:
        return _BRIEF.validate_json(text)
    except ValidationError:
        return _NONE.validate_json(text)
