"""Working days in England: Monday to Friday without bank holidays, as far as the list of holidays goes."""

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate

FILE = "bank_holidays.csv"


@cache
def bank_holidays() -> frozenset[date]:
    """The bank holidays of England that are known; each line of the list has its source."""
    text = files(__package__).joinpath(FILE).read_text("utf-8")
    return frozenset(date.fromisoformat(row["day"]) for row in csv.DictReader(text.splitlines()))


@cache
def known_years() -> range:
    """The years whose bank holidays are known; a count of working days beyond them has no answer."""
    years = {day.year for day in bank_holidays()}
    return range(min(years), max(years) + 1)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays()


def plus_working_days(day: date, count: int) -> date | None:
    """The working day `count` after (or, below 0, before) `day`, which itself is not counted. None beyond the list."""
    step = timedelta(days=1 if count > 0 else -1)
    left, here = abs(count), day
    while left:
        here += step
        if here.year not in known_years():
            return None
        left -= is_working_day(here)
    return here if here.year in known_years() else None


@cache
def _working_days_so_far() -> tuple[int, tuple[int, ...]]:
    """The ordinal of the first known day; then, day by day, the working days up to and with it."""
    first, last = date(known_years()[0], 1, 1), date(known_years()[-1], 12, 31)
    days = (is_working_day(first + timedelta(days=step)) for step in range((last - first).days + 1))
    return first.toordinal(), tuple(accumulate(days))


def working_days_between(after: date, to: date) -> int | None:
    """Working days after `after` up to and with `to`; None where the list of holidays does not reach."""
    if after.year not in known_years() or to.year not in known_years():
        return None
    first, so_far = _working_days_so_far()
    return max(so_far[to.toordinal() - first] - so_far[after.toordinal() - first], 0)
