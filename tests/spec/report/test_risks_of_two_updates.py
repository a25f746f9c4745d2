"""A council with two updates a year has two columns of levels in its risk register."""

from types import SimpleNamespace

from highneeds.registers.definitions.risks import LEVEL_COLUMNS
from highneeds.report.document import DataTable
from highneeds.report.sections.risks import section

ROW = {"risk": "R1", "title": "Places", "mitigations": "Build", "progress": "Begun"} | dict.fromkeys(LEVEL_COLUMNS, "A")


def test_two_slots_make_two_columns():
    workspace = SimpleNamespace(council=SimpleNamespace(slots=("April", "October")))
    found = section(SimpleNamespace(workspace=workspace, rows=lambda name: (ROW,) if name == "risks" else ()))
    (table,) = [block for block in found.blocks if isinstance(block, DataTable)]
    assert [column.head for column in table.columns] == ["Risk", "April", "October", "Mitigations", "Progress"]
    assert table.title.startswith("1 risk: ")
