"""The data tables of a local SEND reform plan: no action, with all actions, and what each action changes."""

from collections.abc import Iterator
from itertools import pairwise

import polars as pl

from highneeds.forecast.joint import JointForecast
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.returns import lsrp_figures as figures
from highneeds.report.returns import lsrp_tables as tables
from highneeds.report.returns.last_submission import cells_of, last_submission, written_cells
from highneeds.report.sections._returns import (
    forecast_cell,
    forecast_or_why,
    learnt_from,
    needs_are_known,
    without_forecast,
)
from highneeds.report.shown_number import change
from highneeds.report.words import returns as words
from highneeds.vocabulary.state import State
from highneeds.vocabulary.words import listed

RIGHT = doc.Align.RIGHT
NEEDS_TABLE = "7"
"""How the numbers of the tables by primary need begin."""
UNITS = {"10": "requests", "11": "assessments", "12": "assessments"}
"""What a table counts, where it is not plans."""


def sections(evidence: Evidence) -> tuple[doc.Section, ...]:
    forecast = forecast_or_why(evidence, tables.LAST_YEAR + 1)
    if isinstance(forecast, str):
        return (without_forecast("how-counted", words.LSRP_TITLE, forecast),)
    layers, years = figures.layers_of(forecast), figures.years_of(forecast)
    by_need = needs_are_known(forecast.no_action)
    return (
        how_counted(forecast, layers[0], years),
        layer_section("no-action", words.NO_ACTION, layers[0], years, by_need),
        layer_section("with-actions", words.WITH_ACTIONS, layers[-1], years, by_need),
        effects(layers, years),
        beside(evidence, layers[-1], years),
    )


def kept_cells(evidence: Evidence) -> dict[str, bytes]:
    """The cells as the next return will be held against them."""
    forecast = forecast_or_why(evidence, tables.LAST_YEAR + 1)
    if isinstance(forecast, str):
        return {}
    return {"-cells.csv": written_cells(cells_of(figures.layers_of(forecast)[-1]))}


def how_counted(forecast: JointForecast, first: figures.LsrpLayer, years: tuple[int, ...]) -> doc.Section:
    origin, by_need = forecast.no_action.januaries[0], needs_are_known(forecast.no_action)
    counted = words.ACTUAL.format(year=origin - 1) if origin - 1 in years else words.FORECAST_ONLY
    items = (
        words.CALENDAR_RULE.format(year=tables.FIRST_YEAR, january=tables.FIRST_YEAR + 1),
        words.AGE_RULE,
        words.ROUNDING_RULE,
        counted,
        *learnt_from(forecast),
        *(words.NEED_NOTES if by_need else (words.NEEDS_UNKNOWN,)),
    )
    blocks: list[doc.Block] = [doc.Bullets(items), doc.Heading(words.COMPLETE)]
    blocks.append(doc.Bullets(tuple(completeness(first, years, by_need))))
    blocks += [both_rules(forecast, years[0])] if years else []
    return doc.Section("how-counted", words.HOW_COUNTED, tuple(blocks))


def both_rules(forecast: JointForecast, year: int) -> doc.DataTable:
    """Why the youngest group of table 5.1 is so much smaller than the published one."""
    columns = (
        doc.TableColumn(words.AGE_GROUP, width=2),
        doc.TableColumn(words.AGE_REACHED, align=RIGHT, width=2),
        doc.TableColumn(words.AGE_BEFORE, align=RIGHT, width=2),
    )
    found = figures.by_both_rules(forecast.no_action, year)
    rows = [doc.Row.of(name, forecast_cell(reached), forecast_cell(before)) for name, reached, before in found]
    totals = (sum(reached for _, reached, _ in found), sum(before for _, _, before in found))
    rows.append(doc.Row.total(words.TOTAL, *(forecast_cell(one) for one in totals)))
    title = words.both_rules_title(year)
    return doc.DataTable("lsrp-both-rules", title, columns, tuple(rows), notes=(words.BOTH_RULES_NOTE,))


