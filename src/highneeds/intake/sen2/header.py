"""What a return says of itself; where it says nothing of its date, the census day after its last event."""

import re
from datetime import date, timedelta

import polars as pl

from highneeds.intake.sen2.cells import Unreadable, day
from highneeds.intake.sen2.fields import CellKind, squashed
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.raw import RawReturn
from highneeds.intake.sen2.rows import ReadingNote, ReturnHeader
from highneeds.vocabulary.errors import InputError

HEADERLESS = {"workbook": "The workbook has", "ssd": "The Standard Safeguarding Dataset has"}
"""Forms that carry no header, as a sentence about them begins."""
_EVENTS = (
    ("requests", "receiveddate"),
    ("requests", "requestoutcomedate"),
    ("assessments", "assessmentoutcomedate"),
    ("placements", "entrydate"),
)


def read_header(raw: RawReturn, as_at: date | None = None) -> tuple[ReturnHeader, tuple[ReadingNote, ...]]:
    """The header, with a note where its date had to be worked out.

    as_at   the day that whoever gave the files names, for a workbook without header; another header's day is refused
    """
    module = raw.modules.get("header")
    frame = module.load() if module is not None else None
    cells = _first_filled(frame) if frame is not None else {}
    if module is None or not cells:
        return _without_header(raw, as_at)
    where = f"{module.file} line {cells['line']}"
    reference_date = _reference_date(cells.get("referencedate", ""), where)
    if as_at is not None and as_at != reference_date:
        raise InputError(
            f"The header says {reference_date}, and --as-at {as_at}",
            where=where,
            remedy="Leave --as-at out, or correct it",
        )
    year = re.search(r"\d{4}", cells.get("year", ""))
    header = ReturnHeader(
        reference_date=reference_date,
        year=int(year[0]) if year else reference_date.year,
        council=re.sub(r"\.0+$", "", cells.get("lea", "")),
        collection=cells.get("collection", ""),
        software=cells.get("softwarecode", ""),
        release=cells.get("release", ""),
        serial_no=cells.get("serialno", ""),
        created=cells.get("datetime", ""),
        file=module.file,
        line=int(cells["line"]),
    )
    return header, ()


def _first_filled(frame: pl.DataFrame) -> dict[str, str]:
    """The first row in which anything stands, by plain column names; {} where there is none."""
    for row in frame.iter_rows(named=True):
        cells = {squashed(column): str(value or "").strip() for column, value in row.items()}
        if any(text for name, text in cells.items() if name != "line"):
            return cells
    return {}


def _reference_date(text: str, where: str) -> date:
    remedy = "Write the census day or the day of the extract there, such as 2025-01-16"
    if not text:
        raise InputError("The header has no reference date", where=where, remedy=remedy)
    try:
        return day(text)
    except Unreadable as reason:
        raise InputError(f"The reference date is {reason}", where=where, remedy=remedy) from None


def _without_header(raw: RawReturn, as_at: date | None) -> tuple[ReturnHeader, tuple[ReadingNote, ...]]:
    """A pre-submission workbook carries no header: the day that is named, else the first census day on or after its
    last event, stands in."""
    latest = max((found for place in _EVENTS for found in _days(raw, *place)), default=None)
    if raw.form not in HEADERLESS or latest is None:
        raise InputError(
            "The header (module sen2) with the reference date is missing",
            where=raw.file,
            remedy="Give the file whose name ends in _sen2.csv with the others",
        )
    if as_at is not None:
        words = f"{HEADERLESS[raw.form]} no header: {as_at:%Y-%m-%d} is taken, as asked"
        return ReturnHeader(reference_date=as_at, year=as_at.year, file=raw.file), (
            ReadingNote("header", "header", "", words, 1),
        )
    census = next(found for year in (latest.year, latest.year + 1) if (found := census_day(year)) >= latest)
    words = f"{HEADERLESS[raw.form]} no header: {census:%Y-%m-%d} is taken, the census day after its last event"
    return ReturnHeader(reference_date=census, year=census.year, file=raw.file), (
        ReadingNote("header", "header", "", words, 1),
    )


def _days(raw: RawReturn, module: str, column: str) -> list[date]:
    if module not in raw.modules or column not in raw.modules[module].columns:
        return []
    assert every_column(module)[column].kind is CellKind.DAY
    found = []
    for text in raw.modules[module].load()[column].cast(pl.String).unique().drop_nulls().to_list():
        try:
            found.append(day(text.strip()))
        except Unreadable:
            continue
    return found


def census_day(year: int) -> date:
    """The SEN2 census day: the third Thursday in January."""
    first = date(year, 1, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 14)
