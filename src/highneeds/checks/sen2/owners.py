"""Who puts a finding right: the team by the part of the return, unless the council says otherwise."""

from collections.abc import Iterable, Mapping

from highneeds.checks.finding import Finding, Severity

TEAMS: Mapping[str, str] = {
    "PER": "Data team",
    "REQ": "Assessment team",
    "ASM": "Assessment team",
    "PLN": "Plan casework",
    "PDT": "Plan casework",
    "NED": "Plan casework",
    "ACT": "Annual review team",
    "PLC": "Placements team",
    "EST": "Placements team",
    "HIS": "Data team",
    "RET": "Data team",
}


def owner_of(finding: Finding, owners: Mapping[str, str]) -> str:
    """The council's own owner of the record where `owners` (record -> owner) names one, else the team of the rule."""
    return owners.get(finding.record) or TEAMS.get(finding.rule.split("-")[0], "Data team")


def by_owner(findings: Iterable[Finding], owners: Mapping[str, str]) -> dict[str, list[Finding]]:
    """The findings of each owner, owners by name, the must-fix ones first."""
    lists: dict[str, list[Finding]] = {}
    for finding in findings:
        lists.setdefault(owner_of(finding, owners), []).append(finding)
    order = list(Severity)
    return {
        owner: sorted(lists[owner], key=lambda one: (order.index(one.severity), one.rule, one.line or 0))
        for owner in sorted(lists)
    }
