"""The smallest workspaces that make a question speak: its worked examples, run as tests and printed in the manual."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from highneeds.intake.workspace import (
    Agreement,
    CouncilFile,
    Fact,
    NarrativeParagraph,
    PrintedPlacement,
    ReportSlot,
    SameThing,
    Workspace,
)
from highneeds.store.place import EMPTY
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme
from highneeds.vocabulary.source import Source

FIRST, LAST = FinancialYear(2022), FinancialYear(2027)


def worked(
    *,
    facts: Iterable[Fact] = (),
    figures: Mapping[str, str] | None = None,
    reports: Iterable[str] = (),
    same: Iterable[SameThing] = (),
    placements: Iterable[PrintedPlacement] = (),
    narrative: Iterable[NarrativeParagraph] = (),
) -> Workspace:
    """A workspace of an invented council that holds these things and nothing else."""
    agreement = Agreement(
        "Example",
        "DfE",
        Programme.SAFETY_VALVE,
        FIRST,
        LAST,
        None,
        dict(figures or {}),
        tuple(reports),
        (),
        tuple(same),
        {},
    )
    empty: tuple[()] = ()
    return Workspace(
        EMPTY,
        _council(),
        agreement,
        empty,
        empty,
        empty,
        tuple(facts),
        empty,
        tuple(placements),
        empty,
        empty,
        tuple(narrative),
    )


def _council() -> CouncilFile:
    report = ReportSlot(1, "2025-04", date(2025, 4, 2), "April", FinancialYear(2024))
    return CouncilFile("Example", "Example", "000", FIRST, LAST, ("April",), 9, True, report)


def stated(
    name: str,
    written: str,
    unit: str,
    printed: str,
    *,
    high: str = "",
    qualifier: str = "exact",
    meaning: str = "",
    line: int = 1,
) -> Fact:
    """A fact; one whose unit is a date keeps it as written."""
    value = None if unit == "date" else Decimal(written)
    top = Decimal(high) if high else None
    source = Source("REPORT", line)
    where = Source("facts.csv", 2)
    return Fact(name, "", value, top, written, unit, "", qualifier, printed, meaning or name, source, "high", where)


def printed_cell(table: str, measure: str, cohort: str, value: int, unit: str = "count") -> PrintedPlacement:
    """One cell of a printed table."""
    source = Source("REPORT", 1)
    where = Source("placements.csv", 2)
    return PrintedPlacement(table, measure, cohort, "2025", Decimal(value), unit, "actual", str(value), source, where)
