"""The account as a sum from top to bottom."""

from decimal import Decimal

from highneeds.account.amount import known
from highneeds.account.balance.roll import roll, spend_by_year
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.ledger.years import YearRow
from highneeds.report.views.statement import statement
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

YEAR = FinancialYear(2024)


def test_actual_rows_add_from_the_start_to_the_end():
    spend = (
        SpendRow(YEAR, "1.2.1", None, 20_000, None, Source("spend.csv", 2)),
        SpendRow(YEAR, "1.2.3", None, 15_000, None, Source("spend.csv", 3)),
    )
    years = [YearRow(YEAR, Source("years.csv", 2), 30_000, 100, 0, 1_000, 500, 2_000, 1_000, 500, None)]
    account = roll(years, spend_by_year(spend, years), known(10_000))
    table = statement(account, spend)
    actual = {row[0]: row[2] for row in table.rows if row[1] == "actual"}
    assert [(row[0], row[2]) for row in table.rows if row[0].startswith("  ")] == [
        ("  1.2.1", Decimal(200)),
        ("  1.2.3", Decimal(150)),
    ]
    names = (
        "Deficit at the start",
        "Spend",
        "Grant and transfers between blocks",
        "DfE payments",
        "Council contribution",
    )
    assert sum(actual[name] for name in names) == actual["Deficit at the end"] == Decimal(134)
    assert table.columns == ("item", "side", "2024-25")


def test_a_gap_is_an_empty_cell():
    years = [YearRow(YEAR, Source("years.csv", 2), 30_000, 100, 0, None, 500, 2_000, 1_000, 500, None)]
    table = statement(roll(years, {}, known(10_000)))
    rows = {(row[0], row[1]): row[2] for row in table.rows}
    assert rows["Deficit at the end", "actual"] is None
    assert rows["Deficit at the end", "promised"] == Decimal(105)
