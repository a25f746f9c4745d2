"""Commitments by month, accrued, and in a full year: sums that can be done with a pencil."""

from datetime import date

import polars as pl

from highneeds.account.commitments.cost import accruals, cost_by_period, full_year, period_end
from highneeds.account.commitments.matching import match
from highneeds.account.spend.monitoring import budget_by_period, monitor
from highneeds.intake.ledger.commitments import COLUMNS, CommitmentBook, commitment_book
from highneeds.intake.ledger.sheet import LINE
from highneeds.intake.ledger.spend import SpendRow
from highneeds.vocabulary.period import FinancialYear

YEAR = FinancialYear(2025)  # 365 days: £365 a year is £1 a day


def book(text: str) -> CommitmentBook:
    """commitment | child | line | from | to | annual cost | invoiced to | paid to | status"""
    names = ("commitment", "child", "line", "from_day", "to_day", "annual_cost_gbp", "invoiced_to", "paid_to", "status")
    rows = []
    for number, row in enumerate(text.strip().splitlines(), 2):
        cells = dict(zip(names, (cell.strip() or None for cell in row.split("|")), strict=True))
        rows.append({LINE: number, "placement": f"{cells['child']}-A", "fte": "1", **cells})
    return commitment_book(pl.DataFrame(rows, schema={LINE: pl.Int64} | dict.fromkeys(COLUMNS, pl.String)), "book.csv")


def test_a_commitment_costs_by_the_day_and_twelve_months_are_the_year():
    costs = cost_by_period(book("c1 | x | 1.2.3 | 2025-04-16 | | 365.00 | | | active").rows, YEAR)
    assert costs["pence"].to_list() == [1500, 3100, 3000, 3100, 3100, 3000, 3100, 3000, 3100, 3100, 2800, 3100]
    assert costs["pence"].sum() == 350 * 100


def test_two_price_periods_follow_on_and_a_draft_costs_nothing():
    rows = book("""
        c1 | x | 1.2.3 | 2025-04-01 | 2025-08-31 | 365.00 | | | ended
        c2 | x | 1.2.3 | 2025-09-01 |            | 730.00 | | | active
        c3 | y | 1.2.1 | 2025-04-01 |            | 365.00 | | | draft
    """)
    assert rows.problems == ()
    costs = cost_by_period(rows.rows, YEAR)
    assert costs["line"].unique().to_list() == ["1.2.3"]
    assert costs["pence"].sum() == 153 * 100 + 212 * 200


def test_what_is_placed_and_not_billed_is_accrued_and_what_is_billed_and_not_paid_is_owed():
    rows = book("""
        c1 | x | 1.2.3 | 2025-04-01 | | 365.00 | 2025-06-30 | 2025-04-30 | active
        c2 | y | 1.2.1 | 2025-06-01 | | 365.00 |            |            | active
    """).rows
    found = accruals(rows, YEAR, date(2025, 7, 31))
    assert (found.accrued, found.by_line) == (31 * 100 + 61 * 100, {"1.2.1": 6100, "1.2.3": 3100})
    assert found.unpaid == 61 * 100


def test_the_full_year_effect_is_what_next_year_begins_with():
    """Open since January: £90 this year, £365 in a full one. The one that ended counts in this year only."""
    rows = book("""
        c1 | x | 1.2.3 | 2026-01-01 |            | 365.00 | | | active
        c2 | y | 1.2.3 | 2025-04-01 | 2025-04-30 | 365.00 | | | ended
        c3 | z | 1.2.3 | 2025-04-01 | 2026-07-31 | 365.00 | | | active
    """).rows
    found = full_year(rows, YEAR)
    assert found.in_year == (90 + 30 + 365) * 100
    assert found.full_year == 2 * 36_500
    assert found.effect == 73_000 - 48_500
    assert found.next_year == (365 + 122) * 100


