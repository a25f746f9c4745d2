"""Personal names, e-mail addresses and telephone numbers are found, and the finding does not repeat them."""

import pytest

from highneeds.assurance.names import personal_details
from highneeds.intake.text import read_text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Contact Priya Natarajan for details.", ["name"]),
        ("Signed off by: Sarah O'Neill-Brown", ["name"]),
        ("Cllr R Love opened the meeting.", ["name"]),
        ("Write to send.team@kent.example or call 03000 41 41 41.", ["e-mail", "telephone"]),
        ("Ring +44 1622 696565 today.", ["telephone"]),
        ("CEO: Zbigniew Wolski", ["name"]),
    ],
)
def test_what_names_a_person_is_found(text, kinds):
    assert [one.kind for one in personal_details(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Mary Sheridan Primary School and William Barnes Academy Trust have joined.",
        "The July Report gave £29.9m for 2024-25 and 7,765 reviews; 1,177 of 1,307.",
        "The Director of Children's Services and the Chief Executive signed on 02.04.2025.",
        "Safety Valve, Key Decision, Cabinet Member for Education and Skills.",
        "",
    ],
)
def test_places_posts_and_figures_are_no_persons(text):
    assert personal_details(text) == ()


def test_the_finding_gives_line_and_initials_only():
    (found,) = personal_details("First line.\nThanks to Helen Fairfax for this.", "page.html")
    assert (found.where, found.shown) == ("page.html:2", "H. F.")


def test_a_detail_on_the_first_line_after_an_empty_one_is_on_the_second():
    (found,) = personal_details("\nThanks to Helen Fairfax.")
    assert (found.where, found.start, found.end) == ("text:2", 11, 24)


def test_a_double_first_name_is_known_by_its_first_half():
    assert [one.shown for one in personal_details("Ask Helen-Quirina Fairfax.")] == ["H. F."]


def test_of_two_details_in_one_place_the_first_kind_counts_and_neighbours_are_both_found():
    found = personal_details("Helen Fairfax 03000 41 41 41 helen@kent.example")
    assert [one.kind for one in found] == ["name", "telephone", "e-mail"]


@pytest.mark.parametrize("number", ["0300 041 41", "+44 1622 69656"])
def test_a_number_of_another_length_is_no_telephone(number):
    assert personal_details(f"Call {number}.") == ()


@pytest.mark.founding
def test_the_founding_texts_hold_no_name(founding_texts):
    for name in ("monitoring-report-2025-04.txt", "public-page.txt"):
        assert personal_details(read_text(founding_texts / name), name) == ()


def test_the_kent_workspace_holds_no_name(kent):
    for path in sorted(kent.rglob("*.md")) + sorted(kent.glob("*.csv")):
        assert personal_details(read_text(path), path.name) == ()
