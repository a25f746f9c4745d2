"""A heading is matched without case and by the nearest known one; text under any other is found and shown."""

import shutil

import pytest

from highneeds.checks.published_figures import check_published
from highneeds.intake.workspace import read_workspace
from highneeds.intake.workspace.headings import heading_of
from highneeds.report.sections import further_text
from highneeds.run import gather


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Condition 3", "Condition 3"),
        ("CONDITION 3: reviews", "Condition 3"),
        ("condition  3.", "Condition 3"),
        ("Condition 12", "Condition 12"),
        ("on track: IN YEAR", "On track: in year"),
        ("On track: in-year", "On track: in year"),
        ("On track: end of the plan", "On track: end of the agreement"),
        ("Headlines: drivers of changes", "Headlines: drivers of change"),
        ("Headline - barriers", "Headlines: barriers"),
        ("Good news", "Good news"),
        ("Headlines", "Headlines"),
    ],
)
def test_the_heading_that_is_meant(written, meant):
    assert heading_of(written, {1, 2, 3}) == meant


@pytest.fixture
def kent(tmp_path):
    return shutil.copytree("examples/kent", tmp_path / "kent", ignore=shutil.ignore_patterns("caseload", "scenarios"))


def test_text_under_an_unknown_heading_is_found_and_shown(kent):
    path = kent / "programme" / "2025-04" / "narrative.md"
    text = path.read_text("utf-8").replace("## Condition 3\n", "## CONDITION 3, reviews\n")
    path.write_text(f"{text}\n## Good news\n\nThe pilot began in May.\n", "utf-8")
    found = read_workspace(kent)
    assert [one for one in found.narrative if one.section == "Condition 3"]
    (finding,) = [one for one in check_published(found).all if one.rule == "NARRATIVE-heading"]
    assert "'Good news'" in finding.message and finding.line == len(path.read_text("utf-8").splitlines()) - 2
    section = further_text.section(gather(kent))
    assert section is not None and "The pilot began in May." in repr(section.blocks)


def test_a_narrative_of_known_headings_has_no_further_text(kent):
    assert further_text.section(gather(kent)) is None
