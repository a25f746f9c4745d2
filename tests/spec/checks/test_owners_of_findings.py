"""Who puts a finding right: the council's own owner of the record, else the team of that part of the return."""

import pytest

from highneeds.checks.finding import Finding, Severity
from highneeds.checks.sen2.check import rules
from highneeds.checks.sen2.owners import TEAMS, by_owner, owner_of


def finding(rule, record="1", severity=Severity.QUERY, line=None):
    return Finding(rule, severity, "a.csv", line, record, "", "wrong", "mend it")


@pytest.mark.parametrize(
    ("rule", "team"),
    [
        ("PER-01", "Data team"),
        ("REQ-01", "Assessment team"),
        ("ASM-01", "Assessment team"),
        ("PLN-01", "Plan casework"),
        ("PDT-01", "Plan casework"),
        ("NED-01", "Plan casework"),
        ("ACT-01", "Annual review team"),
        ("PLC-01", "Placements team"),
        ("EST-01", "Placements team"),
        ("HIS-01", "Data team"),
        ("RET-01", "Data team"),
        ("ANOTHER-01", "Data team"),
    ],
)
def test_each_part_of_the_return_has_its_team(rule, team):
    assert owner_of(finding(rule), {}) == team
    assert owner_of(finding(rule, "7"), {"7": "Area North"}) == "Area North"
    assert owner_of(finding(rule, "7"), {"8": "Area North", "7": ""}) == team


def test_every_rule_of_a_return_has_a_team():
    assert {rule.code.split("-")[0] for rule in rules()} <= TEAMS.keys()


def test_owners_stand_by_name_and_what_must_be_fixed_comes_first():
    found = [
        finding("REQ-02", severity=Severity.NOTE, line=1),
        finding("REQ-02", severity=Severity.QUERY, line=9),
        finding("REQ-02", severity=Severity.QUERY),
        finding("REQ-01", severity=Severity.QUERY, line=5),
        finding("REQ-09", severity=Severity.MUST_FIX, line=3),
        finding("ACT-01"),
    ]
    lists = by_owner(found, {})
    assert list(lists) == ["Annual review team", "Assessment team"]
    assert [(one.severity.value, one.rule, one.line) for one in lists["Assessment team"]] == [
        ("must_fix", "REQ-09", 3),
        ("query", "REQ-01", 5),
        ("query", "REQ-02", None),
        ("query", "REQ-02", 9),
        ("note", "REQ-02", 1),
    ]
