"""The data tables of a local SEND reform plan: no action, with all actions, and what each action changes."""

from itertools import pairwise

from highneeds.forecast.joint import JointForecast
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.returns import lsrp_figures as figures
from highneeds.report.returns import lsrp_tables as tables
from highneeds.report.words import returns as words

RIGHT = doc.Align.RIGHT


def sections(evidence: Evidence) -> tuple[doc.Section, ...]:
    forecast = evidence.joint_forecast(tables.LAST_YEAR + 1)
    layers, years = figures.layers_of(forecast), figures.years_of(forecast)
    return (
        how_counted(forecast, layers[0], years),
        layer_section("no-action", words.NO_ACTION, layers[0], years),
        layer_section("with-actions", words.WITH_ACTIONS, layers[-1], years),
        effects(layers, years),
    )


def how_counted(forecast: JointForecast, first: figures.LsrpLayer, years: tuple[int, ...]) -> doc.Section:
    origin = forecast.no_action.januaries[0]
    counted = (
        words.ACTUAL.format(year=origin - 1) if origin - 1 in years else words.FORECAST_ONLY.format(january=origin)
    )
    items = (
        words.CALENDAR_RULE.format(year=tables.FIRST_YEAR, january=tables.FIRST_YEAR + 1),
        words.AGE_RULE,
        words.ROUNDING_RULE,
        counted,
        *tables.NEED_NOTES,
    )
    blocks = (doc.Bullets(items), doc.Heading(words.COMPLETE), doc.Bullets(tuple(completeness(first, years))))
    return doc.Section("how-counted", words.HOW_COUNTED, blocks)


def completeness(first: figures.LsrpLayer, years: tuple[int, ...]) -> list[str]:
    """Every table and every year that the plan asks for, or which are missing."""
    missing = figures.missing_tables(first, tables.TABLES)
    gaps = [str(year) for year in range(tables.FIRST_YEAR, tables.LAST_YEAR + 1) if year not in years]
    found = [words.COMPLETE_NO.format(tables=", ".join(missing))] if missing else []
    found += [words.YEARS_MISSING.format(years=", ".join(gaps))] if gaps else []
    whole = words.COMPLETE_YES.format(number=len(tables.TABLES), first=tables.FIRST_YEAR, last=tables.LAST_YEAR)
    return found or [whole]


def layer_section(id: str, title: str, layer: figures.LsrpLayer, years: tuple[int, ...]) -> doc.Section:
    names = {**words.TABLE_TITLES, **dict(tables.NEED_TABLES)}
    blocks = tuple(
        table_of(f"lsrp-{id}-{number.replace('.', '-')}", number, names[number], title, layer, years)
        for number in tables.TABLES
        if number in layer.tables
    )
    return doc.Section(id, title, blocks, new_page=True)


def table_of(
    id: str, number: str, name: str, layer_name: str, layer: figures.LsrpLayer, years: tuple[int, ...]
) -> doc.DataTable:
    columns = (
        doc.Column("Row", width=4),
        *(doc.Column(str(year), align=RIGHT, of="calendar year", key=str(year)) for year in years),
    )
    rows = [
        doc.Row.of(title, *(_cell(number, title, row.get(year)) for year in years))
        for title, row in layer.tables[number].items()
    ]
    totals = (doc.Cell(layer.total(number, year), f"{layer.total(number, year):,}", unit="plans") for year in years)
    rows.append(doc.Row.total(words.TOTAL, *totals))
    return doc.DataTable(id, words.layer_table(number, name, layer_name), columns, tuple(rows))


def _cell(number: str, title: str, value: int | None) -> doc.Cell:
    """A row that the statistics do not tell apart is no nought."""
    empty = number == "6" and any(row.title == title and not row.settings for row in tables.PROVISION_ROWS)
    if empty or value is None:
        return doc.Cell.not_applicable(words.SAME_PLACE if empty else "Not forecast")
    return doc.Cell(value, f"{value:,}", unit="plans")


def effects(layers: tuple[figures.LsrpLayer, ...], years: tuple[int, ...]) -> doc.Section:
    """Row by row of table 6, what each action adds to those before it."""
    if len(layers) < 2:
        return doc.Section("effects", words.EFFECTS, (doc.Paragraph(words.NO_EFFECTS),), new_page=True)
    blocks: list[doc.Block] = [doc.Paragraph(words.EFFECTS_LEAD)]
    columns = (
        doc.Column("Row", width=4),
        *(doc.Column(str(year), align=RIGHT, of="calendar year", key=str(year)) for year in years),
    )
    for place, (before, after) in enumerate(pairwise(layers), start=1):
        rows = [
            doc.Row.of(
                title, *(_change(after.tables["6"][title][year] - before.tables["6"][title][year]) for year in years)
            )
            for title in after.tables["6"]
        ]
        rows.append(
            doc.Row.total(words.TOTAL, *(_change(after.total("6", year) - before.total("6", year)) for year in years))
        )
        blocks.append(doc.DataTable(f"lsrp-effect-{place}", f"{place}. {after.title}", columns, tuple(rows)))
    return doc.Section("effects", words.EFFECTS, tuple(blocks), new_page=True)


def _change(value: int) -> doc.Cell:
    return doc.Cell(value, f"{value:+,}".replace("-", "−") if value else "0", unit="plans")
