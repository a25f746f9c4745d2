"""The page of the forecast."""

from dataclasses import dataclass

from highneeds.report.pages.results.parts import NamedTable, PageFinding


@dataclass(frozen=True)
class ForecastPart:
    """One part of the forecast's page, in the order: heading, paragraphs, charts, tables, points.

    level   1, or 2 for a part that belongs to the one before it
    """

    id: str
    title: str
    level: int
    paragraphs: tuple[str, ...]
    charts: tuple[str, ...]
    tables: tuple[NamedTable, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class ForecastPage:
    """sentence   the page's heading: where plans and money go, or why nobody can say
    basis      what it is made from, with the number of draws; '' where there is no forecast
    parts      empty where there is no forecast
    """

    sentence: PageFinding
    basis: str
    parts: tuple[ForecastPart, ...]
