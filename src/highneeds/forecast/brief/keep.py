"""A brief is kept on disk, so that a run whose forecast has not changed need not make it again.

The name of a kept brief is a fingerprint of everything that went into it: this program and the libraries that draw and
add, the statistics, the scenario files, the question with its seed and draws, and which kernel answers it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from highneeds.forecast.brief import Asked, Brief, Foretold, NoForecast
from highneeds.store import cache
from highneeds.store.place import Place

KIND = "forecast"
LIBRARIES = ("numpy", "scipy", "numba", "polars")
ROOMS = ("forecast", "vocabulary", "intake/published")
_BRIEF, _NONE = TypeAdapter(Brief), TypeAdapter(NoForecast)


def name_of(asked: Asked, statistics: Iterable[Place], scenarios: Iterable[tuple[str, str]], kernel: str) -> str:
    """The fingerprint of everything that makes a brief."""
    words = f"{kernel} {json.dumps([asdict(asked), list(scenarios)], sort_keys=True)}"
    return cache.fingerprint_of(words, statistics, ROOMS, LIBRARIES)


def kept_or_made(kept: cache.Cache, name: str, make: Callable[[], Foretold]) -> Foretold:
    """The kept brief of that name, or made and kept.

    What is made goes through the same text as what is kept, so both are the same to the last digit.
    """
    return understood(cache.kept_or_made(kept, KIND, name, lambda: written(make())))


def written(brief: Foretold) -> bytes:
    return json.dumps(asdict(brief), ensure_ascii=False).encode("utf-8")


def understood(text: bytes) -> Foretold:
    try:
        return _BRIEF.validate_json(text)
    except ValidationError:
        return _NONE.validate_json(text)
