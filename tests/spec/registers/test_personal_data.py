"""No cell of a register may look like a person; what is found is never repeated."""

import csv

import pytest

from cli_runner import run
from highneeds.registers.mechanism.personal import looks_personal, without_personal
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


def test_no_key_category_or_misplaced_cell_that_looks_personal_is_printed(tmp_path):
    """Two open episodes of one child under keys that are people, and a person where a day belongs."""
    register = registers()["children_without_place"]
    path = tmp_path / "children_without_place.csv"
    base = register.example[0]
    people = ("Mr Smith", "943 476 5919", "A123456789012")
    rows = [
        *(dict(base, **{register.key: person}) for person in people),
        dict(base, **{register.key: "4", "began_on": "born 04/03/2012"}),
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(register.by_name), restval="")
        out.writeheader()
        out.writerows(rows)
    known = ("--register", "children_without_place", "--as-at", "2025-04-02", "--format", "csv")
    for command in ("check", "measures"):
        done = run("register", command, path, *known)
        assert not [one for one in (*people, "04/03/2012") if one in done.out + done.err]
    checked = run("register", "check", path, *known).out
    assert "CHILDRENWITHOUTPLACE-03" in checked and "CHILDRENWITHOUTPLACE-ROW" in checked
    plain = run("register", "measures", keyed(tmp_path, "Mr Jones"), "--register", "actions", *known[2:]).out
    assert "not_repeated" in plain and "Jones" not in plain


def keyed(folder, register_named):
    """The actions of the example, kept in a register that is called after a person."""
    path = folder / "actions.csv"
    of = registers()["actions"]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, list(of.by_name), restval="")
        out.writeheader()
        out.writerow(dict(of.example[0], register=register_named))
    return path


def test_a_day_in_a_wrong_form_is_still_said():
    assert without_personal("began_on '04/03/2012' is not a date") == "began_on '04/03/2012' is not a date"
    assert without_personal("began_on 'born 04/03/2012' is not a date") == "began_on (not repeated here) is not a date"
