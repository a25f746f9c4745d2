"""Defaults of what published statistics do not say: one YAML file per topic, with value, range, unit and source."""

from functools import cache
from importlib.resources import files

from highneeds.forecast.assumptions import Assumption
from highneeds.vocabulary.shipped import parse_shipped

FOLDER = files(__name__)


@cache
def defaults() -> dict[str, Assumption]:
    """Every default by name. A file that lacks a field is refused."""
    found: dict[str, Assumption] = {}
    for path in sorted((one for one in FOLDER.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name):
        for name, said in parse_shipped(path.read_text(encoding="utf-8")).items():
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
                said["assumed"],
            )
    return found


def default(name: str) -> Assumption:
    """One default by name."""
    return defaults()[name]
