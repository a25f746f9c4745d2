"""Other councils beside ours. What is shown, of whom and of when stands in the address, so that it can be sent on."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import (
    DRAWN,
    MOST_LINES,
    ComparedArea,
    IndicatorResult,
    Per,
    PublishedComparison,
    break_over_time,
    drawn_over_time,
    over_time_in_words,
)
from highneeds.office.site.bars import AreaBar, BarFigure, bars
from highneeds.office.site.links import named_page
from highneeds.office.site.page import Crumb, show
from highneeds.office.site.views.files import send

VIEWS = (("chart", "Bars"), ("time", "Over time"), ("table", "Table"))
GROUPS = (("england", "England"), ("region", ""), ("middle", ""), ("neighbours", "Each of the neighbours"))
USUAL = ("england", "region", "neighbours")
"""Beside whom, where the address does not say."""
PER: Mapping[str, str] = {
    Per.HEAD: "Per head",
    Per.PLAN: "Per plan",
    Per.CASE: "Of cases",
    Per.SUPPORTED: "Per pupil on SEN support",
}
COLUMNS = ("measure", "area", "period", "value", "unit", "source")


@dataclass(frozen=True)
class Chosen:
    """What a reader asks to see: a view, comparators, and a period by its place."""

    view: str
    comparators: tuple[str, ...]
    period: int

    def address(self, found: PublishedComparison, route: str = "comparison", kind: str = "", **other: str) -> str:
        """Where the same choice is shown, or with another view chosen. What everybody is shown first is left out."""
        asked, view = QueryDict(mutable=True), other.get("show", self.view)
        if view != VIEWS[0][0]:
            asked["show"] = view
        if self.comparators != USUAL:
            asked["set"] = "1"
            asked.setlist("with", list(self.comparators))
        if self.period < len(found.periods) - 1:
            asked["period"] = found.periods[self.period]
        return reverse(route, args=[found.id, *filter(None, [kind])]) + (f"?{asked.urlencode()}" if asked else "")


@named_page("Other councils", "Published measures beside England, the region and the neighbours")
@require_safe
def comparisons(request: HttpRequest) -> HttpResponse:
    found = queries.results().comparisons
    subjects: dict[str, list[PublishedComparison]] = {}
    for one in found.measures:
        subjects.setdefault(one.subject, []).append(one)
    trail = (Crumb("Other councils"),)
    return show(request, "comparisons.html", place="dashboard", trail=trail, comparisons=found, subjects=subjects)


@require_safe
def comparison(request: HttpRequest, name: str) -> HttpResponse:
    found = queries.comparison(name)
    chosen = read(request.GET, found)
    trail = (Crumb("Other councils", reverse("comparisons")), Crumb(found.title))
    return show(
        request,
        "comparison.html",
        place="dashboard",
        trail=trail,
        comparison=found,
        chosen=chosen,
        areas=shown_areas(found, chosen),
        bars=bars(measured(found, chosen)),
        views=[(text, chosen.address(found, show=value), value == chosen.view) for value, text in VIEWS],
        drawing=chosen.address(found, "comparison_file", "svg"),
        in_words=over_time_in_words(found, drawn_areas(found, chosen)),
        scale_break=break_over_time(found, drawn_areas(found, chosen)),
        not_drawn=not_drawn(found, chosen),
        csv=chosen.address(found, "comparison_csv"),
        siblings=siblings(found, chosen),
        comparators=offered(found, chosen),
        more=[one for one in every_council(found) if one.id not in chosen.comparators],
        indicators=[one for one in queries.results().indicators if name in one.beside][:7],
    )


def read(asked: QueryDict, found: PublishedComparison) -> Chosen:
    """The choice in the address; England, the region and all neighbours where it makes none."""
    view = asked.get("show", "")
    known = {name for name, _ in GROUPS} | {one.id for one in every_council(found)}
    given = dict.fromkeys(name for name in asked.getlist("with") if name in known)
    comparators = tuple(given) if "set" in asked or given else USUAL
    period = asked.get("period", "")
    place = found.periods.index(period) if period in found.periods else len(found.periods) - 1
    return Chosen(view if view in dict(VIEWS) else "chart", comparators, place)


def every_council(found: PublishedComparison) -> list[ComparedArea]:
    """Each that can be chosen by itself, by name."""
    near = [one for one in found.areas if one.kind == "neighbour"]
    return sorted((*near, *found.others), key=lambda one: one.name)


def shown_areas(found: PublishedComparison, chosen: Chosen) -> list[ComparedArea]:
    """Ours and those that were chosen, one by one or as a group."""
    every = (*found.areas, *found.others)
    return [one for one in every if one.kind == "own" or {group_of(one), one.id} & set(chosen.comparators)]


def group_of(one: ComparedArea) -> str:
    return "neighbours" if one.kind == "neighbour" else one.id


def drawn_areas(found: PublishedComparison, chosen: Chosen) -> list[ComparedArea]:
    """Those that a line may be of, in their order: ours, each council that was chosen by itself, England and the rest.

    Of the neighbours as a group none is drawn: ten lines cannot be told apart.
    """
    own, *areas = shown_areas(found, chosen)
    single = [one for one in areas if one.kind in ("neighbour", "other") and one.id in chosen.comparators]
    return [own, *single, *(one for one in areas if one.kind in DRAWN)]


def not_drawn(found: PublishedComparison, chosen: Chosen) -> list[str]:
    """Names of what was chosen and has no line, so that nobody looks for it."""
    beyond = [one.name for one in drawn_areas(found, chosen)[MOST_LINES:]]
    return [*beyond, "each of the neighbours"] if "neighbours" in chosen.comparators else beyond


def measured(found: PublishedComparison, chosen: Chosen) -> list[BarFigure]:
    """The chosen areas in the chosen period."""
    at = chosen.period
    return [BarFigure(a.id, a.name, a.kind, a.values[at], a.texts[at]) for a in shown_areas(found, chosen)]


def siblings(found: PublishedComparison, chosen: Chosen) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is this one) of the comparisons of one subject: per head, per plan."""
    same = [one for one in queries.results().comparisons.measures if one.subject == found.subject]
    order = list(PER)
    same.sort(key=lambda one: order.index(one.per))
    return [(PER[one.per], chosen.address(one), one is found) for one in same]


