"""What the rules of SEN2 found, for a terminal."""

from itertools import islice

from highneeds.checks.finding import Findings, Severity
from highneeds.vocabulary.table import Table

EXAMPLES = 3


def by_rule(found: Findings) -> Table:
    """For a terminal: one row a rule with its count and three examples, what has to be fixed first.

    A file or --format csv has every finding in a row of its own.
    """
    order = list(Severity)
    rows = []
    for result in found.by_rule():
        some = list(islice(result.findings, EXAMPLES))
        if some:
            places = "; ".join(f"{one.file} line {one.line}" if one.line else one.file for one in some)
            more = f" and {len(result.findings) - len(some):,} more" if len(result.findings) > len(some) else ""
            first = some[0]
            cells = (
                result.rule,
                first.severity.value,
                len(result.findings),
                first.message,
                f"{places}{more}",
                first.fix,
            )
            rows.append((order.index(first.severity), cells))
    columns = ("rule", "severity", "findings", "first message", "where", "fix")
    return Table.of(columns, [cells for _, cells in sorted(rows, key=lambda row: row[0])], "Findings by rule")
