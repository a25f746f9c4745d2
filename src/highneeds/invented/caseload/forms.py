"""Write a return in each form that councils really have. The tables hold every item of every layout; each form takes
those its layout has."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl
import xlsxwriter

from highneeds.intake.sen2.fields import BLADE, CellKind, Field, Layout
from highneeds.intake.sen2.layouts import layout_for
from highneeds.intake.sen2.rows import FAMILY, MODULES
from highneeds.intake.sen2.workbook import BLOCKS, SHEETS, TEMPLATE_SHEET

# module -> a frame whose columns are the ids, every Blade column of every layout, and for people personorderseqcolumn
Tables = Mapping[str, pl.DataFrame]
_ID_TITLES = {
    "persontableid": "Person ID\n\n(This must be a unique ID for each Person record)",
    "requeststableid": "Requests record ID\n\n(This must be a unique ID for each Requests record)",
}
_ONE_FIELD_IN_XML = {
    "wbp": "WBP",
    "planwbp": "PlanWBP",
    "sensetting": "SENsetting",
    "sentype": "SENtype",
    "sentyperank": "SENtypeRank",
}


class Form(StrEnum):
    """csv: nine Blade files; xml: one XML return; template, workbook: the two Excel forms."""

    CSV = "csv"
    XML = "xml"
    TEMPLATE = "template"
    WORKBOOK = "workbook"


def begins_with(form: Form, day: date) -> str:
    """How the files of a return in this form begin; all but Blade's are one file of that name."""
    if form is Form.CSV:
        return f"Blade-Export_{day:%d-%m-%Y}_"
    return "synthetic_sen2.xml" if form is Form.XML else f"synthetic_{form.value}.xlsx"


def write_form(form: Form, tables: Tables, year: int, folder: Path, day: date) -> None:
    """The return in this form, under the names that it begins with."""
    if form is Form.CSV:
        write_blade(tables, year, folder, day)
        return
    write = {Form.XML: write_xml, Form.TEMPLATE: write_template, Form.WORKBOOK: write_workbook}[form]
    write(tables, year, folder / begins_with(form, day))


def write_blade(tables: Tables, year: int, folder: Path, exported: date) -> None:
    """Nine CSV files as COLLECT exports them."""
    layout = layout_for(year)
    for module in ("header", *MODULES):
        blade, own, parent = BLADE[module]
        order = f"{blade}orderseqcolumn"
        columns = [own, "NativeId", order, "sourceid", *([parent] if parent else [])]
        frame = tables[module].with_columns(
            pl.col(own).alias("NativeId"),
            pl.lit(None, pl.String).alias("sourceid"),
            pl.col(order) if order in tables[module].columns else pl.int_range(1, pl.len() + 1).alias(order),
        )
        items = [_blade_cell(field) for field in layout.of(module)]
        path = folder / f"{begins_with(Form.CSV, exported)}{blade}.csv"
        frame.select(*columns, *items).write_csv(path)


def _blade_cell(field: Field) -> pl.Expr:
    if field.kind is CellKind.DAY:
        return pl.col(field.column).dt.strftime("%Y-%b-%d 00:00:00")
    return pl.col(field.column)


