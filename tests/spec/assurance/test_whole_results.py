"""Movements, limits, signals, levels and findings, each whole: every field of the result, at and beside each limit."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.assurance.levels import Assurance, Suggestion, WhyLeftOut, suggest, weigh
from highneeds.assurance.measures_state import MeasuresState, measures_state
from highneeds.assurance.movement import (
    ChangeRemark,
    FigureChange,
    Movement,
    MovementJudgement,
    judge,
    month_steps,
    movement,
    noise,
    usual_movement,
)
from highneeds.assurance.names import PersonalDetail, personal_details, words
from highneeds.assurance.process_control import (
    ControlLimits,
    Monthly,
    Signal,
    SignalKind,
    limits,
    points_of,
    segments,
    signals,
    unbroken,
    usual_step,
)
from highneeds.assurance.public_words import personal_details_found, public_texts
from highneeds.assurance.rollover import crosses_rollover, in_rollover, rollover_months, rollover_words
from highneeds.checks.finding import Finding, Outcome, RuleResult, Severity
from highneeds.intake.workspace import Condition, RatedLevel
from highneeds.intake.workspace.dashboard import Direction
from highneeds.vocabulary.assurance_level import AssuranceLevel
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.unit import Unit
from spec.assurance.test_movement import indicator, moved, observed
from spec.assurance.test_process_control import NEXT, OCTOBER, STEADY, monthly
from spec.assurance.test_suggested_levels import BETTER, NEVER, SAME, TURNING, WORSE

BETTER_, WORSE_, SAME_ = MovementJudgement.BETTER, MovementJudgement.WORSE, MovementJudgement.NO_CLEAR_CHANGE
UNKNOWN = MovementJudgement.UNKNOWN
JAN = Month(2024, 1)


def through(first, last):
    return first.through(last)


# the roll-over


def test_the_months_of_the_roll_over():
    assert [(rollover_months(month), rollover_words(month)) for month in (8, 9)] == [
        ((8, 9), "Aug and Sep"),
        ((9,), "Sep"),
    ]
    inside = [[in_rollover(Month(2024, month), rollover) for month in (7, 8, 9, 10)] for rollover in (8, 9)]
    assert inside == [[False, True, True, False], [False, False, True, False]]
    steps = [(7, 7), (6, 7), (7, 8), (8, 9), (9, 10), (7, 10)]
    crossed = [
        [crosses_rollover(Month(2024, before), Month(2024, after), rollover) for before, after in steps]
        for rollover in (8, 9)
    ]
    assert crossed == [[False, False, True, True, False, True], [False, False, False, True, False, True]]


# movement


@pytest.mark.parametrize(
    ("change", "good", "usual", "judged"),
    [
        (1, Direction.NONE, None, MovementJudgement.NEITHER),
        (0, Direction.UP, None, SAME_),
        (1, Direction.UP, None, BETTER_),
        (-1, Direction.UP, None, WORSE_),
        (1, Direction.DOWN, None, WORSE_),
        (-1, Direction.DOWN, None, BETTER_),
        (-1, Direction.DOWN, 1, SAME_),
        (Decimal("-1.1"), Direction.DOWN, 1, BETTER_),
        (Decimal("0.5"), Direction.UP, 0, BETTER_),
    ],
)
def test_a_change_is_judged_by_the_direction_of_good_and_what_is_usual(change, good, usual, judged):
    assert judge(Decimal(change), good, None if usual is None else Decimal(usual)) is judged


def test_what_the_words_of_a_judgement_are():
    nothing = suggest([])
    assert judge(Decimal(1), Direction.UP) == "better" and measures_state(nothing) == "too little data"
    assert nothing.left_out_by_reason == {} and signals(monthly("1 2 3 4 5 6 7"))[0].kind == "trend"
    assert [one.value for one in MovementJudgement] == [
        *("better", "worse", "no clear change", "neither good nor bad", ""),
    ]
    assert [one.value for one in ChangeRemark] == ["no_months", "no_figures", "no_earlier", "rollover", "one_month"]
    assert [one.value for one in MeasuresState] == ["worsening", "mixed", "improving", "too little data"]
    assert [one.value for one in SignalKind] == ["outside", "one_side", "trend", "near_limit"]
    assert [one.value for one in WhyLeftOut] == ["volume", "no_year_before", "never", "hidden"]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("-", FigureChange(None, None, UNKNOWN, ChangeRemark.NO_MONTHS)),
        ("5", FigureChange(None, Month(2023, 12), UNKNOWN, ChangeRemark.NO_EARLIER)),
        ("5 -", FigureChange(None, Month(2023, 12), UNKNOWN, ChangeRemark.NO_EARLIER)),
        ("5 - 7", FigureChange(None, Month(2024, 2), UNKNOWN, ChangeRemark.NO_EARLIER)),
        ("5 7", FigureChange(Decimal(2), JAN, WORSE_)),
        ("7 5", FigureChange(Decimal(-2), JAN, BETTER_)),
        ("5 5", FigureChange(Decimal(0), JAN, SAME_)),
        ("1 1 1 1 1 1 1 4", FigureChange(Decimal(3), Month(2024, 7), UNKNOWN, ChangeRemark.ROLLOVER)),
        ("1 3 1 3 1 3 1 9 9 1 3 1 3", FigureChange(Decimal(2), Month(2024, 12), SAME_)),
        ("1 3 1 3 1 3 1 9 9 1 3 1 4", FigureChange(Decimal(3), Month(2024, 12), WORSE_)),
    ],
)
def test_the_change_on_the_month(text, month):
    """From twelve figures on a step no larger than the usual one says nothing: 2 of 2, but not 3 of 19 / 9."""
    assert moved(text).on_month == month


YEAR = "5 5 5 5 5 5 5 5 5 5 5"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("-", FigureChange(None, None, UNKNOWN, ChangeRemark.NO_FIGURES)),
        ("5 5", FigureChange(None, Month(2023, 2), UNKNOWN, ChangeRemark.NO_EARLIER)),
        (f"4 {YEAR} 5", FigureChange(Decimal(1), JAN, WORSE_)),
        (f"6 {YEAR} 5", FigureChange(Decimal(-1), JAN, BETTER_)),
        (f"5 {YEAR} 5", FigureChange(Decimal(0), JAN, SAME_)),
        (
            "10 10.63 11.63 10.63 11.63 10.63 11.63 9 9 9.9 9.9 9.9 13.27",
            FigureChange(Decimal("3.27"), JAN, SAME_, ChangeRemark.ONE_MONTH, Month(2024, 12)),
        ),
        (
            "10 10.63 11.63 10.63 11.63 10.63 11.63 9 9 9.9 9.9 9.9 13.28",
            FigureChange(Decimal("3.28"), JAN, WORSE_),
        ),
    ],
)
def test_the_change_on_the_year(text, year):
    """Steps of 0.63, five of 1, two of 0 and 3.37 are 9 in nine: 1 is usual, and 3.27 no more than one step may be."""
    assert moved(text).on_year == year


def test_a_movement_whole():
    series = observed("3 4 - 6")
    found = movement(indicator(), series)
    before = FigureChange(None, Month(2023, 4), UNKNOWN, ChangeRemark.NO_EARLIER)
    month = FigureChange(None, Month(2024, 3), UNKNOWN, ChangeRemark.NO_EARLIER)
    assert found == Movement(indicator(), series[3], month, before, 0, 1, 4, 9)
    assert movement(indicator(), series, 8).rollover_month == 8
    nothing = movement(indicator(), [], 8)
    assert (nothing.latest, nothing.gaps, nothing.periods, nothing.adverse_run) == (None, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "good", "run"),
    [
        ("1 2", Direction.DOWN, 1),
        ("2 1", Direction.DOWN, 0),
        ("2 1", Direction.UP, 1),
        ("1 2 2 3 4", Direction.DOWN, 2),
        ("1 2 3 -", Direction.DOWN, 2),
        ("1 2 3 4 5 6 7 8 9 10 11 12", Direction.DOWN, 3),
        ("1 2 3 4 5 6 7 8 9", Direction.DOWN, 0),
        ("1 2 3", Direction.NONE, 0),
    ],
)
def test_a_run_of_steps_the_wrong_way_ends_at_the_roll_over(text, good, run):
    assert moved(text, good=good).adverse_run == run


def test_the_usual_movement_needs_twelve_figures():
    assert usual_movement(observed("1 2 1 2 1 2 1 9 9 1 2"), 8) is None
    assert usual_movement(observed("1 2 1 2 1 2 1 9 9 1 2 1"), 8) == 1
    assert noise(Unit.COUNT, Decimal(-3), Decimal(6), Decimal(2)) == 3
    steps = month_steps(observed("1 2 4 8 8 8 9 9 9 10"), 9)
    assert [month.number for month, _ in steps] == [2, 3, 4, 5, 6, 7, 8, 10] and steps[-1][1] == 1


# process control


LIMITS = ControlLimits((), Decimal(10), Decimal(9), Decimal(1), Decimal(19), Decimal("0.5"))


@pytest.mark.parametrize(
    ("value", "outside", "near"),
    [
        ("19.6", 1, 0),
        ("19.5", 0, 1),
        ("16.1", 0, 1),
        ("16", 0, 0),
        ("10", 0, 0),
        ("4", 0, 0),
        ("3.9", 0, -1),
        ("0.5", 0, -1),
        ("0.4", -1, 0),
    ],
)
def test_a_figure_against_its_limits(value, outside, near):
    """1 to 19 with half a unit of slack; the outer third lies beyond 6 from the mean of 10."""
    assert (LIMITS.side_outside(Decimal(value)), LIMITS.side_near(Decimal(value))) == (outside, near)


def test_where_there_is_no_limit_nothing_is_outside_or_near():
    assert (LIMITS.edge(1), LIMITS.edge(-1)) == (19, 1)
    open_ = ControlLimits((), Decimal(10), Decimal(9), None, None)
    found = [(open_.side_outside(Decimal(one)), open_.side_near(Decimal(one))) for one in (-99, 2, 18, 99)]
    assert found == [(0, 0)] * 4 and open_.slack == 0


def test_the_limits_of_a_segment_whole():
    months = (*through(OCTOBER, Month(2024, 7)), Month(2024, 10), Month(2024, 11))
    step = Decimal("10.64")
    assert limits(monthly(STEADY + NEXT)) == (ControlLimits(months, Decimal(22), step, 22 - step, 22 + step),)
    [percent] = limits(monthly(f"{STEADY.replace('4', '4.00')}{NEXT}", Unit.PERCENT))
    assert percent == ControlLimits(months, Decimal(22), step, 22 - step, 22 + step, Decimal("0.01"))
    assert limits(monthly("5 5 5 5 5 5 5 5 5 5 5 5 5 5")) == ()


@pytest.mark.parametrize(("low", "lowest"), [("13.3", "0.000"), ("13.2", None)])
def test_a_limit_may_be_nought_and_not_less(low, lowest):
    """Every step is 5, so 13.3 = 2.66 x 5 is the step: a mean of 13.3 less that is 0, one of 13.2 less."""
    first, other = Decimal(low) - Decimal("2.5"), Decimal(low) + Decimal("2.5")
    [found] = limits(monthly(f"{first} {other} " * 5 + f"9 9 {first} {other}"))
    assert found.low == (None if lowest is None else Decimal(lowest)) and found.high == found.mean + Decimal("13.3")


@pytest.mark.parametrize(("highest", "capped"), [("100", True), ("100.1", False)])
def test_a_limit_above_100_percent_goes_where_nothing_was_above(highest, capped):
    text = f"98 100 98 {highest} 98 100 98 100 98 100 50 50 98 100"
    assert [(limits(monthly(text, unit))[0].high is None) for unit in (Unit.PERCENT, Unit.COUNT)] == [capped, False]
    [exact] = limits(monthly("90 92 " * 5 + "9 9 90 92", Unit.PERCENT))
    assert exact.high == Decimal("96.32")
    [at_hundred] = limits(monthly("93.68 95.68 " * 5 + "9 9 93.68 95.68", Unit.PERCENT))
    assert at_hundred.high == 100


def test_what_rounding_can_do_to_a_figure():
    assert [monthly(text, Unit.PERCENT).rounding for text in ("1.5 2", "1 2", "1.25 -")] == [
        *(Decimal("0.1"), 1, Decimal("0.01")),
    ]
    assert Monthly((), Unit.PERCENT, 8).rounding == 1
    assert monthly("1.5 2").rounding == 0


def test_a_series_as_months_with_figures():
    series = observed("1 - 3")
    assert points_of(series) == Monthly(((JAN, Decimal(1)), (Month(2024, 3), Decimal(3))), Unit.PERCENT, 9)
    assert points_of([], 8) == Monthly((), Unit.COUNT, 8)
    month = Month(2024, 1)
    points = [(month.plus(at), Decimal(at)) for at in (0, 1, 3, 4, 6)]
    assert [len(run) for run in unbroken(points)] == [2, 2, 1] and list(unbroken([])) == []


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("20 24 20 24 20 24 20 24 20 24 90", None),
        ("20 24 20 24 20 24 20 24 20 24 90 90", 4),
        ("20 - 20 - 20 - 20 - 20 - 90 90 - 20 - 20 - 20 - 20 - 20 - 20", None),
    ],
)
def test_the_usual_step_needs_twelve_figures_and_a_step(text, step):
    assert usual_step(monthly(text)) == step


@pytest.mark.parametrize(("first", "lengths"), [(183, [12]), (184, [10, 2]), (-83, [12]), (-84, [10, 2])])
def test_a_step_over_the_roll_over_of_just_the_limit_is_usual(first, lengths):
    """Every step is 50, and 2.66 x 50 is 133: from 50 to 183 or -83, and not one more."""
    series = monthly(f"{'0 50 ' * 5}90 90 {first} {first + 50}")
    assert [len(one) for one in segments(series)] == lengths


def test_every_signal_of_a_series_in_order():
    """Mean 18.7: 10.69 to 26.65. Outside April and July; eight months on one side; then a fall of seven months."""
    series = monthly("20 20 20 20 20 26 30 20 14 10 90 90 12 12")
    [limit] = limits(series)
    assert signals(series) == (
        Signal(SignalKind.OUTSIDE, (Month(2024, 4), Month(2024, 7)), False, limit),
        Signal(SignalKind.ONE_SIDE, through(OCTOBER, Month(2024, 5)), True, limit),
    )


THE_SEVEN = through(Month(2023, 11), Month(2024, 5))


@pytest.mark.parametrize(
    ("text", "kind", "months", "upwards"),
    [
        ("20 17 17 20 20 20 23 23 20 20 90 90 20 20", SignalKind.NEAR, (Month(2024, 4), Month(2024, 5)), True),
        ("20 23 23 20 20 20 17 17 20 20 90 90 20 20", SignalKind.NEAR, (Month(2024, 4), Month(2024, 5)), False),
        ("20 17 20 17 20 - 23 23 - 20 90 90 20 20 20 20", SignalKind.NEAR, (Month(2023, 11), JAN), False),
        ("24 20 21 22 23 24 25 26 20 24 90 90 22 22", SignalKind.TREND, THE_SEVEN, True),
        (
            "20 26 25 24 23 22 21 20 24 20 90 90 22 22",
            SignalKind.TREND,
            through(Month(2023, 11), Month(2024, 5)),
            False,
        ),
        ("20 20 20 10 10 10 10 10 10 10 90 90 10 10", SignalKind.ONE_SIDE, through(JAN, Month(2024, 7)), False),
        ("20 20 20 10 10 10 10 10 10 - 90 90 10 10 10 20", SignalKind.ONE_SIDE, None, False),
    ],
)
def test_a_signal_of_each_kind_and_direction(text, kind, months, upwards):
    """Two near the edge beside a missing month are no two of three; six on one side are no seven."""
    found = [(one.months, one.upwards) for one in signals(monthly(text)) if one.kind is kind]
    assert found == ([] if months is None else [(months, upwards)])


def test_a_trend_needs_no_limits_and_a_month_on_the_mean_ends_a_run():
    assert signals(monthly("1 2 3 4 5 6 7")) == (Signal(SignalKind.TREND, through(OCTOBER, Month(2024, 4)), True),)
    assert signals(monthly("1 2 3 4 5 6")) == signals(monthly("1 2 3 4 4 5 6 7")) == signals(monthly("")) == ()


# levels


def test_a_suggestion_whole():
    rows = [moved(text, name=text[-2:]) for text in (WORSE, BETTER, SAME, TURNING, NEVER)]
    volume = moved(WORSE, Unit.COUNT, Direction.NONE, name="volume")
    short = moved("1 2", name="short")
    found = suggest([*rows, volume, short])
    worse, better, same, turning, never = ((one,) for one in rows)
    better += turning  # lower than a year ago, and rising again
    left_out = (*never, volume, short)
    level = AssuranceLevel.OFF_TARGET_WITH_PLANS
    assert found == Suggestion(level, worse, better, same, turning, left_out)
    assert found.left_out_by_reason == {
        WhyLeftOut.NEVER: [*never],
        WhyLeftOut.VOLUME: [volume],
        WhyLeftOut.NO_YEAR_BEFORE: [short],
    }


def test_two_steps_the_wrong_way_do_not_turn_a_level():
    two = moved("50 50 50 50 50 50 50 50 40 40 40 42 43", name="two")
    assert two.adverse_run == 2 and suggest([two]).turning == () and suggest([two]).level is AssuranceLevel.ON_TARGET


@pytest.mark.parametrize(
    ("given", "rows", "current", "agreement"),
    [
        ("AG", [BETTER], "G", "agree"),
        ("GA", [BETTER], "A", "disagree"),
        (("A", "G", "not_yet"), [BETTER], "G", "agree"),
        ((), [BETTER], "unknown", "cannot say"),
        (("not_yet",), [BETTER], "unknown", "cannot say"),
        ("G", [NEVER], "G", "cannot say"),
    ],
)
def test_a_condition_is_held_against_its_own_indicators(given, rows, current, agreement):
    source = Source("hand")
    condition = Condition(1, "One", "Condition one", source, True, "")
    levels = [RatedLevel(1, f"update {at}", AssuranceLevel(one), source, "") for at, one in enumerate(given)]
    own = [moved(text) for text in rows]
    other = movement(indicator(condition=2), observed(WORSE), 8)
    found = weigh(condition, levels, [other, *own])
    assert found == Assurance(condition, tuple(levels), AssuranceLevel(current), suggest(own))
    assert (found.agreement, found.suggested) == (agreement, suggest(own).level)


@pytest.mark.parametrize(
    ("worse", "turning", "better", "unchanged", "state"),
    [
        (0, 0, 0, 0, MeasuresState.TOO_LITTLE),
        (0, 0, 0, 1, MeasuresState.MIXED),
        (0, 0, 1, 0, MeasuresState.IMPROVING),
        (0, 0, 1, 1, MeasuresState.IMPROVING),
        (1, 0, 0, 0, MeasuresState.WORSENING),
        (0, 1, 0, 1, MeasuresState.WORSENING),
        (1, 0, 1, 0, MeasuresState.MIXED),
        (0, 1, 1, 0, MeasuresState.MIXED),
        (1, 1, 2, 0, MeasuresState.MIXED),
    ],
)
def test_what_the_measures_of_a_condition_do(worse, turning, better, unchanged, state):
    one = moved(SAME)
    counts = ((one,) * number for number in (worse, better, unchanged, turning))
    assert measures_state(Suggestion(AssuranceLevel.UNKNOWN, *counts, left_out=(one,))) is state


# personal details


def test_each_detail_with_its_place():
    words.cache_clear()  # the lists of names are read anew, so that this holds how they are read
    text = "Thanks Helen Fairfax.\n\nWrite to helen.f@kent.example or ring 03000 41 41 41."
    assert personal_details(text, "a.md") == (
        PersonalDetail("name", "a.md:1", "H. F.", 7, 20),
        PersonalDetail("e-mail", "a.md:3", "e-mail of 20 characters", 32, 52),
        PersonalDetail("telephone", "a.md:3", "telephone of 14 characters", 61, 75),
    )
    assert personal_details("Cllr R Love")[0] == PersonalDetail("name", "text:1", "C. R. L.", 0, 11)


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("01234 5678", False),
        ("01234 56789", True),
        ("01234 567890", True),
        ("01234 567 8901", False),
        ("+44 1234 56789", False),
        ("+44 1234 567890", True),
        ("+44 (0)1234 567890", True),
        ("+44 (0)1234 567 8901", False),
    ],
)
def test_a_telephone_number_has_ten_or_eleven_digits_from_nought(number, found):
    assert [one.kind for one in personal_details(f"Ring {number} now.")] == ["telephone"] * found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Signed by: Zbigniew Wolski", ["Z. W."]),
        ("Signed by: Deputy Wolski", []),
        ("Zbigniew Wolski", []),
        ("Helen School", []),
        ("Helen Fairfax School", []),
        ("Helen Fairfax's Primary School", []),
        ("Helen Fairfax has opened the School", ["H. F."]),
        ("Quirina-Helen Fairfax", []),
        ("Write to helen@kent.example, Helen Fairfax", ["e-mail of 18 characters", "H. F."]),
        ("Dr Helen Fairfax", ["D. H. F."]),
        ("Ask x@kent.Dr Helen Fairfax", ["e-mail of 9 characters", "H. F."]),
    ],
)
def test_who_is_a_person(text, shown):
    assert [one.shown for one in personal_details(text)] == shown


def a_workspace(**texts):
    named = {name: texts.get(name, "plain") for name in ("narrative", "meaning", "note", "role")}
    return SimpleNamespace(
        narrative=[SimpleNamespace(text=named["narrative"], file="narrative.md", line=4)],
        facts=[SimpleNamespace(meaning=named["meaning"], where=Source("facts.csv", 7))],
        levels=[SimpleNamespace(note=named["note"])],
        council=SimpleNamespace(roles={"lead": named["role"]}),
    )


def test_every_text_that_documents_repeat_is_looked_at_once():
    row = SimpleNamespace(values={"a": "cell", "b": 5, "c": None}, file="risks.csv", line=3)
    texts = list(public_texts(a_workspace(), {"risks": SimpleNamespace(rows=[row])}))
    assert texts == [
        ("plain", "narrative.md", 4),
        ("cell", "risks.csv", 3),
        ("plain", "facts.csv", 7),
        ("plain", "levels.csv", None),
        ("plain", "council.toml", None),
    ]


def test_a_person_in_a_public_text_is_a_finding_that_must_be_fixed():
    found = personal_details_found(a_workspace(meaning="Helen Fairfax said"), {})
    question = "Write the role in place of the person."
    finding = Finding(
        *("NAMES-01", Severity.MUST_FIX, "facts.csv", 7, "", "name", "A name stands here (H. F.)", question)
    )
    assert found == RuleResult.of("NAMES-01", (finding,), 4)
    assert personal_details_found(a_workspace(), {}).outcome is Outcome.CLEAR


def test_years_have_no_change_on_the_month():
    source = Source("hand", 1)
    [one] = observed("5")
    yearly = type(one)("one", FinancialYear(2024), one.value, one.unit, one.state, "", "5", source, "", "h:1")
    found = movement(indicator(), [yearly], 8)
    assert found.on_month == FigureChange(None, None, UNKNOWN, ChangeRemark.NO_MONTHS)
    assert found.on_year == FigureChange(None, FinancialYear(2023), UNKNOWN, ChangeRemark.NO_EARLIER)