def test_what_cannot_be_true_of_a_commitment_is_found_by_its_line():
    found = book("""
        c1 | x | 1.2.3  | 2025-04-01 | 2025-03-01 | 365.00  |            |            | active
        c1 | y | 1.2.99 | 2025-04-01 |            | -1.00   |            |            | active
        c3 | z | 1.2.3  | 2025-04-01 |            | 365.00  | 2025-05-01 | 2025-06-01 | running
        c4 | w | 1.2.3  | 2025-04-01 | 2025-09-30 | 365.00  |            |            | ended
        c5 | w | 1.2.3  | 2025-09-01 |            | 365.00  |            |            | active
        c6 | v | 1.2.3  | soon       |            | 12.345  |            |            | active
    """).problems
    assert [(one.line, one.message) for one in found] == [
        (7, "from_day 'soon' is no day"),
        (7, "annual_cost_gbp '12.345' is no sum of money"),
        (3, "The commitment 'c1' stands there already"),
        (2, "'c1' ends before it begins"),
        (3, "'c1' costs less than nothing"),
        (3, "The line of 'c1' is no s251 line"),
        (4, "The status of 'c3' is not known"),
        (4, "'c3' is paid beyond its invoice"),
        (6, "The price period of 'c5' overlaps the one before it"),
    ]


def test_the_forecast_is_what_is_booked_and_accrued_and_then_what_is_committed():
    commitment = {("1.2.3", period): 1000 for period in range(1, 13)}
    actual = {("1.2.3", 1): 900, ("1.2.3", 2): 950, ("1.2.1", 2): 10}
    found = monitor(YEAR, 2, actual, commitment, {("1.2.3", 1): 980}, {"1.2.3": 120})
    rows = {(row.line, row.period): row for row in found.rows}
    assert rows["1.2.3", 1].forecast == 900
    assert rows["1.2.3", 2].forecast == 950 + 120
    assert rows["1.2.3", 3].forecast == 1000
    assert rows["1.2.1", 1].actual == 0, "the ledger has postings in April, and none on this line"
    assert rows["1.2.3", 3].actual is None
    assert found.forecast == 900 + 1070 + 10 * 1000 + 10


def test_a_closed_period_without_any_posting_is_a_gap_and_no_zero():
    found = monitor(YEAR, 3, {("1.2.3", 1): 900, ("1.2.3", 2): 900}, {("1.2.3", 4): 1})
    assert found.forecast is None


def test_a_yearly_budget_is_spread_and_adds_up():
    rows = [SpendRow(YEAR, "1.2.3", None, None, 10_001, "spend.csv line 2")]
    spread = budget_by_period(rows, YEAR)
    assert sum(spread.values()) == 10_001
    assert max(spread.values()) - min(spread.values()) <= 1


def test_three_books_that_agree_leave_nothing_and_each_disagreement_has_its_pounds():
    commitments = book("""
        c1 | ann | 1.2.3 | 2025-04-01 |            | 365.00 | | | active
        c2 | bob | 1.2.3 | 2025-04-01 | 2025-06-30 | 365.00 | | | ended
        c3 | cat | 1.2.3 | 2025-04-01 |            | 365.00 | | | active
        c4 | dan | 1.2.3 | 2025-04-01 |            | 365.00 | | | active
    """).rows
    children = pl.DataFrame(
        {
            "child": ["ann", "bob", "cat", "eve"],
            "from_day": [date(2025, 4, 1)] * 4,
            "to_day": [None, date(2025, 6, 30), None, None],
        },
        schema_overrides={"to_day": pl.Date},
    )
    postings = pl.DataFrame(
        {
            "year": [2025] * 6,
            "period": [1, 2, 4, 4, 1, 1],
            "pence": [3000, 6100, 3500, 700, 40, 9],
            "code": ["7003"] * 6,
            "child": [None, None, None, None, None, "ann"],
            "commitment": ["c1", "c2", "c2", "c9", None, None],
        }
    )
    found = match(children, commitments, postings, YEAR, date(2025, 7, 31))
    assert {one.kind: (one.count, one.pence, one.references) for one in found.headlines} == {
        "paid_after_leaving": (1, 500, ("bob",)),
        "placed_without_commitment": (1, 36_500, ("eve",)),
        "committed_without_placement": (1, 36_500, ("c4",)),
        "unknown_commitment": (1, 700, ("c9",)),
        "no_reference": (1, 40, ("7003",)),
        "never_paid": (2, 2 * 122 * 100, ("c3", "c4")),
        "paid_above_commitment": (1, 500, ("c2",)),
    }
    late_bill = postings.with_columns(pl.when(pl.col("pence") == 3500).then(3000).otherwise("pence").alias("pence"))
    later = match(children, commitments, late_bill, YEAR, date(2025, 7, 31))
    assert later.headlines[0].count == 0, "a bill for June that comes in July is late, and nothing was paid too much"
    assert later.movement(found)[0] == ("paid_after_leaving", -1, -500)


