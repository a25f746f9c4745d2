"""What several files of a workspace must give: a condition that the agreement has."""

from collections.abc import Collection

from highneeds.intake.csvfile import CsvRow
from highneeds.intake.values import whole
from highneeds.vocabulary.errors import InputError


def known_condition(row: CsvRow, conditions: Collection[int]) -> int | None:
    """The condition of a row, None where it has none; one that is not in the agreement is refused.

    Nothing would ever show a row that stands under a condition which is nowhere.
    """
    if not row["condition"]:
        return None
    number = whole(row, "condition")
    if number not in conditions:
        known = ", ".join(str(one) for one in sorted(conditions))
        remedy = f"Use one of {known}, or add it to agreement.yaml" if known else "Leave it empty"
        raise InputError(
            f"The agreement has no condition {number}",
            where=row.place("condition"),
            remedy=remedy,
            lacks=(str(number),),
            lacks_in=("agreement.yaml",),
        )
    return number
