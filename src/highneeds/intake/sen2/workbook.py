"""Two Excel forms: the DfE data entry template (one sheet of stacked blocks) and the pre-submission workbook."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from highneeds.intake.sen2.cells import Unreadable, day
from highneeds.intake.sen2.fields import BLADE, squashed
from highneeds.intake.sen2.layouts import all_layouts
from highneeds.intake.sen2.raw import RawModule, RawReturn
from highneeds.intake.sen2.rows import ReadingNote
from highneeds.intake.sen2.sources import refuse_workbook_bomb
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

TEMPLATE_SHEET = "Data Entry Template"
BLOCKS: Mapping[str, str] = {
    "header": "Header Record",
    "persons": "Person Record",
    "requests": "Requests Records",
    "assessments": "Assessments Records",
    "named_plans": "Named Plan Records",
    "plan_details": "Plan Detail Records",
    "active_plans": "Active Plan Records",
    "placements": "Placement Detail Records",
    "needs": "SEN Need Records",
}
SHEETS: Mapping[str, str] = {
    "header": "Header",
    "persons": "Person",
    "requests": "Requests",
    "assessments": "Assessments",
    "named_plans": "Named Plan",
    "plan_details": "Plan Detail",
    "active_plans": "Active Plan",
    "placements": "Placement Detail",
    "needs": "SEN Need",
}
_ID_TITLES = (("personid", "persontableid"), ("requestsrecordid", "requeststableid"))
_LEFT_ALONE = ("recordtype", "lafromheaderrecord", "sourcelevel")
SheetCells = list[list[Any]]


def read_workbook(data: bytes, file: str) -> RawReturn:
    """One workbook as text. Its directory and the reach of its cells are looked at before it is opened."""
    refuse_workbook_bomb(data, file)
    sheets = _sheets(data, file)
    template = next((name for name in sheets if squashed(name) == squashed(TEMPLATE_SHEET)), None)
    if template is not None:
        return _template(sheets[template], f"{file} sheet {template}")
    named = {squashed(title): module for module, title in SHEETS.items()}
    found = {named[squashed(name)]: (name, cells) for name, cells in sheets.items() if squashed(name) in named}
    if "persons" not in found:
        raise InputError(
            f"There is neither a sheet '{TEMPLATE_SHEET}' nor one called Person",
            where=file,
            remedy="Give the data entry template or the pre-submission workbook",
        )
    return _pre_submission(found, file)


def _sheets(data: bytes, file: str) -> dict[str, SheetCells]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        wanted = {squashed(title) for title in (TEMPLATE_SHEET, *SHEETS.values())}
        names = [name for name in book.sheet_names if squashed(name) in wanted]
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except BaseException as problem:
        # what the reader's Rust side raises is no Exception
        if not isinstance(problem, (CalamineError, ValueError, OSError)) and type(problem).__name__ != "PanicException":
            raise
        raise InputError("The workbook cannot be read", where=file, remedy="Save it again in Excel") from problem


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without '.0', dates as 2025-01-31, flags as 1 and 0."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return (
        value.isoformat() if isinstance(value, date | time) else str(value) if not isinstance(value, timedelta) else ""
    )


def _template(cells: SheetCells, file: str) -> RawReturn:
    """Blocks one under another: a title alone in the first column, a row of column titles, then the rows."""
    titles = {squashed(title): module for module, title in BLOCKS.items()}
    begins = [
        (at, titles[squashed(text_of(row[0]))])
        for at, row in enumerate(cells)
        if row and squashed(text_of(row[0])) in titles and not any(text_of(cell).strip() for cell in row[1:])
    ]
    modules: dict[str, RawModule] = {}
    notes: list[ReadingNote] = []
    ends = [*(at for at, _ in begins), len(cells)][1:]
    for (at, module), end in zip(begins, ends, strict=True):
        if module in modules:
            raise InputError(f"The block {BLOCKS[module]} stands there twice", where=file, remedy="Remove one of them")
        frame = _block(cells[at + 1 : end], at + 2, module, file, notes)
        modules[module] = RawModule.of(file, frame)
    _require(modules, file)
    return RawReturn("template", file, _with_ids(_reviews_in_order(modules, notes)), tuple(notes))


def _require(modules: Mapping[str, RawModule], file: str) -> None:
    for module in ("header", "persons", "requests"):
        if module not in modules:
            raise InputError(
                f"The block {BLOCKS[module]} is missing", where=file, remedy="Use the DfE data entry template as it is"
            )


def _block(rows: SheetCells, first_line: int, module: str, file: str, notes: list[ReadingNote]) -> pl.DataFrame:
    """One block as text, its columns under their Blade names."""
    head = next((at for at, row in enumerate(rows) if any(text_of(cell).strip() for cell in row)), None)
    if head is None:
        raise InputError(f"The block {BLOCKS[module]} has no column titles", where=file, remedy="Use the DfE template")
    columns: dict[int, str] = {}
    unknown: list[str] = []
    for place, cell in enumerate(rows[head]):
        title = text_of(cell).strip()
        column = _column(module, title)
        if column and column not in columns.values():
            columns[place] = column
        elif title and not squashed(title).startswith(_LEFT_ALONE):
            unknown.append(f"The column {' '.join(title.split())[:40]} is not known and not read")
    if len(unknown) > len(columns):
        raise InputError(
            f"The row under {BLOCKS[module]} does not hold its column titles",
            where=Source(file, first_line + head),
            remedy="Use the DfE data entry template as it is",
        )
    notes.extend(ReadingNote("unknown column", module, "", words, 1) for words in unknown)
    return _frame(rows[head + 1 :], columns, first_line + head + 1)


def _column(module: str, title: str) -> str:
    """The Blade name of a title; ids are known by how their title begins."""
    plain = squashed(title)
    by_title = {squashed(field.title): field.column for layout in all_layouts() for field in layout.of(module)}
    by_name = {field.column: field.column for layout in all_layouts() for field in layout.of(module)}
    ids = {} if module == "header" else dict(_ID_TITLES)
    by_id = next((column for begins, column in ids.items() if plain.startswith(begins)), "")
    return by_title.get(plain) or by_name.get(plain) or by_id


def _frame(rows: SheetCells, columns: Mapping[int, str], first_line: int) -> pl.DataFrame:
    """Rows with anything in them, as text, with their line on the sheet."""
    lines: list[int] = []
    texts: dict[str, list[str]] = {column: [] for column in columns.values()}
    for offset, row in enumerate(rows):
        cells = {column: text_of(row[place]).strip() if place < len(row) else "" for place, column in columns.items()}
        if any(cells.values()):
            lines.append(first_line + offset)
            for column, text in cells.items():
                texts[column].append(text)
    frame = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String))
    return frame.with_columns(pl.Series("line", lines, dtype=pl.UInt32))


def _reviews_in_order(modules: dict[str, RawModule], notes: list[ReadingNote]) -> dict[str, RawModule]:
    """Put right the two review dates where the titles stand over each other's dates: a decision follows its meeting."""
    text = modules.get("active_plans")
    if text is None or not {"reviewmeeting", "lastreview"} <= set(text.columns):
        return modules
    pairs = [
        (meeting, decision)
        for one, other in text.load().select("reviewmeeting", "lastreview").iter_rows()
        if (meeting := _day(one)) and (decision := _day(other))
    ]
    after = sum(decision < meeting for meeting, decision in pairs)
    if after <= sum(meeting < decision for meeting, decision in pairs):
        return modules
    words = "Meeting and decision dates of reviews stand under each other's title and were exchanged"
    notes.append(ReadingNote("swap", "active_plans", "review_meeting", words, text.load().height))
    swapped = text.load().rename({"reviewmeeting": "lastreview", "lastreview": "reviewmeeting"})
    return {**modules, "active_plans": RawModule.of(text.file, swapped)}


