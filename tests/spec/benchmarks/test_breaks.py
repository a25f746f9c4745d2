"""No growth rate is taken across a break: a return that halves, or a block that is no longer the same."""

import pytest

from highneeds.benchmarks.definitions.ehcp_growth_pct_1y import ratios
from highneeds.intake.published.breaks import break_between, declared_breaks, steps_that_are_breaks
from published_by_hand import published

TOTALS = """
council | 2019 | 2020 | 2021
101     | 1000 | 1100 | 1210
102     | 1000 | 1110 | 1215
103     | 1000 | 1090 | {}
104     | 1000 | 1100 | 1210
"""


@pytest.mark.parametrize(("plans", "broken"), [("545", True), ("1330", False), ("1900", True), ("1000", False)])
def test_a_return_that_halves_or_leaps_gives_no_growth(plans, broken):
    found = published(TOTALS.format(plans))
    steps = steps_that_are_breaks(found.table("ehcp_caseload_total")).rows()
    assert steps == ([("103", 2021)] if broken else [])
    rows = {(la, year) for _, la, year, *_ in ratios(found).iter_rows()}
    assert (("103", 2021) in rows) != broken
    assert ("103", 2020) in rows and ("101", 2021) in rows


def test_a_small_councils_chance_is_no_break():
    few = """
    council | 2019 | 2020 | 2021
    101     | 1000 | 1050 | 1200
    102     | 1000 | 1150 | 1190
    103     |   10 |   11 |   16
    104     | 1000 | 1100 | 1250
    """
    assert steps_that_are_breaks(published(few).table("ehcp_caseload_total")).is_empty()


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        ("2025-26", "2026-27", True),
        ("2024-25", "2026-27", True),
        ("2024-25", "2025-26", False),
        ("2026-27", "2027-28", False),
    ],
)
def test_high_needs_blocks_are_not_compared_across_the_year_in_which_grant_moved(before, after, broken):
    found = break_between("high_needs_block", before, after)
    assert (found is not None) == broken


def test_every_declared_break_has_a_reason_and_a_source():
    assert declared_breaks()
    assert all(one.why and one.source and one.before < one.after for one in declared_breaks())
