"""What is read before anybody signs: figures ranked and grouped, plain words for none."""

import pytest

from highneeds.claims import JudgedClaim, Verdict
from highneeds.claims.language.figures import figure_said
from highneeds.report.sections.claims import unchecked_figures
from highneeds.report.words import claims as claim_words
from highneeds.report.words import quality, review


def claimed(sentence, *stated):
    """Each figure as a claim of the sentence; the figures stand in it in their order."""
    found, start = [], 0
    for one in stated:
        start = sentence.index(one, start)
        end = start + len(one)
        said = figure_said(sentence, start, end)
        claim = JudgedClaim("", "", "", 1, "", one, "", Verdict.CANNOT_CHECK, "", sentence, start, end, said)
        found.append(claim)
        start = end
    return found


@pytest.mark.parametrize(
    ("sentence", "stated", "sums", "percentages", "others"),
    [
        ("It costs £2m, 26% more.", ["£2m", "26%"], ["£2m"], ["26%"], []),
        ("We sent 1,177 (90%) of them.", ["1,177", "90%"], [], ["90%"], ["1,177"]),
        ("About 26 per cent grew.", ["About 26 per cent"], [], ["About 26 per cent"], []),
        ("A fall of 0.4 points.", ["0.4 points"], [], ["0.4 points"], []),
        ("It replaces 12 service level agreements.", ["12"], [], [], ["12 service level agreements"]),
        ("Of 48 places 12 are free.", ["48", "12"], [], [], ["48 places", "12"]),
        ("Of those 12 to 18 months old.", ["12", "18"], [], [], ["12", "18 months"]),
        ("Year 7 has 4 of them, key stage 1 has 4.", ["7", "4", "1", "4"], [], [], ["4"]),
        ("Years 12 to 14 grew.", ["12", "14"], [], [], []),
        ("We told two schools.", ["two"], [], [], []),
    ],
)
def test_figures_without_other_data_stand_by_their_kind(sentence, stated, sums, percentages, others):
    assert unchecked_figures(claimed(sentence, *stated)) == (sums, percentages, others)


def test_one_and_many_are_told_apart():
    assert [quality.more_like_it(number) for number in (0, 1, 6)] == [
        (), ("And 1 more like this.",), ("And 6 more like these.",),
    ]  # fmt: skip
    assert review.of_conditions("No owner is named for {conditions}.", [9]) == "No owner is named for condition 9."
    told = review.of_conditions("No owner is named for {conditions}.", [1, 2, 3, 9])
    assert told == "No owner is named for conditions 1 to 3 and 9."
    assert claim_words.left_out(1).startswith("1 number is") and claim_words.left_out(2).startswith("2 numbers are")


@pytest.mark.parametrize(
    ("computed", "stated", "told"),
    [
        ("40.2%", "35.8%", "The data gives 40.2%. Another month."),
        ("40.2%", "40.2%", "Another month."),
        ("range 24.8", "steady", "Another month."),
    ],
)
def test_what_the_data_gives_is_said_where_it_differs(computed, stated, told):
    assert claim_words.failing(computed, stated, "Another month") == told
