"""How earlier forecasts of this council did, from those that its workspace has kept; or that there is no record yet."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from highneeds.forecast.record import Vintage, by_period
from highneeds.report import document as doc
from highneeds.report.figures.forecast import money_cell, plans_cell
from highneeds.report.words import forecast as words
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit


def record_blocks(record: Sequence[Vintage]) -> Iterator[doc.Block]:
    yield doc.Heading(words.RECORD, level=2)
    if not record:
        yield doc.Paragraph(words.NONE_YET)
        return
    rows = tuple(_plan_rows(record))
    if rows:
        inside = sum(row.cells[-1].text == "yes" for row in rows)
        yield doc.Paragraph(words.inside_band(inside, len(rows)))
        yield _plans_table(rows)
    yield from _period_blocks(record)


def _plan_rows(record: Sequence[Vintage]) -> Iterator[doc.Row]:
    for one in record:
        for row in one.held.records():
            if (row["measure"], row["cut"]) == ("plans", "total"):
                yield doc.Row.of(
                    one.kept.made_on,
                    f"January {one.kept.origin}",
                    Month.parse(row["period"]).label,
                    plans_cell(row["mean"]),
                    plans_cell(row["actual"]),
                    _percent(row["error_pct"]),
                    row["inside_80"],
                )


def _percent(value: float | None) -> doc.Cell:
    if value is None:
        return doc.Cell.not_applicable(words.NOTHING_FORECAST)
    return doc.Cell.figure(Decimal(str(round_half_away(value, 1))), Unit.PERCENT, decimals=1, state=State.COMPUTED)


def _plans_table(rows: tuple[doc.Row, ...]) -> doc.DataTable:
    right = doc.Align.RIGHT
    columns = (
        *map(doc.TableColumn, words.RECORD_HEADS),
        *(doc.TableColumn(head, align=right) for head in (words.FORECAST, words.TURNED_OUT, words.ERROR)),
        doc.TableColumn(words.INSIDE),
    )
    return doc.DataTable("forecast-record", words.RECORD_TITLE, columns, rows)


def _period_blocks(record: Sequence[Vintage]) -> Iterator[doc.Block]:
    """In-year positions by how far the ledger had come."""
    found = by_period(record).records()
    if not found:
        yield doc.Paragraph(words.NO_OUTCOME)
        return
    right = doc.Align.RIGHT
    columns = (
        *map(doc.TableColumn, words.BY_PERIOD_HEADS),
        *(doc.TableColumn(head, align=right) for head in (words.FORECAST, words.TURNED_OUT, words.ERROR)),
    )
    rows = tuple(
        doc.Row.of(
            row["financial_year"],
            row["ledger_to"],
            row["made_on"],
            money_cell(row["forecast_gbp"]),
            money_cell(row["actual_gbp"]),
            money_cell(row["error_gbp"]),
        )
        for row in found
    )
    yield doc.DataTable("forecast-by-period", words.BY_PERIOD, columns, rows)
