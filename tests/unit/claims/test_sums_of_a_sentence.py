"""What a sentence says of its own figures: shares of a whole, and percentage points called per cent."""

import pytest

from golden import claim_scores
from golden.worked_evidence import WORKED
from highneeds.claims import Reader

READER = Reader(WORKED)


@pytest.mark.parametrize(
    ("text", "verdict", "why"),
    [
        ("89 of 112 children (80%) came by bus.", "fails", "89 of 112 is 79.5%"),
        ("89 of 112 children (79%) came by bus.", "cannot_check", ""),
        ("90 of 120 children (74%) came by bus.", "fails", "90 of 120 is 75.0%"),
        ("90 of 120 children (75%) came by bus.", "cannot_check", ""),
        ("Timeliness improved from 9% in December 2022 to 71% in July 2023, a rise of 62%.", "fails",
         "62.0% are percentage points; 62% of 9% would make 14.6%"),
        ("Timeliness fell from 80% in December 2022 to 60% in July 2023, a fall of 20%.", "fails",
         "20.0% are percentage points; 20% of 80% would make 64.0%"),
        ("Timeliness fell from 80% in December 2022 to 60% in July 2023, a fall of 25%.", "cannot_check", ""),
        ("The deficit of £100m is made of top-ups £60m, schools £50m and early years (£9m).", "cannot_check", ""),
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_its_own_figures(text, verdict, why):
    found = READER.claims_in(text)
    assert claim_scores.of_sentence(found).value == verdict
    assert not why or why in found[0].why
