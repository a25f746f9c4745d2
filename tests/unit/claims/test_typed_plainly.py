"""Every way of typing a figure or a mark is made one before anything reads it."""

import pytest

from highneeds.claims.language.door import typed_plainly
from highneeds.claims.language.lexicon import words_of


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("7\u2009765 reviews", "7,765 reviews"),  # a thin space
        ("7'765'000 reviews", "7,765,000 reviews"),
        ("7 765 reviews", "7 765 reviews"),  # a plain space may part two figures
        ("12\u00a03456", "12 3456"),  # no thousands
        ("1,234\u2009567", "1,234 567"),
        ("37\u00b75%", "37.5%"),
        ("a\u00b75", "a\u00b75"),
        ("2\u00bd per cent", "2.5 per cent"),
        ("2 \u00bc m", "2.25 m"),
        ("\u00be of pupils", "three quarters of pupils"),
        ("7,765\u00b9 reviews", "7,765 reviews"),  # a footnote
        ("7,765\u2020.", "7,765."),
        ("37.5%*, as before", "37.5%, as before"),
        ("7,765(1) reviews", "7,765 reviews"),
        ("7,765 [12].", "7,765."),
        ("7,765^2 reviews", "7,765 reviews"),
        ("7,765 (12) reviews", "7,765 (12) reviews"),  # a figure of its own in brackets
        ("7,765[123] reviews", "7,765[123] reviews"),
        ("2 * 3", "2 * 3"),
    ],
)
def test_one_typography(typed, plain):
    assert typed_plainly(typed) == plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("post-16 places", ["post", "-", "16", "places"]),
        ("phase-transfer", ["phase", "transfer"]),
        ("Years R-six", ["years", "r", "-", "six"]),  # one letter is no word that goes on
        ("X - y", ["x", "-", "y"]),
        ("Kent's", ["kent"]),
    ],
)
def test_a_hyphen_between_two_words_is_no_sign(text, words):
    assert [word for word, _, _ in words_of(text)] == words
