"""What a person wrote and the documents repeat is scanned for personal details before it goes out."""

import shutil

import pytest

from highneeds.checks.finding import Outcome
from highneeds.run import gather


@pytest.fixture
def workspace(kent, tmp_path):
    shutil.copytree(kent, tmp_path / "kent", ignore=shutil.ignore_patterns("caseload", "scenarios"))
    return tmp_path / "kent"


def result_of(workspace):
    return next(one for one in gather(workspace).findings.results if one.rule == "NAMES-01")


def test_kent_names_nobody(kent):
    found = result_of(kent)
    assert (found.outcome, found.findings) == (Outcome.CLEAR, ())
    assert found.looked_at > 100


def test_a_name_in_the_narrative_and_a_number_in_a_register_are_found_and_not_repeated(workspace):
    narrative = workspace / "programme" / "2025-04" / "narrative.md"
    narrative.write_text(narrative.read_text() + "\n## Condition 9\n\nAsk Jane Smith about it.\n")
    risks = workspace / "registers" / "risks.csv"
    risks.write_text(risks.read_text().replace("Support services", "Ring 01632 960123. Support services", 1))
    found = result_of(workspace).findings
    assert [(one.file, one.field) for one in found] == [
        ("programme/2025-04/narrative.md", "name"),
        ("registers/risks.csv", "telephone"),
    ]
    assert all("Smith" not in one.message and "960123" not in one.message for one in found)
    assert all(one.severity == "must_fix" for one in found)
