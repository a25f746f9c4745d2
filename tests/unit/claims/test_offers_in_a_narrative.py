"""Each paragraph of a narrative with its claims, and the bound figure that is offered for one that does not hold."""

from dataclasses import replace

from highneeds.claims import Verdict
from highneeds.claims.narrative import binding_of_paragraphs, judged_paragraphs
from highneeds.intake.workspace import NarrativeParagraph, read_workspace


def test_a_claim_that_does_not_hold_is_offered_its_figure(kent):
    text = (
        "In January 2025, 7,765 annual reviews were overdue. In October 2024 it was {{ annual_reviews_overdue_count }}."
    )
    wrong = "In January 2025, 7,756 annual reviews were overdue."
    paragraphs = tuple(
        NarrativeParagraph("Condition 2", one, "", at == 2, "narrative.md", at) for at, one in ((1, text), (2, wrong))
    )
    first, second = judged_paragraphs(replace(read_workspace(kent), narrative=paragraphs))
    assert "{{" not in first.paragraph.text
    assert [one.where for one in (*first.claims, *second.claims)].count("narrative.md:2") == len(second.claims) > 0
    [holds] = first.of(Verdict.HOLDS)
    assert (holds.stated, holds.bound) == ("7,765", "")
    [fails] = second.of(Verdict.FAILS)
    assert fails.bound == "{{ annual_reviews_overdue_count 2025-01 }}"
    assert fails.bound_shows == "7,765 (Number of Annual Reviews overdue, Jan 2025)"
    both = binding_of_paragraphs((first, second))
    assert (first.binding.bound, both.bound, both.typed) == (1, 1, 2)
