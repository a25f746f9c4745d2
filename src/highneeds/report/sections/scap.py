"""The eight tables of the school capacity return, and the places that are planned."""

from highneeds.registers.definitions.places import PLACE_KINDS
from highneeds.registers.mechanism.column import in_words
from highneeds.report import document as doc
from highneeds.report.evidence import Evidence
from highneeds.report.returns.scap import AREAS, PlanningArea, tables_of
from highneeds.report.sections._returns import forecast_cell, forecast_or_why, learnt_from, without_forecast
from highneeds.report.words import returns as words
from highneeds.vocabulary.counted import counted

AHEAD = 3


def sections(evidence: Evidence) -> tuple[doc.Section, ...]:
    forecast = forecast_or_why(evidence, ahead=max(area.years for area in AREAS))
    if isinstance(forecast, str):
        newest = int(str(evidence.published.table("ehcp_caseload_total")["year"].max()))
        return without_forecast("scap", words.SCAP_TITLE, forecast), planned_places(evidence, newest)
    found = tables_of(forecast.with_actions)
    number = evidence.workspace.council.la_number
    blocks = tuple(table(number, area, found[area.ends]) for area in AREAS)
    lead = doc.Paragraph(" ".join((words.SCAP_LEAD, *learnt_from(forecast))))
    return (
        doc.Section("scap", words.SCAP_TITLE, (lead, *blocks)),
        planned_places(evidence, forecast.no_action.januaries[0]),
    )


def table(number: str, area: PlanningArea, years: dict[str, list[int]]) -> doc.DataTable:
    columns = (
        doc.TableColumn("Academic year", width=1.4),
        *(doc.TableColumn(name, align=doc.Align.RIGHT, of="year group", key=name) for name in area.columns),
    )
    rows = tuple(doc.Row.of(year, *map(forecast_cell, values)) for year, values in years.items())
    title = f"{number}{area.ends}. {area.provision}: {area.phase}"
    return doc.DataTable(f"scap-{area.ends}", title, columns, rows)


def planned_places(evidence: Evidence, newest: int) -> doc.Section:
    """Places on the register by kind, for the three academic years ahead."""
    rows, body = evidence.rows("places"), []
    kinds = list(dict.fromkeys(str(row["kind"]) for row in rows))
    years = [newest + step for step in range(AHEAD)]
    for kind in kinds:
        cells = []
        for year in years:
            held = [row for row in rows if row["kind"] == kind and _covers(row.values, year)]
            total = sum(int(row["places"] or 0) for row in held)
            cells.append(doc.Cell.number(total, unit="places") if held else doc.Cell.words("not on record"))
        body.append(doc.Row.of(in_words(PLACE_KINDS.get(kind, kind)), *cells))
    if not body:
        return doc.Section("scap-places", words.SCAP_PLACES, (doc.Paragraph(words.SCAP_NO_PLACES),))
    columns = (
        doc.TableColumn("Kind of place", width=2),
        *(
            doc.TableColumn(f"{year}-{(year + 1) % 100:02d}", align=doc.Align.RIGHT, of="academic year", key=str(year))
            for year in years
        ),
    )
    title = f"{words.SCAP_PLACES}, {counted(AHEAD, 'academic year')} ahead"
    return doc.Section(
        "scap-places", words.SCAP_PLACES, (doc.DataTable("scap-places-table", title, columns, tuple(body)),)
    )


def _covers(values: object, year: int) -> bool:
    """A row of places holds on 1 January of the academic year that begins in September of `year`."""
    assert isinstance(values, dict)
    first, last = values.get("from_day"), values.get("to_day")
    return (first is None or (first.year, first.month) <= (year, 9)) and (last is None or last.year > year)
