"""DfE updates the grant: the latest update of a year is its allocation, and its adjustments stand apart."""

from decimal import Decimal

import pytest

from highneeds.account.amount import known
from highneeds.account.balance.roll import roll
from highneeds.account.grant.allocations import (
    allocation_findings,
    allocations_of,
    breaks_within,
    high_needs_grants,
    published_allocations,
    with_published,
)
from highneeds.intake.ledger.years import YearRow
from highneeds.intake.published import open_pack
from highneeds.registers.definitions.allocations import BLOCKS, allocations
from highneeds.report.views.allocations import allocations_table
from highneeds.report.words import reasons
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

HEADER = (
    "allocation,financial_year,updated_on,block,before_gbp,import_export_gbp,prior_year_gbp,deductions_gbp,after_gbp"
)
YEAR = FinancialYear(2024)
DECEMBER = "dec,2024-25,2023-12-19,high_needs,320.00,0.00,,18.00,302.00"
JULY = "jul,2024-25,2024-07-18,high_needs,320.00,-1.20,0.50,18.00,301.30"


@pytest.fixture
def rows(tmp_path):
    def read(*lines: str):
        path = tmp_path / "allocations.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n")
        return allocations.read(path, "registers/allocations.csv").rows

    return read


def test_the_latest_update_is_the_allocation_whatever_the_order_of_the_rows(rows):
    for lines in ((DECEMBER, JULY), (JULY, DECEMBER)):
        grant = high_needs_grants(allocations_of(rows(*lines)))[YEAR]
        assert grant.pence == 301_30
        assert Source("DfE update of 18 July 2024") in grant.sources


def test_adjustments_stand_apart_and_add_up_to_what_is_paid(rows):
    [_, july] = allocations_of(rows(DECEMBER, JULY))
    assert (july.before, july.import_export, july.prior_year, july.deductions) == (320_00, -1_20, 50, 18_00)
    assert july.before + july.import_export + july.prior_year - july.deductions == july.after
    assert july.unexplained == 0


def test_it_fills_the_allocation_that_the_years_leave_empty_with_its_source(rows):
    grants = high_needs_grants(allocations_of(rows(DECEMBER, JULY)))
    empty = YearRow(YEAR, Source("years.csv", 2), None, 0, 0, 0, 0)
    [position] = roll([empty], {YEAR: known(350_00)}, known(0), grants=grants).positions
    assert position.actual.closing.pence == 350_00 - 301_30
    assert "registers/allocations.csv line 3" in reasons.grounds(position.actual.before)
    assert allocation_findings([empty], grants) == ()


def test_a_year_that_gives_its_own_allocation_keeps_it_and_a_difference_is_found(rows):
    grants = high_needs_grants(allocations_of(rows(JULY)))
    own = YearRow(YEAR, Source("years.csv", 2), 302_00, 0, 0, 0, 0)
    [position] = roll([own], {YEAR: known(350_00)}, known(0), grants=grants).positions
    assert position.actual.closing.pence == 48_00
    [finding] = allocation_findings([own], grants)
    assert (finding.rule, finding.file, finding.line) == ("ACCOUNT-08", "years.csv", 2)
    assert "0.70 apart" in finding.message
    assert allocation_findings([YearRow(YEAR, Source("years.csv", 2), 301_30)], grants) == ()


def test_one_block_twice_at_one_update_is_refused(rows):
    with pytest.raises(InputError, match="high needs block of 2024-25 at 18 July 2024"):
        allocations_of(rows(JULY, JULY.replace("jul,", "again,")))


