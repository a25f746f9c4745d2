"""What several files of a workspace must give: rows at all, and a condition that the agreement has."""

from collections.abc import Collection

from highneeds.intake.csvfile import CsvFile, CsvRow
from highneeds.intake.values import whole
from highneeds.vocabulary.errors import InputError


def must_hold_rows(file: CsvFile, what: str) -> None:
    if not len(file):
        raise InputError("The file holds a header and no row", where=f"{file.file} line 1", remedy=f"Write {what}")


def known_condition(row: CsvRow, conditions: Collection[int]) -> int:
    """The condition of a row; one that is not in the agreement is refused, since nothing would ever show the row."""
    number = whole(row, "condition")
    if number not in conditions:
        known = ", ".join(str(one) for one in sorted(conditions))
        raise InputError(
            f"The agreement has no condition {number}",
            where=row.place("condition"),
            remedy=f"Use one of {known}, or add it to agreement.yaml",
        )
    return number
