"""What the year of a comparison means: how it is called, and the last day that it speaks of."""

from datetime import date

import pytest

from highneeds.benchmarks.mechanism.comparison import ComparisonPeriod


@pytest.mark.parametrize(
    ("when", "label", "last_day"),
    [
        (ComparisonPeriod.JANUARY, "2024-01", date(2024, 1, 31)),
        (ComparisonPeriod.FINANCIAL_YEAR, "2024-25", date(2025, 3, 31)),
        (ComparisonPeriod.CALENDAR_YEAR, "2024", date(2024, 12, 31)),
    ],
)
def test_a_year_is_called_and_ends_as_what_it_is_a_year_of(when, label, last_day):
    assert (when.label(2024), when.last_day(2024)) == (label, last_day)
