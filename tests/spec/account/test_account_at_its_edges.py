"""The account where a sum is missing, nought, or exactly at a limit: each case by pencil."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import polars as pl
import pytest

from highneeds.account.amount import given, known, missing, total
from highneeds.account.balance.on_track import OnTrackByEnd
from highneeds.account.balance.opening import PublishedBlock, half_of_last_digit, opening
from highneeds.account.balance.workspace_table import workspace_rows
from highneeds.account.exposure.override import financing_cost, override_clock
from highneeds.account.exposure.reserves import ReserveYear, reserve_years, usable_at
from highneeds.account.grant.published import (
    alike,
    blocks,
    outturn,
    outturns,
    published_block,
    published_years,
    state_funded_spend,
)
from highneeds.account.payments.ledger import Payment, PaymentLedger, payment_ledger
from highneeds.account.pennies import nearest, percent_of, percent_of_plan, share_of
from highneeds.account.savings.investments import Investment, investments_of, net_benefit
from highneeds.account.savings.register import Saving
from highneeds.account.spend.monitoring import budget_by_period, monitor
from highneeds.account.spend.unit_costs import change_percent, ends, steps
from highneeds.account.stated import Stated, stated
from highneeds.account.variance.delay import DelayStatement, months_late
from highneeds.account.variance.drivers import Driver, DriverKind, driver_bridge
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.ledger.spend import SpendRow
from highneeds.registers.registry import registers
from highneeds.report.views.books import by_line, by_month
from highneeds.report.views.drivers import drivers_table, waterfall
from highneeds.report.words import account as account_words
from highneeds.report.words import on_track, reasons
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State

UNKNOWN = Note.of("amount.no_figure")

Y2023, Y2024, Y2025 = FinancialYear(2023), FinancialYear(2024), FinancialYear(2025)
MILLION = 100_000_000


def rows(register, *cells):
    return registers()[register].rows_of(cells)


# sums


@pytest.mark.parametrize(
    ("pounds", "pence"),
    [("0.005", 1), ("-0.005", -1), ("0.0049", 0), ("-0.0049", 0), ("1.994", 199), ("1.995", 200), ("-1.995", -200)],
)
def test_half_a_penny_goes_away_from_zero(pounds, pence):
    assert nearest(Fraction(pounds)) == pence


def test_percentages_keep_the_sign_of_the_part_and_need_a_whole():
    assert [percent_of(part, whole) for part, whole in ((1, 3), (-1, 3), (1, -3), (1, 0), (0, 5))] == [
        *(Decimal("33.3"), Decimal("-33.3"), Decimal("33.3"), None, Decimal("0.0"))
    ]
    assert percent_of(1, 8, 0) == 13 and percent_of(1, 1600, 2) == Decimal("0.06")
    assert [percent_of_plan(5, plan) for plan in (-1, 0, 1)] == [None, None, 500]
    assert (share_of(333, Decimal(50)), share_of(-333, Decimal(50)), share_of(100, Decimal("0.4"))) == (167, -167, 0)


def test_a_sum_knows_its_sources_once_and_every_reason_why_it_is_missing():
    at, late = (Source("a.csv"), Source("b.csv")), Note.of("amount.no_spend", year="2024-25")
    a, b, none = known(5, *at), known(3, at[1], state=State.REPORTED), missing(UNKNOWN)
    assert ((a + b).pence, (a - b).pence, (a + b).sources, (a + b).state) == (8, 2, at, State.COMPUTED)
    assert ((a - none).pence, (a - none).reasons, (none + none).reasons) == (None, (UNKNOWN,), (UNKNOWN,))
    assert (none + missing(late)).reasons == (UNKNOWN, late) and not none.is_known and a.is_known
    assert (total([]).pence, total([a, b, a]).pence, total([a, none]).pence) == (0, 13, None)
    assert (known(123450).pounds, none.pounds) == (Decimal("1234.50"), None)
    cell = Source("a.csv", 2)
    assert given(0, "spend", cell) == known(0, cell)
    assert reasons.grounds(given(None, "spend", cell)) == "spend is empty at a.csv line 2"
    assert reasons.grounds(a + b) == "a.csv; b.csv"
    assert reasons.grounds(none + missing(late)) == "no figure is published; no spend is given for 2024-25"


# the opening


@pytest.mark.parametrize(("pence", "half"), [(5_200_000_000, MILLION // 2), (5_250_000_000, MILLION // 20), (1, 0)])
def test_a_figure_was_rounded_by_half_of_its_last_digit(pence, half):
    assert half_of_last_digit(pence) == half


def test_an_overspend_and_its_share_imply_the_grant_and_how_far_rounding_lets_it_lie():
    """£52m is 20% of £260m: 51.5 / 20.5% to 52.5 / 19.5%. With a share of 20.0 only 51.5 / 20.05% to 52.5 / 19.95%."""
    sums = stated(52_000_000), Decimal(20), stated(60_000_000)
    found = opening(*sums)
    low, high = 25_121_951_220, 26_923_076_923
    assert (found.implied_grant, found.implied_range, found.earlier) == (260 * MILLION, (low, high), 8 * MILLION)
    assert (found.share_of_before, found.published_fits) == (None, None)
    assert opening(sums[0], Decimal("20.0"), sums[2]).implied_range == (25_685_785_536, 26_315_789_474)
    blocks_ = [PublishedBlock("2021-22", pence, 0, "") for pence in (low - 1, low, high, high + 1)]
    fits = [opening(*sums, block).published_fits for block in blocks_]
    assert fits == [False, True, True, False]
    assert opening(*sums, PublishedBlock("2021-22", 250 * MILLION, 0, "")).share_of_before == Decimal("20.8")


# override, interest and reserves


def test_the_override_on_its_last_days_and_after_them():
    months = [
        override_clock(date(2026, 3, 31), day, known(0), known(0)).months_left
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert months == [1, 0, 0, -1]
    covered = override_clock(date(2026, 3, 31), date(2025, 1, 1), known(5, Source("a")), known(6, Source("b")))
    assert covered.share_of_reserves == Decimal("83.3")
    for reserves in (known(0), missing(UNKNOWN)):
        assert override_clock(date(2026, 3, 31), date(2025, 1, 1), known(5), reserves).share_of_reserves is None
    unknown = override_clock(date(2026, 3, 31), date(2025, 1, 1), missing(UNKNOWN), known(5))
    assert (unknown.share_of_reserves, unknown.exposure.pence) == (None, None)


def test_interest_says_what_it_rests_on():
    found = financing_cost(known(100, Source("years.csv")), known(101), Decimal(1))
    assert (found.pence, reasons.grounds(found)) == (1, "years.csv; 1% on the average balance")
    assert financing_cost(known(100), missing(UNKNOWN), Decimal(1)).reasons == (UNKNOWN,)


@pytest.mark.parametrize(("usable", "affordable"), [(30, True), (29, False), (None, None)])
def test_reserves_that_are_just_used_up_are_enough(usable, affordable):
    held = missing(UNKNOWN) if usable is None else known(usable)
    assert ReserveYear(Y2024, held, known(10), known(20)).is_affordable is affordable


def test_a_year_of_reserves_needs_its_rate_the_contribution_and_both_balances():
    register = rows(
        "reserves",
        dict(financial_year="2025-26", usable_gbp="9.00", source="plan"),
        dict(financial_year="2024-25", usable_gbp="8.00", rate_percent="4"),
    )
    council = Payment("c", "council", Y2024, "due", known(100), known(0))
    ledger = PaymentLedger((council, council, Payment("d", "dfe", Y2024, "due", known(1), known(0))), ())
    first, second = reserve_years(register, ledger, [(Y2023, known(1000)), (Y2024, known(3000))])
    assert (first.year, first.usable.pence, first.contribution.pence, first.financing.pence) == (Y2024, 800, 200, 80)
    assert (second.year, second.usable.sources) == (Y2025, (Source("plan"),))
    none = reasons.why_none(second.contribution)
    assert none == "the council's contribution of 2025-26 is not in the payments register"
    assert reasons.why_none(second.financing) == "no rate of borrowing is given for 2025-26"
    [alone] = reserve_years(register[1:], ledger, [(Y2024, known(3000))])
    assert reasons.why_none(alone.financing) == "the deficit of 2023-24 is not known"
    assert usable_at(register, Y2025).pence == 900 and usable_at(register, Y2023).pence is None


# payments


PAYMENT = dict(payment="p", payer="dfe", financial_year="2024-25", state="due", amount_gbp="10.00")
ACCEPTED = dict(report="2024-05", report_accepted_on="2024-06-14")


@pytest.mark.parametrize(
    ("cells", "due", "received"),
    [
        ({}, 1000, 0),
        (dict(amount_gbp=""), None, 0),
        (dict(state="received", received_gbp="9.00") | ACCEPTED, 1000, 900),
        (dict(state="released", received_gbp="9.00") | ACCEPTED, 1000, 900),
        (dict(state="received") | ACCEPTED, 1000, None),
        (dict(state="received", received_gbp="9.00"), 1000, None),
        (dict(state="received", received_gbp="9.00", payer="council"), 1000, 900),
        (dict(state="withheld", received_gbp="9.00", withheld_because="late"), 1000, 0),
    ],
)
def test_what_came_is_what_is_stated_and_only_behind_an_accepted_report(cells, due, received):
    [one] = payment_ledger(rows("payments", PAYMENT | cells), {}, []).payments
    assert (one.due.pence, one.received.pence) == (due, received)


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (("10.00", "5.00"), []),
        (("10.00", "4.99"), ["Of £15 £0 is not in any instalment on record"]),
        (("10.00", "6.00"), ["Of £15 £1 is more than was promised"]),
        (("10.00", ""), ["Of £15 the schedule cannot be added up: the size of p1 is not given at payments.csv line 3"]),
    ],
)
def test_instalments_add_up_to_each_total_that_is_published(amounts, said):
    register = rows("payments", *(PAYMENT | dict(payment=f"p{at}", amount_gbp=sum_) for at, sum_ in enumerate(amounts)))
    ledger = payment_ledger(register, {}, [("dfe", stated(15)), ("council", stated(0))])
    assert [(one.rule, one.record, one.message) for one in ledger.findings()] == [
        ("ACCOUNT-05", "dfe", sentence) for sentence in said
    ]
    assert account_words.promised(ledger.promises[1]) == "The instalments add up to the £0."


def test_each_payer_has_its_own_instalments():
    council = PAYMENT | dict(payment="c", payer="council", amount_gbp="3.00", state="withheld")
    ledger = payment_ledger(rows("payments", PAYMENT, council), {}, [])
    assert [(ledger.due(payer).pence, ledger.received(payer).pence) for payer in ("dfe", "council", "nobody")] == [
        *((1000, 0), (300, 0), (0, 0))
    ]
    assert [one.name for one in ledger.withheld] == ["c"]


# investments, delay and unit costs


def test_an_investment_counts_in_its_years_and_once():
    cells = dict(investment="i", title="x", amount_gbp="10.00", first_year="2024-25", last_year="2025-26", enables="s")
    part = dict(investment="part", title="y", amount_gbp="4.00", part_of="i")
    found = investments_of(rows("investments", cells, part, dict(investment="none", title="z")), {})
    assert [one.is_in(year) for year in (Y2023, Y2024, Y2025, FinancialYear(2026)) for one in found[:1]] == [
        *(False, True, True, False)
    ]
    assert all(found[1].is_in(year) for year in (Y2023, Y2025)) and found[2].amount.pence is None
    saving, other = (Saving(name, name, "avoided", Month(2024, 4), 2500, "likely", None) for name in "so")
    year = net_benefit(found[:2], [saving, other], Y2024)
    assert (year.invested.pence, year.saved, year.net.pence) == (1000, 2500, 1500)
    before = net_benefit(found[:2], [saving], Y2023)
    assert (before.invested.pence, before.saved) == (400, 0)
    assert isinstance(found[0], Investment) and found[0].enables == ("s",)


def test_a_school_is_late_from_its_month_until_the_month_it_opens():
    late = [
        months_late(planned, opened, Y2024)
        for planned, opened in (
            (Month(2024, 4), None),
            (Month(2025, 3), None),
            (Month(2025, 4), None),
            (Month(2023, 9), Month(2024, 4)),
            (Month(2024, 9), Month(2024, 9)),
            (Month(2024, 9), Month(2024, 10)),
            (Month(2023, 9), Month(2025, 4)),
        )
    ]
    assert late == [12, 1, 0, 0, 0, 1, 12]
    one_year = DelayStatement(stated(3), stated(10), Y2024, Y2024)
    assert (one_year.rest, one_year.later_years, one_year.rest_a_year) == (700, 0, 0)
    assert DelayStatement(stated(3), stated(10), Y2024, FinancialYear(2026)).rest_a_year == 350


JAN, FEB = Month(2025, 1), Month(2025, 2)


@pytest.mark.parametrize(
    ("february", "found"),
    [
        ((106, 106, 100, 100), False),  # two of four are half of them
        ((106, 106, 106, 100), True),
        ((105, 105, 105, 105), False),  # five percent is no jump
        ((94, 94, 94, 100), True),
        ((106, 106, None, None), True),
        ((106, None, None, None), False),
    ],
)
def test_a_new_basis_is_more_than_half_of_the_phases_by_more_than_five_percent(february, found):
    costs = [None if cost is None else Decimal(cost) for cost in february]
    sector = {str(at): {JAN: Decimal(100), FEB: cost} for at, cost in enumerate(costs)}
    assert [step.month for step in steps(sector)] == ([FEB] if found else [])


def test_a_change_and_an_end_need_both_figures():
    series = {JAN: Decimal(100), FEB: Decimal(90), Month(2025, 3): None}
    assert change_percent(series, JAN, FEB) == Decimal("-10.0") and change_percent(series, FEB, Month(2025, 3)) is None
    assert ends(series) == (JAN, Decimal(100), FEB, Decimal(90)) and ends({JAN: None}) is None


# the grant as published


class Statistics:
    """Published tables by hand."""

    def __init__(self, **tables):
        self.tables = tables

    def has(self, table):
        return table in self.tables

    def table(self, table):
        return self.tables[table]

    def source(self, table):
        return f"source of {table}"


SUMS = {
    "schools_block": 10,
    "schools_block_after": 7,
    "cssb": 1,
    "cssb_after": 1,
    "high_needs_block": 5,
    "high_needs_block_after_deductions": 4,
    "early_years_block": 2,
    "early_years_after": 2,
    "total_dsg_before_recoupment": 18,
    "total_dsg_after": 14,
}
GRANT = pl.DataFrame(
    [
        {"la_number": la, "fin_year": year, **SUMS}
        for la, year in (("886", "2024-25"), ("886", "2023-24"), ("887", "2022-23"))
    ]
)
OUTTURN = pl.DataFrame(
    {
        "la_number": ["886", "886", "886", "887"],
        "fin_year": ["2024-25", "2022-23", "2023-24", "2024-25"],
        "high_needs_1_2_net_gbp": [5.5, 4.25, None, 9.0],
    }
)


def test_the_blocks_of_a_council_and_year_and_of_no_other():
    published = Statistics(dsg_allocations=GRANT)
    found = blocks(published, "886", Y2024)
    assert [(one.block, one.before, one.after, one.deducted) for one in found] == [
        (DsgBlock.SCHOOLS, 1000, 700, 300),
        (DsgBlock.CENTRAL, 100, 100, 0),
        (DsgBlock.HIGH_NEEDS, 500, 400, 100),
        (DsgBlock.EARLY_YEARS, 200, 200, 0),
        (None, 1800, 1400, 400),
    ]
    assert blocks(published, "886", FinancialYear(2022)) == blocks(Statistics(), "886", Y2024) == ()
    assert published_years(published, "886") == (Y2023, Y2024) and published_years(Statistics(), "886") == ()
    assert published_block(published, "886", Y2023) == PublishedBlock("2023-24", 500, 400, "source of dsg_allocations")
    assert published_block(published, "888", Y2023) is None


def test_the_outturn_of_a_year_and_of_every_year():
    published = Statistics(s251_outturn_high_needs_total=OUTTURN)
    found = outturn(published, "886", Y2024)
    assert (found.pence, found.state) == (550, State.REPORTED)
    assert reasons.grounds(found) == "source of s251_outturn_high_needs_total"
    for year in (Y2023, Y2025):
        none = reasons.why_none(outturn(published, "886", year))
        assert none == f"the outturn of {year} is not in the published statistics"
    assert outturns(published, "886") == ((FinancialYear(2022), 425), (Y2024, 550))


def test_spend_and_grant_are_compared_with_what_is_paid_directly_on_both_sides_or_on_neither():
    block = blocks(Statistics(dsg_allocations=GRANT), "886", Y2024)[2]
    of_outturn, of_budget = (alike(Y2024, known(450), block, together) for together in (False, True))
    assert (of_outturn.after.pence, of_outturn.with_direct.pence, of_outturn.before.pence) == (50, 550, 50)
    assert (of_budget.after.pence, of_budget.with_direct.pence, of_budget.before.pence) == (-50, 450, -50)


def lines(*cells):
    columns = dict.fromkeys(("la_number", "stage", "fin_year", "line"), pl.String) | {"amount_gbp": pl.Float64}
    return Statistics(s251_high_needs_lines=pl.DataFrame(cells, schema=columns, orient="row"))


def test_state_funded_spend_is_both_lines_of_the_newest_outturn():
    place, topup = "place_funding_total", "topup_maintained_total"
    rows_ = [
        ("886", "outturn", year, line, sum_)
        for year, line, sum_ in (
            ("2023-24", place, 1.0),
            ("2023-24", topup, 2.0),
            ("2022-23", place, 7.0),
            ("2022-23", topup, 7.0),
        )
    ]
    noise = [
        ("886", "budget", "2024-25", place, 9.0),
        ("887", "outturn", "2024-25", place, 9.0),
        ("886", "outturn", "2024-25", "transport", 9.0),
    ]
    found = state_funded_spend(lines(*rows_, *noise), "886")
    assert (found.pence, found.state, reasons.grounds(found)) == (
        *(300, State.REPORTED, "2023-24 outturn, source of s251_high_needs_lines"),
    )
    absent = "spend on state-funded settings is not in the published statistics"
    for half in (lines(rows_[0]), lines(rows_[0], (*rows_[1][:4], None))):
        assert reasons.why_none(state_funded_spend(half, "886")) == absent
    by_line = state_funded_spend(Statistics(), "886")
    assert reasons.why_none(by_line) == "spend by line is not in the published statistics"


# the table of a workspace


@pytest.mark.parametrize(
    ("closing", "value", "source"),
    [
        (stated(5), Decimal("5.00"), "at 31 March 2026: £5"),
        (Stated(-500, -500), Decimal("0.00"), "at 31 March 2026: −£5"),
        (None, None, "the deficit at 31 March 2026 is not published"),
    ],
)
def test_a_surplus_at_the_end_of_the_override_is_no_exposure(closing, value, source):
    layers = SimpleNamespace(years=(), one=lambda year, *asked: closing if year == Y2025 else None)
    published = SimpleNamespace(layers=layers, answers=(None, OnTrackByEnd(())))
    found = workspace_rows(published, None, [date(2026, 3, 31)], Y2025)
    assert [(row.name, row.value) for row in found[:2]] == [("on_track_zero_by_end", None), ("break_even_year", None)]
    assert (found[2].name, found[2].value) == ("exposure_at_override_end_gbp", value)
    assert on_track.where_it_stands(found[2]) == source


# drivers and monitoring


def test_the_bars_and_the_table_of_drivers_say_what_each_rests_on():
    drivers = [
        Driver("Schools", DriverKind.TIMING, known(30, Source("a fact"))),
        Driver("Uplift", DriverKind.INFLATION, known(-10, Source("a sum")), estimated=True),
        Driver("Tuition", DriverKind.NEW_DEMAND, missing(UNKNOWN)),
    ]
    found = driver_bridge(100, 250, drivers, Layer.LATEST, 10)
    sums = (found.difference, found.explained, found.published, found.estimated, found.remainder, found.step)
    assert sums == (150, 20, 30, -10, 130, 10)
    assert [(bar.label, bar.kind, bar.start, bar.end, bar.pence, bar.basis) for bar in waterfall(found)] == [
        ("Promised", "total", 0, 100, 100, ""),
        ("Schools", "timing", 100, 130, 30, "a fact"),
        ("Uplift", "inflation", 130, 120, -10, "indicative: a sum"),
        ("Tuition", "not published", 120, 120, 0, "no figure is published"),
        ("Not explained by published figures", "remainder", 120, 250, 130, ""),
        ("Latest forecast", "total", 0, 250, 250, ""),
    ]
    table = drivers_table(found)
    assert [row[:4] for row in table.rows] == [
        ("Schools", "timing", Decimal("0.30"), "computed"),
        ("Uplift", "inflation", Decimal("-0.10"), "computed"),
        ("Tuition", "new demand", None, "unavailable"),
        ("Not explained by published figures", "remainder", Decimal("1.30"), "computed"),
        ("TOTAL", "total", Decimal("1.50"), "computed"),
    ]
    assert table.rows[-1][4] == "latest forecast less promised"
    assert table.title == "From promised to latest forecast"


MONITORED = dict(
    actual={("1.2.10", 1): 10, ("1.2.1", 1): 5, ("1.2.1", 2): 6},
    commitment={("1.2.1", 2): 9, ("1.2.1", 3): 7, ("X", 12): 1},
    budget={("1.2.1", 1): 4},
    accrued={"1.2.1": 2},
)


def pounds(*pence):
    return tuple(None if one is None else Decimal(one).scaleb(-2) for one in pence)


def test_a_year_closed_to_its_second_period_line_by_line():
    """Booked and accrued to the last closed period, committed after it; an adjustment of another year stays out."""
    cells = dict(made_on="2025-01-31", reason="x", line="1.2.1")
    adjustments = rows(
        "adjustments",
        cells | dict(adjustment="a", financial_year="2024-25", amount_gbp="0.03"),
        cells | dict(adjustment="b", financial_year="2025-26", amount_gbp="9.00"),
    )
    found = monitor(Y2024, 2, **MONITORED, adjustments=adjustments)
    assert by_line(found).rows == (
        ("1.2.1", *pounds(4, 11, 2, 7, 20)),
        ("1.2.10", *pounds(None, 10, 0, 0, 10)),
        ("X", *pounds(None, 0, 0, 1, 1)),
        ("Manual adjustments, apart", None, None, None, None, Decimal("0.03")),
        ("TOTAL, without manual adjustments", *pounds(4, 21, 2, 8, 31)),
    )
    assert (found.forecast, found.adjusted, found.forecast_with_adjustments) == (31, 3, 34)
    assert by_month(found).rows[:4] == (
        ("1.2.1", "P1", *pounds(4, 5, 0, 0, 5)),
        ("1.2.1", "P2", *pounds(None, 6, 2, 9, 8)),
        ("1.2.1", "P3", *pounds(None, None, 0, 7, 7)),
        ("1.2.1", "P4", *pounds(None, None, 0, 0, 0)),
    )
    assert len(by_month(found).rows) == 36


def test_a_closed_period_without_any_posting_is_a_gap_and_no_forecast():
    found = monitor(Y2024, 3, **MONITORED)
    assert (found.forecast, found.forecast_with_adjustments) == (None, None)
    assert by_line(found).rows[0] == ("1.2.1", *pounds(4, 11, 2, 0, None)) and len(by_line(found).rows) == 4


def test_a_budget_of_the_year_is_spread_so_that_twelve_parts_add_up():
    spend = [
        SpendRow(Y2024, "1.2.1", None, None, 100, "a"),
        SpendRow(Y2024, "1.2.3", 5, None, 7, "b"),
        SpendRow(Y2024, "1.2.3", 6, 3, None, "c"),
        SpendRow(Y2025, "1.2.3", 5, None, 9, "d"),
    ]
    found = budget_by_period(spend, Y2024)
    spread = [found["1.2.1", period] for period in range(1, 13)]
    assert spread == [8, 9, 8, 8, 9, 8, 8, 9, 8, 8, 9, 8] and sum(spread) == 100
    assert {key: sum_ for key, sum_ in found.items() if key[0] == "1.2.3"} == {("1.2.3", 5): 7}
