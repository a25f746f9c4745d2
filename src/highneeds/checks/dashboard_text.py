"""Hold a dashboard read out of a report's page text against the workspace's own observations."""

from collections.abc import Iterator, Mapping, Sequence

from highneeds.checks.finding import Finding, Findings, RuleResult, Severity
from highneeds.intake.dashboard import Confidence, DashboardCell, ReadDashboard, matched
from highneeds.intake.workspace import DashboardIndicator, Observation

SAME, SURE, WHOLE = "DASHBOARD-same", "DASHBOARD-sure", "DASHBOARD-whole"


def check_dashboard(
    dashboard: ReadDashboard, file: str, indicators: Sequence[DashboardIndicator], observations: Sequence[Observation]
) -> Findings:
    """Three questions: is every cell as in observations.csv, is every reading sure, is every line of the table read?

    The first result's `looked_at` counts the cells compared; those without a finding agree exactly.
    """
    cells, unknown = matched(dashboard, indicators)
    different = tuple(_differences(cells, file, observations))
    unsure = tuple(_finding(SURE, file, cell, name, _unsure(cell)) for name, cell in _unsure_cells(cells))
    unread = tuple(
        [
            Finding(WHOLE, Severity.QUERY, file, row.line, "", "", f"No indicator is called '{row.title}'", _CATALOGUE)
            for row in unknown
        ]
        + [
            Finding(WHOLE, Severity.NOTE, file, line.line, "", "", f"Left out: {line.why}", _LOOK)
            for line in dashboard.left_out
        ]
    )
    return Findings(
        (
            _result(SAME, different, len(observations)),
            _result(SURE, unsure, sum(len(row) for row in cells.values())),
            _result(WHOLE, unread, len(dashboard.rows) + len(dashboard.left_out)),
        )
    )


_LOOK = "Look at the line in the report; if it is a row of the dashboard, add it by hand."
_CATALOGUE = "Add it to indicators.csv, or correct the title there."
_CORRECT = "Look at the report and correct observations.csv, or keep it and say why."


def _differences(
    cells: Mapping[str, Sequence[DashboardCell]], file: str, observations: Sequence[Observation]
) -> Iterator[Finding]:
    read = {(name, str(cell.period)): cell for name, row in cells.items() for cell in row}
    for one in observations:
        cell = read.get((one.indicator, str(one.period)))
        record = f"{one.indicator} {one.period}"
        if cell is None:
            message = "The text has no such cell"
            yield Finding(SAME, Severity.QUERY, file, None, record, "", message, _CORRECT)
        elif (cell.value, cell.state) != (one.value, one.state):
            was, now = (f"{value if value is not None else ''} {state}".strip() for value, state in _both(one, cell))
            yield _finding(SAME, file, cell, one.indicator, f"observations.csv has '{was}', the text '{now}'")


def _both(one: Observation, cell: DashboardCell) -> tuple[tuple[object, str], tuple[object, str]]:
    return (one.value, one.state.value), (cell.value, cell.state.value)


def _unsure_cells(cells: Mapping[str, Sequence[DashboardCell]]) -> Iterator[tuple[str, DashboardCell]]:
    for name, row in cells.items():
        yield from ((name, cell) for cell in row if cell.confidence is not Confidence.HIGH)


def _unsure(cell: DashboardCell) -> str:
    read = cell.value if cell.value is not None else cell.state.words.lower()
    return f"Read as {read} with {cell.confidence.value} confidence, inferred from neighbouring cells"


def _finding(rule: str, file: str, cell: DashboardCell, indicator: str, message: str) -> Finding:
    severity = Severity.NOTE if rule == SURE else Severity.QUERY
    return Finding(
        rule, severity, file, cell.line, f"{indicator} {cell.period}", f"column {cell.column}", message, _CORRECT
    )


def _result(rule: str, findings: tuple[Finding, ...], looked_at: int) -> RuleResult:
    return RuleResult.of(rule, findings, looked_at)
