"""Working days from the first to the last day that the list of bank holidays knows."""

from datetime import date

import pytest

from highneeds.vocabulary.working_days import (
    _working_days_so_far,
    bank_holidays,
    is_working_day,
    known_years,
    plus_working_days,
    working_days_between,
)


@pytest.fixture(autouse=True)
def counted_anew():
    """What is kept of the list is read and counted again, so that each table holds how it is made."""
    for kept in (bank_holidays, known_years, _working_days_so_far):
        kept.cache_clear()


def test_the_list_reaches_from_2022_to_2030():
    assert known_years() == range(2022, 2031) and date(2025, 12, 25) in bank_holidays()


@pytest.mark.parametrize(
    ("day", "works"),
    [("2025-04-17", True), ("2025-04-18", False), ("2025-04-19", False), ("2025-04-20", False), ("2025-04-21", False)],
)
def test_easter_is_no_working_day(day, works):
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2025-01-02", 0, "2025-01-02"),
        ("2025-01-04", 0, "2025-01-04"),
        ("2025-01-03", 1, "2025-01-06"),
        ("2025-01-06", -1, "2025-01-03"),
        ("2022-01-04", -1, None),
        ("2022-01-05", -1, "2022-01-04"),
        ("2030-12-30", 1, "2030-12-31"),
        ("2030-12-31", 1, None),
        ("2031-01-02", 0, None),
    ],
)
def test_so_many_working_days_on_or_back(day, count, found):
    assert plus_working_days(date.fromisoformat(day), count) == (date.fromisoformat(found) if found else None)


@pytest.mark.parametrize(
    ("after", "to", "days"),
    [
        ("2025-01-06", "2025-01-06", 0),
        ("2025-01-07", "2025-01-06", 0),
        ("2025-01-03", "2025-01-06", 1),
        ("2024-12-31", "2025-01-02", 1),
        ("2022-01-01", "2022-01-04", 1),
        ("2030-12-30", "2030-12-31", 1),
        ("2022-01-01", "2022-12-31", 250),
        ("2021-12-31", "2022-01-04", None),
        ("2030-12-31", "2031-01-01", None),
    ],
)
def test_working_days_between_two_days_the_last_included(after, to, days):
    assert working_days_between(date.fromisoformat(after), date.fromisoformat(to)) == days
