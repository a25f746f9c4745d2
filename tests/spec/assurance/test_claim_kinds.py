"""Every kind of claim, by its own worked examples. The figures are those of claims/kinds/_worked.py."""

import pytest

from highneeds.assurance.claims import Reader, Verdict
from highneeds.assurance.claims.kinds import kinds
from highneeds.assurance.claims.kinds._worked import WORKED

READER = Reader(WORKED)
EXAMPLES = [(kind, example) for kind in kinds() for example in kind.examples]


@pytest.mark.parametrize(
    ("kind", "example"), EXAMPLES, ids=[f"{kind.name}: {example.text[:50]}" for kind, example in EXAMPLES]
)
def test_a_worked_example_is_judged_as_it_says(kind, example):
    own = [one for one in READER.claims_in(example.text) if one.kind == kind.name]
    stated = [one for one in own if example.stated.lower() in one.stated.lower()]
    assert example.verdict in {one.verdict for one in stated}, [(one.stated, one.verdict, one.why) for one in own]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_a_kind_is_complete(kind):
    verdicts = {example.verdict for example in kind.examples}
    assert kind.title and {Verdict.HOLDS, Verdict.FAILS} <= verdicts


def test_kinds_are_found_by_themselves_and_each_has_a_name_of_its_own():
    names = [kind.name for kind in kinds()]
    assert len(set(names)) == len(names) >= 15
