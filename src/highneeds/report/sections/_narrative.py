"""The council's narrative as it goes out: its own words, the tables it names, and no remark of ours between them."""

import re
from collections.abc import Iterator, Sequence

from highneeds.intake.workspace import NarrativeParagraph, PrintedPlacement
from highneeds.report import document as doc
from highneeds.report.charts import Bar, ChartWords, bar_chart
from highneeds.report.evidence import Evidence
from highneeds.report.shown_number import PERCENT, ShownNumber
from highneeds.report.words import pictures as words
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.unit import Unit

PROJECTED = "projected"
SHARES = (Unit.PERCENT, Unit.PERCENTAGE_POINTS)
TABLE = re.compile(r"\[table: ([a-z0-9_]+)\]")


def part(evidence: Evidence, section: str) -> tuple[NarrativeParagraph, ...]:
    """The paragraphs that stand under one heading of the narrative."""
    return tuple(one for one in evidence.workspace.narrative if one.section == section)


def blocks(evidence: Evidence, section: str) -> tuple[doc.Block, ...]:
    """Paragraphs as paragraphs, neighbouring list items as one list, a named table of placements in its place."""
    return tuple(_blocks(evidence, part(evidence, section)))


def _blocks(evidence: Evidence, paragraphs: Sequence[NarrativeParagraph]) -> Iterator[doc.Block]:
    items: list[str] = []
    for one in paragraphs:
        if one.bullet:
            items.append(one.text)
            continue
        if items:
            yield doc.Bullets(tuple(items))
            items = []
        table = TABLE.fullmatch(one.text.strip())
        if table is None:
            yield doc.Paragraph(one.text)
        elif placements := [row for row in evidence.workspace.placements if row.table == table[1]]:
            yield placements_table(table[1], placements)
            yield from placements_charts(table[1], placements)
    if items:
        yield doc.Bullets(tuple(items))


def placements_table(name: str, rows: Sequence[PrintedPlacement]) -> doc.DataTable:
    """A printed table of placements: its measures down, its periods across, projections named as such."""
    periods = list(dict.fromkeys((row.period, row.kind) for row in rows))
    measures = list(dict.fromkeys(row.measure for row in rows))
    known = {(row.measure, row.period): row for row in rows}
    columns = (
        doc.TableColumn("Placements", width=3),
        *(
            doc.TableColumn(_head(period, kind), align=doc.Align.RIGHT, width=1.3, of="period", key=period)
            for period, kind in periods
        ),
    )
    body = tuple(
        doc.Row.of(_words(measure), *(_cell(known.get((measure, period))) for period, _ in periods))
        for measure in measures
    )
    return doc.DataTable(name.replace("_", "-"), _words(name), columns, body)


def placements_charts(name: str, rows: Sequence[PrintedPlacement]) -> Iterator[doc.ChartBlock]:
    """The first measure of a printed table, period by period, projections in grey; none without both kinds."""
    own = [row for row in rows if row.measure == rows[0].measure and row.value is not None]
    actual = [row for row in own if row.kind != PROJECTED]
    projected = [row for row in own if row.kind == PROJECTED]
    if not actual or not projected:
        return
    bars = [Bar(_head(row.period, row.kind), _figure(row), own=row.kind != PROJECTED) for row in own]
    measure, now, then = _words(rows[0].measure), actual[-1], projected[-1]
    yield bar_chart(
        ChartWords(
            f"{name.replace('_', '-')}-chart",
            words.placements_title(
                _words(name), measure, now.printed, _head(now.period, ""), then.printed, _head(then.period, "")
            ),
            words.PLACEMENTS_SOURCE,
        ),
        bars=bars,
        name_head="Period",
        value_head=measure,
        ordered=False,
        height=19,
    )


def _head(period: str, kind: str) -> str:
    label = period
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", period):
        label = Month.parse(period).label
    elif re.fullmatch(r"\d{4}-\d{2}", period):
        label = str(FinancialYear.parse(period))
    return f"{label}, projected" if kind == PROJECTED else label


def _words(name: str) -> str:
    words = name.replace("_", " ").replace("post16", "post-16")
    return words[:1].upper() + words[1:]


def _cell(row: PrintedPlacement | None) -> doc.Cell | str:
    return doc.Cell.words("") if row is None or row.value is None else _figure(row)


def _figure(row: PrintedPlacement) -> doc.Cell:
    """As it is printed. A spreadsheet holds a number where one of the ways that we show figures gives just that."""
    assert row.value is not None
    value, share = row.value, PERCENT if row.unit in SHARES else ""
    places = max(-int(value.as_tuple().exponent), 0)
    ways = (ShownNumber(places, grouped=grouped, after=share) for grouped in (True, False))
    shown = next((way for way in ways if way.text(value) == row.printed), None)
    return doc.Cell(value, row.printed, unit="places" if row.unit == "placements" else row.unit, shown=shown)
