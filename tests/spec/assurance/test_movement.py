"""What counts as better and worse: each case is a row of thirteen months that can be judged with a pencil."""

from decimal import Decimal

import pytest

from highneeds.assurance.movement import MovementJudgement, month_steps, movement, noise, usual_movement
from highneeds.intake.workspace import DashboardIndicator, Observation
from highneeds.intake.workspace.dashboard import Direction
from highneeds.report.words import measures
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

JANUARY = Month(2024, 1)


def indicator(unit: Unit = Unit.PERCENT, good: Direction = Direction.DOWN, condition: int = 1, name: str = "one"):
    return DashboardIndicator(name, condition, name, name, unit, "MI", "monthly", good, Source("hand", 1), "", "hand:1")


def observed(text: str, unit: Unit = Unit.PERCENT, name: str = "one", first=JANUARY) -> list[Observation]:
    series = []
    for place, word in enumerate(text.split()):
        value = None if word == "-" else Decimal(word)
        state = State.NOT_REPORTED if value is None else State.REPORTED
        series.append(Observation(name, first.plus(place), value, unit, state, "", word, Source("h", 1), "", "h:1"))
    return series


def moved(text: str, unit: Unit = Unit.PERCENT, good: Direction = Direction.DOWN, rollover: int = 8, name: str = "one"):
    return movement(indicator(unit, good, name=name), observed(text, unit, name), rollover)


# The share in mainstream as Kent printed it. Steps away from August and September: .2 .5 .2 0 .2 .1, then .4 .1 .4:
# 2.1 / 9 = 0.23 is the usual movement.
MAINSTREAM = "41.0 41.2 41.7 41.9 41.9 42.1 42.0 41.9 40.6 40.7 41.1 41.0 40.6"


def test_the_usual_movement_leaves_out_the_steps_into_and_out_of_the_roll_over():
    assert usual_movement(observed(MAINSTREAM), 8) == Decimal("2.1") / 9


def test_a_fall_of_0_4_against_a_usual_movement_of_0_23_is_worse():
    """December stood at 41.0, level with the January before: it does not speak against it."""
    assert moved(MAINSTREAM, good=Direction.UP).on_year.judgement is MovementJudgement.WORSE


def test_three_and_four_children_are_no_clear_change():
    """The root of 3 + 4 is 2.6, and 4 - 3 is 1."""
    change = moved("3 2 3 6 2 0 3 0 172 4 4 1 4", Unit.COUNT, Direction.UP).on_year
    assert (change.value, change.judgement) == (1, MovementJudgement.NO_CLEAR_CHANGE)


def test_37_and_72_children_are_worse_although_december_stood_at_36():
    """Root of 109: 10.44. 35 is more than 3.27 x 10.44 = 34.1, more than one month's step can be by chance."""
    assert moved("37 21 17 24 24 34 29 9 621 49 50 36 72", Unit.COUNT).on_year.judgement is MovementJudgement.WORSE


def test_a_single_month_on_the_other_side_of_the_month_before_is_no_clear_change():
    """Usual movement 2.3 / 9 = 0.26. +0.5 is more, but less than 3.27 x 0.26 = 0.84, and December (0.2) was below."""
    found = moved("0.5 0.2 0.1 0.4 0.1 0.1 0.2 0.0 10.7 0.6 0.4 0.2 1.0")
    change = found.on_year
    assert change.judgement is MovementJudgement.NO_CLEAR_CHANGE
    said = measures.change_remark(change, found)
    assert said == "only the latest month differs: Dec 2024 had moved the other way from Jan 2024"


@pytest.mark.parametrize(("rollover", "word"), [(8, "no clear change"), (1, "worse"), (2, "no clear change")])
def test_the_month_before_the_roll_over_does_not_speak_against_the_one_after(rollover, word):
    """The same months: where the years roll over in January, December is of other children."""
    assert moved("0.5 0.2 0.1 0.4 0.1 0.1 0.2 0.0 10.7 0.6 0.4 0.2 1.0", rollover=rollover).on_year.judgement == word


