"""Every kind of claim, by its own worked examples. The figures are those of tests/golden/worked_evidence.py."""

import pytest

from golden import claim_scores
from golden.worked_evidence import WORKED
from highneeds.claims import Reader, Verdict
from highneeds.claims.kinds import kinds
from highneeds.claims.language.items import items_of
from highneeds.claims.sums import wrong_shares

READER = Reader(WORKED)
EXAMPLES = [(kind, text, verdict) for kind in kinds() for text, verdict in kind.examples]


@pytest.mark.parametrize(
    ("kind", "text", "verdict"), EXAMPLES, ids=[f"{kind.name}: {text[:60]}" for kind, text, _ in EXAMPLES]
)
def test_a_worked_example_is_judged_as_it_says(kind, text, verdict):
    claims = READER.claims_in(text)
    assert claim_scores.of_sentence(claims) == verdict, [(one.stated, one.verdict, one.why) for one in claims]
    if verdict != Verdict.CANNOT_CHECK:
        assert kind.name in {one.kind for one in claims}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_a_kind_shows_what_holds_and_what_fails(kind):
    assert {Verdict.HOLDS, Verdict.FAILS} <= {verdict for _, verdict in kind.examples}


def test_kinds_are_found_by_themselves_and_each_has_a_name_of_its_own():
    names = [kind.name for kind in kinds()]
    assert len(set(names)) == len(names) >= 6


@pytest.mark.parametrize(
    ("sentence", "accused"),
    [
        ("Of the cases, 89 of 112 (69%) were closed in time.", True),
        ("Of the cases, 89 of the 112 (69%) were closed in time.", True),
        ("1,177 (90%) of the Year 6 children had a draft offer.", False),
        ("12 (95%) of the Year 13 group had a place.", False),
    ],
)
def test_the_number_of_a_year_group_is_no_whole(sentence, accused):
    """Nothing named stands between 'of' and the whole of a share."""
    found = [one for items in items_of(sentence) for one in wrong_shares(items)]
    assert bool(found) is accused
