"""What the council types in years.csv and spend.csv is its account; a document that says otherwise is a finding."""

from datetime import date

import pytest

from highneeds.account.balance.typed import agree
from highneeds.account.of_workspace import account_of
from highneeds.account.stated import Stated, stated
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.workspace import read_workspace
from highneeds.report.views.account.of_account import account_by_measure
from highneeds.report.views.for_people import for_people
from highneeds.report.words import on_track
from highneeds.report.words.sums import balance as balance_of
from highneeds.store.place import documents
from highneeds.vocabulary.period import FinancialYear
from memory_store import MemoryStore

COUNCIL = """
name = "Eastmoor"
la_number = "999"
programme = "none"
first_year = "2024-25"
last_year = "2025-26"
slots = ["July"]
synthetic = true
[report]
number = 1
id = "2025-07"
submitted = "2025-07-10"
slot = "July"
current_year = "2025-26"
"""
FACTS = """id,group,value,unit,period,qualifier,raw,context,source_doc,source_line
outturn,money,14100000,gbp,2024-25,exact,£14.1m,In-year overspend,Cabinet,12
"""
POSITIONS = """financial_year,layer,measure,fact
2024-25,achieved,in_year_before_contributions_gbp,outturn
"""
YEARS = """year,allocation_gbp,block_transfer_in_gbp,dfe_payment_due_gbp,dfe_payment_received_gbp,\
council_contribution_gbp,plan_in_year_before_gbp,plan_dfe_payment_gbp,plan_council_contribution_gbp,plan_closing_deficit_gbp
2024-25,60000000,0,0,0,0,10000000,0,0,
2025-26,62000000,0,0,0,0,8000000,0,0,
"""
SPEND = """year,line,month,amount_gbp
2024-25,1.2.3,,73242000
2025-26,1.2.3,P1,5000000
2025-26,1.2.3,P2,5100000
2025-26,1.2.3,P3,5200000
"""
Y2024, Y2025 = FinancialYear(2024), FinancialYear(2025)
BEFORE = "in_year_before_contributions_gbp"


def account(spend: str = SPEND, facts: str = FACTS, years: str = YEARS, day: date | None = None):
    files = {"council.toml": COUNCIL, "facts.csv": facts, "finance/positions.csv": POSITIONS}
    files |= {"finance/years.csv": years, "finance/spend.csv": spend}
    store = MemoryStore({name: text.encode() for name, text in files.items()})
    read = read_workspace(documents(store))
    return account_of(read.as_known(day) if day else read, {})


def test_the_typed_figure_stands_and_the_printed_one_is_a_finding():
    """73.242m spent of 60m granted is 13.242m; the Cabinet was told 14.1m."""
    found = account()
    [shown] = found.published.layers.at(Y2024, BEFORE, Layer.ACHIEVED)
    assert shown.words == "£13.2m"
    [finding] = [one for one in found.findings if one.rule == "ACCOUNT-10"]
    assert (finding.file, finding.line) == ("finance/years.csv", 2)
    assert "£13.2m here and £14.1m (Cabinet line 12), 858000.00 pounds apart" in finding.message


def test_a_printed_figure_that_is_the_typed_one_rounded_is_no_finding():
    found = account(facts=FACTS.replace("14100000", "13200000").replace("14.1m", "13.2m"))
    assert not [one for one in found.findings if one.rule == "ACCOUNT-10"]


@pytest.mark.parametrize(
    ("pence", "printed", "same"),
    [
        (1_325_000_000, stated(13_200_000), True),
        (1_325_000_001, stated(13_200_000), False),
        (1_315_000_000, stated(13_200_000, "about"), True),
        (1_314_999_999, stated(13_200_000, "about"), False),
        (9_900_000_000, stated(30_000_000, "at_least"), True),
        (2_400_000_000, stated(30_000_000, "at_least"), False),
        (2_500_000_000, Stated(2_000_000_000, 3_000_000_000, "range"), True),
        (4_000_000_000, Stated(2_000_000_000, 3_000_000_000, "range"), False),
        (0, stated(0), True),
        (1, stated(0), False),
    ],
)
def test_a_sum_agrees_with_what_is_printed_to_half_of_its_last_digit(pence, printed, same):
    assert agree(pence, printed) is same


def test_a_year_that_has_begun_says_to_which_period_its_spend_runs():
    found = account()
    answer = found.published.answers[0]
    assert on_track.reason(answer) == "There is no forecast for the year: spend of 2025-26 runs to P3 only."
    row = next(
        row
        for row in account_by_measure.table(found).records()
        if row["financial_year"] == "2025-26" and row["measure"] == BEFORE
    )
    assert (row["value"], row["state"], row["source"]) == (None, "unavailable", "spend of 2025-26 runs to P3 only")


def test_a_year_that_the_file_does_not_have_is_said_to_be_missing_from_it():
    found = account(spend=SPEND.split("2025-26")[0], years=YEARS.split("2025-26")[0])
    row = next(row for row in account_by_measure.table(found).records() if row["financial_year"] == "2025-26")
    assert row["source"] == "years.csv has no row for 2025-26"
    assert on_track.reason(found.published.answers[0]).endswith("years.csv has no row for 2025-26.")


def test_a_surplus_reads_like_one_and_has_no_percentage_of_a_plan():
    """58m spent of 60m: 2m under; the plan was a surplus of 1m."""
    years = YEARS.replace("0,0,0,0,10000000", "0,0,0,0,-1000000")
    found = account(spend=SPEND.replace("73242000", "58000000"), years=years)
    rows = {(row["financial_year"], row["measure"]): row for row in account_by_measure.table(found).records()}
    assert rows["2024-25", BEFORE]["value"] == -2_000_000
    share = rows["2024-25", "variance_in_year_pct"]
    assert (share["value"], share["source"]) == (None, "the plan is nil or a surplus: no share of it")
    shown, _ = for_people(account_by_measure.table(found))
    assert "£2,000,000 surplus" in [row[1] for row in shown.rows]


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (-2_000_000, -2_000_000, "exact", "£2m surplus"),
        (-2_000_000, -2_000_000, "about", "about £2m surplus"),
        (-3_000_000, -2_000_000, "range", "£2m to £3m surplus"),
        (0, 0, "exact", "£0"),
        (-2_000_000, 1_000_000, "range", "−£2m to £1m"),
    ],
)
def test_a_balance_in_words(low, high, qualifier, words):
    assert balance_of(Stated(low * 100, high * 100, qualifier)) == words


def test_a_year_is_achieved_from_the_day_after_its_end():
    from highneeds.account.balance.typed import typed_positions

    own = account().own
    assert (Y2024, BEFORE, Layer.LATEST) in typed_positions(own, date(2025, 3, 31))
    assert (Y2024, BEFORE, Layer.ACHIEVED) in typed_positions(own, date(2025, 4, 1))


@pytest.mark.parametrize(("day", "known"), [(date(2025, 6, 29), False), (date(2025, 6, 30), True)])
def test_a_sum_is_known_from_its_day_on(day, known):
    """The outturn of 2024-25 became known on 30 June 2025."""
    spend = SPEND.replace("amount_gbp", "amount_gbp,known_on").replace("73242000", "73242000,2025-06-30")
    spend = "\n".join(line if line.count(",") == 4 or not line else f"{line}," for line in spend.split("\n"))
    found = account(spend=spend, day=day)
    assert bool(found.published.layers.at(Y2024, BEFORE, Layer.ACHIEVED)[0].fact) is not known
