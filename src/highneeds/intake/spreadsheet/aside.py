"""What stands in a sheet and is no row of figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from highneeds.intake.spreadsheet.grid import GridCell

OF_ANOTHER_COUNCIL = "of another council"
"""What rows are taken for that name a council other than ours."""


@dataclass(frozen=True)
class Aside:
    """Something that is no row of figures, and what it was taken for."""

    where: str
    text: str
    taken_for: str


def asides_of(row: Sequence[GridCell], taken_for: str) -> Iterator[Aside]:
    """What stands in a row, in its order, each text once; nothing for an empty one."""
    seen = [cell for cell in row if not cell.is_empty]
    if seen:
        text = " | ".join(dict.fromkeys(cell.text for cell in seen))
        yield Aside(seen[0].where, text, taken_for)
