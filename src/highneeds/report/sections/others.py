"""Annex E: how the council differs from others, as it publishes the comparison."""

from collections.abc import Iterator
from decimal import Decimal

from highneeds.intake.workspace import Benchmark
from highneeds.report import document as doc
from highneeds.report.charts import Bar, bar_chart
from highneeds.report.evidence import Evidence
from highneeds.vocabulary.rounding import signed, with_commas
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


def section(evidence: Evidence) -> doc.Section:
    rows = evidence.workspace.benchmarks
    if not rows:
        return doc.Section("others", "Annex E. Other councils", (doc.Paragraph("No comparison is published."),))
    spend, rates = _of_unit(rows, "gbp"), _of_unit(rows, "per_1000_aged_2_18")
    blocks: list[doc.Block] = []
    if spend:
        blocks += [
            doc.Paragraph(finding(evidence, spend)),
            _table("spend", "Spending per head, £", spend),
            _chart(evidence, spend),
        ]
    if rates:
        blocks += [*_rate_words(rates), _table("rates", "Placed in special schools, per 1,000 aged 2 to 18", rates)]
    return doc.Section("others", "Annex E. Other councils", tuple(blocks), new_page=True)


def _of_unit(rows: tuple[Benchmark, ...], unit: str) -> list[Benchmark]:
    return [row for row in rows if row.unit == unit]


def measures(rows: list[Benchmark]) -> list[str]:
    return list(dict.fromkeys(row.measure for row in rows))


def areas(rows: list[Benchmark]) -> dict[str, str]:
    """Area -> its label, the council's own first."""
    return {row.area: row.area_label for row in rows}


def value(rows: list[Benchmark], measure: str, area: str) -> Decimal | None:
    return next((row.value for row in rows if row.measure == measure and row.area == area), None)


def higher_in(rows: list[Benchmark], own: str, other: str) -> tuple[int, int]:
    """(in how many measures the council is higher, of how many that both publish)."""
    pairs = [(value(rows, measure, own), value(rows, measure, other)) for measure in measures(rows)]
    both = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    return sum(mine > theirs for mine, theirs in both), len(both)


def total(rows: list[Benchmark], area: str) -> Decimal:
    return sum((found for measure in measures(rows) if (found := value(rows, measure, area)) is not None), Decimal(0))


def finding(evidence: Evidence, rows: list[Benchmark]) -> str:
    """'Kent spends more than England on 6 of 7 services, ... £951 a head in all against £758.'"""
    own, *others = areas(rows)
    labels = areas(rows)
    compared = []
    for other in others:
        more, of = higher_in(rows, own, other)
        compared.append(
            f"{labels[other]} on {more} of {of} services (£{total(rows, own)} against £{total(rows, other)} in all)"
        )
    name = evidence.workspace.council.short_name
    return (
        f"{name} spends more a head than {'; than '.join(compared)}. The published table names neither year nor unit."
    )


def _table(id: str, title: str, rows: list[Benchmark]) -> doc.DataTable:
    labels = areas(rows)
    _, *others = labels
    unit = Unit.GBP if rows[0].unit == "gbp" else Unit.PER_1000
    columns = (
        doc.Column("Measure", width=4),
        *(doc.Column(label, align=doc.Align.RIGHT, width=1.4, of="area", key=area) for area, label in labels.items()),
        doc.Column(f"Difference from {labels[others[0]]}", align=doc.Align.RIGHT, width=1.6),
    )
    body = []
    for measure in measures(rows):
        figures = [value(rows, measure, area) for area in labels]
        cells = [_figure(found, unit) for found in figures]
        body.append(doc.Row.of(measure, *cells, _difference(figures[0], figures[1])))
    if unit is Unit.GBP:
        sums = [total(rows, area) for area in labels]
        body.append(
            doc.Row.total(
                "All seven" if len(measures(rows)) == 7 else "All",
                *(_figure(one, unit) for one in sums),
                _difference(sums[0], sums[1]),
            )
        )
    lines = sorted({str(row.source_line) for row in rows if row.source_line})
    return doc.DataTable(
        f"others-{id}",
        title,
        columns,
        tuple(body),
        source=f"Public page, lines {lines[0]} to {lines[-1]}; {rows[0].basis}",
    )


def _figure(found: Decimal | None, unit: Unit) -> doc.Cell:
    if found is None:
        return doc.Cell.gap(State.NOT_PUBLISHED)
    return doc.Cell.figure(found, unit)


def _difference(own: Decimal | None, other: Decimal | None) -> doc.Cell:
    if own is None or not other:
        return doc.Cell.not_applicable("No figure to compare with")
    percent = 100 * (own - other) / other
    return doc.Cell(percent, f"{signed(percent, 0)}%", state=State.COMPUTED, unit="percent")


def _chart(evidence: Evidence, rows: list[Benchmark]) -> doc.ChartBlock:
    own, other, *_ = areas(rows)
    labels = areas(rows)
    gaps = [(measure, value(rows, measure, own), value(rows, measure, other)) for measure in measures(rows)]
    bars = [
        Bar(
            measure,
            doc.Cell(
                mine - theirs, f"{'+' if mine > theirs else '−'}£{abs(mine - theirs)}", unit="gbp", state=State.COMPUTED
            ),
        )
        for measure, mine, theirs in gaps
        if mine is not None and theirs is not None and mine > theirs
    ]
    most = max(bars, key=lambda bar: bar.cell.value if isinstance(bar.cell.value, Decimal) else Decimal(0))
    return bar_chart(
        id="others-gap",
        title=f"The largest gap to {labels[other]} is {most.cell.text} a head on {most.name[0].lower()}{most.name[1:]}",
        bars=bars,
        name_head="Service",
        value_head=f"More than {labels[other]}, £ a head",
        source="Public page of the council",
    )


def _rate_words(rows: list[Benchmark]) -> Iterator[doc.Block]:
    own, other, *_ = areas(rows)
    for measure in measures(rows):
        mine, theirs = value(rows, measure, own), value(rows, measure, other)
        if mine is not None and theirs:
            ratio = with_commas(mine / theirs, 2)
            yield doc.Paragraph(f"{measure}: {mine} per 1,000 against {theirs}, {ratio} times the rate.")