def completeness(first: figures.LsrpLayer, years: tuple[int, ...], by_need: bool = True) -> list[str]:
    """Every table and every year that the plan asks for, or which are missing; then the tables whose rows are open."""
    missing = figures.missing_tables(first, tables.TABLES)
    gaps = [str(year) for year in range(tables.FIRST_YEAR, tables.LAST_YEAR + 1) if year not in years]
    found = [words.COMPLETE_NO.format(tables=", ".join(missing))] if missing else []
    found += [words.YEARS_MISSING.format(years=", ".join(gaps))] if gaps else []
    whole = words.COMPLETE_YES.format(number=len(tables.TABLES), first=tables.FIRST_YEAR, last=tables.LAST_YEAR)
    by_kind = listed(number for number in tables.TABLES if number.startswith(NEEDS_TABLE))
    unfilled = [] if by_need else [words.COMPLETE_OPEN.format(tables=f"tables {by_kind}")]
    return [*(found or [whole]), *unfilled]


def layer_section(
    id: str, title: str, layer: figures.LsrpLayer, years: tuple[int, ...], by_need: bool = True
) -> doc.Section:
    """by_need: whether the statistics divide plans by need"""
    names = {**words.TABLE_TITLES, **dict(tables.NEED_TABLES)}
    blocks = tuple(
        table_of(f"lsrp-{id}-{number.replace('.', '-')}", number, names[number], title, layer, years, by_need)
        for number in tables.TABLES
        if number in layer.tables
    )
    return doc.Section(id, title, blocks, new_page=True)


def table_of(
    id: str, number: str, name: str, layer_name: str, layer: figures.LsrpLayer, years: tuple[int, ...], by_need: bool
) -> doc.DataTable:
    columns = (
        doc.TableColumn("Row", width=4),
        *(doc.TableColumn(str(year), align=RIGHT, of="calendar year", key=str(year)) for year in years),
    )
    rows = [
        doc.Row.of(title, *(_cell(number, title, row.get(year), by_need) for year in years))
        for title, row in layer.tables[number].items()
    ]
    totals = (forecast_cell(layer.total(number, year), UNITS.get(number, "plans")) for year in years)
    rows.append(doc.Row.total(words.TOTAL, *totals))
    return doc.DataTable(id, words.layer_table(number, name, layer_name), columns, tuple(rows))


def _cell(number: str, title: str, value: int | None, by_need: bool) -> doc.Cell:
    """A row that the statistics do not tell apart is no nought, and neither is a need that they do not give."""
    if number.startswith(NEEDS_TABLE) and not by_need:
        return doc.Cell.gap(State.NOT_PUBLISHED, words.NEED_UNKNOWN)
    empty = number == "6" and counted_above(title)
    if empty or value is None:
        return doc.Cell.not_applicable(words.SAME_PLACE if empty else "Not forecast")
    return forecast_cell(value, UNITS.get(number, "plans"))


def counted_above(title: str) -> bool:
    """Whether the statistics do not tell this row of table 6 from the one above it."""
    return any(row.title == title and not row.settings for row in tables.PROVISION_ROWS)


def effects(layers: tuple[figures.LsrpLayer, ...], years: tuple[int, ...]) -> doc.Section:
    """Row by row of table 6, what each action adds to those before it."""
    if len(layers) < 2:
        return doc.Section("effects", words.EFFECTS, (doc.Paragraph(words.NO_EFFECTS),), new_page=True)
    blocks: list[doc.Block] = [doc.Paragraph(words.EFFECTS_LEAD)]
    columns = (
        doc.TableColumn("Row", width=4),
        *(doc.TableColumn(str(year), align=RIGHT, of="calendar year", key=str(year)) for year in years),
    )
    for place, (before, after) in enumerate(pairwise(layers), start=1):
        rows = [
            doc.Row.of(title, *(_effect(title, after.tables["6"][title][year] - was[year]) for year in years))
            for title, was in before.tables["6"].items()
        ]
        rows.append(
            doc.Row.total(words.TOTAL, *(_change(after.total("6", year) - before.total("6", year)) for year in years))
        )
        blocks.append(doc.DataTable(f"lsrp-effect-{place}", f"{place}. {after.title}", columns, tuple(rows)))
    return doc.Section("effects", words.EFFECTS, tuple(blocks), new_page=True)