def test_the_table_shows_every_update_and_totals_a_year_only_when_it_is_whole(rows):
    part = allocations_table(rows(DECEMBER, JULY))
    old, new, total = part.rows
    assert (old[3], new[3], new[10]) == ("no", "yes", Decimal("-0.70"))
    assert (total[1], total[8]) == ("TOTAL", None)
    assert "Schools" in total[-1]
    others = [f"{block},2024-25,2023-12-19,{block},10.00,,,0.00,10.00" for block in BLOCKS if block != "high_needs"]
    *_, total = allocations_table(rows(DECEMBER, JULY, *others)).rows
    assert total[4:10] == tuple(map(Decimal, ("350.00", "-1.20", "0.50", "18.00", "331.30", "0.00")))


BLOCKS_OF = "{0},{0},2024-01-01,high_needs,{1},,,0.00,{1}"


@pytest.mark.parametrize(
    ("years", "growth", "why"),
    [
        (("2024-25", "2025-26"), Decimal("10.0"), None),
        (("2026-27", "2027-28"), Decimal("10.0"), None),
        (("2025-26", "2026-27"), None, "grant was moved"),
        (("2024-25", "2026-27"), None, "no block of 2025-26"),
    ],
)
def test_a_block_grows_on_the_year_before_and_never_across_the_year_in_which_grant_moved(rows, years, growth, why):
    lines = (BLOCKS_OF.format(year, gbp) for year, gbp in zip(years, ("200.00", "220.00"), strict=True))
    found = allocations_table(rows(*lines)).records()
    first, second = (row for row in found if row["block"] != "TOTAL")
    assert (first["growth_on_year_before_pct"], second["growth_on_year_before_pct"]) == (None, growth)
    assert (second["no_growth_because"] or "").startswith(why or "") and bool(second["no_growth_because"]) == bool(why)


def test_years_side_by_side_say_which_of_them_cannot_be_compared():
    years = [FinancialYear(year) for year in (2023, 2024, 2025, 2026, 2027)]
    assert [one.after for one in breaks_within(years)] == ["2026-27"]
    assert breaks_within(years[:3]) == breaks_within(years[3:]) == ()
    assert [one.before for one in breaks_within([years[0], years[4]])] == ["2025-26"]


KENT_2023 = FinancialYear(2023)


@pytest.fixture(scope="module")
def pack():
    return open_pack()


def test_any_councils_published_grant_is_there_by_block_without_a_register(pack):
    for la_number in ("886", "871"):
        found = published_allocations(pack, la_number)
        assert {one.block for one in found} == set(BLOCKS)
        assert all(one.unexplained == 0 and one.before > 0 for one in found)
    after = high_needs_grants(published_allocations(pack, "886"))[KENT_2023]
    assert after.pence == 293_071_829_00
    assert reasons.grounds(after) == "DfE and ESFA, DSG allocations; as published"


def test_blocks_add_to_the_published_total(pack):
    rows = pack.table("dsg_allocations").filter(pack.table("dsg_allocations")["la_number"] == "886").to_dicts()
    for row in rows:
        ours = [one for one in published_allocations(pack, "886") if str(one.year) == row["fin_year"]]
        assert sum(one.before for one in ours) == row["total_dsg_before_recoupment"] * 100
        assert sum(one.after for one in ours) == row["total_dsg_after"] * 100


def test_the_registers_update_counts_before_the_published_figure_of_its_year_alone(rows, pack):
    own = allocations_of(rows("jul,2023-24,2023-07-20,high_needs,310.00,-1.00,,16.00,293.00"))
    grants = high_needs_grants(with_published(own, published_allocations(pack, "886")))
    assert grants[KENT_2023].pence == 293_00
    assert grants[FinancialYear(2022)].pence == 264_612_312_00


def test_adjustments_that_are_not_printed_are_no_zeros(rows, pack):
    records = allocations_table(rows(), published_allocations(pack, "886")).records()
    assert {row["import_export_gbp"] for row in records} == {None}
    [total] = [row for row in records if (row["financial_year"], row["block"]) == ("2023-24", "TOTAL")]
    assert (total["before_deductions_gbp"], total["after_deductions_gbp"]) == (Decimal(1624348991), Decimal(829271227))