def offered(found: PublishedComparison, chosen: Chosen) -> list[tuple[str, str, bool]]:
    """(value, words, whether chosen) of the tick boxes: the groups, and each further council that was chosen."""
    names = {one.id: one.name for one in found.areas}
    groups = [(value, text or names.get(value, ""), value in chosen.comparators) for value, text in GROUPS]
    return groups + [(one.id, one.name, True) for one in every_council(found) if one.id in chosen.comparators]


@require_safe
def comparison_csv(request: HttpRequest, name: str) -> HttpResponse:
    """What is shown, as tidy CSV: every period of each of the areas."""
    found = queries.comparison(name)
    chosen = read(request.GET, found)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for area in shown_areas(found, chosen):
        for period, value in zip(found.periods, area.values, strict=True):
            writer.writerow((found.title, area.name, period, value or "", found.unit, found.source))
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.csv"'}
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def comparison_file(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """Every council and period as CSV, or the drawing over time, of the areas that the address names."""
    found = queries.comparison(name)
    if kind == "svg":
        areas = drawn_areas(found, read(request.GET, found))
        return HttpResponse(drawn_over_time(found, areas), content_type="image/svg+xml")
    if kind != "csv":
        raise Http404(f"comparisons are not kept as {kind}")
    return send(found.csv, f"{name}-every-council.csv", save=True)


def beside(found: IndicatorResult) -> list[tuple[PublishedComparison, list[AreaBar]]]:
    """For the page of an indicator: each comparison with its areas but the single neighbours, in the newest period."""
    chosen = Chosen("chart", ("england", "region", "middle"), -1)
    return [(one, bars(measured_newest(one, chosen))) for one in queries.comparisons(found.beside)]


def measured_newest(found: PublishedComparison, chosen: Chosen) -> list[BarFigure]:
    return [BarFigure(a.id, a.name, a.kind, a.values[-1], a.texts[-1]) for a in shown_areas(found, chosen)]