def _day(text: str | None) -> date | None:
    try:
        return day(text) if text else None
    except Unreadable:
        return None


def _with_ids(modules: dict[str, RawModule]) -> dict[str, RawModule]:
    """Ids for the records that these forms join by request: an assessment and active plan take their request's id."""
    given: dict[str, RawModule] = {}
    for module, text in modules.items():
        _, own, parent = BLADE[module]
        frame = text.load()
        request = pl.col("requeststableid") if "requeststableid" in frame.columns else pl.lit(None, pl.String)
        by_request = {"assessmenttableid", "activeplanstableid", "namedplantableid"}
        added = [request.alias(name) for name in (parent, own) if name in by_request and name not in frame.columns]
        if own and own not in frame.columns and own not in by_request:
            added.append(pl.int_range(1, pl.len() + 1).cast(pl.String).alias(own))
        frame = frame.with_columns(added)
        drop = [name for name in ("persontableid", "requeststableid") if name not in (own, parent)]
        given[module] = RawModule.of(text.file, frame.drop(drop, strict=False))
    return given


def _pre_submission(found: Mapping[str, tuple[str, SheetCells]], file: str) -> RawReturn:
    """One sheet a module, columns by their Blade names in any case."""
    modules: dict[str, RawModule] = {}
    for module, (name, cells) in found.items():
        head = next((at for at, row in enumerate(cells) if any(text_of(cell).strip() for cell in row)), 0)
        titles = [text_of(cell).strip() for cell in cells[head]] if cells else []
        columns = {place: title for place, title in enumerate(titles) if title}
        _refuse_twice(list(columns.values()), f"{file} sheet {name}")
        modules[module] = RawModule.of(f"{file} sheet {name}", _frame(cells[head + 1 :], columns, head + 2))
    renamed = {module: RawModule.of(text.file, _lower(text.load())) for module, text in modules.items()}
    return RawReturn("workbook", file, _with_ids(renamed))


def _lower(frame: pl.DataFrame) -> pl.DataFrame:
    """Id columns under their plain names, so that records can be joined; the rest is recognised later."""
    ids = {name for _, own, parent in BLADE.values() for name in (own, parent) if name}
    return frame.rename({column: squashed(column) for column in frame.columns if squashed(column) in ids})


def _refuse_twice(columns: Sequence[str], where: str) -> None:
    for column in columns:
        if columns.count(column) > 1:
            raise InputError("Two columns have the same name", where=Source(where, 1), remedy="Remove one of them")
