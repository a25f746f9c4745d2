"""What was published after the report is marked as such; the date stands in the name of the source."""

from dataclasses import replace
from datetime import date

import pytest

from highneeds.account.amount import known
from highneeds.account.exposure.override import MovedEnd, override_clock
from highneeds.account.later import is_later
from highneeds.account.stated import stated
from highneeds.intake.workspace.known_on import day_in
from highneeds.report.words import account as account_words
from highneeds.report.words import reasons
from highneeds.vocabulary.source import Source

REPORT = date(2025, 4, 2)


@pytest.mark.parametrize(
    ("source", "day", "later"),
    [
        ("Kent Cabinet 22 Jul 2025", date(2025, 7, 22), True),
        ("press report of council papers Jan 2026", date(2026, 1, 1), True),
        ("announcement of 20 June 2025", date(2025, 6, 20), True),
        ("Schools Week 17 Mar 2023", date(2023, 3, 17), False),
        ("Kent decision 22/00113 papers", None, False),
        ("REPORT", None, False),
        ("Cabinet 2 Apr 2025", date(2025, 4, 2), False),
    ],
)
def test_the_date_of_a_source(source, day, later):
    assert day_in(source) == day
    assert is_later(day, REPORT) is later


def test_a_later_sum_says_so_beside_its_place():
    cabinet = replace(stated(97_500_000, source="Kent Cabinet 22 Jul 2025"), dated=date(2025, 7, 22))
    words = reasons.placed(cabinet, REPORT)
    assert words == "£97.5m (Kent Cabinet 22 Jul 2025, published after this report)"
    assert reasons.placed(stated(29_900_000, source="REPORT line 11"), REPORT) == "£29.9m (REPORT line 11)"


def test_an_override_that_was_extended_was_to_end_and_did_not():
    moved = MovedEnd(date(2028, 3, 31), Source("announcement of 20 Jun 2025"), is_later=True)
    clock = override_clock(date(2026, 3, 31), REPORT, known(13_600_000_000), known(0), moved=moved)
    assert account_words.override(clock) == (
        "The override was to end on 31 March 2026, in 11 months; £136m would have fallen on the council's own books. "
        "It was extended to 31 March 2028 (announcement of 20 Jun 2025, published after this report)."
    )
