"""A variance explanation is adequate when causes with a size cover four fifths of it."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.account.variance.adequacy import judge_explanation, judge_explanations
from highneeds.intake.ledger.explanations import read_explanations
from highneeds.report.views.account.explanations import explanations
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear

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


def test_an_underspend_is_explained_by_what_fell():
    assert judge_explanation(-VARIANCE, "Fewer placements, saving £2.1m.").adequacy == "yes"
    assert judge_explanation(-VARIANCE, "Higher fees £2.1m.").adequacy == "partly"


def test_the_causes_are_named_with_their_sizes():
    judged = judge_explanation(VARIANCE, "Top-ups £1.3m (212 more plans at £6,130), independent fees £0.8m.")
    assert judged.causes == (("Top-ups", Decimal(1_300_000)), ("independent fees", Decimal(800_000)))
    assert judged.explained == Decimal("0.875")


HEADER = "year,line,variance_gbp,explanation,written_by\n"


def written(tmp_path, rows: str):
    path = tmp_path / "explanations.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    return read_explanations(path)


def test_explanations_are_written_in_a_file_of_the_workspace(tmp_path):
    first, second = written(tmp_path, "2024-25,1.2.3,2400000,Fees £2.0m.,finance partner\n2024-25,in year,-12.5,,\n")
    assert (first.year, first.line, first.variance, first.explanation) == (
        FinancialYear(2024),
        "1.2.3",
        240_000_000,
        "Fees £2.0m.",
    )
    assert (second.variance, second.explanation) == (-1250, "")


def test_a_variance_without_words_is_not_explained():
    assert judge_explanation(VARIANCE, "").adequacy == "no"


@pytest.mark.parametrize("variance", ["", "about 2m"])
def test_a_variance_that_is_no_sum_is_refused_with_its_place(tmp_path, variance):
    with pytest.raises(InputError, match=r"finance/explanations\.csv line 2, column variance_gbp") as refused:
        written(tmp_path, f"2024-25,1.2.3,{variance},Fees £2.0m.,\n")
    assert "variance_gbp" in str(refused.value)


def test_the_account_has_a_view_of_what_is_explained(tmp_path):
    rows = written(tmp_path, "2024-25,1.2.3,2400000,Fees £1.92m.,\n2024-25,1.2.2,2400000,Rising demand.,\n")
    table = explanations.table(SimpleNamespace(explanations=rows, judged_explanations=judge_explanations(rows)))
    assert [(row[1], row[4], row[5]) for row in table.rows] == [("1.2.3", "yes", 1_920_000), ("1.2.2", "no", 0)]
