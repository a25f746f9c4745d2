"""The level that indicators suggest: small conditions with one or two rows each, and the sentence behind each level."""

from dataclasses import replace

import pytest

from highneeds.assurance.levels import suggest
from highneeds.assurance.movement import movement
from highneeds.intake.workspace.dashboard import Direction
from highneeds.report.pages.indicators import sentence
from highneeds.report.words import measures as words
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit
from spec.assurance.test_movement import MAINSTREAM, indicator, moved, observed

# Thirteen months, January to January, usually level: 10 points better, 10 worse, the same, and rising again.
BETTER = "50 50 50 50 50 50 50 50 50 40 40 40 40"
WORSE = "50 50 50 50 50 50 50 50 50 60 60 60 60"
SAME = "50 50 50 50 50 50 50 50 50 50 50 50 50"
TURNING = "50 50 50 50 50 50 50 50 40 40 41 42 43"
NEVER = "- - - - - - - - - - - - -"


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        ([BETTER], "On target"),
        ([SAME], "On target"),
        ([BETTER, WORSE], "Off target with plans"),
        ([SAME, WORSE, WORSE], "Off target with plans"),
        ([BETTER, TURNING], "Off target with plans"),
        ([WORSE], "Off target with plans"),
        ([WORSE, WORSE], "Off target"),
        ([NEVER], "Not known"),
        ([], "Not known"),
    ],
)
def test_the_level_by_what_is_worse_and_what_turns(rows, level):
    assert suggest([moved(text, name=f"row {place}") for place, text in enumerate(rows)]).level.words == level


def test_a_volume_never_counts_and_is_named_as_not_counted():
    volume = moved(WORSE, Unit.COUNT, Direction.NONE, name="plans")
    found = suggest([moved(BETTER, name="share"), volume, moved(NEVER, name="moves")])
    assert found.level.words == "On target"
    assert (
        words.counted(found)
        == "Counted: 1 of 3 indicators. Not counted: plans (a number to plan for); moves (never reported)."
    )


def test_what_is_counted_is_said_where_every_row_counts_where_none_does_and_where_there_is_none():
    assert words.counted(suggest([moved(BETTER)])) == "Counted: 1 of 1 indicators."
    assert words.counted(suggest([moved(NEVER, name="moves")])) == (
        "Counted: 0 of 1 indicators. Not counted: moves (never reported)."
    )
    assert words.counted(suggest([moved("1 2", name="short")])) == (
        "Counted: 0 of 1 indicators. Not counted: short (no figure a year apart)."
    )
    assert words.counted(suggest([])) == "The condition has no indicator."


def test_figures_that_are_all_too_small_to_show_were_reported():
    def hidden(*states):
        cells = [replace(one, state=state) for one, state in zip(observed(NEVER, name="moves"), states, strict=False)]
        return movement(indicator(name="moves"), cells)

    small, gap = State.SUPPRESSED, State.NOT_REPORTED
    for states in ((small, small), (gap, small), (small, gap)):
        assert words.counted(suggest([hidden(*states)])) == (
            "Counted: 0 of 1 indicators. Not counted: moves (reported, every figure too small to show)."
        )
        assert sentence(hidden(*states)) == "moves: reported, every figure too small to show"
    assert sentence(hidden(gap, gap)) == "moves: never reported"
    shown = movement(
        indicator(), [replace(observed("1")[0], state=State.RESTATED), replace(observed("- -")[1], state=small)]
    )
    assert not shown.hidden and words.counted(suggest([shown])).endswith("one (no figure a year apart).")


def test_condition_1_of_kent_is_spoken_against_by_the_mainstream_share():
    found = suggest(
        [moved(MAINSTREAM, good=Direction.UP, name="Mainstream share"), moved(BETTER, name="Specialist share")]
    )
    assert words.why(found) == (
        "Worse than a year before: Mainstream share, from 41.0% (Jan 2024) to 40.6% (Jan 2025).",
        "Better than a year before: Specialist share, from 50.0% (Jan 2024) to 40.0% (Jan 2025).",
    )


def test_condition_3_of_kent_is_spoken_against_by_four_months_of_more_overdue_reviews():
    overdue = moved(
        "9961 9598 9402 8853 8363 7855 7438 7128 6975 6983 7043 7219 7765", Unit.COUNT, name="Reviews overdue"
    )
    found = suggest([overdue])
    assert found.level.words == "Off target with plans"
    assert words.why(found) == (
        "Turning the wrong way: Reviews overdue, 4 months in a row, to 7,765 (Jan 2025).",
        "Better than a year before: Reviews overdue, from 9,961 (Jan 2024) to 7,765 (Jan 2025).",
    )


def test_a_heading_says_both_the_year_and_the_run_of_months():
    overdue = moved(
        "9961 9598 9402 8853 8363 7855 7438 7128 6975 6983 7043 7219 7765", Unit.COUNT, name="Reviews overdue"
    )
    assert sentence(overdue) == (
        "Reviews overdue fell to 7,765 in Jan 2025, after 9,961 a year before, "
        "but with a rise in each of the last 4 months"
    )
