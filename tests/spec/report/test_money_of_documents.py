"""The money in documents: what it is headed with, when it is a line, and what the forum is told."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.account.balance.layers import Layers
from highneeds.account.balance.published_account import BEFORE, CLOSING
from highneeds.account.balance.table import AccountMeasure
from highneeds.account.stated import Stated
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.ledger.years import YearRow
from highneeds.intake.workspace.agreement import Condition
from highneeds.report import document as doc
from highneeds.report.sections.board import decisions
from highneeds.report.sections.forum import decided, top_ups
from highneeds.report.sections.money_sent import statement
from highneeds.report.sections.pictures import _position_title, position_by_year
from highneeds.report.words.account import measure_name
from highneeds.report.words.conditions import month_words, undertaking
from highneeds.report.words.money import why_above_target
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

MILLION = 100_000_000


def pounds(millions):
    return Stated(millions * MILLION, millions * MILLION)


@pytest.mark.parametrize(
    ("figures", "name"),
    [
        ((3, 2), "In-year overspend before contributions"),
        ((-3, -2), "In-year surplus before contributions"),
        ((-3, 2), "In-year position before contributions"),
        ((0, -2), "In-year surplus before contributions"),
        ((0,), "In-year overspend before contributions"),
    ],
)
def test_no_surplus_stands_under_the_word_overspend(figures, name):
    assert measure_name(BEFORE, map(pounds, figures)) == name


def money(**found):
    """agreed2024=30: of 2024-25 £30m was agreed."""
    stated = {}
    for key, millions in found.items():
        layer, year = next(one for one in Layer if key.startswith(one.value)), FinancialYear(int(key[-4:]))
        stated[year, CLOSING, layer] = (pounds(millions),)
    years = tuple(FinancialYear(2021 + one) for one in range(7))
    return SimpleNamespace(money=SimpleNamespace(layers=Layers(years, stated)))


@pytest.mark.parametrize(
    ("all_surplus", "said"), [(True, "£30m expected, £2m agreed"), (False, "£30m surplus expected, £2m surplus agreed")]
)
def test_under_the_word_surplus_a_balance_is_its_sum_alone(all_surplus, said):
    found = _position_title(money(latest2027=-30, agreed2027=-2), CLOSING, FinancialYear(2027), True, all_surplus)
    assert found.endswith(f" 2028: {said}")


def test_lone_figures_are_bars_beside_what_was_agreed():
    chart = position_by_year(money(achieved2021=97, latest2027=30, agreed2027=0))
    assert chart.title == "Deficit at 31 March 2028 £30m, none agreed"
    assert [[cell.text for cell in row.cells] for row in chart.table.rows] == [
        ["Deficit at 31 March 2028, forecast", "£30m"],
        ["Deficit at 31 March 2028, agreed", "£0"],
    ]


def test_two_neighbouring_years_are_a_line():
    assert position_by_year(money(achieved2021=97, achieved2022=90)).table.columns[0].name == "Financial year"


def test_a_figure_with_nothing_beside_it_is_no_chart():
    assert position_by_year(money(achieved2021=97, latest2027=30)) is None


def council(*spend, transfer=None, rows=()):
    """2023-24 and 2024-25 of the council's own account; spend: (year, line, millions)."""
    given = tuple(
        SpendRow(FinancialYear(year), line, None, millions * MILLION, None, Source("spend.csv", 2))
        for year, line, millions in spend
    )
    years = tuple(
        YearRow(FinancialYear(one), Source("years.csv"), allocation_gbp=31 * MILLION, block_transfer_in_gbp=transfer)
        for one in (2023, 2024)
    )
    whole = [SimpleNamespace(year=FinancialYear(2024), spend=SimpleNamespace(is_known=True))]
    account = SimpleNamespace(
        spend=given,
        years=years,
        own=SimpleNamespace(positions=whole),
        measures=lambda: [
            AccountMeasure("2024-25", "spend_gbp", Decimal(9_000_000), "gbp", ()),
            AccountMeasure("2024-25", "closing_deficit_gbp", None, "gbp", ()),
        ],
    )
    report = SimpleNamespace(current_year=FinancialYear(2025))
    return SimpleNamespace(
        account=account,
        rows=lambda register: rows,
        movements=(),
        workspace=SimpleNamespace(council=SimpleNamespace(report=report)),
    )


