"""Keep which measure stands in which row of a template, so that the next quarter asks no more."""

from collections.abc import Mapping
from datetime import datetime

from highneeds.report.returns.template import read_mapping, written_mapping
from highneeds.store.protocol import Store


def place_of(kind: str) -> str:
    return f"returns/{kind}-mapping.csv"


def kept_mapping(store: Store, kind: str) -> dict[str, str]:
    """Label -> measure id; empty where nothing is kept."""
    place = place_of(kind)
    return read_mapping(store.read(place)) if store.exists(place) else {}


def keep_return_mapping(store: Store, kind: str, mapping: Mapping[str, str], *, by: str, now: datetime) -> None:
    """Add the rows to those that are kept, in place of the same ones; what says nothing new leaves no entry."""
    with store.change(by=by, now=now, what=f"Keep the rows of the {kind} template") as change:
        there = change.read(place_of(kind))  # while it is locked: of two templates at once, the rows of both are kept
        change.put(place_of(kind), written_mapping({**(read_mapping(there) if there else {}), **mapping}))
