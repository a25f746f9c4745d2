"""A file of lines with a volume and a price: one side of a bridge."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.ledger.amounts import number
from highneeds.intake.values import text
from highneeds.intake.workspace.known_on import COLUMN, Days, known_on, newest_known
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

COLUMNS = ("line", "volume", "price")


@dataclass(frozen=True)
class PricedLine:
    """line: a budget line or kind of placement; volume: full-time-equivalent places or plans; price: pounds a year.

    known_on   the day on which it became known; a restated line is a row of its own with a later one
    """

    line: str
    volume: Decimal
    price: Decimal
    known_on: date | None = None


def read_priced_lines(path: Place, days: Days | None = None) -> tuple[PricedLine, ...]:
    """Every version of the lines of one file. Two of one line and one day, a negative volume or text for a number is
    refused.

    days   when each document of the agreement was published
    """
    lines: dict[tuple[str, date | None], PricedLine] = {}
    places: dict[tuple[str, date | None], str] = {}
    for row in read_csv(path, COLUMNS, optional=("note", "source", COLUMN), name=str(path)):
        one = _priced_line(row, days or {})
        version = one.line, one.known_on
        if version in lines:
            raise InputError(
                f"The line '{one.line}' stands on {places[version]} already",
                where=row.where,
                remedy="Add the two rows together, or give one its own name",
            )
        lines[version], places[version] = one, f"line {row.line}"
    return tuple(lines.values())


def lines_known(rows: Iterable[PricedLine], day: date | None = None) -> tuple[PricedLine, ...]:
    """One row a line, as it was known on the day; the newest where no day is given."""
    return newest_known(rows, lambda one: one.line, day)


def _priced_line(row: CsvRow, days: Days) -> PricedLine:
    name = text(row, "line")
    if name.casefold() == "total":
        raise InputError(
            "A total stands among the lines",
            where=row.where,
            remedy="Leave the total out; it is worked out from the lines",
        )
    volume = number(row, "volume")
    if volume < 0:
        raise InputError(
            f"The volume of '{name}' is {volume}, below zero",
            where=row.place("volume"),
            remedy="Write the full-time-equivalent places of the year; 0 if there were none",
        )
    return PricedLine(name, volume, number(row, "price"), known_on(row, row["source"], days))
