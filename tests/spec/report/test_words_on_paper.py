"""What checks, registers and balances say is set on paper as an officer would write it."""

from decimal import Decimal

import pytest

from highneeds.account.stated import Stated, stated
from highneeds.report.charts.symbols import SHAPES, symbol_svg
from highneeds.report.words import public, registers
from highneeds.report.words.plainly import plainly
from highneeds.report.words.sums import balance as balance_of
from highneeds.vocabulary.unit import Unit


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("from_day is after 2025-04-02", "From day is after 2 April 2025"),
        ("2025-01: no whole number of pupils", "Jan 2025: no whole number of pupils"),
        ("the plan of 2024-25 and of 2011-12", "The plan of 2024-25 and of 2011-12"),
        ("in 2012-12", "In Dec 2012"),
        ("on 2025-02-30", "On 2025-02-30"),
        ("no register of community_formula is given", "No register of community formula is given"),
        ("case 2025-01-A", "Case 2025-01-A"),
    ],
)
def test_days_and_names_of_columns_are_words(written, said):
    assert plainly(written) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("nore", 5)], "Line 5 (nore)"),
        ([("unnamed-districts", 2)], "Line 2"),
        ([("3", 4)], "Line 4"),
        ([("a", 2), ("b", 3)], "Lines 2 and 3"),
        ([("a", 2), ("b", 4), ("c", 5), ("d", 6)], "Lines 2 and 4 to 6"),
        ([("a", 2), ("b", 3), ("c", 4), ("d", 6)], "Lines 2 to 4 and 1 more row"),
        ([("", None)], "The whole register"),
        ([("draft_offers", None)], "draft_offers"),
    ],
)
def test_a_row_is_named_by_its_line(rows, said):
    assert registers.places(rows, most=3 if len(rows) == 4 and rows[1][1] == 3 else 20) == said


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "said"),
    [
        ("0", "gbp", 2, "nothing"),
        ("17500000", "gbp", 2, "£17.5m"),
        ("999999", "gbp", 2, "£999,999"),
        ("0", "percent", 1, "none"),
        ("100.0", "percent", 1, "100%"),
        ("85.7", "percent", 1, "85.7%"),
        ("-85.7", "points", 1, "−85.7"),
        ("1520.0", "days", 1, "1,520"),
        ("1520.5", "days", 1, "1,520.5"),
        ("1.50", "ratio", 2, "1.50"),
        ("0", "count", 0, "0"),
    ],
)
def test_a_figure_in_a_headline(value, unit, decimals, said):
    assert registers.in_a_sentence(Decimal(value), unit, decimals) == said


def test_what_is_counted_per_hundred_is_no_percentage():
    assert Unit.PER_100.show(Decimal("44.27")) == "44.3"


@pytest.mark.parametrize(
    ("sum_", "short", "full"),
    [
        (stated(53_000_000, "about"), "about £53m", "about £53 million"),
        (stated(-29_900_000), "−£29.9m", "−£29.9 million"),
        (stated(855_000, "at_least"), "at least £855,000", "at least £855,000"),
        (Stated(0, 200_000_000, "up_to"), "up to £2m", "up to £2 million"),
        (Stated(95_000_000, 3_000_000_000, "range"), "£950,000 to £30m", "£950,000 to £30 million"),
    ],
)
def test_a_sum_in_full_says_its_millions(sum_, short, full):
    assert (sum_.words, public.in_full(sum_)) == (short, full)


@pytest.mark.parametrize(
    ("sum_", "upright", "balance"),
    [
        (stated(-2_000_000, "about"), "about £2m", "about £2m surplus"),
        (Stated(-300_000_000, -200_000_000, "range"), "£2m to £3m", "£2m to £3m surplus"),
        (stated(-100, "at_least"), "at least −£100", "at least −£100"),
        (stated(100), "£100", "£100"),
        (stated(0), "£0", "£0"),
    ],
)
def test_only_what_is_a_surplus_whichever_way_it_is_read_is_turned_upright(sum_, upright, balance):
    assert (sum_.upright.words, balance_of(sum_)) == (upright, balance)


def test_what_was_kept_within_is_said_without_its_sign():
    opens = "The government gives us money for this each year. In 2024-25"
    assert public.ended("2024-25", stated(-855_000)) == f"{opens} we spent £855,000 less than we got."
    about = stated(-2_000_000, "about")
    assert public.balance("2024-25", about) == f"{opens} we expect to spend about £2m less than we get."


def test_every_easy_sentence_has_a_drawing_with_its_words():
    assert public.EASY.keys() == public.SYMBOLS.keys()
    assert {name for name, _ in public.SYMBOLS.values()} == SHAPES.keys()
    assert all(alt and symbol_svg(name).startswith("<svg") for name, alt in public.SYMBOLS.values())
