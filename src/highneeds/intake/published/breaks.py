"""Breaks in a published series: a step that is a change of the return, and growth across it says nothing.

Two kinds. A step that no council makes is found from the figures (a return that halves). A change of what is counted is
announced and declared in `breaks.yaml`, with its source (high needs blocks after grant moved between blocks).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from highneeds.vocabulary.shipped import parse_shipped

BREAK_AT_LEAST = 0.2
BREAK_IN_SPREADS = 4.0
"""A step of more than a fifth beside the typical council, and of four times the usual spread for its size."""

HALF_TRUST = 1000.0
"""Plans at which chance adds as much to the usual spread as everything else."""

HIGH_NEEDS_BLOCK = "high_needs_block"
"""The series of high needs blocks by financial year, as the statistics and `breaks.yaml` name it."""

DECLARED = Path(__file__).parent / "breaks.yaml"


@dataclass(frozen=True)
class DeclaredBreak:
    """One announced change: the two periods that are not comparable, why, and who says so."""

    series: str
    before: str
    after: str
    why: str
    source: str


@cache
def declared_breaks() -> tuple[DeclaredBreak, ...]:
    """Every announced change, in the order of the file."""
    return tuple(DeclaredBreak(**row) for row in parse_shipped(DECLARED.read_text(encoding="utf-8")))


def break_between(series: str, before: str, after: str) -> DeclaredBreak | None:
    """The announced change between two periods of a series, '2025-26' and '2026-27'; None where they are comparable."""
    here = (one for one in declared_breaks() if one.series == series)
    return next((one for one in here if before <= one.before and one.after <= after), None)


def steps_that_are_breaks(totals: pl.DataFrame) -> pl.DataFrame:
    """(la_number, year) of Januaries whose step from the one before is a change of the return.

    totals   rows of ehcp_caseload_total
    """
    councils = totals.filter((pl.col("geo_level") == "LA") & (pl.col("plans") > 0)).select("la_number", "year", "plans")
    before = councils.select("la_number", pl.col("year") + 1, before=pl.col("plans"))
    steps = councils.join(before, on=["la_number", "year"]).with_columns(
        step=(pl.col("plans") / pl.col("before")).log()
    )
    beside = steps.with_columns(away=(pl.col("step") - pl.col("step").median().over("year")).abs())
    spread = 1.4826 * pl.col("away").median()
    chance = (1 + HALF_TRUST / pl.col("before")).sqrt()
    allowed = pl.max_horizontal(pl.lit(BREAK_AT_LEAST), BREAK_IN_SPREADS * spread * chance)
    return beside.filter(pl.col("away") > allowed).select("la_number", "year")
