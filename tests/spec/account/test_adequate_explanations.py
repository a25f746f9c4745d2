"""A variance explanation is adequate when causes with a size cover four fifths of it."""

from decimal import Decimal

import pytest

from highneeds.account.variance.adequacy import judge_explanation

VARIANCE = Decimal(2_400_000)


@pytest.mark.parametrize(
    ("explanation", "adequate"),
    [
        ("Increase due to rising demand.", "no"),
        (
            "Top-ups £1.3m (212 more plans at £6,130), independent fees £0.8m (9 more placements and 6.1% on price), "
            "tuition £0.2m; £0.1m unexplained.",
            "yes",
        ),
        ("Last year's figure included academies; this year's does not.", "partly"),
        ("Top-ups £1.92m.", "yes"),
        ("Top-ups £1.91m.", "partly"),
        ("Top-ups £1,920,000; the rest is timing.", "yes"),
        ("Independent fees £1.5 million and tuition £600k.", "yes"),
        ("Fees £3.4m, offset by savings of £1.0m.", "yes"),
        ("Fees £3.4m.", "partly"),
        ("£2.4m.", "no"),
        ("Unexplained £2.4m.", "no"),
        ("Spending was £2.4m over.", "no"),
        ("Fewer places: lower cost of £2.4m.", "partly"),
    ],
)
def test_an_explanation_is_judged(explanation, adequate):
    judged = judge_explanation(VARIANCE, explanation)
    assert judged.adequacy == adequate, judged
    assert judged.why


def test_an_underspend_is_explained_by_what_fell():
    assert judge_explanation(-VARIANCE, "Fewer placements, saving £2.1m.").adequacy == "yes"
    assert judge_explanation(-VARIANCE, "Higher fees £2.1m.").adequacy == "partly"


def test_the_causes_are_named_with_their_sizes():
    judged = judge_explanation(VARIANCE, "Top-ups £1.3m (212 more plans at £6,130), independent fees £0.8m.")
    assert judged.causes == (("Top-ups", Decimal(1_300_000)), ("independent fees", Decimal(800_000)))
    assert judged.explained == Decimal("0.875")
