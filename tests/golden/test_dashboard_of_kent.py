"""Kent's dashboard, read out of the report's own page text."""

import pytest

from highneeds.checks.dashboard_text import SAME, SURE, WHOLE, check_dashboard
from highneeds.intake.dashboard import read_dashboard
from highneeds.intake.text import read_text
from highneeds.intake.workspace import read_workspace

pytestmark = pytest.mark.founding


@pytest.fixture(scope="module")
def findings(kent, founding_texts):
    workspace = read_workspace(kent)
    dashboard = read_dashboard(read_text(founding_texts / "monitoring-report-2025-04.txt"))
    found = check_dashboard(dashboard, "report.txt", workspace.indicators, workspace.observations)
    return {result.rule: result for result in found.results}


def test_all_550_cells_are_recovered_exactly(findings):
    assert findings[SAME].looked_at == 550
    assert findings[SAME].findings == ()


def test_the_cells_that_were_inferred_are_listed_as_such(findings):
    """24 lie under the message that spans four rows, 13 belong to the last of the rows run together."""
    assert len(findings[SURE].findings) == 37


def test_the_two_lines_of_debris_are_listed(findings):
    assert [finding.line for finding in findings[WHOLE].findings] == [99, 113]
