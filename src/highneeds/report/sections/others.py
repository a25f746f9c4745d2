"""How the council differs from others, as it publishes the comparison."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.intake.workspace import Benchmark
from highneeds.report import document as doc
from highneeds.report.charts import Bar, ChartWords, bar_chart
from highneeds.report.evidence import Evidence
from highneeds.report.words import others as words
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


def section(evidence: Evidence) -> doc.Section:
    rows = evidence.workspace.benchmarks
    if not rows:
        return doc.Section("others", words.TITLE, (doc.Paragraph(words.NO_COMPARISON),))
    spend, rates = _of_unit(rows, "gbp"), _of_unit(rows, "per_1000_aged_2_18")
    blocks: list[doc.Block] = []
    if spend:
        blocks += [
            doc.Paragraph(finding(evidence, spend)),
            _table("spend", words.SPEND, spend),
            *_chart(spend),
        ]
    if rates:
        blocks += [*_rate_words(rates), _table("rates", words.RATES, rates)]
    return doc.Section("others", words.TITLE, tuple(blocks), new_page=True)


def _of_unit(rows: tuple[Benchmark, ...], unit: str) -> list[Benchmark]:
    return [row for row in rows if row.unit == unit]


def measures(rows: list[Benchmark]) -> list[str]:
    return list(dict.fromkeys(row.measure for row in rows))


def areas(rows: list[Benchmark]) -> dict[str, str]:
    """Area -> its label, the council's own first, each with a capital: 'England', whatever one table calls it."""
    return {row.area: _label(row) for row in rows}


def _label(row: Benchmark) -> str:
    return words.LABELS.get(row.area_label.casefold(), f"{row.area_label[:1].upper()}{row.area_label[1:]}")


def value(rows: list[Benchmark], measure: str, area: str) -> Decimal | None:
    return next((row.value for row in rows if row.measure == measure and row.area == area), None)


def higher_in(rows: list[Benchmark], own: str, other: str) -> tuple[int, int]:
    """(in how many measures the council is higher, of how many that both publish)."""
    pairs = [(value(rows, measure, own), value(rows, measure, other)) for measure in measures(rows)]
    both = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    return sum(mine > theirs for mine, theirs in both), len(both)


def total(rows: list[Benchmark], area: str) -> Decimal | None:
    """Of all services; None where one of them is not published: a part beside the whole would be no comparison."""
    found = [value(rows, measure, area) for measure in measures(rows)]
    known = [one for one in found if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(found) else None


def finding(evidence: Evidence, rows: list[Benchmark]) -> str:
    """'Kent against England: more on 6 of 7 services (£951 against £758 a head in all); against ...'."""
    own, *others = areas(rows)
    labels = areas(rows)
    compared = []
    for other in others:
        more, of = higher_in(rows, own, other)
        mine, theirs = (total(rows, area) for area in (own, other))
        compared.append(words.beside_area(labels[other], mine, theirs, more, of))
    return words.spending(evidence.workspace.council.short_name, compared, total(rows, own), _left_out(rows))


def _left_out(rows: list[Benchmark]) -> list[str]:
    """What the table leaves out, as far as its rows say so."""
    year = [] if any(row.period for row in rows) else [words.NO_YEAR]
    heads = [words.NO_HEADS] if not all(row.says_whose_heads for row in rows) else []
    return [*year, *heads]


def _table(id: str, title: str, rows: list[Benchmark]) -> doc.DataTable:
    labels = areas(rows)
    _, *others = labels
    unit = Unit.GBP if rows[0].unit == "gbp" else Unit.PER_1000
    columns = (
        doc.TableColumn(words.MEASURE, width=4),
        *(
            doc.TableColumn(label, align=doc.Align.RIGHT, width=1.4, of="area", key=area)
            for area, label in labels.items()
        ),
        *(doc.TableColumn(words.difference(labels[other]), align=doc.Align.RIGHT, width=1.6) for other in others[:1]),
    )
    body = []
    for measure in measures(rows):
        figures = [value(rows, measure, area) for area in labels]
        cells = [_figure(found, unit) for found in figures]
        body.append(doc.Row.of(measure, *cells, *_differences(figures)))
    if unit is Unit.GBP:
        sums = [total(rows, area) for area in labels]
        body.append(
            doc.Row.total(
                words.all_measures(len(measures(rows))),
                *(_figure(one, unit) for one in sums),
                *_differences(sums),
            )
        )
    lines = sorted({row.source_line for row in rows if row.source_line})
    return doc.DataTable(
        f"others-{id}",
        title,
        columns,
        tuple(body),
        source="; ".join(part for part in (words.page_lines(lines), rows[0].basis) if part),
    )


def _differences(figures: Sequence[Decimal | None]) -> list[doc.Cell]:
    """From the first area to compare with; none where the table has the council alone."""
    own, *others = figures
    return [_difference(own, other) for other in others[:1]]


def _figure(found: Decimal | None, unit: Unit) -> doc.Cell:
    if found is None:
        return doc.Cell.gap(State.NOT_PUBLISHED)
    return doc.Cell.figure(found, unit)


def _difference(own: Decimal | None, other: Decimal | None) -> doc.Cell:
    if own is None or not other:
        return doc.Cell.not_applicable(words.NOTHING_TO_COMPARE)
    percent = 100 * (own - other) / other
    return doc.Cell.change_percent(percent, decimals=0)


def _chart(rows: list[Benchmark]) -> Iterator[doc.ChartBlock]:
    """Every service that both publish: those on which the council spends less are shown too."""
    own, *others = areas(rows)
    if not others:
        return
    label = areas(rows)[others[0]]
    pairs = [(measure, value(rows, measure, own), value(rows, measure, others[0])) for measure in measures(rows)]
    bars = [Bar(name, _gap(mine - theirs)) for name, mine, theirs in pairs if mine is not None and theirs is not None]
    if not bars:
        return
    most = max(bars, key=lambda bar: abs(Decimal(bar.cell.value or 0)))
    yield bar_chart(
        ChartWords("others-gap", words.largest_gap(label, most.cell.text, most.name), words.PUBLIC_PAGE),
        bars=bars,
        name_head=words.SERVICE,
        value_head=words.gap_head(label),
    )


def _gap(more: Decimal) -> doc.Cell:
    return doc.Cell.change(more, Unit.GBP)


def _rate_words(rows: list[Benchmark]) -> Iterator[doc.Block]:
    own, *others = areas(rows)
    for measure, other in ((measure, other) for measure in measures(rows) for other in others[:1]):
        mine, theirs = value(rows, measure, own), value(rows, measure, other)
        if mine is not None and theirs:
            yield doc.Paragraph(words.rates(measure, mine, theirs))
