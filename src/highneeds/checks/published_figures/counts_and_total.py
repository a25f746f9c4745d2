"""Do printed counts of cohorts add up to the printed total?"""

from collections.abc import Iterator
from itertools import groupby

from highneeds.checks.finding import Severity
from highneeds.checks.published_figures._question import PublishedContradiction, PublishedFigureQuestion
from highneeds.checks.published_figures._worked import printed_cell, worked
from highneeds.intake.workspace import PrintedPlacement, Workspace
from highneeds.vocabulary.rounding import with_commas

COUNTS = ("count", "places", "placements", "plans")


def cohorts(workspace: Workspace) -> Iterator[tuple[str, list[PrintedPlacement]]]:
    """The counts of each table and measure that print a total beside their parts."""
    rows = [row for row in workspace.placements if row.unit in COUNTS and row.value is not None]
    for (table, measure), group in groupby(rows, key=lambda row: (row.table, row.measure)):
        found = list(group)
        if any(row.is_total for row in found) and len(found) > 2:
            yield f"{table} {measure}", found


def ask(workspace: Workspace) -> Iterator[PublishedContradiction]:
    for name, rows in cohorts(workspace):
        total = next(row for row in rows if row.is_total)
        parts = [row.value for row in rows if row is not total and row.value is not None]
        if total.value is not None and sum(parts) != total.value:
            shown = " + ".join(with_commas(part) for part in parts)
            yield PublishedContradiction(
                name,
                f"{shown} is {with_commas(sum(parts))}, but {with_commas(total.value)} is printed",
                file="placements.csv",
            )


def _offers(total: int, *parts: int, unit: str = "count") -> Workspace:
    """One table of offers by cohort, with its total."""
    cells = [printed_cell("transfers", "offers", f"part_{at}", part, unit) for at, part in enumerate(parts)]
    return worked(placements=[*cells, printed_cell("transfers", "offers", "total", total, unit)])


counts_and_total = PublishedFigureQuestion(
    code="PLACEMENTS-total",
    title="Counts of cohorts add up to the printed total",
    severity=Severity.QUERY,
    fix="Correct the count that was taken on another day, or say who is in the total.",
    source="requirements D3",
    broken_by=_offers(1230, 1177, 54),
    holds_for=(_offers(1231, 1177, 54), _offers(1230, 1177), _offers(1230, 1177, 54, unit="gbp")),
    also_broken_by=(_offers(1232, 1177, 54),),
    example="1,177 + 54 is 1,231, but 1,230 is printed",
    ask=ask,
    can_ask=lambda workspace: "" if any(cohorts(workspace)) else "no table prints a total beside its parts",
)
