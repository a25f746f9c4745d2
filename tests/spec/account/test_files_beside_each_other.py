"""The grant at each update, sums that two files give, typed beside printed, savings beside their price: each whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from highneeds.account.amount import SpendRows, known, missing
from highneeds.account.balance.roll import roll
from highneeds.account.balance.two_files import SamePair, same_sums
from highneeds.account.balance.typed import disagreements, typed_positions
from highneeds.account.grant.allocations import (
    Allocation,
    allocation_findings,
    allocations_of,
    high_needs_grants,
    latest,
    published_allocations,
    with_published,
)
from highneeds.account.grant.published import GrantBlock, alike
from highneeds.account.grant.stability_grant import Approval, ReturnedDeficit, StabilityGrant, stability_grant
from highneeds.account.payments.ledger import Payment, PaymentLedger, PublishedTotal, payment_ledger
from highneeds.account.savings import priced
from highneeds.account.savings.investments import Investment, investments_of
from highneeds.account.savings.priced import Overlap, PricedSaving, Together, priced_savings, scenario_for
from highneeds.account.savings.register import Saving, savings_of, with_a_sum
from highneeds.account.stated import Stated, stated
from highneeds.checks.finding import Finding, Severity
from highneeds.forecast.costs.price import Costs
from highneeds.forecast.scenarios import Scenario, scenario_of
from highneeds.intake.ledger.positions import Layer
from highneeds.intake.ledger.years import YearRow
from highneeds.registers.registry import registers
from highneeds.report.views.allocations import allocations_table
from highneeds.report.words import reasons
from highneeds.report.words import savings as words
from highneeds.vocabulary.dsg_block import DsgBlock
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source
from spec.account.test_account_of_a_whole_workspace import Statistics
from spec.account.test_answers_and_tables import fact

UNKNOWN = Note.of("amount.no_figure")

Y2022, Y2023, Y2024, Y2025 = (FinancialYear(year) for year in range(2022, 2026))
YEARS_CSV = Source("years.csv", 2)


def rows(register, *cells):
    return registers()[register].rows_of(cells)


# the grant


def update(name, block, on, before, after, year="2024-25", **more):
    cells = dict(allocation=name, financial_year=year, updated_on=on, block=block)
    return cells | dict(before_gbp=str(before), after_gbp=str(after)) | more


HIGH = update(
    "h", "high_needs", "2024-07-18", 320, 301, import_export_gbp="-2", prior_year_gbp="1", deductions_gbp="19"
)
FIRST = update("f", "high_needs", "2023-12-19", 310, 292, deductions_gbp="18", source="DfE page")
BEFORE = update("b", "high_needs", "2023-12-19", 256, 250, "2023-24", deductions_gbp="6")


def test_an_update_whole_and_what_its_parts_do_not_give():
    first, second = allocations_of(rows("allocations", HIGH, FIRST))
    listed, at = Source("allocations.csv", 3), Source("allocations.csv", 2)
    on = date(2024, 7, 18)
    assert first == Allocation(Y2024, "high_needs", date(2023, 12, 19), 310_00, 0, 0, 18_00, 292_00, listed, "DfE page")
    assert second == Allocation(Y2024, "high_needs", on, 320_00, -2_00, 1_00, 19_00, 301_00, at)
    assert (second.unexplained, second.order, second.update) == (1_00, on, Source("DfE update of 18 July 2024"))
    assert first.amount == known(292_00, listed, Source("DfE update of 19 December 2023"), Source("DfE page"))
    published = Allocation(Y2024, "high_needs", None, 5, 0, 0, 0, 5, Source("DfE"))
    assert (published.order, published.amount) == (date.min, known(5, Source("DfE"), Note.of("stands.as_published")))
    assert high_needs_grants([first, second, published]) == {Y2024: second.amount}
    assert latest([second, first, published]) == (second,) and latest([published]) == (published,)


def test_updates_stand_by_year_block_and_day():
    given = [HIGH, update("s", "schools", "2024-07-18", 9, 9), BEFORE, FIRST]
    found = allocations_of(rows("allocations", *given))
    assert [(one.year, one.block, one.before) for one in found] == [
        (Y2023, "high_needs", 256_00),
        (Y2024, "schools", 9_00),
        (Y2024, "high_needs", 310_00),
        (Y2024, "high_needs", 320_00),
    ]
    published = [
        Allocation(Y2024, block, None, 1, 0, 0, 0, 1, Source("DfE")) for block in ("early_years", "high_needs")
    ]
    assert [one.before for one in with_published(found, published)] == [256_00, 9_00, 1, 310_00, 320_00, 1]
    with pytest.raises(InputError) as refused:
        allocations_of(rows("allocations", HIGH, HIGH | dict(allocation="again")))
    assert refused.value.sentence == (
        "allocations.csv line 3: The high needs block of 2024-25 at 18 July 2024 stands at allocations.csv line 2 "
        "already. Keep one row for each block and update."
    )


def test_the_published_grant_is_an_update_without_a_day():
    found = published_allocations(Statistics(), "999")
    assert [one.block for one in found] == ["schools", "cssb", "high_needs", "early_years"] * 2
    assert found[2] == Allocation(Y2022, "high_needs", None, 261_00, 0, 0, 20_00, 241_00, Source("DfE dsg_allocations"))


def test_the_table_of_the_grant_whole():
    """320 on 256 is a quarter more. Without the other blocks a year has no total."""
    table = allocations_table(rows("allocations", HIGH, FIRST, BEFORE))
    assert table.title == "The dedicated schools grant by block and DfE update" and table.columns == (
        *("financial_year", "block", "dfe_update", "counts", "before_deductions_gbp", "import_export_gbp"),
        *("prior_year_gbp", "deductions_gbp", "after_deductions_gbp", "unexplained_gbp"),
        *("change_since_update_before_gbp", "growth_on_year_before_pct", "no_growth_because", "source"),
    )

    def cells(*sums):
        return tuple(None if one is None else Decimal(one) for one in sums)

    nothing = "no total: Schools, Central school services, Early years not given"
    total = ("TOTAL", "", "", *cells(*[None] * 9), nothing)
    place = "allocations.csv line"
    assert table.rows == (
        (
            *("2023-24", "High needs", "2023-12-19", "yes", *cells(256, 0, 0, 6, 250, 0), None, None),
            *("no block of 2022-23", f"{place} 4"),
        ),
        ("2023-24", *total),
        (
            *("2024-25", "High needs", "2023-12-19", "no", *cells(310, 0, 0, 18, 292, 0), None, None, None),
            f"{place} 3; DfE page",
        ),
        (
            *("2024-25", "High needs", "2024-07-18", "yes", *cells(320, -2, 1, 19, 301, 1, 9)),
            *(Decimal("25.0"), None, f"{place} 2"),
        ),
        ("2024-25", *total),
    )


def test_a_year_with_every_block_has_its_total_and_published_adjustments_are_not_known():
    blocks = ("schools", "cssb", "early_years")
    others = [update(block, block, "2024-07-18", 10, 9, deductions_gbp="1") for block in blocks]
    *_, total = allocations_table(rows("allocations", HIGH, *others)).rows
    sums = tuple(map(Decimal, (350, -2, 1, 22, 328, 1)))
    assert total == ("2024-25", "TOTAL", "", "yes", *sums, None, None, None, "the latest update of each block")
    published = published_allocations(Statistics(), "999")
    found = allocations_table([], published).rows
    assert found[2][:10] == (*("2022-23", "High needs", "as published", "yes", 261, None, None, 20, 241, 0),)
    assert found[4][1:10] == ("TOTAL", "", "yes", 1186, None, None, 218, 968, 0)
    assert found[7][10:13] == (None, Decimal("0.4"), None)


def test_two_allocations_of_a_year_are_a_finding():
    year, grants = YearRow(Y2024, YEARS_CSV, 302_00), {Y2024: known(301_30, Source("DfE update"))}
    assert allocation_findings([year], grants) == (
        Finding(
            *("ACCOUNT-08", Severity.QUERY, "years.csv", 2, "allocation 2024-25", "allocation_gbp"),
            "The allocation of 2024-25 is £302 here and £301 in DfE update, 0.70 apart",
            "Empty the cell, so that the latest update counts, or add the update that it comes from.",
        ),
    )
    for other in ({}, {Y2024: missing(UNKNOWN)}, {Y2024: known(302_00)}):
        assert allocation_findings([year], other) == ()
    assert allocation_findings([YearRow(Y2024, YEARS_CSV)], grants) == ()


def test_spend_and_grant_alike_whole():
    found = alike(Y2024, known(450, Source("spend")), GrantBlock(DsgBlock.HIGH_NEEDS, 500, 400))
    assert (found.year, found.spend, found.block.deducted) == (Y2024, known(450, Source("spend")), 100)


def test_a_stability_grant_whole():
    low, high = (
        ReturnedDeficit("low", known(90_00, Source("a")), True),
        ReturnedDeficit("high", known(100_00, Source("b"))),
    )
    none = ReturnedDeficit("none", missing(UNKNOWN))
    found = stability_grant([low, high, none], known(20_00, Source("c")), Decimal(90), Approval.REFUSED, True)
    assert found == StabilityGrant(
        (low, high, none), high.amount, known(20_00, Source("c")), Decimal(90), Approval.REFUSED, True
    )
    both = Source("b"), Source("c")
    assert (found.eligible, found.grant) == (known(80_00, *both), known(72_00, *both))
    assert found.residual.pence == 28_00
    assert found.expected == known(0, Note.of("stands.local_plan", approval="refused"))
    alone = stability_grant([low], known(0), Decimal(90), Approval.APPROVED)
    assert (alone.counted, alone.expected.pence) == (low.amount, 81_00)
    pennies = [ReturnedDeficit(str(pence), known(pence)) for pence in (1, 0)]
    assert stability_grant(pennies, known(0), Decimal(90), Approval.APPROVED).counted == known(0)
    absent = stability_grant([none], known(0), Decimal(90), Approval.APPROVED)
    assert absent.counted == absent.grant == absent.expected == missing(Note.of("amount.no_return"))
    surplus = stability_grant([ReturnedDeficit("s", known(-5))], known(1), Decimal(90), Approval.APPROVED)
    assert (surplus.grant.pence, surplus.residual.pence) == (0, -5)
    assert [one.value for one in Approval] == ["not submitted", "submitted", "approved", "refused"]


# two files of the council


def payment(payer, due, received, year=Y2024):
    return Payment("p", payer, year, "received", known(due), known(received))


def test_every_pair_of_files_that_state_one_sum():
    years = [
        YearRow(Y2024, YEARS_CSV, None, 8, 11, 12, 14, 0, 21, 31),
        YearRow(Y2025, Source("years.csv", 3), None, 8, None, None, None, 0, 22, 32),
    ]
    payments = [payment("dfe", 11, 12), payment("council", 13, 14), payment("dfe", 5, 6, Y2025)]
    transfers = [
        dict(financial_year=Y2024, amount_gbp=amount, consent=consent)
        for amount, consent in ((3, "forum"), (4, "secretary_of_state"), (9, "none_yet"))
    ] + [dict(financial_year=Y2025, amount_gbp=None, consent="forum")]
    one, two, three = (stated(1, source=name) for name in ("a", "b", "c"))
    printed = {
        (Y2024, "dfe_payment_gbp", Layer.AGREED): [one],
        (Y2025, "dfe_payment_gbp", Layer.ACHIEVED): [two, three],
        (Y2024, "council_contribution_gbp", Layer.LATEST): [one],
    }
    promised = {"department_contribution": two, "council_contribution": three}
    found = same_sums(years, payments, transfers, printed, promised, (Y2024, Y2025))
    register = Source("registers/payments.csv")

    def kept(pence, file="registers/payments.csv"):
        return Stated(pence, pence, source=file)

    assert found == (
        SamePair("DfE payment due, 2024-25", 11, YEARS_CSV, kept(11)),
        SamePair("DfE payment received, 2024-25", 12, YEARS_CSV, kept(12)),
        SamePair("Council contribution agreed, 2024-25", 31, YEARS_CSV, kept(13)),
        SamePair("Council contribution made, 2024-25", 14, YEARS_CSV, kept(14)),
        SamePair("DfE payment, agreed, 2024-25", 11, register, one),
        SamePair("DfE payment, achieved, 2025-26", 6, register, two),
        SamePair("DfE payment, achieved, 2025-26", 6, register, three),
        SamePair("Transfer from other blocks, 2024-25", 8, YEARS_CSV, kept(7, "registers/block_transfers.csv")),
        SamePair("DfE payments agreed, 2024-25 to 2025-26", 43, Source("years.csv", 3), two),
        SamePair("Council contributions agreed, 2024-25 to 2025-26", 63, Source("years.csv", 3), three),
    )
    assert same_sums(years, [], [], {}, promised, None) == ()
    fix = "Correct the one that is wrong; each page shows the figure of the file that it is about."
    assert [one.finding for one in found[:3]] == [
        None,
        None,
        Finding(
            *("ACCOUNT-11", Severity.QUERY, "years.csv", 2, "Council contribution agreed, 2024-25", ""),
            "Council contribution agreed, 2024-25: £0.31 here and £0.13 (registers/payments.csv), 0.18 pounds apart",
            fix,
        ),
    ]
    assert (found[4].finding.file, found[4].finding.line) == ("registers/payments.csv", None)


def test_what_the_councils_own_files_say_of_a_year():
    year = YearRow(Y2024, YEARS_CSV, 60_00, 2_00, 20_00, 17_00, 5_00, 11_00, 19_00, 4_00, 70_00)
    account = roll([year], {Y2024: known(90_00, SpendRows(3, Source("spend.csv", 2)))}, known(80_00, Source("DEAL")))
    spent = "years.csv line 2; 3 spend rows from spend.csv line 2"
    before, closing, gap = "in_year_before_contributions_gbp", "closing_deficit_gbp", "cumulative_gap_gbp"
    sums = {
        (Layer.ACHIEVED, before): (28_00, spent),
        (Layer.ACHIEVED, closing): (86_00, spent),
        (Layer.ACHIEVED, gap): (16_00, spent),
        (Layer.ACHIEVED, "dfe_payment_gbp"): (17_00, "years.csv line 2"),
        (Layer.ACHIEVED, "council_contribution_gbp"): (5_00, "years.csv line 2"),
        (Layer.AGREED, before): (11_00, "years.csv line 2"),
        (Layer.AGREED, closing): (70_00, "years.csv line 2"),
        (Layer.AGREED, "dfe_payment_gbp"): (19_00, "years.csv line 2"),
        (Layer.AGREED, "council_contribution_gbp"): (4_00, "years.csv line 2"),
    }
    found = typed_positions(account, date(2025, 4, 1))
    assert found == {
        (Y2024, measure, layer): Stated(pence, pence, source=source)
        for (layer, measure), (pence, source) in sums.items()
    }
    assert {layer for _, _, layer in typed_positions(account, date(2025, 3, 31))} == {Layer.LATEST, Layer.AGREED}
    assert typed_positions(None, date(2025, 4, 1)) == {}
    printed = {key: [stated(28, source="REPORT"), Stated(31_00, 31_00, source="PAGE", fact="f")] for key in found}
    first = next(disagreements({key: replace(one, source="in other words") for key, one in found.items()}, printed))
    assert len([*disagreements(found, printed)]) == 17 and len([*disagreements(found, {})]) == 0
    assert first == Finding(
        *("ACCOUNT-10", Severity.QUERY, "years.csv", 2, f"2024-25 {before} f", before),
        "In-year overspend before contributions of 2024-25, achieved: £28 here and £31 (PAGE), 3.00 pounds apart",
        "Correct the one that is wrong; every page shows the figure of this file until then.",
    )


# payments, investments and savings of the registers


def test_an_instalment_whole():
    cells = dict(payment="p", payer="dfe", financial_year="2024-25", state="withheld", due_on="2025-03-31")
    given = rows("payments", cells | dict(report="2024-05", withheld_because="late", figures="f"))
    found = payment_ledger(given, {"f": fact(5)}, [("dfe", stated(5)), ("dfe", stated(6, source="PRESS"))])
    due = known(5_00, Source("DEAL line 3"))
    one = Payment(
        *("p", "dfe", Y2024, "withheld", due, known(0, Source("payments.csv", 2))),
        *("2024-05", "late"),
    )
    promises = tuple(PublishedTotal("dfe", total, due) for total in (stated(5), stated(6, source="PRESS")))
    assert found == PaymentLedger((one,), promises) and found.withheld == (one,)
    [short] = found.findings()
    assert short == Finding(
        *("ACCOUNT-05", Severity.QUERY, "registers/payments.csv", None, "dfe", "amount_gbp"),
        "Of £6 (PRESS) £1 is not in any instalment on record",
        "Add the instalments of the agreement's schedule, or correct the amount that is wrong.",
    )


def test_what_did_not_come_says_why():
    cells = dict(payment="p", payer="dfe", financial_year="2024-25", state="received", amount_gbp="5.00")
    accepted = dict(report="2024-05", report_accepted_on="2024-06-14")
    [bare, known_] = payment_ledger(rows("payments", cells, cells | accepted), {}, []).payments
    assert reasons.why_none(bare.received) == (
        "p is not counted: no accepted report stands behind it at payments.csv line 2"
    )
    assert reasons.why_none(known_.received) == "p came, and the sum received is not stated at payments.csv line 3"


def test_an_investment_whole():
    cells = dict(investment="i", title="Team", part_of="all", enables="a b", first_year="2023-24", figures="f")
    given = rows("investments", cells, cells | dict(figures="nobody", last_year="2024-25"))
    found = investments_of(given, {"f": fact(5)})
    whole = ("all", ("a", "b"), Y2023)
    assert found == (
        Investment("i", "Team", known(5_00, Source("DEAL line 3")), *whole, None),
        Investment(
            "i",
            "Team",
            missing(Note.of("amount.no_investment", investment="i", sources=("investments.csv line 3",))),
            *whole,
            Y2024,
        ),
    )


SAVING = dict(saving="s", title="Fees", owner_role="Head", kind="cashable", starts="2024-09", confidence="confident")


def test_which_actions_of_the_register_count():
    facts = {"f": fact(5), "cut": fact(None)}
    given = rows(
        "savings",
        SAVING | dict(saving="own", full_year_gbp="1.00"),
        SAVING | dict(saving="dropped", full_year_gbp="1.00", stage="dropped"),
        SAVING | dict(saving="stated", figures="f"),
        SAVING | dict(saving="cut off", figures="cut"),
        SAVING | dict(saving="to come", figures="later"),
        SAVING | dict(saving="both", figures="later", full_year_gbp="2.00"),
    )
    assert [row["saving"] for row in with_a_sum(given, facts, {"later"})] == ["own", "stated", "both"]
    assert [(one.name, one.full_year) for one in savings_of(given, facts, {"later"})] == [
        ("own", 1_00),
        ("stated", 5_00),
        ("both", 2_00),
    ]
    with pytest.raises(InputError) as refused:
        savings_of(rows("savings", SAVING), {})
    assert refused.value.sentence == (
        "savings.csv line 2: The saving s has neither an amount nor a figure. "
        "Give full_year_gbp, or the id of the fact that states it."
    )


@pytest.mark.parametrize("gate", ["equality_assessment", "consultation", "decision"])
def test_an_action_is_confident_with_all_three_gates_behind_it(gate):
    gates = dict.fromkeys(("equality_assessment", "consultation", "decision"), "x")
    cells = SAVING | dict(full_year_gbp="1.00", chance_percent="40")
    [ready, short] = savings_of(rows("savings", cells | gates, cells | gates | {gate: ""}), {})
    assert (ready.is_confident, short.is_confident, short.gated) == (True, False, False)
    [idea] = savings_of(rows("savings", cells | gates | dict(confidence="idea")), {})
    assert idea.gated and not idea.is_confident


# savings beside their price


COLUMNS_OF_COSTS = (Y2024, Y2025, FinancialYear(2026))


def costs(*draws, in_year=None):
    """Costs of two futures in three years, pounds."""
    total = np.array(draws, dtype=float)
    inside = None if in_year is None else np.array(in_year, dtype=float)
    return Costs(COLUMNS_OF_COSTS, (), total[:, :, None], {}, total, None, inside, None, {})


BASE = costs((100, 200, 300), (110, 220, 330))
AFTER = {
    "few": costs((90, 180, 270), (110, 210, 320)),
    "less": costs((95, 150, 250), (105, 160, 260)),
    "together": costs((90, 140, 230), (105, 150, 240)),
}


CELLS = dict(lever="request_rate", low=-1, central=-1, high=-1, starts="2024-04")


def lever(name, **more):
    return scenario_of(name, {"levers": [CELLS | more]})


@pytest.fixture
def by_hand(monkeypatch):
    asked = []
    monkeypatch.setattr(priced, "simulate", lambda *how: asked.append(("baseline", how)))
    monkeypatch.setattr(priced, "run_scenario", lambda known_, one, *how: asked.append((one.name, how)) or one.name)
    monkeypatch.setattr(priced, "price", lambda run: AFTER[run] if isinstance(run, str) else BASE)
    return asked


def register(*cells):
    base = SAVING | dict(full_year_gbp="30.00")
    return rows("savings", *(base | one for one in cells))


FEW, LESS = lever("few"), lever("less")
BOTH = {"few": FEW, "less": LESS}


def test_an_action_beside_its_price_and_all_together(by_hand):
    """From April 2024 the first is worth 10 and 0 of 2024-25; the second begins in September, so 2025-26 is whole."""
    given = register(dict(saving="a", lever="few", starts="2024-04"), dict(saving="b", lever="less"))
    found = priced_savings(given, {}, BOTH, None, 2, 7, "options", asked=stated(60))
    a, b = savings_of(given, {})
    first, second = found.actions
    assert first == PricedSaving(a, "few", Y2024, 5.0, 1.0, 9.0, None, (Overlap("b", ("requests",)),))
    assert second == PricedSaving(b, "less", Y2025, 55.0, 51.0, 59.0, None, (Overlap("a", ("requests",)),))
    assert words.overlaps(first.overlaps * 2) == "with b: both change requests; with b: both change requests"
    assert (first.register, second.register) == (30_00, 30_00)
    assert found.together == Together(Y2025, ("a", "b"), 70.0, 65.0, 61.0, 69.0, 60_00, stated(60), 1.0)
    assert found.together.overlap == 5.0
    assert by_hand[0] == ("baseline", (None, 2, 7, "options"))
    assert by_hand[1:] == [(name, (2, 7, "options")) for name in ("few", "less", "together")]


@pytest.mark.parametrize(("asked", "reached"), [(60, 1.0), (61, 0.5), (70, 0.5), (71, 0.0), (None, None)])
def test_how_often_the_whole_reaches_what_is_asked(by_hand, asked, reached):
    given = register(dict(saving="a", lever="few", starts="2024-04"), dict(saving="b", lever="less"))
    found = priced_savings(given, {}, BOTH, None, 2, 7, asked=None if asked is None else stated(asked)).together
    assert found.reached == reached


def test_one_scenario_is_run_once_and_named_for_both_of_its_actions(by_hand):
    given = register(
        dict(saving="a", lever="few.yaml", starts="2025-04"), dict(saving="b", lever="few", starts="2025-03")
    )
    found = priced_savings(given, {}, BOTH, None, 2, 7)
    assert [words.overlaps(one.overlaps) for one in found.actions] == [
        *("with b: the same scenario", "with a: the same scenario"),
    ]
    assert [one.year for one in found.actions] == [Y2025, Y2025]
    assert (found.together.alone, found.together.mean, found.together.register) == (30.0, 15.0, 60_00)
    assert [name for name, _ in by_hand] == ["baseline", "few"]


def test_what_has_no_price_says_why(by_hand):
    given = register(dict(saving="a"), dict(saving="b", lever="few", starts="2026-05"), dict(saving="c", lever="odd"))
    found = priced_savings(given, {}, BOTH, None, 2, 7)
    assert [(one.lever, one.year, one.mean, one.low, one.high, one.register) for one in found.actions] == [
        (name, None, None, None, None, None) for name in ("", "few", "odd")
    ]
    assert [words.no_price(one.reason) for one in found.actions] == [
        "the register names no lever",
        "the forecast ends before 2027-28",
        "'odd' is neither a scenario of the workspace nor a lever",
    ]
    assert found.together is None and [one.overlaps for one in found.actions] == [(), (), ()]
    assert priced_savings(register(dict(saving="a")), {}, {}, None, 2, 7).together is None


def test_where_the_grant_is_known_money_that_comes_in_counts_too(by_hand, monkeypatch):
    base, after = (costs((0, 0, 0), (0, 0, 0), in_year=one) for one in (((9, 8, 7),) * 2, ((4, 2, 7),) * 2))
    monkeypatch.setattr(priced, "price", lambda run: after if isinstance(run, str) else base)
    given = register(dict(saving="a", lever="few", starts="2024-04"))
    assert priced_savings(given, {}, BOTH, None, 2, 7).actions[0].mean == 5.0
    monkeypatch.setattr(priced, "price", lambda run: None if isinstance(run, str) else base)
    [none] = priced_savings(given, {}, BOTH, None, 2, 7).actions
    assert (none.mean, words.no_price(none.reason)) == (None, "the forecast has no prices")


def test_the_scenario_of_a_lever_is_named_or_alone():
    other = scenario_of("other", {"levers": [CELLS, CELLS]})
    odd = Scenario("odd", ())
    assert scenario_for("few.toml", BOTH) == FEW
    assert scenario_for("request_rate", {"few": FEW, "other": other, "odd": odd}) == FEW
    said = [
        words.no_price(scenario_for(*one))
        for one in (("few.csv", BOTH), ("request_rate", {"other": other}), ("request_rate", BOTH), ("", BOTH))
    ]
    assert said == [
        "'few.csv' is neither a scenario of the workspace nor a lever",
        "no scenario of the workspace gives request_rate its strength and start",
        "several scenarios hold request_rate alone: few, less; name one",
        "the register names no lever",
    ]
    saving = Saving("s", "s", "cashable", Month(2024, 4), 5, "idea", None)
    assert PricedSaving(saving, "", Y2024, 1.0, 1.0, 1.0).register == 5
    assert PricedSaving(saving, "", None, None, None, None).register is None
