"""Whether results are whole: every link leads somewhere, every file is there, no id stands twice."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any
from xml.etree import ElementTree

from highneeds.report.pages.results.whole import Results

PLACES = frozenset(
    ("", "money", "forecast", "dashboard", "conditions", "changes", "risks", "registers", "comparisons")
) | {"findings", "claims", "caseload", "report"}
"""Where a `to` leads by itself."""


def problems_of(results: Results, is_there: Callable[[str], bool]) -> list[str]:
    """What is not whole, a sentence each; none where all is well.

    is_there   whether the folder of the results holds a file of that name
    """
    return [*_repeated(results), *_dead_links(results), *_lost_files(results, is_there), *_unsafe_sparklines(results)]


def targets(results: Results) -> frozenset[str]:
    """Every `to` that leads somewhere."""
    return frozenset(
        PLACES
        | {f"register:{page.id}" for page in results.registers.pages}
        | {f"risk:{risk.id}" for risk in results.risks.rows}
        | {f"comparison:{one.id}" for one in results.comparisons.measures}
        | {f"indicator:{indicator.id}" for indicator in results.indicators}
        | {f"chart:{chart.id}" for chart in results.charts}
        | {f"source:{source.id}" for source in results.sources}
        | {f"condition:{condition.number}" for condition in results.conditions}
        | {f"rule:{rule.rule}" for rule in results.findings.rules}
    )


def _links(thing: Any) -> list[str]:
    """Every `to` and `about` anywhere inside."""
    if isinstance(thing, tuple):
        return [link for part in thing for link in _links(part)]
    if not is_dataclass(thing):
        return []
    named = [getattr(thing, name) for name in ("to", "about") if hasattr(thing, name)]
    return named + [link for field in fields(thing) for link in _links(getattr(thing, field.name))]


def _dead_links(results: Results) -> list[str]:
    alive = targets(results)
    named = [f"chart:{chart}" for chart in (*results.overview_charts, *results.account.charts)]
    named += [f"chart:{indicator.chart_id}" for indicator in results.indicators if indicator.chart_id]
    named += [f"chart:{chart}" for part in results.forecast.parts for chart in part.charts]
    named += [f"chart:{condition.chart_id}" for condition in results.conditions if condition.chart_id]
    named += [f"comparison:{name}" for indicator in results.indicators for name in indicator.beside]
    named += [f"indicator:{name}" for condition in results.conditions for name in condition.indicators]
    return [f"'{link}' leads nowhere." for link in [*_links(results), *named] if link not in alive]


def _repeated(results: Results) -> list[str]:
    found = []
    kinds = {kind: getattr(results, kind) for kind in ("figures", "answers", "indicators", "charts", "sources")}
    parts = results.forecast.parts
    kinds["forecast"] = (*parts, *(table for part in parts for table in part.tables))
    kinds["caseload"] = results.caseload.tables
    kinds["money"] = results.account.pages
    kinds["registers"] = results.registers.pages
    kinds["comparisons"] = results.comparisons.measures
    for kind, things in kinds.items():
        ids = [thing.id for thing in things]
        found += [f"{kind}: '{name}' is there twice." for name in ids if ids.count(name) > 1]
        found += [f"{kind}: '{name}' is no id." for name in ids if not re.fullmatch(r"[a-z0-9_-]+", name)]
    return found


def _lost_files(results: Results, is_there: Callable[[str], bool]) -> list[str]:
    names = [document.file for document in results.documents]
    names += [results.caseload.csv] if results.caseload.csv else []
    names += [page.csv for page in results.account.pages]
    names += [name for one in results.comparisons.measures for name in (one.csv, one.drawn)]
    names += [name for chart in results.charts for name in (chart.svg, chart.png, chart.csv, chart.narrow) if name]
    return [f"the file '{name}' is not in the results folder." for name in names if not is_there(name)]


SPARKLINE_PARTS = frozenset(
    ("svg", "g", "title", "desc", "path", "line", "polyline", "polygon", "rect", "circle", "text")
)
# fmt: off
SPARKLINE_ATTRIBUTES = frozenset((
    "viewBox", "width", "height", "preserveAspectRatio", "role", "aria-label", "aria-hidden", "focusable",
    "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "transform", "vector-effect",
    "fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
    "stroke-opacity", "opacity", "text-anchor", "font-size", "font-weight",
))
# fmt: on


def _unsafe_sparklines(results: Results) -> list[str]:
    return [
        f"indicators: the sparkline of '{indicator.id}' holds more than lines and shapes."
        for indicator in results.indicators
        if indicator.sparkline_svg and not _is_plain_drawing(indicator.sparkline_svg)
    ]


def _is_plain_drawing(svg: str) -> bool:
    """True for an SVG of the parts and attributes above, which may stand in a page as it is."""
    if "<!" in svg or "<?" in svg:
        return False
    try:
        parts = list(ElementTree.fromstring(svg).iter())
    except ElementTree.ParseError:
        return False
    return all(_local(part.tag) in SPARKLINE_PARTS and SPARKLINE_ATTRIBUTES.issuperset(part.attrib) for part in parts)


def _local(tag: Any) -> str:
    return str(tag).removeprefix("{http://www.w3.org/2000/svg}")
