"""A file of lines with a volume and a price: one side of a bridge."""

from dataclasses import dataclass
from decimal import Decimal

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.ledger.amounts import number
from highneeds.intake.values import text
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

COLUMNS = ("line", "volume", "price")


@dataclass(frozen=True)
class PricedLine:
    """line: a budget line or kind of placement; volume: full-time-equivalent places or plans; price: pounds a year."""

    line: str
    volume: Decimal
    price: Decimal


def read_priced_lines(path: Place) -> tuple[PricedLine, ...]:
    """The lines of one file. A line that stands there twice, a negative volume or text for a number is refused."""
    lines: dict[str, PricedLine] = {}
    places: dict[str, str] = {}
    for row in read_csv(path, COLUMNS, optional=("note", "source"), name=str(path)):
        one = _priced_line(row)
        if one.line in lines:
            raise InputError(
                f"The line '{one.line}' stands on {places[one.line]} already",
                where=row.where,
                remedy="Add the two rows together, or give one its own name",
            )
        lines[one.line], places[one.line] = one, f"line {row.line}"
    return tuple(lines.values())


def _priced_line(row: CsvRow) -> PricedLine:
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
    return PricedLine(name, volume, number(row, "price"))
