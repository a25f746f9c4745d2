"""Columns of text as money, days, periods and years, a million at a time; what is unreadable stays null."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from highneeds.intake.cells_said import cell_to_say, code_to_say
from highneeds.intake.ledger.sheet import LINE

if TYPE_CHECKING:
    import polars as pl

MONEY = r"^\(?[-−+]?£?(?:\d{1,3}(?:,\d{3})+|\d{1,13})(?:\.\d{1,2})?\)?-?$"
NUMBERS = ("code", "commitment", "reference")
"""Columns that hold a number of the council's own: a cost centre, a commitment, a document."""
SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place of a file; `count` rows are like it.

    blocking   False where it may be right, and a person should look before accepting
    """

    kind: str
    file: str
    line: int | None
    column: str
    message: str
    remedy: str
    count: int = 1
    blocking: bool = True


def pence(column: str) -> "pl.Expr":
    """'1,234.50', '(45.00)', '12.30-', '£5' as whole pence; anything else is null."""
    import polars as pl

    text = pl.col(column)
    bare = text.str.replace_all(r"[^0-9.]", "")
    whole = bare.str.extract(r"^(\d*)").cast(pl.Int64, strict=False) * 100
    part = bare.str.extract(r"\.(\d{1,2})$").str.pad_end(2, "0").cast(pl.Int64, strict=False).fill_null(0)
    negative = text.str.contains(r"^(\(|[-−])|-$")
    signed = pl.when(negative).then(-(whole + part)).otherwise(whole + part)
    return pl.when(text.str.contains(MONEY)).then(signed).otherwise(None)


def number(column: str) -> "pl.Expr":
    """Plain digits with up to six decimals; anything else is null."""
    import polars as pl

    text = pl.col(column)
    return pl.when(text.str.contains(r"^-?\d{1,12}(\.\d{1,6})?$")).then(text.cast(pl.Float64, strict=False))


def day(column: str) -> "pl.Expr":
    """A day as 2025-01-31, or as British spreadsheets write it, 31/01/2025; anything else is null."""
    import polars as pl

    text = pl.col(column)
    british = text.str.strptime(pl.Date, "%d/%m/%Y", strict=False)
    return pl.coalesce(text.str.strptime(pl.Date, "%Y-%m-%d", strict=False), british)


def period(column: str) -> "pl.Expr":
    """'P7', '07', '7' as 7; outside 1 to 12 null."""
    import polars as pl

    found = pl.col(column).str.extract(r"^[Pp]?0?(\d{1,2})$").cast(pl.Int64, strict=False)
    return pl.when(found.is_between(1, 12)).then(found)


def year_start(column: str) -> "pl.Expr":
    """'2024-25', '2024/25', '2024/2025' as 2024, where the parts follow on."""
    import polars as pl

    first = pl.col(column).str.extract(r"^(\d{4})[-/](?:\d{2}|\d{4})$").cast(pl.Int64, strict=False)
    second = pl.col(column).str.extract(r"(\d{2})$").cast(pl.Int64, strict=False)
    return pl.when((first + 1) % 100 == second).then(first)


def _said(column: str, text: str | None) -> str:
    return code_to_say(text, outward_too=column == "commitment") if column in NUMBERS else cell_to_say(text)


def _sentence(message: str, said: str) -> str:
    """A sentence that begins with the cell begins large."""
    begun = said[:1].upper() + said[1:] if message.startswith("{}") else said
    return message.format(begun)


def problems_where(
    frame: "pl.DataFrame", bad: "pl.Expr", kind: str, file: str, column: str, message: str, remedy: str
) -> list[Problem]:
    """The first rows where `bad` holds, each with its line and what may be said of the cell; the last says how many
    more. The columns that hold a number of the council's own (`NUMBERS`) are said as codes."""
    found = frame.filter(bad)
    if not found.height:
        return []
    rows: Sequence[tuple[int, str | None]] = found.select(LINE, column).head(SHOWN).rows()
    listed = [Problem(kind, file, line, column, _sentence(message, _said(column, text)), remedy) for line, text in rows]
    if found.height > SHOWN:
        more = found.height - SHOWN
        listed.append(Problem(kind, file, None, column, f"{more:,} more rows are like these", remedy, more))
    return listed
