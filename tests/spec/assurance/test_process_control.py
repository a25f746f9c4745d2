"""Process control, worked by hand on short series: limits, gaps, the roll-over, and each signal."""

from dataclasses import replace
from decimal import Decimal

import pytest

from highneeds.assurance.process_control import Signal, SignalKind, limits, points_of, segments, signals, usual_step
from highneeds.intake.workspace import Observation
from highneeds.report.words import measures as words
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

OCTOBER = Month(2023, 10)


def monthly(text: str, unit: Unit = Unit.COUNT, first: Month = OCTOBER, rollover: int = 8):
    """Figures month after month, '-' where one is missing."""
    series = []
    for place, word in enumerate(text.split()):
        value = None if word == "-" else Decimal(word)
        state = State.NOT_REPORTED if value is None else State.REPORTED
        month = first.plus(place)
        series.append(Observation("one", month, value, unit, state, "", word, Source("hand", 1), "", "hand:1"))
    return points_of(series, rollover)


def said(text: str, unit: Unit = Unit.COUNT, **how) -> list[str]:
    return [words.signal(signal, unit.show) for signal in signals(monthly(text, unit, **how))]


STEADY = "20 24 20 24 20 24 20 24 20 24"  # October to July: mean 22, every step 4
NEXT = " 90 150 20 24"  # August, September, then the next school year at the level of the last
HIGHER = " 90 150 40 44"  # the next school year at a level of its own


def test_limits_are_the_mean_and_2_66_mean_moving_ranges():
    """2.66 x 4 = 10.64, so 22 - 10.64 = 11.36 and 22 + 10.64 = 32.64."""
    (first,) = limits(monthly(STEADY + NEXT))
    assert (first.mean, first.low, first.high) == (22, Decimal("11.36"), Decimal("32.64"))


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(20, 32, "20 to 32"), (None, 32, "up to 32"), (20, None, "at least 20"), (None, None, "0% to 100%")],
)
def test_limits_in_words_leave_out_what_is_impossible(low, high, said):
    (first,) = limits(monthly(STEADY + NEXT))
    assert words.usual_range(replace(first, low=low, high=high), Unit.COUNT.show) == said


@pytest.mark.parametrize(("months", "trend"), [(5, []), (6, ["trend"])])
def test_seven_months_in_one_direction_are_a_trend_and_six_are_not(months, trend):
    """After figures that go up and down by 4; the rise begins at the last 20."""
    rise = " ".join(str(21 + place) for place in range(months))
    found = list(signals(monthly(f"20 24 20 24 20 24 20 24 20 24 20 {rise}", rollover=13)))
    assert [one.kind for one in found if one.kind == "trend"] == trend


def test_the_roll_over_is_neither_a_step_nor_a_signal():
    """24 to 90, 90 to 150 and 150 to 20 are no usual steps."""
    assert usual_step(monthly(STEADY + NEXT)) == 4
    assert said(STEADY + NEXT) == []


@pytest.mark.parametrize(("after", "lengths"), [("34", [12]), ("35", [10, 2])])
def test_a_larger_step_over_the_roll_over_than_usual_begins_a_segment(after, lengths):
    """2.66 x 4 = 10.64: from 24 to 34 is usual, from 24 to 35 is not."""
    series = monthly(f"{STEADY} 90 150 {after} {int(after) + 4}")
    assert [len(one) for one in segments(series)] == lengths


def test_a_segment_of_fewer_than_twelve_is_a_run_chart_without_limits():
    assert limits(monthly(STEADY + HIGHER)) == ()
    assert said(f"10 20 10 20 10 20 10 20 10 90 {HIGHER}") == [], "nothing is outside where there are no limits"


@pytest.mark.parametrize(("latest", "outside"), [("12.3", False), ("12.4", True)])
def test_a_breach_that_rounding_could_have_made_is_none(latest, outside):
    """12.3 lies 0.07 above its limit of 12.23, less than one unit of the last decimal; 12.4 lies 0.14 above 12.26."""
    text = f"12.0 12.0 12.2 12.0 12.0 12.0 12.0 12.0 12.0 12.0 50.0 50.0 12.0 {latest}"
    high = limits(monthly(text, Unit.PERCENT))[0].high
    assert high < Decimal(latest)
    assert bool([one for one in said(text, Unit.PERCENT) if "outside" in one]) is outside


def test_with_a_roll_over_in_september_august_belongs_to_the_old_year():
    series = monthly("20 24 20 24 20 24 20 24 20 24 20 90 20 24", rollover=9)
    assert [len(year) for year in series.school_years()] == [11, 2]
    assert usual_step(series) == 4


@pytest.mark.parametrize(("figures", "known"), [(14, True), (13, False)])
def test_twelve_figures_are_needed(figures, known):
    """Those of August and September do not count: they belong to neither school year."""
    text = " ".join((STEADY + NEXT).split()[:figures])
    assert bool(limits(monthly(text))) is known


def test_a_missing_month_gives_no_moving_range():
    """24 to 40 over the gap is no step of a month: all the others are 4."""
    series = monthly("20 24 20 24 - 40 44 40 44 40 90 150 40 44")
    assert usual_step(series) == 4


