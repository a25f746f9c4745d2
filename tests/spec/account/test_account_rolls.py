"""The account: opening + spend - allocation - transfers - payments = closing, promised beside actual."""

from datetime import date
from decimal import Decimal

import pytest

from highneeds.account.amount import known
from highneeds.account.balance.roll import roll, spend_by_year
from highneeds.account.balance.table import account_findings, account_measures, override_end
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.ledger.years import MONEY, YearRow
from highneeds.report.views.measures import account_table
from highneeds.report.words import reasons
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

# In millions: allocation, transfer in, DfE due, DfE received, council | planned in-year, DfE, council, printed closing
TABLE = """
    year    | spend | alloc | block | due | got | council | plan | pdfe | pcouncil | pclose
    2022-23 | 300   | 260   | 2     | 20  | 20  | 10      | 40   | 20   | 10       | 107
    2023-24 | 310   | 280   | 2     | 10  | 8   | 10      | 30   | 10   | 10       | 117
    2024-25 | 330   | 290   | 2     | 10  | 10  | 10      | 15   | 10   | 10       | 110
"""


def pennies(cell: str) -> int | None:
    return int(Decimal(cell) * 100_000_000) if cell else None


def account_of(table: str, opening: str = "97", plan_opening: str = "", ends=(), last: str = ""):
    cells = [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()[1:]]
    years = [
        YearRow(FinancialYear.parse(row[0]), Source("years.csv", n), *map(pennies, row[2:]))
        for n, row in enumerate(cells, 2)
    ]
    assert len(MONEY) == 9
    spend = [
        SpendRow(FinancialYear.parse(row[0]), "1.2.1", None, pennies(row[1]), None, Source("spend.csv", n))
        for n, row in enumerate(cells, 2)
    ]
    account = roll(
        years,
        spend_by_year(spend, years),
        known(pennies(opening) or 0, Source("--opening")),
        known(pennies(plan_opening) or 0) if plan_opening else None,
    )
    measures = account_measures(account, ends, FinancialYear.parse(last) if last else None)
    table_ = account_table(measures)
    return account, {(row[0], row[1]): row for row in table_.rows}, table_


def millions(rows, year: str) -> dict[str, Decimal | None]:
    return {
        key[1].removesuffix("_gbp"): row[2] / 1_000_000 if isinstance(row[2], Decimal) else row[2]
        for key, row in rows.items()
        if key[0] == year and row[3] == "gbp"
    }


def test_a_year_adds_up_from_top_to_bottom_and_the_gap_is_split():
    _, rows, _ = account_of(TABLE)
    assert millions(rows, "2023-24") == {
        "spend": 310,
        "in_year_before_contributions": 28,  # 310 - 280 - 2
        "in_year_after_contributions": 10,  # less 8 received and 10 of the council's
        "closing_deficit": 115,  # 105 at the end of 2022-23, and 10
        "variance_in_year": -2,  # against 30
        "cumulative_gap": -2,  # 115 against the 117 planned
        "gap_from_opening": -2,  # the year began 2 ahead of plan
        "gap_from_spending": -2,
        "gap_from_payments": 2,  # DfE paid 2 less than planned
        "gap_unexplained": 0,
        "payments_outstanding": 2,
    }


def test_a_printed_plan_that_does_not_roll_forward_stands_and_the_rest_is_named():
    """The plan carries 117 + 15 - 20 = 112 into March 2025; the agreement prints 110."""
    account, rows, _ = account_of(TABLE)
    year = millions(rows, "2024-25")
    assert year["gap_unexplained"] == 2
    assert year["cumulative_gap"] == 115 + 38 - 20 - 110
    parts = ("gap_from_opening", "gap_from_spending", "gap_from_payments", "gap_unexplained")
    assert sum(year[part] for part in parts) == year["cumulative_gap"]
    [finding] = account_findings(account)
    assert (finding.rule, finding.file, finding.line) == ("ACCOUNT-01", "years.csv", 4)
    assert "printed as £110m" in finding.message and "£112m" in finding.message


@pytest.mark.parametrize(
    ("planned", "printed", "unexplained"),
    [("40", "", 0), ("40", "107", 0), ("40", "106", 1), ("", "", None), ("", "107", None)],
)
def test_nothing_is_unexplained_only_where_the_plan_carries_forward(planned, printed, unexplained):
    """97 + 40 - 20 - 10 = 107. Of a plan without its in-year figure nobody can say that nothing is unexplained."""
    _, rows, _ = account_of(f"header\n2022-23|300|260|2|20|20|10|{planned}|20|10|{printed}")
    assert millions(rows, "2022-23")["gap_unexplained"] == unexplained


def test_the_plan_may_open_elsewhere():
    _, rows, _ = account_of(TABLE, plan_opening="90")
    assert millions(rows, "2022-23")["gap_from_opening"] == 7


@pytest.mark.parametrize(
    ("plan", "answer", "percent"),
    [("38", "Yes", "0.0"), ("37.99", "No", "0.0"), ("19", "No", "100.0"), ("0.01", "No", "379900.0")],
)
def test_on_track_means_no_more_than_planned_and_positive_is_worse(plan, answer, percent):
    _, rows, _ = account_of(f"header\n2022-23|300|260|2|||||{plan}|||".replace("|||||", "|0|0|0|", 1))
    assert rows["2022-23", "on_track_in_year"][2] == answer
    assert str(rows["2022-23", "variance_in_year_pct"][2]) == percent


