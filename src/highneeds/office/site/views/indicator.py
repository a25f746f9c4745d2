"""One indicator: the finding, the chart, the figures, how it is counted."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from highneeds.office.evidence import queries
from highneeds.office.evidence.bridge import ColumnResult, IndicatorResult, TableResult, download
from highneeds.office.site.page import Crumb, show
from highneeds.office.site.views.comparisons import beside

COLUMNS = ("indicator", "period", "part", "whole", "value", "unit", "state", "reason", "source")


@require_safe
def indicator(request: HttpRequest, name: str) -> HttpResponse:
    found = queries.indicator(name)
    before, after = neighbours(found)
    return show(
        request,
        "indicator.html",
        place="dashboard",
        trail=(Crumb("Dashboard", reverse("dashboard")), Crumb(found.short_title)),
        indicator=found,
        condition=None if found.condition is None else queries.condition(found.condition),
        chart=queries.chart(found.chart_id) if found.chart_id else None,
        beside=beside(found),
        before=before,
        after=after,
        readings=readings(found),
        sources=sources(found),
    )


READINGS = (("Period", False), ("Figure", True), ("Numerator", True), ("Denominator", True))
WORDS = (("Note", False), ("Source", False))


def readings(found: IndicatorResult) -> TableResult:
    """The figures by period: only columns that hold anything; a source that all of them share is said once, below."""
    apart = len(sources(found)) > 1
    rows = [
        (one.label, one.text, one.part or "", one.whole or "", one.reason, one.source if apart else "")
        for one in found.rows
    ]
    kept = [at for at in range(len(READINGS) + len(WORDS)) if at < 2 or any(row[at] for row in rows)]
    columns = tuple(ColumnResult(*(READINGS + WORDS)[at]) for at in kept)
    return TableResult(columns, tuple(tuple(row[at] for at in kept) for row in rows))


def sources(found: IndicatorResult) -> list[str]:
    """Where the figures come from, each place once."""
    return list(dict.fromkeys(one.source for one in found.rows if one.source))


def neighbours(found: IndicatorResult) -> tuple[IndicatorResult | None, IndicatorResult | None]:
    """The indicators before and after this one on the dashboard."""
    order = [one for condition in queries.results().conditions for one in queries.indicators_of(condition.number)]
    order += queries.indicators_of_none()
    place = order.index(found)
    return (order[place - 1] if place else None), (order[place + 1] if place + 1 < len(order) else None)


@require_safe
def indicator_csv(request: HttpRequest, name: str) -> HttpResponse:
    """The figures of one indicator as tidy CSV, in the columns of `highneeds indicators`, and where each comes from."""
    found = queries.indicator(name)
    rows = (
        (found.id, row.period, row.part, row.whole, row.value, found.unit, row.state, row.reason, row.source)
        for row in found.rows
    )
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.csv"'}
    return HttpResponse(download(COLUMNS, rows), content_type="text/csv; charset=utf-8", headers=headers)
