"""Sentences about money by year, savings, openings, risks and levels are held against the account and the registers."""

import shutil
from decimal import Decimal

import pytest

from highneeds.claims import Reader, Verdict, evidence_of
from highneeds.claims.evidence.model import EvidenceFact
from highneeds.claims.evidence.of_workspace import series_of_facts
from highneeds.claims.workspace import claims_of_workspace
from highneeds.intake.workspace import read_workspace
from highneeds.vocabulary.source import Source


@pytest.fixture(scope="module")
def reader(kent):
    return Reader(evidence_of(read_workspace(kent)))


@pytest.fixture
def workspace(kent, tmp_path):
    return shutil.copytree(kent, tmp_path / "kent")


def verdicts(reader: Reader, sentence: str) -> set[str]:
    return {one.verdict.value for one in reader.claims_in(sentence)} - {Verdict.CANNOT_CHECK.value}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The accumulated deficit rose by £0.5m between 2021-22 and 2024-25.", "holds"),
        ("The accumulated deficit fell between 2021-22 and 2024-25.", "fails"),
        ("The in-year overspend was £1m higher in 2024-25 than in 2021-22.", "holds"),
        ("The in-year overspend was £11m higher in 2024-25 than in 2021-22.", "fails"),
        ("The in-year overspend grows from about £53m in 2024-25 to £70m in 2025-26.", "holds"),
        ("The high needs block rose from £249.0m in 2021-22 to £311.7m in 2023-24.", "holds"),
        ("The high needs allocation grew by 45% between 2021-22 and 2023-24.", "fails"),
    ],
)
def test_what_account_and_registers_say(reader, sentence, verdict):
    found = verdicts(reader, sentence)
    assert found == {"holds"} if verdict == "holds" else "fails" in found


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("There are 17 milestones.", {"holds"}),
        ("There are 18 milestones.", set()),
        ("The payments and contributions due came to £56.8m.", {"holds"}),
        ("The payments and contributions due came to £58.6m.", set()),
        ("There are 17 milestones in Medway.", set()),
    ],
)
def test_registers_confirm_and_never_accuse(reader, sentence, verdict):
    assert verdicts(reader, sentence) == verdict


def test_a_changed_figure_contradicts_the_narrative_that_restates_its_line(workspace):
    """facts.csv says £28m where the narrative, restating the same line, says £53m: two values, both places named."""
    facts = workspace / "facts.csv"
    text = facts.read_text(encoding="utf-8")
    old = "in_year_forecast,finance,53000000,,gbp,2024-25,about,£53m"
    assert old in text
    facts.write_text(text.replace(old, old.replace("53", "28")), encoding="utf-8")
    failing = [one for one in claims_of_workspace(read_workspace(workspace)) if one.verdict is Verdict.FAILS]
    said = next(one for one in failing if one.stated == "£53m")
    assert said.computed == "£28m"
    assert said.where in said.why
    assert "monitoring report, programme overview, page 1" in said.why


def test_the_narrative_as_it_is_contradicts_no_line_that_it_restates(kent):
    claims = claims_of_workspace(read_workspace(kent))
    assert not [one for one in claims if "Two values for one figure" in one.why]


@pytest.mark.parametrize(
    ("heading", "stands"), [("Condition 33", "Condition 33"), ("Condition 5: post-16", "Condition 5")]
)
def test_a_heading_keeps_its_text_whether_a_page_is_known_or_not(workspace, heading, stands):
    narrative = workspace / "programme" / "2025-04" / "narrative.md"
    narrative.write_text(narrative.read_text(encoding="utf-8") + f"\n## {heading}\n\nA word.\n", encoding="utf-8")
    assert (read_workspace(workspace).narrative[-1].section, read_workspace(workspace).narrative[-1].text) == (
        stands,
        "A word.",
    )


def test_which_facts_of_one_meaning_make_a_short_series():
    """Figures of a day each, of one meaning and unit, called alike; a range, a guess or no date make none."""

    def fact(name, value, period, unit="count", meaning="Places", **more):
        known = dict(value_high=None, qualifier="exact", printed="", source=Source("REPORT", 7))
        value = None if value is None else Decimal(value)
        named = dict(id=name, value=value, written="", unit=unit, period=period, meaning=meaning)
        return EvidenceFact(**known | more | named)

    found = series_of_facts(
        (
            fact("places_2024", 10, "2024-01"),
            fact("places_2025", 12, "2025-01"),
            fact("places_year", 9, "2024-25"),
            fact("a", 1, "2024-02", value_high=Decimal(2)),
            fact("b", 2, "2024-03", confidence="low"),
            fact("c", None, "2024-04"),
            fact("d", 3, ""),
            fact("e", 4, "2024-05", unit="gbp"),
            fact("nursery_share", 1, "2024-01", meaning="Same, as a share"),
            fact("school_share", 2, "2024-02", meaning="Same, as a share"),
            fact("lone_1", 1, "2024-01", meaning="Lone"),
            fact("lone_2", 2, "2024-01", meaning="Lone"),
            fact("places_open_may_2024", 1, "2024-05", meaning="Open"),
            fact("places_open_may_2025", 2, "2025-05", meaning="Open"),
        )
    )
    points = [{str(at): int(value) for at, value in one.points.items()} for one in found]
    assert [
        (one.id, one.title, one.unit, one.kind, *each.items()) for one, each in zip(found, points, strict=True)
    ] == [
        ("places", "Places", "count", "facts", ("2024-01", 10), ("2025-01", 12), ("2024-25", 9)),
        ("places_open", "Open", "count", "facts", ("2024-05", 1), ("2025-05", 2)),
    ]
    assert set(found[0].sources.values()) == {Source("REPORT", 7)}
