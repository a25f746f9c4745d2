"""Caseload, commitments and ledger held against each other; the pounds that do not match are the headlines."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from highneeds.account.commitments.cost import cost_through
from highneeds.account.pennies import decimal_pounds
from highneeds.intake.ledger.commitments import COUNTED
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    import polars as pl

    from highneeds.caseload import Caseload


@dataclass(frozen=True)
class Headline:
    """One kind of mismatch: how many, how many pounds, and the first few references to look at."""

    name: str
    words: str
    count: int
    pence: int
    references: tuple[str, ...]

    def since(self, earlier: "Headline", day: date) -> Note:
        return Note.of(
            "books.mismatch",
            what=self.words,
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
        earlier = {one.name: one for one in before.headlines}
        pairs = [(one, earlier[one.name]) for one in self.headlines if one.name in earlier]
        return tuple(one.since(old, before.as_at) for one, old in pairs if one.count or old.count)

    def movement(self, before: "Matching") -> tuple[tuple[str, int, int], ...]:
        """name, change in number, change in pence since the earlier matching."""
        earlier = {one.name: one for one in before.headlines}
        return tuple(
            (one.name, one.count - earlier[one.name].count, one.pence - earlier[one.name].pence)
            for one in self.headlines
            if one.name in earlier
        )

    def table(self, before: "Matching | None" = None) -> Table:
        """The headlines; with an earlier matching also how each has moved since."""
        columns = ("headline", "meaning", "count", "gbp", "first_references")
        rows = [
            (one.name, one.words, one.count, decimal_pounds(one.pence), " ".join(one.references))
            for one in self.headlines
        ]
        if before is None:
            return Table.of(columns, rows, "Caseload, commitments and ledger")
        moved = [(count, decimal_pounds(pence)) for _, count, pence in self.movement(before)]
        both = [(*row, *change) for row, change in zip(rows, moved, strict=True)]
        return Table.of((*columns, "count_change", "gbp_change"), both, "Caseload, commitments and ledger")


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
    words = "Paid after the child left, above what was due up to then"
    return _headline("paid_after_leaving", words, above.filter(pl.col("pence") > 0), "child")


def _placed_without_commitment(children: "pl.DataFrame", counted: "pl.DataFrame", as_at: date) -> Headline:
    """Children placed on the day whom no commitment covers, at the average annual cost of those that are covered."""
    import polars as pl

    covered = counted.filter(_open(as_at)).select("child", "annual_cost")
    placed = children.filter(_open(as_at)).unique("child")
    without = placed.join(covered, on="child", how="anti")
    average = int(covered["annual_cost"].sum() or 0) // max(1, covered.height)
    priced = without.with_columns(pl.lit(average, pl.Int64).alias("pence"))
    words = "Placed without a commitment, at the average annual cost"
    return _headline("placed_without_commitment", words, priced, "child", "pence")


def _committed_without_placement(children: "pl.DataFrame", counted: "pl.DataFrame", as_at: date) -> Headline:
    placed = children.filter(_open(as_at)).unique("child")
    without = counted.filter(_open(as_at)).join(placed, on="child", how="anti")
    words = "Committed for a child who has no placement, a year"
    return _headline("committed_without_placement", words, without, "commitment", "annual_cost")


def _unknown_commitment(postings: "pl.DataFrame", commitments: "pl.DataFrame") -> Headline:
    import polars as pl

    named = postings.filter(pl.col("commitment").is_not_null())
    unknown = named.join(commitments.select("commitment").unique(), on="commitment", how="anti")
    return _headline("unknown_commitment", "Paid on a commitment that the book does not hold", unknown, "commitment")


def _no_reference(postings: "pl.DataFrame") -> Headline:
    import polars as pl

    bare = postings.filter(pl.col("commitment").is_null() & pl.col("child").is_null())
    return _headline("no_reference", "Paid without naming a commitment or a child", bare, "code")


def _never_paid(postings: "pl.DataFrame", counted: "pl.DataFrame", year: FinancialYear, as_at: date) -> Headline:
    due = _due(counted, year, as_at)
    paid = postings.select("commitment").drop_nulls().unique()
    return _headline(
        "never_paid", "Committed to date and not paid at all", due.join(paid, on="commitment", how="anti"), "commitment"
    )


def _paid_above_commitment(
    postings: "pl.DataFrame", counted: "pl.DataFrame", year: FinancialYear, as_at: date
) -> Headline:
    import polars as pl

    named = postings.filter(pl.col("commitment").is_not_null())
    paid = named.group_by("commitment").agg(pl.col("pence").sum().alias("paid"))
    both = _due(counted, year, as_at).join(paid, on="commitment", how="inner")
    above = both.with_columns((pl.col("paid") - pl.col("pence")).alias("pence")).filter(pl.col("pence") > 0)
    return _headline("paid_above_commitment", "Paid above what is committed to date", above, "commitment")


def _due(counted: "pl.DataFrame", year: FinancialYear, as_at: date) -> "pl.DataFrame":
    """What each commitment costs from the start of the year to a day; those that cost nothing are left out."""
    import polars as pl

    due = counted.select("commitment", cost_through(year, as_at).alias("pence"))
    return due.group_by("commitment").agg(pl.col("pence").sum()).filter(pl.col("pence") > 0)


def _open(as_at: date) -> "pl.Expr":
    import polars as pl

    ends = pl.col("to_day")
    return (pl.col("from_day") <= as_at) & (ends.is_null() | (ends >= as_at))


def _headline(name: str, words: str, frame: "pl.DataFrame", reference: str, money: str = "pence") -> Headline:
    first = frame.select(reference).drop_nulls().unique().sort(reference).head(SHOWN)
    return Headline(name, words, frame.height, int(frame[money].sum() or 0), tuple(first[reference].to_list()))
