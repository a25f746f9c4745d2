"""The further parts of the account, each by a sum that can be done with a pencil."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from highneeds.account.amount import known, missing
from highneeds.account.balance.on_track import CapitalProject, OnTrackByEnd, OnTrackCapital, OnTrackInYear
from highneeds.account.exposure.override import financing_cost, override_clock
from highneeds.account.grant.stability_grant import Approval, ReturnedDeficit, deficit_after_grant, stability_grant
from highneeds.account.payments.shares import CouncilTax, Share, share_findings
from highneeds.account.savings.register import Saving, chance_of, savings_total
from highneeds.account.spend.unit_costs import blank, change_percent, steps
from highneeds.account.stated import Stated, stated
from highneeds.account.variance.bridge import bridge
from highneeds.account.variance.delay import DelayStatement, lost_saving, months_late
from highneeds.account.variance.drivers import Driver, DriverKind, driver_bridge, inflation_above_plan, lines_and_named
from highneeds.intake.ledger.priced_lines import PricedLine
from highneeds.report.views.drivers import waterfall
from highneeds.report.words import account as account_words
from highneeds.report.words import on_track
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source

UNKNOWN = Note.of("amount.no_figure")

MILLION = 100_000_000
NONE = known(0)


def m(millions: str) -> int:
    return int(Decimal(millions) * MILLION)


def returns(**deficits: str) -> list[ReturnedDeficit]:
    return [ReturnedDeficit(name, known(m(value), Source(name))) for name, value in deficits.items()]


def test_the_stability_grant_pays_90_percent_and_leaves_the_rest():
    grant = stability_grant(returns(forecast="136"), NONE, Decimal(90), Approval.NOT_SUBMITTED)
    assert (grant.grant.pence, grant.residual.pence) == (m("122.4"), m("13.6"))
    assert grant.expected.pence == 0
    approved = stability_grant(returns(forecast="136"), NONE, Decimal(90), Approval.APPROVED)
    assert approved.expected.pence == m("122.4")


def test_where_returns_differ_the_lowest_that_is_not_explained_counts():
    three = returns(s251="136", note="134", accounts="130")
    assert stability_grant(three, NONE, Decimal(90), Approval.SUBMITTED).counted.pence == m("130")
    explained = [*three[:2], ReturnedDeficit("accounts", known(m("130")), explained=True)]
    assert stability_grant(explained, NONE, Decimal(90), Approval.SUBMITTED).counted.pence == m("134")
    absent = [*three, ReturnedDeficit("outturn", missing(UNKNOWN))]
    assert stability_grant(absent, NONE, Decimal(90), Approval.SUBMITTED).counted.pence == m("130")


def test_overspend_outside_high_needs_is_not_eligible_and_stays():
    grant = stability_grant(returns(s251="100"), known(m("10")), Decimal(90), Approval.APPROVED)
    assert (grant.grant.pence, grant.residual.pence) == (m("81"), m("19"))


def test_the_deficit_after_the_grant_grows_by_each_year_and_stops_at_a_gap():
    years = [(FinancialYear(2026), known(m("60"))), (FinancialYear(2027), missing(UNKNOWN))]
    found = deficit_after_grant(known(m("13.6")), years)
    assert found[0][1].pence == m("73.6")
    assert found[1][1].pence is None


def test_the_override_counts_down_and_holds_the_deficit_against_reserves():
    clock = override_clock(date(2026, 3, 31), date(2025, 4, 2), known(m("136")), known(m("100")))
    assert (clock.months_left, clock.share_of_reserves) == (11, Decimal("136.0"))
    surplus = override_clock(date(2026, 3, 31), date(2025, 4, 2), known(-5), known(0))
    assert surplus.exposure.pence == 0


def test_financing_is_interest_on_the_average_of_two_balances():
    assert financing_cost(known(m("100")), known(m("140")), Decimal("4.5")).pence == m("5.4")


TWENTY = Share("Overspend", "grant", "2021-22", Stated(m("52"), m("52"), "exact", "£52 million"), Decimal(20))
FIVE = Share("Gap", "grant", "2024-25", Stated(m("10"), m("10"), "exact", "£10 million"), Decimal(5))


def test_a_share_implies_its_base_and_an_implausible_one_is_refused():
    assert (TWENTY.implied_base, FIVE.implied_base) == (m("260"), m("200"))
    [finding] = share_findings([TWENTY, FIVE])
    assert "£200m (£172.7m to £233.3m with rounding), but Overspend: £52m as 20% of the grant" in finding.message
    assert share_findings([TWENTY]) == ()


def test_a_share_is_held_against_the_published_budget_too():
    [finding] = share_findings([FIVE], [("grant", "2023-24", m("311.7"), "the published block")])
    assert "the published block gives £311.7m in 2023-24, of which it is 3.2%" in finding.message


def test_140m_is_a_quarter_of_a_council_tax_of_560m_and_back():
    tax = CouncilTax(Share("", "", "", stated(140_000_000), Decimal(25)).implied_base)
    assert tax.base == m("560")
    assert tax.rise_for(m("140")) == Decimal("25.0")
    assert tax.raised_by(Decimal("4.99")) == m("27.944")
    assert (
        account_words.tax_rise(tax, m("140"))
        == "£140m is a council-tax rise of about 25%, raised once on £560m a year."
    )


def test_drivers_and_the_named_remainder_add_to_the_difference():
    """53.0 - 29.9 = 23.1 = 1.9 + 1.8 + 19.4; the driver without a figure is a bar without height."""
    named = [
        Driver("Two schools not open", DriverKind.TIMING, known(m("1.9"))),
        Driver("Uplift", DriverKind.INFLATION, inflation_above_plan(known(m("180")), Decimal(1))),
        Driver("Tuition", DriverKind.NEW_DEMAND, missing(UNKNOWN)),
    ]
    found = driver_bridge(m("29.9"), m("53"), named)
    assert (found.difference, found.explained, found.remainder) == (m("23.1"), m("3.7"), m("19.4"))
    bars = waterfall(found)
    assert [bar.label for bar in bars[-2:]] == ["Not explained by published figures", "Achieved"]
    assert all(before.end == after.start for before, after in pairwise(bars[:-1]))
    assert bars[3].kind == "not published" and bars[3].pence == 0


def test_the_lost_saving_of_late_schools_leaves_21_1m_for_three_years():
    first, last = FinancialYear(2024), FinancialYear(2027)
    delay = DelayStatement(stated("1900000"), stated("23000000", "about"), first, last, stated("30000000", "up_to"))
    assert (delay.rest, delay.rest_a_year) == (m("21.1"), 703_333_333)
    assert "up to" in account_words.delay(delay)[1]


def test_a_lost_saving_is_places_times_the_dearer_place_for_the_months_of_the_slip():
    """100 places, £49,239 elsewhere, £25,239 there: £24,000 a place, seven months."""
    assert lost_saving(Decimal(100), known(4_923_900), known(2_523_900), 7).pence == m("1.4")
    assert lost_saving(Decimal(100), known(4_923_900), missing(UNKNOWN), 7).pence is None
    assert months_late(Month(2024, 9), Month(2027, 9), FinancialYear(2024)) == 7
    assert months_late(Month(2024, 9), Month(2025, 1), FinancialYear(2024)) == 4


OCT, NOV = Month(2024, 10), Month(2024, 11)
INDEPENDENT = {
    "primary": {OCT: Decimal(50693), NOV: Decimal(56317)},
    "secondary": {OCT: Decimal(43070), NOV: Decimal(48686)},
    "post-16": {OCT: Decimal(35480), NOV: Decimal(36190)},
}


def test_most_phases_jumping_together_is_a_new_basis_and_one_alone_is_not():
    [step] = steps(INDEPENDENT)
    assert step.month == NOV
    assert step.changes["secondary"] == Decimal("13.0")
    assert "Oct 2024 to Nov 2024 is probably a new basis" in step.sentence
    assert steps({**INDEPENDENT, "secondary": {OCT: Decimal(43070), NOV: Decimal(43100)}}) == ()


def test_a_phase_without_a_figure_is_a_row_to_ask_for():
    special = {"primary": {NOV: Decimal(25000)}, "secondary": {NOV: None}}
    assert blank(special) == ("secondary",)
    assert change_percent(special["primary"], OCT, NOV) is None


def saving(name: str, full_year: str, chance: str | None = None, **more) -> Saving:
    odds = None if chance is None else Fraction(chance)
    return Saving(
        name,
        name,
        more.pop("kind", "cashable"),
        Month(2024, 4),
        m(full_year),
        more.pop("confidence", "likely"),
        odds,
        **more,
    )


YEAR = FinancialYear(2024)


def test_two_actions_that_reach_for_the_same_pound_count_it_once():
    """4 + 3, of which half of the smaller is shared: 5.5."""
    total = savings_total([saving("a", "4"), saving("b", "3", overlaps_with="a", shared=Fraction(1, 2))], YEAR)
    assert (total.gross, total.overlap, total.net) == (m("7"), m("1.5"), m("5.5"))
    asked = Stated(m("5"), m("7"), "at_least", "£5-7m")
    assert "Actions still to begin must save £5m to £7m a year" in account_words.against(total, asked)


def test_a_saving_that_starts_in_january_brings_three_months_of_its_first_year():
    late = Saving("late", "late", "avoided", Month(2025, 1), m("4"), "likely", None)
    assert [savings_total([late], FinancialYear(year)).net for year in (2023, 2024, 2025)] == [0, m("1"), m("4")]


def test_confident_means_assessed_consulted_and_decided():
    ready = saving("a", "4", confidence="confident")
    assert savings_total([ready], YEAR).confident == m("4")
    assert savings_total([saving("a", "4", confidence="confident", gated=False)], YEAR).confident == 0


def test_odds_of_reaching_the_sum_are_added_over_every_combination():
    """5 needs both of 4 (even odds) and 3 (one in four): 1/8; 3 needs either: 1 - 1/2 x 3/4 = 5/8."""
    both = [saving("a", "4", "1/2"), saving("b", "3", "1/4")]
    assert chance_of(both, YEAR, m("5")) == Fraction(1, 8)
    assert chance_of(both, YEAR, m("3")) == Fraction(5, 8)
    assert chance_of([saving("a", "4")], YEAR, m("3")) is None
    assert savings_total(both, YEAR).expected == m("2.75")


@pytest.mark.parametrize(("forecast", "answer"), [("53", "No"), ("29.9", "Yes"), ("28", "Yes")])
def test_on_track_this_year_is_no_more_than_the_target(forecast, answer):
    found = OnTrackInYear(stated(Decimal("29900000")), stated(Decimal(forecast) * 1_000_000))
    assert found.verdict == answer
    assert OnTrackInYear(stated(1), None).verdict == "Cannot say"


def test_on_track_by_the_end_needs_every_statement_at_nil_or_less():
    assert OnTrackByEnd((stated("30000000", "at_least"), Stated(m("20"), m("30"), "range"))).verdict == "No"
    assert OnTrackByEnd((stated(0),)).verdict == "Yes"
    assert OnTrackByEnd((Stated(m("-5"), m("5"), "range"),)).verdict == "Cannot say"
    assert OnTrackByEnd(()).verdict == "Cannot say"


@pytest.mark.parametrize(
    ("planned", "status", "on_time"),
    [
        (Month(2025, 4), "planned", True),
        (Month(2025, 3), "planned", False),
        (Month(2026, 9), "", True),
        (Month(2026, 9), "delayed", False),
        (Month(2026, 9), "rejected", False),
    ],
)
def test_a_school_planned_for_a_month_to_come_is_on_time_without_another_date(planned, status, on_time):
    assert CapitalProject("Elm", planned, None, status, as_at=Month(2025, 4)).is_on_time is on_time


def test_a_surplus_reads_like_a_surplus():
    found = OnTrackInYear(stated(Decimal("-1000000")), stated(Decimal("-3000000")))
    assert found.verdict == "Yes"
    assert (
        on_track.reason(found)
        == "The forecast surplus of £3m is £2m below the target of a £1m surplus, before contributions."
    )


def test_the_capital_project_is_on_track_when_every_school_is():
    on_time = CapitalProject("Elm", Month(2024, 9), Month(2024, 9), "open")
    late = CapitalProject("Oak", Month(2024, 9), Month(2027, 9), "delayed")
    refused = CapitalProject("Ash", Month(2025, 9), None, "rejected")
    assert OnTrackCapital((on_time,)).verdict == "Yes"
    found = OnTrackCapital((on_time, late, refused))
    assert found.verdict == "No"
    assert on_track.reason(found) == "2 of 3 projects are not on time: Oak 36 months late; Ash rejected."


def rows_of(register, *rows: dict[str, str]):
    """Rows of a register as read from a file, unnamed cells empty."""
    from highneeds.intake.csvfile import parse_csv
    from highneeds.report.render.tables import as_csv
    from highneeds.vocabulary.table import Table

    names = [column.name for column in register.columns]
    table = Table.of(names, ([row.get(name, "") for name in names] for row in rows))
    entries = register.entries(parse_csv(as_csv(table), f"{register.name}.csv", register.required))
    assert len(entries.rows) == len(rows), entries.findings.all
    return entries.rows


def test_fees_avoided_are_asked_less_agreed_times_places():
    """10 places: asked 55,000, agreed 52,000. 4 places: asked 2,000 more, refused. 1 still open."""
    from highneeds.account.exposure.demands import fee_uplifts_of
    from highneeds.registers.definitions.fee_uplifts import fee_uplifts

    def request(name, places, asked, agreed, outcome):
        fees = {"present_fee_gbp": "50000", "asked_fee_gbp": asked, "agreed_fee_gbp": agreed}
        return {
            "uplift": name,
            "provider": "x",
            "financial_year": "2024-25",
            "places": places,
            "outcome": outcome,
            **fees,
        }

    rows = rows_of(
        fee_uplifts,
        request("a", "10", "55000", "52000", "agreed"),
        request("b", "4", "52000", "", "refused"),
        request("c", "1", "51000", "", "asked"),
    )
    found = fee_uplifts_of(rows, YEAR)
    assert (found.avoided, found.agreed, found.open) == (38_000_00, 20_000_00, 1_000_00)
    assert fee_uplifts_of(rows, FinancialYear(2023)).avoided == 0


def test_exceptional_need_counts_decisions_sums_and_schools():
    from highneeds.account.exposure.demands import exceptional_need_of
    from highneeds.registers.definitions.exceptional_need import exceptional_need

    def request(name, school, decision, agreed):
        days = {"requested_on": "2024-10-03", "decided_on": "" if decision == "pending" else "2024-10-24"}
        sums = {"asked_gbp": "9000", "agreed_gbp": agreed}
        return {"request": name, "school": school, "setting": "special", "decision": decision, **days, **sums}

    rows = rows_of(
        exceptional_need,
        request("1", "Elm", "agreed", "9000"),
        request("2", "Elm", "part", "4000"),
        request("3", "Oak", "declined", ""),
        request("4", "Oak", "pending", ""),
        request("5", "Elm", "pending", ""),
    )
    found = exceptional_need_of(rows, YEAR)
    assert (found.agreed.part, found.agreed.whole) == (2, 3)
    assert (found.a_year, found.pending) == (13_000_00, 18_000_00)
    assert found.by_school == (("Elm", 3), ("Oak", 2))


def test_joint_funding_is_what_health_agreed_billed_and_paid_and_what_a_cut_would_cost():
    from highneeds.account.exposure.demands import joint_funding_of
    from highneeds.registers.definitions.joint_funding import joint_funding

    agreed = {
        "application": "1",
        "applied_on": "2024-05-01",
        "decision": "agreed",
        "annual_cost_gbp": "90000",
        "education_percent": "60",
        "health_percent": "30",
        "care_percent": "10",
        "billed_gbp": "20000",
        "received_gbp": "13500",
    }
    declined = {"application": "2", "applied_on": "2024-06-01", "decision": "declined", "annual_cost_gbp": "50000"}
    found = joint_funding_of(rows_of(joint_funding, agreed, declined), YEAR)
    assert str(found.agreed.percent()) == "50.0"
    assert (found.health, found.unbilled, found.owed) == (27_000_00, 7_000_00, 6_500_00)
    assert found.exposed_to(50) == 13_500_00


def test_an_investment_that_is_part_of_another_is_not_added_again():
    """2.0 is part of 17.5; it enables a saving of 4, of which a quarter of a year is missing."""
    from highneeds.account.savings.investments import investments_of, net_benefit
    from highneeds.registers.definitions.investments import investments

    rows = rows_of(
        investments,
        {"investment": "whole", "title": "x", "amount_gbp": "17500000"},
        {"investment": "part", "title": "x", "amount_gbp": "2000000", "part_of": "whole", "enables": "a"},
        {"investment": "past", "title": "x", "amount_gbp": "15000000", "last_year": "2023-24"},
    )
    found = net_benefit(investments_of(rows, {}), [saving("a", "4"), saving("b", "9")], YEAR)
    assert (found.invested.pence, found.saved) == (m("17.5"), m("4"))
    assert found.net.pence == m("-13.5")


def test_recoupment_is_treated_alike_on_both_sides():
    """Block 249.0 before and 233.2 after: whichever basis is taken, the overspend is the same."""
    from highneeds.account.grant.published import GrantBlock, alike

    block = GrantBlock(DsgBlock.HIGH_NEEDS, m("249"), m("233.2"))
    paid = alike(YEAR, known(m("285.2")), block)
    assert paid.after.pence == paid.before.pence == m("52")
    budget = alike(YEAR, known(m("301")), block, includes_recoupment=True)
    assert budget.after.pence == m("52")


def test_without_block_transfers_the_deficit_is_higher_by_exactly_the_transfers():
    from highneeds.account.balance.roll import roll, without_block_transfers
    from highneeds.intake.ledger.years import YearRow

    years = [YearRow(FinancialYear(2024 + n), "x", m("290"), m("4"), 0, 0, 0, 0, 0, 0) for n in range(3)]
    spend = {row.year: known(m("300")) for row in years}
    with_them, without = (roll(rows, spend, known(0)) for rows in (years, without_block_transfers(years)))
    last = FinancialYear(2026)
    assert without.closing(last).pence - with_them.closing(last).pence == m("12")


def test_reserves_carry_the_contribution_and_the_interest_or_they_do_not():
    """Deficit 100 at the start, 140 at the end, 4.5%: 5.4 of interest beside a contribution of 17."""
    from highneeds.account.exposure.reserves import reserve_years, usable_at
    from highneeds.account.payments.ledger import payment_ledger
    from highneeds.registers.definitions.payments import payments
    from highneeds.registers.definitions.reserves import reserves

    row = {"payment": "c", "payer": "council", "financial_year": "2024-25", "amount_gbp": "17000000", "state": "due"}
    ledger = payment_ledger(rows_of(payments, row), {}, [])
    held = {"financial_year": "2024-25", "usable_gbp": "20000000", "rate_percent": "4.5", "source": "accounts"}
    closings = [(FinancialYear(2023), known(m("100"))), (YEAR, known(m("140")))]
    [found] = reserve_years(rows_of(reserves, held), ledger, closings)
    assert (found.contribution.pence, found.financing.pence, found.is_affordable) == (m("17"), m("5.4"), False)
    assert reserve_years(rows_of(reserves, held), ledger, closings[:1])[0].is_affordable is None
    assert usable_at(rows_of(reserves, held), FinancialYear(2027)).pence is None


def test_volume_mix_and_price_of_a_bridge_are_the_first_drivers_and_late_schools_the_next():
    from highneeds.account.variance.bridge import bridge
    from highneeds.account.variance.drivers import drivers_of

    plan = [PricedLine("state", Decimal(10), Decimal(10000)), PricedLine("private", Decimal(10), Decimal(15000))]
    actual = [PricedLine("state", Decimal(10), Decimal(10100)), PricedLine("private", Decimal(12), Decimal(16000))]
    late = Driver("Late school", DriverKind.TIMING, known(700_000))
    found = driver_bridge(25_000_000, 30_000_000, [*drivers_of(bridge(plan, actual)), late])
    assert [bar.pence for bar in waterfall(found)[1:-1]] == [2_500_000, 500_000, 1_300_000, 700_000, 0]


def test_named_causes_are_taken_out_of_the_effect_they_are_a_part_of():
    """Price 1.3m of which 0.4m is inflation, mix 0.5m of which 0.7m is the late school; tuition has no figure."""
    plan = [PricedLine("state", Decimal(10), Decimal(10000)), PricedLine("private", Decimal(10), Decimal(15000))]
    actual = [PricedLine("state", Decimal(10), Decimal(10100)), PricedLine("private", Decimal(12), Decimal(16000))]
    explained = bridge(plan, actual)
    named = [
        Driver("Late school", DriverKind.TIMING, known(700_000)),
        Driver("Uplift", DriverKind.INFLATION, known(400_000)),
        Driver("Tuition", DriverKind.NEW_DEMAND, missing(UNKNOWN)),
    ]
    found = lines_and_named(explained, named)
    assert [(account_words.driver_name(one), one.effect.pence) for one in found] == [
        ("Volume", 2_500_000),
        ("Mix, apart from what is named", -200_000),
        ("Price, apart from what is named", 900_000),
        ("Late school", 700_000),
        ("Uplift", 400_000),
        ("Tuition", None),
    ]
    assert sum(one.effect.pence or 0 for one in found) == explained.total.total
    whole = driver_bridge(25_000_000, 30_000_000, found)
    assert whole.remainder == 5_000_000 - explained.total.total


def test_odds_are_said_as_odds():

    asked = stated("5000000", "at_least")
    assert account_words.odds(Fraction(1, 8), asked) == "The odds of saving £5m a year are about 1 in 8 (13%)."
    assert account_words.odds(Fraction(0), asked) == "The register cannot reach £5m a year, whatever comes off."
    assert "cannot be given" in account_words.odds(None, asked)
