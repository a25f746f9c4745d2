"""The page of findings."""

from dataclasses import dataclass
from typing import Literal

from highneeds.report.pages.results.parts import PageFinding

OutcomeCode = Literal["found", "clear", "could_not_check"]


SeverityCode = Literal["must_fix", "query", "note"]


@dataclass(frozen=True)
class RuleLine:
    """One rule and how it ended. `why` says why it could not be checked, or ''."""

    rule: str
    question: str
    severity: SeverityCode
    outcome: OutcomeCode
    looked_at: int
    found: int
    why: str


@dataclass(frozen=True)
class FindingRow:
    """The contract's columns. `about` links to what it speaks of, where there is a page: 'indicator:<id>'."""

    rule: str
    severity: SeverityCode
    file: str
    line: int | None
    record: str
    field: str
    message: str
    fix: str
    about: str


@dataclass(frozen=True)
class FindingsResult:
    """sentence   the page's heading: '14 findings from 23 checks; none must be fixed before the report goes out'"""

    sentence: PageFinding
    rules: tuple[RuleLine, ...]
    rows: tuple[FindingRow, ...]
