"""Lines of spend that are no line of the section 251 return: a slip of the pen, or a name of the council's own."""

from collections.abc import Sequence

from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.spend import SpendRow
from highneeds.vocabulary.s251 import CODES


def line_findings(rows: Sequence[SpendRow]) -> tuple[Finding, ...]:
    """One for each name, at its first row. A number that is no line asks; a council's own name is only noted.

    The sum counts either way: what was spent was spent.
    """
    first: dict[str, SpendRow] = {}
    for row in rows:
        if row.line not in CODES:
            first.setdefault(row.line, row)
    return tuple(_finding(one) for one in first.values())


def _finding(row: SpendRow) -> Finding:
    numbered = row.line[:1].isdigit()
    return Finding(
        "ACCOUNT-09",
        Severity.QUERY if numbered else Severity.NOTE,
        row.where.document,
        row.where.line,
        row.line,
        "line",
        f"'{row.line}' is no high needs line of the section 251 return; its spend counts in the total",
        "Use one such as 1.2.3, so that it can be compared with published spend.",
    )
