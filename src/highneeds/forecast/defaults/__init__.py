"""Defaults of what published statistics do not say: one YAML file per topic, with value, range, unit and source."""

from functools import cache
from pathlib import Path

import yaml

from highneeds.forecast.assumptions import Assumption

FOLDER = Path(__file__).parent


@cache
def defaults() -> dict[str, Assumption]:
    """Every default by name. A file that lacks a field is refused."""
    found: dict[str, Assumption] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for name, said in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            low, high = said["range"]
            found[name] = Assumption(
                name,
                said["title"],
                float(said["value"]),
                float(low),
                float(high),
                said["unit"],
                said["source"],
                str(said["date"]),
                said["effect"],
            )
    return found


def default(name: str) -> Assumption:
    """One default by name."""
    return defaults()[name]
