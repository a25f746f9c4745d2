"""The layouts of the SEN2 return, one file a year, each only what differs from the year before."""

import sys
from collections.abc import Mapping
from functools import cache

from highneeds.intake.sen2.fields import Field, Layout
from highneeds.vocabulary.registry import definitions_in


@cache
def all_layouts() -> tuple[Layout, ...]:
    """Every layout we know, oldest first."""
    return tuple(sorted(definitions_in(sys.modules[__name__], Layout), key=lambda layout: layout.year))


def layout_for(year: int) -> Layout:
    """The layout of a collection year: its own, or the newest before it; a year before the first gets the first."""
    known = all_layouts()
    return max((layout for layout in known if layout.year <= year), key=lambda layout: layout.year, default=known[0])


@cache
def every_field() -> frozenset[tuple[str, str]]:
    """Each (module, name) that any layout carries."""
    return frozenset(name for layout in all_layouts() for name in layout.names)


@cache
def every_column(module: str) -> Mapping[str, Field]:
    """column -> field over all layouts, the newest first."""
    return {field.column: field for layout in all_layouts() for field in layout.of(module)}


@cache
def columns_of_fields() -> Mapping[tuple[str, str], str]:
    """(module, our name) -> the SEN2 name: ('named_plans', 'cease_date') -> ceasedate."""
    return {(field.module, field.name): field.column for layout in all_layouts() for field in layout.fields}
