"""One row of a register, read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from highneeds.vocabulary.period import FinancialYear, Month, SchoolYear


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row with its values read: pounds in pence, dates as dates, an empty cell as None.

    n       how many alike things the row stands for
    cites   columns in which its keeper cites a document that the agreement names
    """

    file: str
    line: int
    values: Mapping[str, Any]
    cites: frozenset[str] = field(default=frozenset(), compare=False)
    n: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        count = self.values.get("count")
        object.__setattr__(self, "n", 1 if count is None else int(count))

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def lacks(self, columns: Iterable[str]) -> str:
        """The first of `columns` that is empty; '' where all are filled."""
        values = self.values
        for column in columns:
            if values.get(column) is None:
                return column
        return ""


def counted(rows: Iterable[RegisterRow]) -> int:
    """n of the design: the rows meant, each as often as it stands for."""
    return sum([row.n for row in rows])


def as_day(value: Any) -> date | None:
    """A day; of a month or a year its last day, on which it is due."""
    if isinstance(value, Month | FinancialYear | SchoolYear):
        return value.last_day
    return value if isinstance(value, date) else None


def first_day(value: Any) -> date | None:
    """A day; of a month or a year its first day, on which it begins."""
    return value.first_day if isinstance(value, Month | FinancialYear | SchoolYear) else as_day(value)
