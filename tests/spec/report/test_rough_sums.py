"""What derives from a rounded sum is as rough as that sum; words of schools, answers and measures."""

from datetime import date

import pytest

from highneeds.account.stated import Stated, precision, stated
from highneeds.report.words.conditions import measures_words
from highneeds.report.words.money import above_target, gap_to_plan, lead, variance_title, yearly
from highneeds.report.words.standing import capital_reason, remains, school_words
from highneeds.report.words.sums import roughly

ABOUT_53M, TARGET, GAP = stated(53_000_000, "about"), stated(29_900_000), stated(10_000_000, "about")


@pytest.mark.parametrize(
    ("pounds", "qualifier", "step"),
    [
        (53_000_000, "about", 100_000_000),
        (52_500_000, "about", 10_000_000),
        (500_000, "about", 10_000_000),
        (53_000_000, "exact", 1),
        (0, "about", 1),
    ],
)
def test_how_roughly_a_sum_is_given(pounds, qualifier, step):
    """In pence: to a million at most, however round the sum."""
    assert precision(stated(pounds, qualifier)) == step


def test_a_difference_is_as_rough_as_its_roughest_part():
    assert roughly(23_10000000, ABOUT_53M, TARGET) == "about £23m"
    assert roughly(23_10000000, TARGET) == "£23.1m"
    assert roughly(40000000, ABOUT_53M) == "less than £1m"
    assert above_target(ABOUT_53M, TARGET) == "about £23m more than the £29.9m agreed"
    assert above_target(stated(28_000_000), TARGET) == "£1.9m less than the £29.9m agreed"
    assert above_target(TARGET, TARGET) == "exactly the £29.9m agreed"


def test_the_gap_and_what_it_says_of_the_start_of_the_year():
    assert gap_to_plan(GAP) == "About £10m worse than planned"
    assert gap_to_plan(stated(-2_000_000)) == "£2m better than planned"
    assert gap_to_plan(stated(0)) == "As planned"
    assert lead(ABOUT_53M, TARGET, GAP) == "We began the year about £13m ahead of our cumulative plan."
    assert lead(TARGET, TARGET, stated(0)) == ""


def test_causes():
    assert variance_title("about £23m", "£1.9m", "about £21m", above=True) == (
        "Of about £23m above target £1.9m has a figure; the other causes together come to about £21m"
    )
    assert variance_title("£5m", "", "£5m", above=True) == "No cause of the £5m has a figure yet"
    assert variance_title("£5m", "£5m", "", above=True) == "The named causes add up to £5m"
    assert variance_title("£2m", "", "£2m", above=False) == "The forecast is £2m below target"


def test_a_range_of_savings_keeps_both_ends():
    assert yearly(Stated(5_00000000, 7_00000000, "at_least")) == "at least £5m to £7m a year"
    assert yearly(stated(5_000_000)) == "£5m a year"


def test_what_remains():
    day = date(2028, 3, 31)
    assert (
        remains(stated(30_000_000, "at_least"), day)
        == "We expect a deficit of at least £30m to remain at 31 March 2028."
    )
    assert remains(stated(0), day) == "We expect no deficit at 31 March 2028."


def test_schools_each_with_its_own_line():
    assert school_words("Swanley", 36, "delayed", at_earliest=True) == "Swanley 36 months late at the earliest"
    assert school_words("Elm", 1, "delayed", at_earliest=False) == "Elm 1 month late"
    assert school_words("Nore", 4, "open", at_earliest=False) == "Nore opened 4 months late"
    assert school_words("Oak", 0, "open", at_earliest=False) == "Oak opened on time"
    assert school_words("Sheppey", None, "rejected", at_earliest=False) == "Sheppey rejected"
    assert capital_reason(["Elm 1 month late", "Oak opened on time"], 1, 2) == (
        "One of two on time: Elm 1 month late; Oak opened on time."
    )


def test_measures():
    assert measures_words(2, 1, 0) == "2 better, 1 worse"
    assert measures_words(0, 0, 3) == "3 no clear change" and measures_words(0, 0, 0) == "none to compare"
