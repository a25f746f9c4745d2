"""No cell of a register may look like a person; what is found is never repeated."""

import pytest

from highneeds.registers.mechanism.personal import looks_personal
from highneeds.registers.registry import registers

PEOPLE = [
    ("A123456789012", "a UPN"),
    ("the child H801200001001", "a UPN"),
    ("943 476 5919", "an NHS number or ULN"),
    ("9434765919", "an NHS number or ULN"),
    ("someone@example.org", "an e-mail address"),
    ("ring 01622 696565", "a telephone number"),
    ("+44 7700 900123", "a telephone number"),
    ("lives at CT1 2AB", "a postcode"),
    ("12/03/2014", "a date of birth"),
    ("born 2014-03-12", "a date of birth"),
    ("seen by Dr Brown", "a name"),
    ("Mrs B asked", "a name"),
]
NOBODY = [
    "000412", "T-101", "REPORT line 183", "2024-09-27", "Panel of 3 March 2025", "24/00026", "£1,234,567.00",
    "Head of Commissioning", "C-000412-1", "Safety Valve 2022 to 2028", "EqIA 24/31", "one of 1,231", "Miss rates fell",
    "2024/25", "Level 3", "123456789",
]  # fmt: skip


@pytest.mark.parametrize(("cell", "kind"), PEOPLE)
def test_what_looks_like_a_person_is_seen(cell, kind):
    assert looks_personal(cell) == kind


@pytest.mark.parametrize("cell", NOBODY)
def test_what_looks_like_nobody_passes(cell):
    assert looks_personal(cell) == ""


@pytest.mark.parametrize("register", list(registers().values()), ids=lambda one: one.name)
def test_every_text_cell_of_every_register_is_guarded(register):
    from highneeds.registers.mechanism.column import Kind
    from highneeds.registers.mechanism.declared import row_results

    for column in register.columns:
        if column.kind is Kind.TEXT:
            rows = register.rows_of([{register.key: "1", **register.example[0], column.name: "lives at CT1 2AB"}])
            found = [
                one
                for result in row_results(register, rows)
                for one in result.findings
                if one.rule.endswith("-PERSONAL")
            ]
            assert [one.field for one in found] == [column.name]
            assert "CT1" not in str(found), "the cell is never repeated"
