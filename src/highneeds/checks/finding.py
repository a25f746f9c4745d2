"""What the checks found, in the columns others rely on."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from highneeds.vocabulary.table import Table


class Severity(StrEnum):
    MUST_FIX = "must_fix"
    QUERY = "query"
    NOTE = "note"


class Outcome(StrEnum):
    """The three outcomes of a rule. 'Could not check' never looks like 'nothing found'."""

    FOUND = "found"
    CLEAR = "clear"
    COULD_NOT_CHECK = "could_not_check"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in one place.

    record   a local reference (person order number, table id, indicator id), never anything that names a child
    row      of a finding about one row of a SEN2 return: (its module, its key there); None elsewhere
    of_each  of a finding about several figures: the id of each, which `record` shows side by side; () elsewhere
    """

    rule: str
    severity: Severity
    file: str
    line: int | None
    record: str
    field: str
    message: str
    fix: str
    row: tuple[str, int] | None = dataclasses.field(default=None, compare=False)
    of_each: tuple[str, ...] = ()

    @property
    def about(self) -> frozenset[str]:
        """What it is about, whichever of several comes first."""
        return frozenset(self.of_each or (self.record,))


NOTHING_THERE = "there is nothing to look at"


@dataclass(frozen=True)
class RuleResult:
    """How one rule ended. `why` says why it could not be checked; `looked_at` counts what it looked at."""

    rule: str
    outcome: Outcome
    findings: Sequence[Finding] = ()
    why: str = ""
    looked_at: int = 0

    @classmethod
    def of(cls, rule: str, found: Sequence[Finding], looked_at: int, nothing: str = NOTHING_THERE) -> "RuleResult":
        """Found or clear by what was found; a check that had nothing to look at is not clear and says `nothing`."""
        if found:
            return cls(rule, Outcome.FOUND, found, looked_at=looked_at)
        if not looked_at:
            return cls(rule, Outcome.COULD_NOT_CHECK, why=nothing)
        return cls(rule, Outcome.CLEAR, looked_at=looked_at)


@dataclass(frozen=True)
class Findings:
    """Every rule's result. Adding two keeps both."""

    results: tuple[RuleResult, ...] = ()

    @property
    def all(self) -> tuple[Finding, ...]:
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def must_fix(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.all if finding.severity is Severity.MUST_FIX)

    def by_rule(self) -> tuple["RuleResult", ...]:
        """One result per rule, for a rule that was asked of several things: found if anything was found."""
        together: dict[str, list[RuleResult]] = {}
        for result in self.results:
            together.setdefault(result.rule, []).append(result)
        return tuple(_merged(rule, results) for rule, results in together.items())

    def of_outcome(self, outcome: Outcome) -> tuple[RuleResult, ...]:
        return tuple(result for result in self.results if result.outcome is outcome)

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(self.results + other.results)

    def table(self) -> Table:
        return findings_table(self.all)


def _merged(rule: str, results: list[RuleResult]) -> RuleResult:
    """Found if any found; clear only if some could be checked and none found."""
    outcomes = {result.outcome for result in results}
    outcome = next(one for one in Outcome if one in outcomes)
    findings = tuple(finding for result in results for finding in result.findings)
    why = "; ".join(dict.fromkeys(result.why for result in results if result.why))
    return RuleResult(rule, outcome, findings, why, sum(result.looked_at for result in results))


FINDING_COLUMNS = ("rule", "severity", "file", "line", "record", "field", "message", "fix")


def findings_table(findings: Iterable[Finding]) -> Table:
    rows = ((f.rule, f.severity.value, f.file, f.line, f.record, f.field, f.message, f.fix) for f in findings)
    return Table.of(FINDING_COLUMNS, rows, "Findings")
