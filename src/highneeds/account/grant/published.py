"""The dedicated schools grant as DfE published it, and what councils reported spending against it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from highneeds.account.amount import Amount, known, missing
from highneeds.account.balance.opening import PublishedBlock
from highneeds.account.pennies import pence_of
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State

if TYPE_CHECKING:
    from highneeds.intake.published import Published

BLOCKS = {
    DsgBlock.SCHOOLS: ("schools_block", "schools_block_after"),
    DsgBlock.CENTRAL: ("cssb", "cssb_after"),
    DsgBlock.HIGH_NEEDS: ("high_needs_block", "high_needs_block_after_deductions"),
    DsgBlock.EARLY_YEARS: ("early_years_block", "early_years_after"),
    None: ("total_dsg_before_recoupment", "total_dsg_after"),
}
GRANT_SOURCE = "DfE, dedicated schools grant allocations"
OUTTURN_COLUMNS = ("high_needs_1_2_net_gbp", "schools_1_0_net_gbp", "other_education_2_x_net_gbp")


@dataclass(frozen=True)
class GrantBlock:
    """One block of the grant in one year, or the whole of it (None), before and after recoupment and deductions, in
    pence."""

    block: DsgBlock | None
    before: int
    after: int

    @property
    def deducted(self) -> int:
        """What DfE pays to academies and other providers directly."""
        return self.before - self.after


def blocks(published: "Published", la_number: str, year: FinancialYear) -> tuple[GrantBlock, ...]:
    """Every block of a council's grant in a year, the whole last; nothing where it is not published."""
    row = _row(published, "dsg_allocations", la_number, year)
    if row is None:
        return ()
    return tuple(
        GrantBlock(block, _pence(row[before]), _pence(row[after])) for block, (before, after) in BLOCKS.items()
    )


def published_years(published: "Published", la_number: str) -> tuple[FinancialYear, ...]:
    """The years in which the council's grant is published."""
    if not published.has("dsg_allocations"):
        return ()
    rows = published.table("dsg_allocations")
    keys = zip(rows["la_number"].to_list(), rows["fin_year"].to_list(), strict=True)
    return tuple(FinancialYear.parse(year) for year in sorted({year for council, year in keys if council == la_number}))


def published_block(published: "Published", la_number: str, year: FinancialYear) -> PublishedBlock | None:
    """The high needs block of a year, or None where it is not published."""
    found = next((one for one in blocks(published, la_number, year) if one.block is DsgBlock.HIGH_NEEDS), None)
    if found is None:
        return None
    return PublishedBlock(str(year), found.before, found.after, published.source("dsg_allocations"))


def outturn(published: "Published", la_number: str, year: FinancialYear) -> Amount:
    """Net outturn of lines 1.2.1 to 1.2.13. Places that DfE pays to academies directly are in no outturn."""
    row = _row(published, "s251_outturn_high_needs_total", la_number, year)
    if row is None or row[OUTTURN_COLUMNS[0]] is None:
        return missing(Note.of("amount.no_outturn", year=str(year)))
    return known(
        _pence(row[OUTTURN_COLUMNS[0]]),
        Source(published.source("s251_outturn_high_needs_total")),
        state=State.REPORTED,
    )


def outturns(published: "Published", la_number: str) -> tuple[tuple[FinancialYear, int], ...]:
    """Net outturn of lines 1.2 in pence, of every year in which it is published for a council."""
    import polars as pl

    table = published.table("s251_outturn_high_needs_total").filter(pl.col("la_number") == la_number)
    rows = table.select("fin_year", OUTTURN_COLUMNS[0]).drop_nulls().sort("fin_year").iter_rows()
    return tuple((FinancialYear.parse(year), _pence(value)) for year, value in rows)


@dataclass(frozen=True)
class AlikeComparison:
    """Spend against the block with recoupment treated alike on both sides, in pence.

    after    spend paid by the council, against the block after deductions
    before   spend with the places that DfE pays directly added back, against the block before deductions
    """

    year: FinancialYear
    spend: Amount
    block: GrantBlock

    @property
    def after(self) -> Amount:
        return self.spend - known(self.block.after)

    @property
    def with_direct(self) -> Amount:
        """Spend with what DfE pays directly added back."""
        return self.spend + known(self.block.deducted)

    @property
    def before(self) -> Amount:
        return self.with_direct - known(self.block.before)


def alike(year: FinancialYear, spend: Amount, block: GrantBlock, includes_recoupment: bool = False) -> AlikeComparison:
    """Bring spend to the basis without what DfE pays directly: a budget return includes it, an outturn does not."""
    return AlikeComparison(year, spend - known(block.deducted) if includes_recoupment else spend, block)


def state_funded_spend(published: "Published", la_number: str) -> Amount:
    """Place funding and top-ups of maintained schools, academies and colleges in the newest outturn by line."""
    if not published.has("s251_high_needs_lines"):
        return missing(Note.of("amount.no_lines"))
    rows = published.table("s251_high_needs_lines")
    rows = rows.filter((rows["la_number"] == la_number) & (rows["stage"] == "outturn")).sort("fin_year")
    wanted = rows.filter(rows["line"].is_in(["place_funding_total", "topup_maintained_total"])).to_dicts()
    newest = [row for row in wanted if row["fin_year"] == wanted[-1]["fin_year"]]
    if len(newest) != 2 or any(row["amount_gbp"] is None for row in newest):
        return missing(Note.of("amount.no_state_funded"))
    source = Note.of("stands.outturn", year=newest[0]["fin_year"], sources=(published.source("s251_high_needs_lines"),))
    return known(sum(_pence(row["amount_gbp"]) for row in newest), source, state=State.REPORTED)


def _row(published: "Published", table: str, la_number: str, year: FinancialYear) -> dict[str, Any] | None:
    if not published.has(table):
        return None
    rows = published.table(table)
    keys = zip(rows["la_number"].to_list(), rows["fin_year"].to_list(), strict=True)
    found = next((at for at, key in enumerate(keys) if key == (la_number, str(year))), None)
    return None if found is None else rows.row(found, named=True)


def _pence(value: int | float) -> int:
    """A published sum, read as it prints."""
    return pence_of(str(value))
