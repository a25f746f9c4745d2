"""The months of the window, with day numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from highneeds.vocabulary.period import Month, SchoolYear


@dataclass(frozen=True)
class SynMonth:
    """first, last: day numbers, the last month cut at the date of the extract. part: how much of the month is there."""

    month: Month
    first: int
    last: int

    @property
    def part(self) -> float:
        return (self.last - self.first + 1) / (self.month.last_day.toordinal() - self.first + 1)

    def school_year(self, rollover_month: int) -> int:
        return SchoolYear.of(date.fromordinal(self.last), rollover_month).start


def window(as_at: date, years: int = 2) -> Sequence[SynMonth]:
    """The months from January `years` years before the year of `as_at`, to that day."""
    months = Month(as_at.year - years, 1).through(Month.of(as_at))
    return [SynMonth(month, month.first_day.toordinal(), min(month.last_day, as_at).toordinal()) for month in months]
