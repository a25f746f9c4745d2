"""The claims of Kent's founding texts, and of sentences nobody tuned for, against labels made beforehand.

The sets written blind (claims_blind_*.csv) were scored once, at the first reading; those scores stand in FIRST
and in docs/explanation/claims.md, and are not moved. The older sets keep the labels that were made for them: a claim
that the reader no longer judges is no fault, one that it accuses or confirms wrongly is.
"""

import csv
import importlib.util
from functools import cache
from pathlib import Path

import pytest

from golden import blind_truth, claim_scores, claims_whole, taken_apart
from highneeds.claims import Reader, Verdict, evidence_of
from highneeds.claims.contradictions import contradictions
from highneeds.intake.text import read_text
from highneeds.intake.workspace import read_workspace

HERE = Path(__file__).parent
FILES = {"REPORT": "monitoring-report-2025-04.txt", "PAGE": "public-page.txt"}
OLDER = [f"claims_unseen_{n}.csv" for n in range(1, 13)]


@pytest.fixture(scope="module")
def evidence(kent):
    return evidence_of(read_workspace(kent))


@pytest.fixture(scope="module")
def reader(evidence):
    return Reader(evidence)


@pytest.fixture(scope="module")
def readers(kent, reader):
    """Of the founding example, and of the invented council that stands beside it."""
    return {"kent": reader, "harrowdale": Reader(evidence_of(read_workspace(kent.parent / "harrowdale")))}


@pytest.fixture(scope="module")
def write_texts():
    spec = importlib.util.spec_from_file_location("write_texts", HERE.parents[1] / "scripts" / "write_texts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "path", sorted([*HERE.glob("claims_blind_*.csv"), *HERE.glob("claims_unseen_*.csv")]), ids=lambda path: path.stem
)
def test_each_sentence_is_told_as_on_file(readers, write_texts, path):
    """Its verdicts with the series, the figure and the reason. Meant to change: scripts/write_texts.py, and read it."""
    on_file = (HERE / "claims_said" / f"{path.stem}.txt").read_text(encoding="utf-8")
    assert write_texts.claims_said(readers, path) == on_file


def test_each_sentence_of_small_figures_is_told_as_on_file(write_texts):
    """Each kind of claim with the last figure that holds and the first that fails; the reason where it is left open."""
    on_file = write_texts.WORKED.read_text(encoding="utf-8")
    assert write_texts.worked_again(on_file) == on_file


def test_each_sentence_of_small_figures_is_taken_apart_as_on_file():
    """Two ways of reading a sentence may end in one verdict. Meant to change: python tests/golden/taken_apart.py."""
    assert taken_apart.taken_apart(taken_apart.WORKED.read_text("utf-8")) == taken_apart.FILE.read_text("utf-8")


@pytest.mark.parametrize("name", claims_whole.EXAMPLES)
def test_the_evidence_and_the_claims_of_a_workspace_are_those_on_file(kent, name):
    """Meant to change: python tests/golden/claims_whole.py, and read it. The second example has no narrative."""
    known = claims_whole.example(kent.parent / name)
    assert claims_whole.evidence_report(*known) == (HERE / "claims_said" / f"evidence-{name}.txt").read_text("utf-8")
    if name == "kent":
        assert claims_whole.narrative_report(*known) == (HERE / "claims_said" / "narrative-kent.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def score_of(readers):
    """Each set is read once for all the tests."""
    return cache(lambda name: claim_scores.blind(readers, name))


@pytest.fixture(scope="module")
def claims(reader, founding_texts):
    return reader.claims_of({name: read_text(founding_texts / name) for name in FILES.values()})


@pytest.mark.parametrize("name", claim_scores.BLIND)
class TestSentencesWrittenBlind:
    def test_the_labels_are_the_truth(self, kent, name):
        """Worked out from observations.csv by a script that knows nothing of the reader."""
        rows = claim_scores.labelled(name)
        assert len(rows) == 60
        for council in {claim_scores.council_of(row) for row in rows}:
            own = [row for row in rows if claim_scores.council_of(row) == council]
            assert blind_truth.wrong(kent.parent / council / "observations.csv", own) == []

    def test_nothing_is_accused_or_confirmed_wrongly(self, score_of, name):
        score = score_of(name)
        assert score.accused == () and score.confirmed_wrongly == ()

    def test_most_is_judged(self, score_of, name):
        score = score_of(name)
        first = claim_scores.FIRST[name]
        assert score.caught >= max(first.caught, 0.6 * 20) and score.confirmed >= max(first.confirmed, 0.5 * 20)


@pytest.mark.parametrize("name", OLDER)
def test_older_sets_have_no_wrong_verdict(score_of, name):
    score = score_of(name)
    assert score.accused == () and score.confirmed_wrongly == ()


def test_of_the_older_sets_a_good_part_is_judged(score_of):
    """Many of their sentences speak of single facts in free words, which are now left to be bound."""
    scores = [score_of(name) for name in OLDER]
    assert sum(score.caught + score.confirmed for score in scores) >= 270


def test_every_known_contradiction_is_found(evidence):
    """Those of the published figures among themselves; the others are sentences of the founding texts."""
    assert len(contradictions(evidence)) >= 8


@pytest.mark.founding
class TestFoundingTexts:
    def test_kents_claims(self, claims):
        score = claim_scores.founding(claims, FILES)
        assert score.judged >= 20
        assert score.share_right >= 0.9, score.wrong
        assert score.accused == 0, score.wrong

    def test_the_contradictions_of_the_texts_are_found(self, claims):
        expected = [row for row in claim_scores.labelled("claims_kent.csv") if row["expected"] == Verdict.FAILS]
        lines = {f"{FILES[row['document']]}:{row['line']}" for row in expected}
        failing = [one for one in claims if one.verdict is Verdict.FAILS]
        assert {one.where for one in failing} == lines
        assert len(failing) >= len(expected)

    @pytest.mark.parametrize("rows", [range(59, 121), range(163, 175), range(188, 189)])
    def test_tables_broken_lines_and_chart_labels_make_no_claims(self, claims, rows):
        places = {f"{FILES['REPORT']}:{line}" for line in rows}
        assert [one for one in claims if one.where in places and one.verdict is not Verdict.CANNOT_CHECK] == []

    def test_the_reasons_that_the_rules_ask_for(self, claims):
        def why(where: str, stated: str) -> str:
            return "; ".join(one.why for one in claims if one.where == where and stated in one.stated)

        report = FILES["REPORT"]
        assert "percentage points" in why(f"{report}:124", "1.4%")
        assert "Two definitions" in why(f"{report}:124", "0.4%")
        assert "monitoring report, risk register" in why(f"{report}:15", "£30m")
        assert "public page, Our challenges" in why(f"{report}:236", "£23m")
        assert "1,231" in why(f"{report}:187", "1,229")


def test_the_sets_hold_twenty_of_each():
    for name in claim_scores.BLIND:
        with (HERE / name).open(encoding="utf-8") as file:
            labels = [row["expected"] for row in csv.DictReader(file)]
        assert {labels.count(one) for one in ("holds", "fails", "cannot_check")} == {20}
