"""The caseload's placements as the matching needs them: a local reference, from, to."""

from typing import TYPE_CHECKING

from highneeds.intake.file_names import file_name_to_say
from highneeds.intake.ledger.frames import day, problems_where
from highneeds.intake.ledger.sheet import LINE, read_sheet
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    import polars as pl

COLUMNS = ("child", "from_day", "to_day")


def read_children(path: Place) -> "pl.DataFrame":
    """child, from_day, to_day. A row without a child or with an unreadable day is refused by its line."""
    import polars as pl

    sheet = read_sheet(path)
    missing = [name for name in COLUMNS if name not in sheet.columns]
    if missing:
        raise InputError(
            f"The column {', '.join(missing)} is missing",
            where=Source(file_name_to_say(path.name), 1),
            remedy="Add it to the header row",
        )
    rows = sheet.select(LINE, "child", day("from_day").alias("from_day"), day("to_day").alias("to_day"))
    bad = (
        rows["child"].is_null()
        | rows["from_day"].is_null()
        | (rows["to_day"].is_null() & sheet["to_day"].is_not_null())
    )
    found = problems_where(
        sheet.filter(bad), pl.lit(True), "child", file_name_to_say(path.name), "child", "{} has no day", ""
    )
    if found:
        raise InputError(
            "The row lacks a child or a readable day",
            where=Source(file_name_to_say(path.name), found[0].line),
            remedy="Write the days as 2025-01-31",
        )
    return rows.drop(LINE)