def _effect(title: str, value: int) -> doc.Cell:
    return doc.Cell.not_applicable(words.SAME_PLACE) if counted_above(title) else _change(value)


COUNTED = {
    "6": ("ehcp_caseload_total", "year", "plans", 1),
    "10": ("ehcp_process", "cal_year", "requests_received_in_year", 0),
    "11": ("ehcp_process", "cal_year", "requests_decided_to_assess", 0),
    "12": ("ehcp_process", "cal_year", "new_ehc_plans", 0),
}
"""Table -> published table, its date, its column, and how many years after the calendar year it is dated: plans of 2025
are the census of January 2026."""


def beside(evidence: Evidence, layer: figures.LsrpLayer, years: tuple[int, ...]) -> doc.Section:
    """The plan with all actions beside the last submission, then its totals beside what was counted."""
    blocks = (*_beside_last(evidence, layer), *_beside_counted(evidence, layer, years))
    return doc.Section("beside", words.BESIDE, blocks, new_page=True)


def _beside_last(evidence: Evidence, layer: figures.LsrpLayer) -> Iterator[doc.Block]:
    before, now = last_submission(evidence.root), cells_of(layer)
    if not before:
        yield doc.Paragraph(words.NO_LAST)
        return
    moved = [key for key in dict.fromkeys((*before, *now)) if before.get(key) != now.get(key)]
    if not moved:
        yield doc.Paragraph(words.NOTHING_MOVED)
        return
    yield doc.Paragraph(words.BESIDE_LEAD)
    heads = (words.LAST, words.NOW, words.DIFFERENCE)
    columns = (
        doc.TableColumn(words.TABLE),
        doc.TableColumn(words.ROW, width=4),
        doc.TableColumn(words.YEAR),
        *(doc.TableColumn(head, align=RIGHT, width=1.4) for head in heads),
    )
    rows = tuple(_moved(*key, before.get(key), now.get(key)) for key in moved)
    yield doc.DataTable("lsrp-beside-last", words.BESIDE_LAST, columns, rows)


def _moved(table: str, row: str, year: int, before: int | None, now: int | None) -> doc.Row:
    """A cell that stands in one of the two only has no difference."""
    both = before is not None and now is not None
    difference = _change((now or 0) - (before or 0)) if both else doc.Cell.words("")
    unit = UNITS.get(table, "plans")
    cells = [doc.Cell.words("") if one is None else forecast_cell(one, unit) for one in (before, now)]
    return doc.Row.of(table, row, str(year), *cells, difference)


def _beside_counted(evidence: Evidence, layer: figures.LsrpLayer, years: tuple[int, ...]) -> Iterator[doc.Block]:
    rows = [
        doc.Row.of(
            words.ACTUALS[table],
            str(year),
            forecast_cell(layer.total(table, year), UNITS.get(table, "plans")),
            doc.Cell.number(counted, unit=UNITS.get(table, "plans")),
            _change(counted - layer.total(table, year)),
        )
        for table in COUNTED
        for year in years
        if table in layer.tables and (counted := _counted(evidence, table, year)) is not None
    ]
    if not rows:
        yield doc.Paragraph(words.NO_ACTUAL)
        return
    columns = (
        doc.TableColumn(words.TABLE, width=3),
        doc.TableColumn(words.YEAR),
        *(doc.TableColumn(head, align=RIGHT) for head in (words.NOW, words.COUNTED, words.DIFFERENCE)),
    )
    yield doc.DataTable("lsrp-beside-counted", words.BESIDE_ACTUAL, columns, tuple(rows))


def _counted(evidence: Evidence, table: str, year: int) -> int | None:
    name, dated, column, after = COUNTED[table]
    if not evidence.published.has(name):
        return None
    own = evidence.published.table(name).filter(
        (pl.col("la_number") == evidence.workspace.council.la_number) & (pl.col(dated) == year + after)
    )
    values = own.select(pl.col(column).cast(pl.Int64, strict=False)).drop_nulls()[column].to_list()
    return int(values[0]) if values else None


def _change(value: int) -> doc.Cell:
    return doc.Cell.number(value, change(value, 0), unit="plans")