@pytest.mark.parametrize("plan", ["0", "-0.01", "-19"])
def test_a_plan_that_is_nil_or_a_surplus_has_no_percentage(plan):
    _, rows, _ = account_of(f"header\n2022-23|300|260|2|0|0|0|{plan}|0|0|")
    row = rows["2022-23", "variance_in_year_pct"]
    assert (row[2], row[4], row[5]) == (None, "unavailable", "the plan is nil or a surplus: no share of it")


def test_missing_is_never_zero_and_says_where_it_is_missing():
    _, rows, _ = account_of("header\n2022-23|300||2|20|20|10|40|20|10|\n2023-24|300|260|2|20|20|10|40|20|10|")
    assert rows["2022-23", "spend_gbp"][2] == 300_000_000
    for measure in ("in_year_before_contributions_gbp", "closing_deficit_gbp", "on_track_in_year"):
        row = rows["2022-23", measure]
        assert (row[2], row[4], row[5]) == (None, "unavailable", "allocation_gbp is empty at years.csv line 2")
    assert rows["2023-24", "in_year_before_contributions_gbp"][2] == 38_000_000
    assert rows["2023-24", "closing_deficit_gbp"][5] == "allocation_gbp is empty at years.csv line 2"


def test_a_year_left_out_is_shown_as_a_gap():
    account, rows, _ = account_of("header\n2022-23|300|260|2|20|20|10|40|20|10|\n2024-25|300|260|2|20|20|10|40|20|10|")
    assert rows["2023-24", "spend_gbp"][2] is None
    assert rows["2024-25", "closing_deficit_gbp"][2] is None
    assert [finding.rule for finding in account_findings(account)] == ["ACCOUNT-02"]


def test_the_override_ends_on_a_31_march_and_a_surplus_is_no_exposure():
    ends = [override_end(text) for text in ("2022-03-31", "2023-03", "2024-03-31", "2026-03-31")]
    _, _, table = account_of("header\n2022-23|200|260|2|0|0|0|0|0|0|\n2023-24|300|260|2|0|0|0|0|0|0|", "10", ends=ends)
    shown = [row[2] for row in table.rows if row[1] == "exposure_at_override_end_gbp"]
    assert shown == [Decimal(10_000_000), 0, 0, None]  # 10, then -52, then -14, then not reached
    with pytest.raises(InputError, match="not a 31 March"):
        override_end("2026-04-01")


@pytest.mark.parametrize(
    ("spends", "answer"),
    [
        ("300 262 200", "2023-24"),
        ("300 300 300", "none"),
        ("200 300 300", "2022-23"),
        (" 200 200", None),
        ("300 300 ", None),
    ],
)
def test_break_even_is_the_first_year_in_balance_before_contributions(spends, answer):
    years = ("2022-23", "2023-24", "2024-25")
    lines = [f"{year}|{spend}|260|2|0|0|0|0|0|0|" for year, spend in zip(years, spends.split(" "), strict=True)]
    _, rows, _ = account_of("header\n" + "\n".join(lines))
    assert rows["", "break_even_year"][2] == answer


def test_the_end_of_the_agreement_decides_whether_the_deficit_is_paid_off():
    table = "header\n2022-23|160|260|2|0|0|0|0|0|0|\n2023-24|300|260|2|0|0|0|0|0|0|"
    assert account_of(table)[1]["", "on_track_zero_by_end"][2] == "No"
    assert account_of(table, last="2022-23")[1]["", "on_track_zero_by_end"][2] == "Yes"
    assert account_of(table, last="2027-28")[1]["", "on_track_zero_by_end"][2] is None


def test_each_answer_says_what_it_rests_on_or_what_is_missing():
    table = "header\n2022-23|160|260|2|0|0|0|0|0|0|\n2023-24|300|260|2|0|0|0|0|0|0|"
    march, later = date(2024, 3, 31), date(2028, 3, 31)
    account, rows, whole = account_of(table, ends=(march, later), last="2023-24")
    assert rows["", "on_track_zero_by_end"][5] == "closing deficit at 31 March 2024"
    exposed = [row for row in whole.rows if row[1] == "exposure_at_override_end_gbp"]
    assert exposed[0][2:6] == (Decimal("33000000.00"), "gbp", "computed", "closing deficit at 31 March 2024")
    assert (exposed[1][2], exposed[1][4]) == (None, "unavailable") and exposed[1][5] == reasons.why_none(
        account.closing(FinancialYear(2027))
    )
    assert exposed[1][5] and account_of(table, last="2027-28")[1]["", "on_track_zero_by_end"][5] == exposed[1][5]


def test_spend_by_month_needs_the_whole_year():
    year = FinancialYear(2024)
    rows = [YearRow(year, Source("years.csv", 2), 0, 0, 0, 0, 0, 0, 0, 0)]
    monthly = [SpendRow(year, "1.2.1", period, 100, None, Source("spend.csv", 2)) for period in range(1, 13)]
    assert spend_by_year(monthly, rows)[year].pence == 1200
    assert reasons.why_none(spend_by_year(monthly[:8], rows)[year]) == "spend of 2024-25 runs to P8 only"