def runs(text: str) -> list[str]:
    return [words.signal(one, Unit.COUNT.show) for one in signals(monthly(text)) if one.kind in ("trend", "one_side")]


def test_a_missing_month_ends_a_run():
    """Nine rising figures, but only four and five in a row; with the tenth between them it is a trend."""
    assert runs("1 2 3 4 - 6 7 8 9 10 50 50 6 7") == []
    assert runs("1 2 3 4 5 6 7 8 9 10 50 50 6 7") == ["Oct 2023 to Jul 2024: 10 months rising without a break."]


def test_seven_rising_are_six_steps_and_the_sentence_starts_with_the_first_of_the_seven():
    assert said("24 20 21 22 23 24 25 26 20 24 90 90 22 22")[0] == (
        "Nov 2023 to May 2024: 7 months rising without a break."
    )


def test_seven_months_on_one_side_of_the_mean():
    """Mean of 10 x 3, 20 x 9 = 17.5. Steps: 10 once and 0 eight times, and 0 in the new year: 2.66 x 1 = 2.66."""
    assert "Jan 2024 to Jul 2024: 7 months in a row above the mean of 18." in said(
        "10 10 10 20 20 20 20 20 20 20 90 90 20 20"
    )


def test_a_lower_limit_below_nought_is_impossible_so_the_range_is_told_as_up_to():
    """Mean 10; steps 0 30 20 and seven of 0: 50 / 10 = 5, so 10 - 13.3 is below nought and 10 + 13.3 = 23.3."""
    series = "0 0 30 10 10 10 10 10 10 10 90 90 10 10"
    first = limits(monthly(series))[0]
    assert first.low is None
    assert said(series)[0] == "Dec 2023 lies outside the usual range of up to 23."


def test_a_share_that_never_passes_100_has_no_limit_above_100():
    """Mean 97.3; steps of 8 twice in ten, so 1.6 x 2.66 = 4.26: 93.08 to 101.59, and nothing can lie above 100."""
    series = "98 98 98 98 98 90 98 98 98 98 50 50 98 98"
    first = limits(monthly(series, Unit.PERCENT))[0]
    assert first.high is None
    assert said(series, Unit.PERCENT)[0].startswith("Mar 2024 lies outside the usual range of at least 93.1%.")


def test_a_fill_rate_may_pass_100():
    assert limits(monthly("101 103 101 103 101 103 101 103 101 103 99 99 101 103", Unit.PERCENT))[0].high > 100


def near(text: str):
    return [one for one in signals(monthly(text)) if one.kind == "near_limit"]


def test_the_latest_pair_near_the_edge_is_told():
    """Mean 20; steps 3 0 3 0 0 3 0 3 0 and 0: 12 / 10 = 1.2, so 20 +/- 3.19, the outer third beyond 2.13.

    November and December stand 3 below, April and May 3 above: both pairs are near, the later one is told.
    """
    (found,) = near("20 17 17 20 20 20 23 23 20 20 90 90 20 20")
    assert words.signal(found, Unit.COUNT.show) == "Apr 2024 and May 2024 lie near the edge of the usual range, 23."


def test_a_month_outside_the_range_is_not_near_its_edge():
    """Mean 18.7; steps 0 0 0 0 6 4 10 6 4 and 0: 30 / 10 = 3, so 10.69 to 26.65, the outer third beyond 5.32.

    26 is near, but its neighbour 30 is outside: no pair.
    """
    series = "20 20 20 20 20 26 30 20 14 10 90 90 12 12"
    assert near(series) == []
    assert said(series) == [
        "Apr 2024 and Jul 2024 lie outside the usual range of 11 to 27.",
        "Oct 2023 to May 2024: 8 months in a row above the mean of 19.",
    ]


def test_two_of_three_months_with_one_missing_are_no_pair():
    """Mean 20.6; steps 3 3 0 0 0 4 4 and 0: 1.75, the outer third beyond 3.1. April and June are no window."""
    assert near("20 17 20 20 20 20 24 - 24 20 90 90 20 20") == []


def test_a_pair_near_the_lower_edge_is_told_where_it_is_the_later_one():
    """The same months the other way round: November and December 3 above, April and May 3 below."""
    (found,) = near("20 23 23 20 20 20 17 17 20 20 90 90 20 20")
    assert words.signal(found, Unit.COUNT.show) == "Apr 2024 and May 2024 lie near the edge of the usual range, 17."


@pytest.mark.parametrize(
    ("months", "names"),
    [
        (1, "Oct 2023 lies"),
        (3, "Oct 2023, Nov 2023 and Dec 2023 lie"),
        (4, "4 months from Oct 2023 to Jan 2024 lie"),
    ],
)
def test_three_months_outside_are_named_and_four_are_counted(months, names):
    (limit,) = limits(monthly(STEADY + NEXT))
    outside = Signal(SignalKind.OUTSIDE, tuple(OCTOBER.plus(place) for place in range(months)), limit=limit)
    assert words.signal(outside, Unit.COUNT.show) == f"{names} outside the usual range of 11 to 33."
