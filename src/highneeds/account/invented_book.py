"""An invented commitment book, for places where no council's own may be shown. Every row of it says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from highneeds.intake.ledger.commitments import COLUMNS
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.setting import SETTINGS

if TYPE_CHECKING:
    import polars as pl

    from highneeds.caseload import Caseload

MARK = "invented"


@dataclass(frozen=True)
class Kind:
    """A kind of placement: its s251 line, the pounds a year it costs on average, and the spread (log scale)."""

    line: str
    annual_gbp: float
    spread: float
    place_gbp: int = 0


KINDS: Mapping[str, Kind] = {
    "mainstream": Kind("1.2.1", 7_000, 0.5),
    "mainstream_rp_unit": Kind("1.2.2", 15_000, 0.3, 6_000),
    "special_state": Kind("1.2.1", 24_000, 0.3, 10_000),
    "mainstream_independent": Kind("1.2.3", 26_000, 0.35),
    "special_independent": Kind("1.2.3", 56_000, 0.35),
    "special_non_maintained": Kind("1.2.3", 50_000, 0.3, 10_000),
    "fe_general": Kind("1.2.2", 8_000, 0.4),
    "specialist_post16": Kind("1.2.3", 38_000, 0.3, 10_000),
    "ap_pru": Kind("1.2.7", 18_000, 0.3),
    "early_years_nm": Kind("1.2.1", 5_000, 0.4),
    "eotas_la": Kind("1.2.3", 27_000, 0.4),
}
"""Costs are round figures invented for the example; only the independent ones lie near Kent's printed averages."""


@dataclass(frozen=True)
class Placed:
    """One placement to be priced. kind: a key of KINDS; last: None while it runs."""

    child: str
    placement: str
    kind: str
    start: date
    last: date | None


def invented_book(
    counts: Mapping[str, int], year: FinancialYear, council: str, rng: np.random.Generator
) -> "pl.DataFrame":
    """A commitment book as text, in the columns of a council's own, for so many children of each kind of placement.

    counts   kind of placement -> children; kinds without an entry in KINDS are left out

    About one child in eight begins or ends in the year.
    """
    kinds = [kind for kind, count in counts.items() if kind in KINDS for _ in range(count)]
    size = len(kinds)
    begins = np.where(rng.random(size) < 0.06, rng.integers(0, 330, size), -rng.integers(1, 2000, size))
    ends = np.where(rng.random(size) < 0.06, np.clip(begins, 0, None) + rng.integers(20, 360, size), 10_000)
    placed = []
    for at, kind in enumerate(kinds):
        start, last = (year.first_day + timedelta(days=int(days)) for days in (begins[at], ends[at]))
        child = f"X{at + 1:06d}"
        placed.append(Placed(child, f"{child}-A", kind, start, None if last > year.last_day else last))
    return priced(placed, year, council, rng)


def book_of_caseload(
    caseload: "Caseload", year: FinancialYear, council: str, rng: np.random.Generator
) -> "pl.DataFrame":
    """A book for the placements of a caseload that fall into the year: same local references, invented prices.

    Placements of settings that cost the grant nothing, or whose class is not known, have no commitment.
    """
    import polars as pl

    packs = {row.code.value: row.pack for row in SETTINGS}
    people = caseload.people.select("person", pl.col("reference").cast(pl.String).alias("child"))
    rows = (
        caseload.placements.join(people, on="person", how="inner")
        .with_columns(pl.col("setting").cast(pl.String).replace_strict(packs, default="").alias("kind"))
        .filter(pl.col("kind").is_in(list(KINDS)) & (pl.col("entry_date") <= year.last_day))
        .filter(pl.col("leaving_date").is_null() | (pl.col("leaving_date") >= year.first_day))
        .unique(["child", "placement"], maintain_order=True)
        .select("child", pl.col("placement").cast(pl.String), "kind", "entry_date", "leaving_date")
    )
    return priced([Placed(*row) for row in rows.rows()], year, council, rng)


def priced(placed: Sequence[Placed], year: FinancialYear, council: str, rng: np.random.Generator) -> "pl.DataFrame":
    """Invent what each placement costs: a new price in September, bills one to three months behind."""
    import polars as pl

    size = len(placed)
    factor = np.exp(rng.normal(0, [KINDS[one.kind].spread for one in placed]))
    uplift = 1 + rng.normal(0.04, 0.02, size).clip(0, 0.15)
    lag = rng.integers(20, 95, size)
    rows: list[dict[str, str]] = []
    for at, one in enumerate(placed):
        old = round(KINDS[one.kind].annual_gbp * factor[at]) * 100
        for number, (start, last, pence) in enumerate(_periods(one, year, old, round(old * uplift[at])), 1):
            rows.append(_row(one, number, council, start, last, pence, int(lag[at]), year))
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))


def _periods(one: Placed, year: FinancialYear, old: int, new: int) -> list[tuple[date, date | None, int]]:
    """One or two price periods: prices change on 1 September."""
    change = date(year.start, 9, 1)
    spans: list[tuple[date, date | None, int]] = []
    runs_on = one.last is None or one.last >= change
    if one.start < change:
        spans.append((one.start, change - timedelta(days=1) if runs_on else one.last, old))
    if runs_on:
        spans.append((max(one.start, change), one.last, new))
    return spans


def _row(
    one: Placed, number: int, council: str, start: date, last: date | None, pence: int, lag: int, year: FinancialYear
) -> dict[str, str]:
    kind = KINDS[one.kind]
    place = min(pence, kind.place_gbp * 100)
    invoiced = max(start, min(last or year.last_day, year.last_day) - timedelta(days=lag))
    paid = max(start, invoiced - timedelta(days=30))
    return {
        "commitment": f"{one.placement}-{number}",
        "child": one.child,
        "placement": one.placement,
        "responsible_council": council,
        "provider": f"{MARK} {one.kind}",
        "band": "",
        "status": "active" if last is None else "ended",
        "line": kind.line,
        "supplier": MARK,
        "fte": "1",
        "from_day": str(start),
        "to_day": "" if last is None else str(last),
        "invoiced_to": str(invoiced),
        "paid_to": str(paid),
        "annual_cost_gbp": pounds_text(pence),
        "place_gbp": pounds_text(place),
        "top_up_gbp": pounds_text(pence - place),
        "health_gbp": "0.00",
        "care_gbp": "0.00",
    }
