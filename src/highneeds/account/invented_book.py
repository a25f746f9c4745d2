"""An invented commitment book, for places where no council's own may be shown. Every row of it says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from highneeds.intake.ledger.commitments import COLUMNS
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.period import FinancialYear

if TYPE_CHECKING:
    import polars as pl

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
    "special_independent": Kind("1.2.3", 56_000, 0.35),
    "special_non_maintained": Kind("1.2.3", 50_000, 0.3, 10_000),
    "fe_general": Kind("1.2.2", 8_000, 0.4),
    "specialist_post16": Kind("1.2.3", 38_000, 0.3, 10_000),
    "ap_pru": Kind("1.2.7", 18_000, 0.3),
}
"""Costs are round figures invented for the example; only the independent ones lie near Kent's printed averages."""


def invented_book(
    counts: Mapping[str, int], year: FinancialYear, council: str, rng: np.random.Generator
) -> "pl.DataFrame":
    """A commitment book as text, in the columns of a council's own.

    counts   kind of placement -> children; kinds without an entry in KINDS are left out

    Two price periods for every child who stays into September; about one child in eight begins or ends in the year;
    bills run one to three months behind.
    """
    import polars as pl

    kinds = [kind for kind, count in counts.items() if kind in KINDS for _ in range(count)]
    size = len(kinds)
    begins = np.where(rng.random(size) < 0.06, rng.integers(0, 330, size), -rng.integers(1, 2000, size))
    ends = np.where(rng.random(size) < 0.06, np.clip(begins, 0, None) + rng.integers(20, 360, size), 10_000)
    factor = np.exp(rng.normal(0, [KINDS[kind].spread for kind in kinds]))
    uplift = 1 + rng.normal(0.04, 0.02, size).clip(0, 0.15)
    lag = rng.integers(20, 95, size)
    rows: list[dict[str, str]] = []
    for at, kind in enumerate(kinds):
        rows += _periods(
            f"X{at + 1:06d}", kind, year, council, int(begins[at]), int(ends[at]), factor[at], uplift[at], int(lag[at])
        )
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String))


def _periods(
    child: str,
    kind: str,
    year: FinancialYear,
    council: str,
    begins: int,
    ends: int,
    factor: float,
    uplift: float,
    lag: int,
) -> list[dict[str, str]]:
    """One or two price periods: prices change on 1 September."""
    start = year.first_day + timedelta(days=begins)
    last = None if year.first_day + timedelta(days=ends) > year.last_day else year.first_day + timedelta(days=ends)
    change = date(year.start, 9, 1)
    old = round(KINDS[kind].annual_gbp * factor) * 100
    spans: list[tuple[date, date | None, int]] = []
    if start < change:
        spans.append((start, change - timedelta(days=1) if last is None or last >= change else last, old))
    if last is None or last >= change:
        spans.append((max(start, change), last, round(old * uplift)))
    return [_row(child, number, kind, council, *span, lag, year) for number, span in enumerate(spans, 1)]


def _row(
    child: str,
    number: int,
    kind: str,
    council: str,
    start: date,
    last: date | None,
    pence: int,
    lag: int,
    year: FinancialYear,
) -> dict[str, str]:
    place = min(pence, KINDS[kind].place_gbp * 100)
    invoiced = max(start, min(last or year.last_day, year.last_day) - timedelta(days=lag))
    paid = max(start, invoiced - timedelta(days=30))
    return {
        "commitment": f"{child}-{number}",
        "child": child,
        "placement": f"{child}-A",
        "responsible_council": council,
        "provider": f"{MARK} {kind}",
        "band": "",
        "status": "active" if last is None else "ended",
        "line": KINDS[kind].line,
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
