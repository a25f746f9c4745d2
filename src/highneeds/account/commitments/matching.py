"""Caseload, commitments and ledger held against each other; the pounds that do not match are the headlines."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from highneeds.account.commitments.cost import cost_through
from highneeds.intake.ledger.commitments import COUNTED
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month

if TYPE_CHECKING:
    import polars as pl

    from highneeds.caseload import Caseload


class Mismatch(StrEnum):
    """What can be wrong between two of the three books; the names are those of the command's table."""

    PAID_AFTER_LEAVING = "paid_after_leaving"
    PLACED_WITHOUT_COMMITMENT = "placed_without_commitment"
    COMMITTED_WITHOUT_PLACEMENT = "committed_without_placement"
    UNKNOWN_COMMITMENT = "unknown_commitment"
    NO_REFERENCE = "no_reference"
    NEVER_PAID = "never_paid"
    PAID_ABOVE_COMMITMENT = "paid_above_commitment"


@dataclass(frozen=True)
class Headline:
    """One kind of mismatch: how many, how many pounds, and the first few references to look at."""

    kind: Mismatch
    count: int
    pence: int
    references: tuple[str, ...]

    def since(self, earlier: "Headline", day: date) -> Note:
        return Note.of(
            "books.mismatch",
            what=self.kind.value,
            count=self.count,
            pence=self.pence,
            more=self.count - earlier.count,
            more_pence=self.pence - earlier.pence,
            day=day.isoformat(),
        )


@dataclass(frozen=True)
class Matching:
    """All headlines at one day."""

    as_at: date
    headlines: tuple[Headline, ...]

    def moved(self, before: "Matching") -> tuple[Note, ...]:
        """Each headline with what it was on an earlier day, in pence; what is nothing on both days is not said."""
        earlier = {one.kind: one for one in before.headlines}
        pairs = [(one, earlier[one.kind]) for one in self.headlines if one.kind in earlier]
        return tuple(one.since(old, before.as_at) for one, old in pairs if one.count or old.count)

    def movement(self, before: "Matching") -> tuple[tuple[Mismatch, int, int], ...]:
        """kind, change in number, change in pence since the earlier matching."""
        earlier = {one.kind: one for one in before.headlines}
        return tuple(
            (one.kind, one.count - earlier[one.kind].count, one.pence - earlier[one.kind].pence)
            for one in self.headlines
            if one.kind in earlier
        )


SHOWN = 5


def children_of(caseload: "Caseload") -> "pl.DataFrame":
    """The caseload's placements as `match` takes them; the child is the person's local reference of the return."""
    import polars as pl

    people = caseload.people.select("person", pl.col("reference").cast(pl.String).alias("child"))
    placed = caseload.placements.join(people, on="person", how="inner")
    return placed.select("child", pl.col("entry_date").alias("from_day"), pl.col("leaving_date").alias("to_day"))


def match(
    children: "pl.DataFrame | None",
    commitments: "pl.DataFrame",
    postings: "pl.DataFrame | None",
    year: FinancialYear,
    as_at: date,
) -> Matching:
    """Hold three books against each other at a day; postings of later periods are left out.

    children      child, from_day, to_day: placements of the caseload, both days included, to_day empty while open;
                  None where no caseload is at hand: its headlines are then left out, not nil
    commitments   rows of a commitment book
    postings      of a ledger export: year, period, line, pence, child, commitment; None where there is no ledger
    """
    import polars as pl

    counted = commitments.filter(pl.col("status").is_in(list(COUNTED)))
    found: list[Headline] = []
    ours = None if postings is None else _until(postings, year, as_at)
    if ours is not None and children is not None:
        found.append(_paid_after_leaving(ours, counted, children, year, as_at))
    if children is not None:
        found.append(_placed_without_commitment(children, counted, as_at))
        found.append(_committed_without_placement(children, counted, as_at))
    if ours is not None:
        found += [_unknown_commitment(ours, commitments), _no_reference(ours)]
        found.append(_never_paid(ours, counted, year, as_at))
        found.append(_paid_above_commitment(ours, counted, year, as_at))
    return Matching(as_at, tuple(found))


def _until(postings: "pl.DataFrame", year: FinancialYear, as_at: date) -> "pl.DataFrame":
    """The postings of a year up to the period of a day."""
    import polars as pl

    return postings.filter((pl.col("year") == year.start) & (pl.col("period") <= _period(year, as_at)))


def _period(year: FinancialYear, day: date) -> int:
    """The period of the year in which a day falls; 12 after it, 0 before."""
    return min(12, max(0, Month(year.start, 4).months_until(Month.of(day)) + 1))


