"""The commitment book: one row per child, placement and price period, with what is wrong in it by line."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from highneeds.intake.file_names import file_name_to_say
from highneeds.intake.ledger.frames import Problem, day, number, pence, problems_where
from highneeds.intake.ledger.sheet import LINE, read_sheet
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.s251 import CODES
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    import polars as pl

TEXTS = ("commitment", "child", "placement", "responsible_council", "provider", "band", "status", "line", "supplier")
DAYS = ("from_day", "to_day", "invoiced_to", "paid_to")
MONEY = ("annual_cost_gbp", "place_gbp", "top_up_gbp", "health_gbp", "care_gbp")
SHARES = MONEY[1:]
COLUMNS = (*TEXTS, "fte", *DAYS, *MONEY)
REQUIRED = ("commitment", "child", "placement", "line", "status", "fte", "from_day", "annual_cost_gbp")
STATUSES = {"draft": "Draft", "active": "Active", "ended": "Ended", "cancelled": "Cancelled"}
COUNTED = ("active", "ended")


@dataclass(frozen=True)
class CommitmentBook:
    """rows       typed: text, days as dates, money in pence without its _gbp, fte as a number, line_number
    problems   by line; a row with an unreadable cell keeps its other cells
    """

    file: str
    rows: "pl.DataFrame"
    problems: tuple[Problem, ...]


def read_commitments(path: Place) -> CommitmentBook:
    """Read a commitment book from CSV or Excel. Columns are known by name; one that is missing is refused."""
    sheet = read_sheet(path)
    missing = [name for name in COLUMNS if name not in sheet.columns]
    if missing:
        raise InputError(
            f"The column {', '.join(missing)} is missing",
            where=Source(file_name_to_say(path.name), 1),
            remedy="Add it to the header row",
        )
    return commitment_book(sheet, file_name_to_say(path.name))


def commitment_book(sheet: "pl.DataFrame", file: str) -> CommitmentBook:
    """As read_commitments, on a sheet of text already in hand."""
    import polars as pl

    rows = sheet.select(
        LINE,
        *TEXTS,
        number("fte").alias("fte"),
        *(day(name).alias(name) for name in DAYS),
        *(pence(name).alias(name.removesuffix("_gbp")) for name in MONEY),
    ).with_columns(pl.col(name.removesuffix("_gbp")).fill_null(0) for name in SHARES if _all_readable(sheet, name))
    problems = _unreadable(sheet, rows, file) + _wrong(rows, file)
    return CommitmentBook(file, rows, tuple(problems))


def _all_readable(sheet: "pl.DataFrame", name: str) -> bool:
    """A share of the cost may be left empty, and is then none; text in its place stays unreadable."""
    return sheet.filter(sheet[name].is_not_null()).select(pence(name)).to_series().null_count() == 0


def _unreadable(sheet: "pl.DataFrame", rows: "pl.DataFrame", file: str) -> list[Problem]:
    import polars as pl

    found: list[Problem] = []
    for name in REQUIRED:
        found += problems_where(sheet, pl.col(name).is_null(), "empty", file, name, f"{name} is empty", "Fill it in")
    typed = [(name, "day", "Write it as 2025-01-31") for name in DAYS]
    typed += [(name, "sum of money", "Write pounds and pence as 1234.50") for name in MONEY]
    typed += [("fte", "number", "Write the full-time equivalent as 1 or 0.6")]
    for name, kind, remedy in typed:
        bad = pl.col(name).is_not_null() & rows[name.removesuffix("_gbp")].is_null()
        found += problems_where(sheet, bad, "unreadable", file, name, f"{name} {{}} is no {kind}", remedy)
    return found


def _wrong(rows: "pl.DataFrame", file: str) -> list[Problem]:
    """What cannot be true of a commitment, each with the line it stands on."""
    import polars as pl

    shares = pl.sum_horizontal(name.removesuffix("_gbp") for name in SHARES)
    key = pl.col("commitment")
    questions = (
        (key.is_duplicated() & ~key.is_first_distinct(), "The commitment {} stands there already", "Give it its own"),
        (pl.col("to_day") < pl.col("from_day"), "{} ends before it begins", "Correct whichever day is wrong"),
        (pl.col("fte") < 0, "{} has a volume below zero", "Write the full-time equivalent, 0 or more"),
        (pl.col("annual_cost") < 0, "{} costs less than nothing", "Write a credit in the ledger, not here"),
        (shares.ne(0) & shares.ne(pl.col("annual_cost")), "The shares of {} do not add to its cost", "Correct them"),
        (~pl.col("line").is_in(list(CODES)), "The line of {} is no s251 line", "Use one such as 1.2.3"),
        (~pl.col("status").is_in(list(STATUSES)), "The status of {} is not known", f"Use {', '.join(STATUSES)}"),
        (pl.col("paid_to") > pl.col("invoiced_to"), "{} is paid beyond its invoice", "Correct one of the days"),
        (_overlapping(), "The price period of {} overlaps the one before it", "End the first the day before"),
    )
    found: list[Problem] = []
    for bad, words, remedy in questions:
        found += problems_where(rows.filter(bad), pl.lit(True), "wrong", file, "commitment", words, remedy)
    return found


def _overlapping() -> "pl.Expr":
    """Two counted price periods of one child and placement with a day in common: the cost would count twice."""
    import polars as pl

    counted = pl.col("status").is_in(list(COUNTED))
    ends = pl.when(counted).then(pl.col("to_day").fill_null(pl.date(9999, 12, 31)))
    before = ends.shift(1).over("child", "placement", order_by="from_day")
    return counted & (pl.col("from_day") <= before)
