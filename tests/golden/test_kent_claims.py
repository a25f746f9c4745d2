"""The claims of Kent's founding texts and of sentences nobody tuned for, against labels made beforehand.

The labels (claims_kent.csv, claims_unseen_*.csv) were written before the reader was tuned on them; the scores of the
first reading are in docs/explanation/claims.md.
"""

import pytest

from golden import claim_scores
from highneeds.assurance.claims import Reader, Verdict, evidence_of
from highneeds.intake.text import read_text
from highneeds.intake.workspace import read_workspace

FILES = {"REPORT": "monitoring-report-2025-04.txt", "PAGE": "public-page.txt"}


@pytest.fixture(scope="module")
def reader(kent):
    return Reader(evidence_of(read_workspace(kent)))


@pytest.fixture(scope="module")
def claims(reader, founding_texts):
    return reader.claims_of({name: read_text(founding_texts / name) for name in FILES.values()})


@pytest.mark.parametrize("name", [f"claims_unseen_{n}.csv" for n in range(1, 13)])
def test_unseen_sentences(reader, name):
    score = claim_scores.unseen(reader, name)
    assert score.share_judged >= 0.9, score
    assert score.share_right >= 0.95, score
    assert score.accused == 0, score.wrong


@pytest.mark.founding
class TestFoundingTexts:
    def test_kents_claims(self, claims):
        score = claim_scores.founding(claims, FILES)
        assert score.share_judged >= 0.9, score.wrong
        assert score.share_right >= 0.95, score.wrong
        assert score.accused == 0, score.wrong

    def test_nothing_else_is_accused(self, claims):
        """Every claim that fails is one of those labelled so."""
        expected = [row for row in claim_scores.labelled("claims_kent.csv") if row["expected"] == Verdict.FAILS]
        lines = {f"{FILES[row['document']]}:{row['line']}" for row in expected}
        failing = [one for one in claims if one.verdict is Verdict.FAILS]
        assert {one.where for one in failing} == lines
        assert len(failing) == len(expected)

    @pytest.mark.parametrize("rows", [range(59, 121), range(163, 175), range(188, 189)])
    def test_tables_broken_lines_and_chart_labels_make_no_claims(self, claims, rows):
        places = {f"{FILES['REPORT']}:{line}" for line in rows}
        assert [one for one in claims if one.where in places] == []

    def test_the_reasons_that_the_rules_ask_for(self, claims):
        def why(where: str, stated: str) -> str:
            return "; ".join(one.why for one in claims if one.where == where and stated in one.stated)

        report = FILES["REPORT"]
        assert "percentage points" in why(f"{report}:124", "1.4%")
        assert "Two definitions" in why(f"{report}:124", "0.4%")
        assert "adverse" in why(f"{report}:124", "0.4%")
        assert "REPORT line 236" in why(f"{report}:15", "£30m")
        assert "PAGE line 97" in why(f"{report}:236", "£23m")
        assert "Dec 2024 43.7%" in why(f"{report}:178", "fallen consistently")
        assert "1,231" in why(f"{report}:187", "1,229")
