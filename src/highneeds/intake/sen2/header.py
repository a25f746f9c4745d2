"""What a return says of itself; where it says nothing of its date, the census day after its last event."""

import re
from datetime import date, timedelta

import polars as pl

from highneeds.intake.cells_said import words_to_say
from highneeds.intake.sen2.cells import Unreadable, day
from highneeds.intake.sen2.fields import CellKind, squashed
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.raw import RawReturn
from highneeds.intake.sen2.rows import ReadingNote, ReturnHeader
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

LONGEST_SAID = 40
COLLECTION = ("sen2", "specialeducationalneeds")
TELLING = ("referencedate", "lea", "year", "collection")
"""What tells one header from another: day, council, year and collection."""
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
    headers = _filled(frame) if frame is not None else []
    if module is None or not headers:
        return _without_header(raw, as_at)
    cells, where = headers[0], Source(module.file, int(headers[0]["line"]))
    _refuse_another_collection(cells.get("collection", ""), where)
    notes = _refuse_another_header(headers, module.file)
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
    return header, notes


def _filled(frame: pl.DataFrame) -> list[dict[str, str]]:
    """The rows in which anything stands, by plain column names."""
    rows = [
        {squashed(column): str(value or "").strip() for column, value in row.items()}
        for row in frame.iter_rows(named=True)
    ]
    return [cells for cells in rows if any(text for name, text in cells.items() if name != "line")]


def _refuse_another_collection(said: str, where: Source) -> None:
    """A school census has children with a plan too, and would be read for a return with hardly anything in it."""
    plain = squashed(said)
    if not plain or any(words in plain for words in COLLECTION):
        return
    shown = words_to_say(said, "another collection") if len(said) <= LONGEST_SAID else "another collection"
    raise InputError(
        f"This is a return of {shown} and not of SEN2", where=where, remedy="Give the SEN2 return of the council"
    )


def _refuse_another_header(headers: list[dict[str, str]], file: str) -> tuple[ReadingNote, ...]:
    """Of two headers that say different things neither can be chosen; the same one twice is said."""
    first = headers[0]
    for other in headers[1:]:
        apart = [name for name in TELLING if other.get(name, "") != first.get(name, "")]
        if apart:
            raise two_headers(first.get(apart[0], ""), other.get(apart[0], ""), Source(file, int(other["line"])))
    if len(headers) == 1:
        return ()
    return (ReadingNote("header", "header", "", f"{file} holds its header {len(headers)} times", len(headers) - 1),)


def two_headers(first: str, other: str, where: Source) -> InputError:
    """The refusal of a file with two headers, by what they say differently."""
    said = [words_to_say(text, "something else").strip("'") for text in (first, other)]
    plain = [text if len(text) <= LONGEST_SAID else "something else" for text in said]
    return InputError(
        f"There are two headers, one of {plain[0]} and one of {plain[1]}",
        where=where,
        remedy="Give the files of one return, as they were exported",
    )


def _reference_date(text: str, where: Source) -> date:
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
    empty = raw.modules.get("header")
    if empty is not None and raw.form not in HEADERLESS:
        raise InputError(
            "The header has no row, so nothing says of which day the return is",
            where=empty.file,
            remedy="Export it again; its one row holds the reference date",
        )
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