def test_april_is_the_first_period():
    assert period_end(YEAR, 1) == date(2025, 4, 30)
    assert period_end(YEAR, 12) == date(2026, 3, 31)


def test_the_caseload_gives_its_placements_by_local_reference():
    from types import SimpleNamespace

    from highneeds.account.commitments.matching import children_of

    caseload = SimpleNamespace(
        people=pl.DataFrame({"person": [1, 2], "reference": ["0007", "0009"]}),
        placements=pl.DataFrame(
            {"person": [2, 1], "entry_date": [date(2025, 4, 1)] * 2, "leaving_date": [None, date(2025, 5, 1)]}
        ),
    )
    assert sorted(children_of(caseload).rows(), key=str) == [
        ("0007", date(2025, 4, 1), date(2025, 5, 1)),
        ("0009", date(2025, 4, 1), None),
    ]


def test_an_invented_book_covers_the_caseloads_placements_of_the_year_and_is_clean():
    from types import SimpleNamespace

    import numpy as np

    from highneeds.account.commitments.matching import children_of
    from highneeds.invented.commitments import book_of_caseload

    caseload = SimpleNamespace(
        people=pl.DataFrame({"person": [1, 2, 3, 4], "reference": ["0001", "0002", "0003", "0004"]}),
        placements=pl.DataFrame(
            {
                "person": [1, 2, 3, 4],
                "placement": ["a", "b", "c", "d"],
                "entry_date": [date(2022, 9, 1), date(2025, 11, 1), date(2020, 9, 1), date(2022, 9, 1)],
                "leaving_date": [None, None, date(2024, 7, 31), None],
                "setting": ["SpMdA", "SpIn", "SpMdA", "EHE"],
            }
        ),
    )
    sheet = book_of_caseload(caseload, YEAR, "886", np.random.default_rng(1))
    assert sheet.select("child", "line", "from_day", "to_day").rows() == [
        ("0001", "1.2.1", "2022-09-01", "2025-08-31"),
        ("0001", "1.2.1", "2025-09-01", ""),
        ("0002", "1.2.3", "2025-11-01", ""),
    ], "who left before the year, or is taught at home, has no commitment"
    assert set(sheet["supplier"]) == {"invented"}
    numbered = sheet.with_columns(pl.all().replace("", None)).with_row_index(LINE, offset=2)
    found = commitment_book(numbered, "book.csv")
    assert found.problems == ()
    postings = pl.DataFrame(
        schema={"year": pl.Int64, "period": pl.Int64, "pence": pl.Int64}
        | dict.fromkeys(("code", "child", "commitment"), pl.String)
    )
    headlines = {
        one.kind: one for one in match(children_of(caseload), found.rows, postings, YEAR, date(2026, 1, 31)).headlines
    }
    assert headlines["placed_without_commitment"].references == ("0004",)
    assert headlines["committed_without_placement"].count == 0