def text_of(value: Any) -> str:
    """A value as XML carries it: dates 2025-01-31, flags 1 and 0."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def write_xml(tables: Tables, year: int, path: Path) -> None:
    """The XML return: one tree, items without a value left out."""
    layout = layout_for(year)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n')
        out.write(_xml_header(tables["header"].row(0, named=True)))
        out.write("<Persons>\n")
        for piece in _xml_rows("persons", None, _by_parent(tables), layout):
            out.write(piece)
        out.write("</Persons>\n</Message>\n")


def _xml_header(header: Mapping[str, Any]) -> str:
    details = "".join(_tag(name, header[name.lower()]) for name in ("Collection", "Year", "ReferenceDate"))
    source = "".join(
        _tag(name, header[name.lower()]) for name in ("LEA", "SoftwareCode", "Release", "SerialNo", "DateTime")
    )
    return f"<Header><CollectionDetails>{details}</CollectionDetails><Source>{source}</Source></Header>\n"


def _tag(name: str, value: Any) -> str:
    text = text_of(value)
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _by_parent(tables: Tables) -> dict[str, dict[Any, list[dict[str, Any]]]]:
    """module -> parent id -> its rows, in order."""
    found: dict[str, dict[Any, list[dict[str, Any]]]] = {}
    for module in MODULES:
        parent = BLADE[module][2] if module != "persons" else None
        rows: dict[Any, list[dict[str, Any]]] = {}
        for row in tables[module].iter_rows(named=True):
            rows.setdefault(row[parent] if parent else None, []).append(row)
        found[module] = rows
    return found


def _xml_rows(
    module: str, parent: Any, rows: Mapping[str, Mapping[Any, list[dict[str, Any]]]], layout: Layout
) -> Iterator[str]:
    blade, own, _ = BLADE[module]
    tag = _XML_TAGS.get(blade, blade)
    fields = [(field.column, _ONE_FIELD_IN_XML.get(field.column, field.column)) for field in layout.of(module)]
    below = [child for child, (_, above, _, _) in FAMILY.items() if above == module]
    for row in rows[module].get(parent, ()):
        yield f"<{tag}>" + "".join(_tag(name, row[column]) for column, name in fields) + "\n"
        for child in below:
            yield from _xml_rows(child, row[own], rows, layout)
        yield f"</{tag}>\n"


_XML_TAGS = {
    "person": "Person",
    "requests": "Requests",
    "assessment": "Assessment",
    "namedplan": "NamedPlan",
    "plandetail": "PlanDetail",
    "activeplans": "ActivePlans",
    "placementdetail": "PlacementDetail",
    "senneed": "SENneed",
}


def write_template(tables: Tables, year: int, path: Path, *, swapped: bool = False) -> None:
    """The data entry template: blocks under one another on one sheet. `swapped` writes each review date under the
    other's title, as some copies of the template have it."""
    layout, joined = layout_for(year), _with_ancestors(tables)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, line = book.add_worksheet(TEMPLATE_SHEET), 0
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for module in ("header", *MODULES):
            sheet.write_string(line, 0, BLOCKS[module])
            titles, columns = _template_columns(module, layout, swapped)
            for place, title in enumerate(titles):
                sheet.write_string(line + 1, place, title)
            line += 2
            for row in joined[module].select(columns).iter_rows():
                _write_row(sheet, line, row, day)
                line += 1
            line += 2


def _template_columns(module: str, layout: Layout, swapped: bool) -> tuple[list[str], list[str]]:
    ids = (
        [] if module == "header" else ["persontableid"] if module == "persons" else ["requeststableid", "persontableid"]
    )
    titles = ["Record Type", *(_ID_TITLES[name] for name in ids)]
    columns = ["recordtype", *ids]
    other = {"reviewmeeting": "lastreview", "lastreview": "reviewmeeting"} if swapped else {}
    for field in layout.of(module):
        titles.append(field.title)
        columns.append(other.get(field.column, field.column))
    return titles, columns


def _write_row(sheet: Any, line: int, row: tuple[Any, ...], day: Any) -> None:
    for place, value in enumerate(row):
        if isinstance(value, bool):
            sheet.write_number(line, place, int(value))
        elif isinstance(value, date):
            sheet.write_datetime(line, place, value, day)
        elif isinstance(value, int):
            sheet.write_number(line, place, value)
        elif value is not None:
            sheet.write_string(line, place, str(value))


def write_workbook(tables: Tables, year: int, path: Path) -> None:
    """The pre-submission workbook: one sheet a module, ids of person and request repeated on every child, no header."""
    layout, joined = layout_for(year), _with_ancestors(tables)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for module in MODULES:
            sheet = book.add_worksheet(SHEETS[module])
            ids = ["persontableid"] if module == "persons" else ["persontableid", "requeststableid"]
            columns = [*ids, *(field.column for field in layout.of(module))]
            for place, column in enumerate(columns):
                sheet.write_string(0, place, "rquestsource" if column == "requestsource" else column)
            for line, row in enumerate(joined[module].select(columns).iter_rows(), start=1):
                _write_row(sheet, line, row, day)


def pack(folder: Path, target: Path) -> None:
    """Every file of the folder in one zip; the same files give the same bytes."""
    with ZipFile(target, "w") as archive:
        for path in sorted(folder.iterdir()):
            entry = ZipInfo(path.name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes(), compresslevel=9)


def _with_ancestors(tables: Tables) -> dict[str, pl.DataFrame]:
    """Every row with the ids of its person and request, and its record type."""
    joined = {"header": tables["header"], "persons": tables["persons"]}
    for module in MODULES[1:]:
        above, (_, _, parent) = FAMILY[module][1], BLADE[module]
        ids = [
            name for name in ("persontableid", "requeststableid") if name in joined[above].columns and name != parent
        ]
        joined[module] = tables[module].join(
            joined[above].select(parent, *ids), on=parent, how="left", maintain_order="left"
        )
    return {module: frame.with_columns(pl.lit(BLOCKS[module]).alias("recordtype")) for module, frame in joined.items()}