def test_the_statement_can_be_added_up_and_shows_no_line_of_half_a_year():
    """2023-24 is not spent whole: its lines would look like a year's."""
    table = statement(council((2023, "1.2.3", 2), (2024, "1.2.10", 4), (2024, "1.2.3", 3), (2024, "Own", 2)))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["High needs block, after deductions", "£31m", "£31m"],
        ["Top-up and other funding, non-maintained and independent providers (1.2.3)", "", "£3m"],
        ["Private finance and building costs at special schools and alternative provision (1.2.10)", "", "£4m"],
        ["Own", "", "£2m"],
        ["Spend in all", "", "£9m"],
    ]


def test_top_ups_are_told_by_whom_they_are_paid_to():
    (bullets,) = top_ups(council((2024, "1.2.1", 3), (2024, "1.2.2", 2), (2024, "1.2.5", 9)))
    assert bullets.items == ("Top-ups to maintained schools, academies and colleges: £5m in 2024-25.",)
    (paragraph,) = top_ups(council())
    assert paragraph.words == "We have not published the number of top-ups or their average amount."


class Row(dict):
    """A row of a register, as far as a report asks it."""

    values = property(lambda self: self)


@pytest.mark.parametrize(
    ("rows", "transfer", "told"),
    [
        (
            (Row(consent="none_yet", financial_year="2026-27", amount_gbp=2 * MILLION),),
            None,
            ["Consent to the transfer from the schools block: 2026-27: £2m."],
        ),
        (
            (),
            15_000_000,
            [
                "No request for a transfer from the schools block for 2026-27 is on record.",
                "Moved in from other blocks so far: £150,000 in 2023-24 and £150,000 in 2024-25.",
            ],
        ),
        ((), None, ["No request for a transfer from the schools block for 2026-27 is on record."]),
    ],
)
def test_the_forum_hears_what_it_is_asked_and_what_was_moved(rows, transfer, told):
    blocks = [one for one in decided(council(transfer=transfer, rows=rows)) if not isinstance(one, doc.Heading)]
    said = [line for one in blocks for line in (one.items if isinstance(one, doc.Bullets) else (one.words,))]
    assert said[: len(told)] == told


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        ("planned", ["Review (no day set yet)"]),
        ("committee", ["Review (no day set yet)"]),
        ("taken", []),
        ("effective", []),
    ],
)
def test_a_board_is_asked_for_no_decision_that_is_taken(state, asked):
    """That nobody wrote down when it was taken does not make it open."""
    row = Row(title="Review", state=state, planned_on=None, committee_on=None)
    evidence = SimpleNamespace(
        rows=lambda register: (row,) if register == "decisions" else (),
        money=SimpleNamespace(position=SimpleNamespace(variance=0), layers=Layers((), {})),
        workspace=SimpleNamespace(agreement=SimpleNamespace(last_year=FinancialYear(2027))),
        assurances=(),
    )
    assert list(decisions(evidence)) == asked


@pytest.mark.parametrize(
    ("title", "whole", "told"),
    [
        ("Work closely, and clearly.", True, "Work closely, and clearly."),
        ("Work closely, ensuring clarity of assessment and", False, "Work closely …"),
        ("Work closely", False, "Work closely …"),
    ],
)
def test_an_undertaking_that_is_cut_off_ends_with_its_last_whole_clause(title, whole, told):
    condition = Condition(9, "Joint work", title, Source("REPORT"), whole, "")
    assert undertaking(condition.whole_clauses, condition.complete) == told


def test_why_names_every_cause_with_and_without_a_figure():
    known, unknown = [("Two new schools not open", "£1.9m")], ["Uplift above plan", "SEN transport"]
    assert why_above_target("about £23m", known, unknown) == (
        "The forecast is about £23m above target. With a figure: two new schools not open, £1.9m. "
        "Without a figure yet: uplift above plan; SEN transport."
    )


def test_a_date_that_is_only_the_earliest_says_so():
    assert month_words("September 2027", at_earliest=True) == "September 2027 at the earliest"
    assert month_words("September 2027", at_earliest=False) == "September 2027"
