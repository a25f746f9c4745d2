"""Bound figures: what an officer writes and what the reader sees."""

import pytest

from golden.worked_evidence import WORKED
from highneeds.claims import bind
from highneeds.vocabulary.errors import InputError


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ annual_reviews_overdue_count }}", "7,765"),
        ("{{ annual_reviews_overdue_count 2024-10 }}", "6,983"),
        ("{{ annual_reviews_overdue_pct Oct 2024 }}", "34.1%"),
        ("{{ annual_reviews_overdue_count change 2024-10 2025-01 }}", "+782"),
        ("{{ annual_reviews_overdue_count change 2024-01 latest percent }}", "−22.0%"),
        ("{{ annual_reviews_overdue_pct change 2024-10 2025-01 }}", "+3.4 points"),
        ("{{ annual_reviews_overdue_count moved January 2024 January 2025 }}", "fell by 2,196"),
        ("{{ annual_reviews_overdue_pct moved 2024-10 2025-01 }}", "rose by 3.4 percentage points"),
        ("{{ annual_reviews_overdue_count moved 2024-01 2025-01 percent }}", "fell by 22.0%"),
        ("{{ annual_reviews_overdue_pct from 2024-01 2025-01 }}", "51.1% to 37.5%"),
        ("{{ annual_reviews_overdue_pct lowest }}", "34.1% in October 2024"),
        ("{{annual_reviews_overdue_pct highest 2024-10 2025-01}}", "37.5% in January 2025"),
        ("{{ nore_opening }}", "2025-01-01"),
    ],
)
def test_a_bound_figure_is_computed_and_formatted(written, shown):
    assert bind(f"It {written}.", WORKED).text == f"It {shown}."


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{{ annual_reviews_overdu_count }}", "Did you mean annual_reviews_overdue_count"),
        ("{{ annual_reviews_overdue_pct 2023-01 }}", "has no value for 2023-01"),
        ("{{ annual_reviews_overdue_pct change 2024-01 }}", "needs 2 dates and has 1"),
        ("{{ annual_reviews_overdue_pct soon }}", "'soon' is no date"),
        ("{{ nore_opening change 2024-01 2025-01 }}", "a single figure"),
        ("{{ }}", "is no bound figure"),
        ("{{ annual_reviews_overdue_pct", "not closed"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_its_line(written, says):
    with pytest.raises(InputError) as refused:
        bind(f"First line.\nIt {written}", WORKED, "update.md")
    assert says in refused.value.sentence and refused.value.where == "update.md:2"


def test_each_bound_figure_leads_to_its_series():
    (figure,) = bind("It {{ annual_reviews_overdue_pct }}", WORKED, "update.md").figures
    assert (figure.figure, figure.shown, figure.where) == ("annual_reviews_overdue_pct", "37.5%", "update.md:1")
