"""What the review says of the draft before: nothing kept, nothing moved, some lines, and more than are shown."""

from types import SimpleNamespace

import pytest

from highneeds.intake.drafts import KeptDraft
from highneeds.report import drafts

NOW = tuple(("1. Where we stand", f"Line {number}") for number in range(drafts.MOST_LINES + 2))


@pytest.fixture
def told(monkeypatch):
    """The section, with the submission as it is now in place of one that is built."""
    monkeypatch.setattr(drafts, "build", lambda report, evidence: None)
    monkeypatch.setattr(drafts, "lines_by_section", lambda document: NOW)

    def section(*lines, report="2025-04", kept=True):
        earlier = KeptDraft(report, "2025-04-02", "0123456789abcdef", lines) if kept else None
        council = SimpleNamespace(report=SimpleNamespace(id="2025-04"))
        return drafts.section(SimpleNamespace(earlier_draft=earlier, workspace=SimpleNamespace(council=council)))

    return section


def test_without_a_draft_and_without_a_move(told):
    [paragraph] = told(kept=False).blocks
    assert paragraph.words == "No earlier draft of this report is kept, so nothing can be compared."
    [paragraph] = told(*NOW).blocks
    assert paragraph.words == "Nothing moved since the draft of 2 April 2025 (run 0123456789ab)."


def test_lines_that_moved_stand_beside_one_another(told):
    found = told(*NOW[:-1], ("2. Money", "Gone"), ("3. Risks", "Gone too"))
    lead, table = found.blocks
    assert (found.id, found.title, table.id) == ("drafts", "What moved since the last draft", "drafts-moved")
    assert lead.words.startswith("2 lines moved since the draft of 2 April 2025 (run 0123456789ab): ")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1. Where we stand", "Gone", NOW[-1][1]],
        ["3. Risks", "Gone too", "left out"],
    ]
    assert table.notes == () and table.small
    other = told(*NOW[:-1], report="2024-12").blocks[0]
    assert (
        other.words
        == "1 line differs from report 2024-12, as its last draft of 2 April 2025 has it (run 0123456789ab)."
    )


@pytest.mark.parametrize(
    ("kept", "notes"), [(2, ()), (1, ("1 further line moved.",)), (0, ("2 further lines moved.",))]
)
def test_so_many_lines_are_shown(told, kept, notes):
    table = told(*NOW[:kept]).blocks[1]
    assert len(table.rows) == drafts.MOST_LINES and table.notes == notes
    assert [cell.text for cell in table.rows[0].cells] == ["1. Where we stand", "not there", NOW[kept][1]]
