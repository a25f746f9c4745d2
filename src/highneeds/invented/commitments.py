"""An invented commitment book and ledger, for places where no council's own may be shown. Every row says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from highneeds.account.commitments.cost import cost_through, period_end
from highneeds.intake.ledger.commitments import COLUMNS, commitment_book
from highneeds.intake.ledger.sheet import LINE
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.setting import SETTINGS

if TYPE_CHECKING:
    import polars as pl

    from highneeds.caseload import Caseload
    from highneeds.intake.published import Published

MARK = "invented"


@dataclass(frozen=True)
class PlacementKind:
    """A kind of placement: its s251 line, the pounds a year it costs on average, and the spread (log scale)."""

    line: str
    annual_gbp: float
    spread: float
    place_gbp: int = 0


KINDS: Mapping[str, PlacementKind] = {
    "mainstream": PlacementKind("1.2.1", 7_000, 0.5),
    "mainstream_rp_unit": PlacementKind("1.2.2", 15_000, 0.3, 6_000),
    "special_state": PlacementKind("1.2.1", 24_000, 0.3, 10_000),
    "mainstream_independent": PlacementKind("1.2.3", 26_000, 0.35),
    "special_independent": PlacementKind("1.2.3", 56_000, 0.35),
    "special_non_maintained": PlacementKind("1.2.3", 50_000, 0.3, 10_000),
    "fe_general": PlacementKind("1.2.2", 8_000, 0.4),
    "specialist_post16": PlacementKind("1.2.3", 38_000, 0.3, 10_000),
    "ap_pru": PlacementKind("1.2.7", 18_000, 0.3),
    "early_years_nm": PlacementKind("1.2.1", 5_000, 0.4),
    "eotas_la": PlacementKind("1.2.3", 27_000, 0.4),
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


def published_plans(published: "Published", council: str, scale: float) -> dict[str, int]:
    """The council's newest published plans by setting, times the scale."""
    plans = published.table("ehcp_caseload_by_setting")
    ours = plans.filter((plans["la_number"] == council) & (plans["plans"].is_not_null())).sort("year")
    if not ours.height:
        raise InputError(f"No plans are published for council {council}", where="--council", remedy="Check the number")
    newest = ours.filter(ours["year"] == ours["year"].max())
    return {row["setting"]: round(row["plans"] * scale) for row in newest.to_dicts()}


def books_of_caseload(
    caseload: "Caseload", year: FinancialYear, council: str, rng: np.random.Generator, *, with_ledger: bool
) -> "tuple[pl.DataFrame, pl.DataFrame | None]":
    """A book for the placements, billed up to the day that the caseload knows; where asked a ledger beside it.

    With a ledger the book has the slips of real ones and is billed by the quarter, as the ledger posts it.
    """
    billed = min(caseload.reference_date, year.last_day)
    book = book_of_caseload(caseload, year, council, rng, billed)
    if not with_ledger:
        return book, None
    through = max(0, Month(year.start, 4).months_until(Month.of(billed)) + 1)
    book = billed_by_quarter(with_slips(book, rng), year, through)
    return book, invented_ledger(book, year, through, rng)


def book_of_caseload(
    caseload: "Caseload", year: FinancialYear, council: str, rng: np.random.Generator, billed: date | None = None
) -> "pl.DataFrame":
    """A book for the placements of a caseload that fall into the year: same local references, invented prices.

    billed   the day up to which bills may reach; the year's last where it is not given

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
    return priced([Placed(*row) for row in rows.rows()], year, council, rng, billed)


def priced(
    placed: Sequence[Placed], year: FinancialYear, council: str, rng: np.random.Generator, billed: date | None = None
) -> "pl.DataFrame":
    """Invent what each placement costs: a new price in September, bills one to three months behind `billed`."""
    import polars as pl

    size = len(placed)
    factor = np.exp(rng.normal(0, [KINDS[one.kind].spread for one in placed]))
    uplift = 1 + rng.normal(0.04, 0.02, size).clip(0, 0.15)
    lag = rng.integers(20, 95, size)
    rows: list[dict[str, str]] = []
    for at, one in enumerate(placed):
        old = round(KINDS[one.kind].annual_gbp * factor[at]) * 100
        for number, (start, last, pence) in enumerate(_periods(one, year, old, round(old * uplift[at])), 1):
            rows.append(_row(one, number, council, start, last, pence, int(lag[at]), billed or year.last_day))
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
    one: Placed, number: int, council: str, start: date, last: date | None, pence: int, lag: int, billed: date
) -> dict[str, str]:
    kind = KINDS[one.kind]
    place = min(pence, kind.place_gbp * 100)
    invoiced = min(last or billed, billed) - timedelta(days=lag)
    paid = invoiced - timedelta(days=30)
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
        "invoiced_to": str(invoiced) if invoiced >= start else "",
        "paid_to": str(paid) if paid >= start else "",
        "annual_cost_gbp": pounds_text(pence),
        "place_gbp": pounds_text(place),
        "top_up_gbp": pounds_text(pence - place),
        "health_gbp": "0.00",
        "care_gbp": "0.00",
    }


LEFT_OUT, RUNS_ON, AFTER_LEAVING, ABOVE, BARE, UNKNOWN = 0.004, 0.01, 0.01, 0.002, 0.003, 0.0005
"""Shares of children or postings that are invented wrong, so that holding the books together finds something."""
CODES = {"1.2.1": "7001", "1.2.2": "7002", "1.2.3": "7003", "1.2.7": "7007"}
QUARTER = 3


def with_slips(book: "pl.DataFrame", rng: np.random.Generator) -> "pl.DataFrame":
    """The book as people keep one: a few children are missing from it, and a few ended placements run on."""
    import polars as pl

    children = book["child"].unique(maintain_order=True)
    absent = children.filter(pl.Series(rng.random(children.len()) < LEFT_OUT))
    running = pl.Series(rng.random(book.height) < RUNS_ON) & (book["status"] == "ended")
    last = book["placement"].is_last_distinct()
    kept = book.with_columns(
        pl.when(running & last).then(pl.lit("")).otherwise("to_day").alias("to_day"),
        pl.when(running & last).then(pl.lit("active")).otherwise("status").alias("status"),
    )
    return kept.filter(~pl.col("child").is_in(absent.to_list()))


def billed_by_quarter(book: "pl.DataFrame", year: FinancialYear, through: int) -> "pl.DataFrame":
    """The book as the bills of its own invented ledger leave it: each child's last one is up to two months old."""
    import polars as pl

    ends = pl.Series([period_end(year, period) for period in range(through + 1)])
    last = pl.lit(through) - (pl.lit(through) - _rhythm()) % QUARTER
    begins = pl.col("from_day").str.to_date()
    billed = pl.min_horizontal(
        last.clip(0).replace_strict(list(range(through + 1)), ends), pl.col("to_day").str.to_date(strict=False)
    )
    paid = billed.dt.offset_by("-30d")
    return book.with_columns(
        pl.when(day >= begins).then(day.cast(pl.String)).otherwise(pl.lit("")).alias(name)
        for name, day in (("invoiced_to", billed), ("paid_to", paid))
    )