@pytest.mark.parametrize(("last", "word"), [("13", "no clear change"), ("14", "worse")])
def test_a_change_as_large_as_the_usual_movement_says_nothing(last, word):
    """Every step is 3, so the usual movement is 3, or 2.9 with a last step of 2. 13 is 3 above the 10 of a year ago."""
    assert moved(f"10 13 10 13 10 13 10 20 20 10 13 16 {last}").on_year.judgement == word


def test_chance_is_known_for_counts_only():
    assert noise(Unit.COUNT, Decimal(3), Decimal(6), None) == 3
    assert noise(Unit.COUNT, Decimal(3), Decimal(6), Decimal(5)) == 5
    assert noise(Unit.PERCENT, Decimal(3), Decimal(6), None) is None


def test_a_volume_is_neither_good_nor_bad():
    assert (
        moved("1 1 1 1 1 1 1 1 1 1 1 1 900", Unit.COUNT, Direction.NONE).on_year.judgement is MovementJudgement.NEITHER
    )


@pytest.mark.parametrize(
    ("months", "rollover", "reason"),
    [
        (8, 8, "Crosses the roll-over of school years (Aug and Sep): not like for like"),
        (9, 8, "Crosses the roll-over of school years (Aug and Sep): not like for like"),
        (9, 9, "Crosses the roll-over of school years (Sep): not like for like"),
        (8, 9, ""),
        (10, 8, ""),
    ],
)
def test_the_change_on_the_month_is_not_judged_across_the_roll_over(months, rollover, reason):
    """The eighth month is August: with a roll-over in September, July to August is an ordinary step."""
    text = " ".join(MAINSTREAM.split()[:months])
    found = moved(text, rollover=rollover)
    change = found.on_month
    latest, before = (Decimal(MAINSTREAM.split()[at]) for at in (months - 1, months - 2))
    assert measures.change_remark(change, found) == reason
    assert (change.value, change.against) == (
        latest - before,
        JANUARY.plus(months - 2),
    )


def test_without_any_figure_there_is_no_change():
    nothing = moved("- - -")
    assert measures.change_remark(nothing.on_month, nothing) == "No monthly figures"
    assert measures.change_remark(nothing.on_year, nothing) == "No figures"
    assert (nothing.on_year.value, nothing.on_year.against, nothing.on_year.judgement) == (
        None,
        None,
        MovementJudgement.UNKNOWN,
    )


def test_a_run_counts_back_from_the_latest_month_and_ends_at_a_missing_one():
    assert moved("34.1 34.3 35.0 37.5").adverse_run == 3
    assert moved("34.1 - 35.0 37.5").adverse_run == 1
    assert moved("34.1 34.3 35.0 34.9").adverse_run == 0


def test_without_the_month_a_year_before_there_is_no_change_on_the_year():
    found = moved("- 38 38 38 38 38 38 38 38 38 38 38 40")
    change = found.on_year
    assert (change.value, measures.change_remark(change, found)) == (None, "No figure for Jan 2024")


def test_years_are_held_against_the_year_before():
    source = Source("hand", 1)
    series = [
        Observation("one", FinancialYear(year), Decimal(value), Unit.PERCENT, State.REPORTED, "", "", source, "", "h:1")
        for year, value in ((2023, 40), (2024, 38))
    ]
    change = movement(indicator(), series, 8).on_year
    assert (change.value, change.against, change.judgement) == (-2, FinancialYear(2023), MovementJudgement.BETTER)


def test_the_steps_from_month_to_month_leave_out_gaps_and_the_roll_over():
    """April is missing, so neither it nor May has a step; July to August and August to September are of new years."""
    steps = month_steps(observed("1 2 4 - 7 11 12 20 30 31"), 8)
    assert [(month.number, int(change)) for month, change in steps] == [(2, 1), (3, 2), (6, 4), (7, 1), (10, 1)]