def _paid_after_leaving(
    postings: "pl.DataFrame", counted: "pl.DataFrame", children: "pl.DataFrame", year: FinancialYear, as_at: date
) -> Headline:
    """Children with postings in periods that begin after their last placement ended, above what was due up to then.

    A bill that comes late is no payment too much: of what was posted after leaving only that counts which goes beyond
    the cost of the child's commitments from the start of the year to the last day.
    """
    import polars as pl

    far = date(9999, 12, 31)
    left = children.group_by("child").agg(pl.col("to_day").fill_null(far).max().alias("left_on"))
    owners = counted.select("commitment", pl.col("child").alias("owner")).unique("commitment")
    begins = pl.date(pl.lit(year.start), 4, 1).dt.offset_by(pl.format("{}mo", pl.col("period") - 1))
    paid = (
        postings.join(owners, on="commitment", how="left")
        .with_columns(pl.coalesce("child", "owner").alias("child"))
        .join(left.filter(pl.col("left_on") < as_at), on="child", how="inner")
        .group_by("child")
        .agg(
            pl.col("pence").sum().alias("paid"), pl.col("pence").filter(begins > pl.col("left_on")).sum().alias("after")
        )
    )
    until_then = counted.join(left, on="child", how="inner").select(
        "child", cost_through(year, as_at, "left_on").alias("due")
    )
    due = until_then.group_by("child").agg(pl.col("due").sum())
    above = paid.join(due, on="child", how="left").with_columns(
        pl.min_horizontal("after", pl.col("paid") - pl.col("due").fill_null(0)).alias("pence")
    )
    return _headline(Mismatch.PAID_AFTER_LEAVING, above.filter(pl.col("pence") > 0), "child")


def _placed_without_commitment(children: "pl.DataFrame", counted: "pl.DataFrame", as_at: date) -> Headline:
    """Children placed on the day whom no commitment covers, at the average annual cost of those that are covered."""
    import polars as pl

    covered = counted.filter(_open(as_at)).select("child", "annual_cost")
    placed = children.filter(_open(as_at)).unique("child")
    without = placed.join(covered, on="child", how="anti")
    average = int(covered["annual_cost"].sum() or 0) // max(1, covered.height)
    priced = without.with_columns(pl.lit(average, pl.Int64).alias("pence"))
    return _headline(Mismatch.PLACED_WITHOUT_COMMITMENT, priced, "child", "pence")


def _committed_without_placement(children: "pl.DataFrame", counted: "pl.DataFrame", as_at: date) -> Headline:
    placed = children.filter(_open(as_at)).unique("child")
    without = counted.filter(_open(as_at)).join(placed, on="child", how="anti")
    return _headline(Mismatch.COMMITTED_WITHOUT_PLACEMENT, without, "commitment", "annual_cost")


def _unknown_commitment(postings: "pl.DataFrame", commitments: "pl.DataFrame") -> Headline:
    import polars as pl

    named = postings.filter(pl.col("commitment").is_not_null())
    unknown = named.join(commitments.select("commitment").unique(), on="commitment", how="anti")
    return _headline(Mismatch.UNKNOWN_COMMITMENT, unknown, "commitment")


def _no_reference(postings: "pl.DataFrame") -> Headline:
    import polars as pl

    bare = postings.filter(pl.col("commitment").is_null() & pl.col("child").is_null())
    return _headline(Mismatch.NO_REFERENCE, bare, "code")


def _never_paid(postings: "pl.DataFrame", counted: "pl.DataFrame", year: FinancialYear, as_at: date) -> Headline:
    due = _due(counted, year, as_at)
    paid = postings.select("commitment").drop_nulls().unique()
    return _headline(Mismatch.NEVER_PAID, due.join(paid, on="commitment", how="anti"), "commitment")


def _paid_above_commitment(
    postings: "pl.DataFrame", counted: "pl.DataFrame", year: FinancialYear, as_at: date
) -> Headline:
    import polars as pl

    named = postings.filter(pl.col("commitment").is_not_null())
    paid = named.group_by("commitment").agg(pl.col("pence").sum().alias("paid"))
    both = _due(counted, year, as_at).join(paid, on="commitment", how="inner")
    above = both.with_columns((pl.col("paid") - pl.col("pence")).alias("pence")).filter(pl.col("pence") > 0)
    return _headline(Mismatch.PAID_ABOVE_COMMITMENT, above, "commitment")


def _due(counted: "pl.DataFrame", year: FinancialYear, as_at: date) -> "pl.DataFrame":
    """What each commitment costs from the start of the year to a day; those that cost nothing are left out."""
    import polars as pl

    due = counted.select("commitment", cost_through(year, as_at).alias("pence"))
    return due.group_by("commitment").agg(pl.col("pence").sum()).filter(pl.col("pence") > 0)


def _open(as_at: date) -> "pl.Expr":
    import polars as pl

    ends = pl.col("to_day")
    return (pl.col("from_day") <= as_at) & (ends.is_null() | (ends >= as_at))


def _headline(kind: Mismatch, frame: "pl.DataFrame", reference: str, money: str = "pence") -> Headline:
    first = frame.select(reference).drop_nulls().unique().sort(reference).head(SHOWN)
    return Headline(kind, frame.height, int(frame[money].sum() or 0), tuple(first[reference].to_list()))