def _rhythm() -> "pl.Expr":
    """0, 1 or 2: in which months of a quarter a child is billed."""
    import polars as pl

    return pl.col("child").rank("dense").cast(pl.Int64) % QUARTER


def invented_ledger(
    book: "pl.DataFrame", year: FinancialYear, through: int, rng: np.random.Generator
) -> "pl.DataFrame":
    """Postings of an invented book up to the period `through`, a bill a quarter for each child in a month of its own.

    Each commitment is billed what it costs up to its own invoiced_to. Some bills go on after a child has left, some are
    paid twice, some name neither commitment nor child, some a commitment that the book does not hold.
    """
    import polars as pl

    rows = commitment_book(book.with_columns(pl.all().replace("", None)).with_row_index(LINE, offset=2), MARK).rows
    rows = rows.with_columns(_rhythm().alias("rhythm"))
    bills = [_bill(rows, year, period) for period in range(1, through + 1)]
    paid = pl.concat(bills).filter(pl.col("pence") > 0)
    twice = paid.filter(pl.Series(rng.random(paid.height) < ABOVE))
    return _ledger_rows(pl.concat([paid, twice, _after_leaving(rows, year, through, rng)]), rng)


def _bill(rows: "pl.DataFrame", year: FinancialYear, period: int) -> "pl.DataFrame":
    """The bills of a period: a third of the children, each for the quarter up to it."""
    import polars as pl

    to_date, before = (
        cost_through(year, period_end(year, up_to), "invoiced_to") for up_to in (period, max(0, period - QUARTER))
    )
    due = rows.filter(pl.col("rhythm") == period % QUARTER)
    return due.select("commitment", "child", "line", pl.lit(period).alias("period"), (to_date - before).alias("pence"))


def _after_leaving(rows: "pl.DataFrame", year: FinancialYear, through: int, rng: np.random.Generator) -> "pl.DataFrame":
    """One more quarter in the last period for a few of those who left in the year, before it began."""
    import polars as pl

    left = rows.filter((pl.col("to_day") >= year.first_day) & (pl.col("to_day") < period_end(year, through - 1)))
    left = left.filter(pl.Series(rng.random(left.height) < AFTER_LEAVING))
    pence = (pl.col("annual_cost") // 4).alias("pence")
    return left.select("commitment", "child", "line", pl.lit(through).alias("period"), pence)


def _ledger_rows(bills: "pl.DataFrame", rng: np.random.Generator) -> "pl.DataFrame":
    """In the columns of a ledger's export, with references lost and mistyped here and there."""
    import polars as pl

    chance = pl.Series(rng.random(bills.height))
    bare, unknown = chance < BARE, (chance >= BARE) & (chance < BARE + UNKNOWN)
    named = pl.when(unknown).then(pl.concat_str("commitment", pl.lit("?"))).otherwise("commitment")
    pounds = pl.format("{}.{}", pl.col("pence") // 100, (pl.col("pence") % 100).cast(pl.String).str.zfill(2))
    rows = bills.select(
        pl.col("period").alias("Period"),
        pl.col("line").replace_strict(CODES, default="7003").alias("Code"),
        pounds.alias("Net"),
        pl.when(bare | unknown).then(None).otherwise("child").alias("Child"),
        pl.when(bare).then(None).otherwise(named).alias("Commitment"),
    ).sort("Period", "Code", maintain_order=True)
    return rows.select(pl.format("INV{}", pl.int_range(1, pl.len() + 1)).alias("Document"), pl.all())
