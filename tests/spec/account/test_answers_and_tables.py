"""What the account says of a sum, a year and a plan, each result whole: words, limits, places, and every cell."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.account import on_track
from highneeds.account.amount import Amount, known, missing
from highneeds.account.balance.baseline import agreed_figures, baseline_findings, fingerprint
from highneeds.account.balance.layers import Layers, layers
from highneeds.account.balance.on_track import (
    CapitalProject,
    OnTrackByEnd,
    OnTrackCapital,
    OnTrackInYear,
    OnTrackVerdict,
)
from highneeds.account.balance.roll import roll
from highneeds.account.balance.table import account_findings, account_measures, override_end
from highneeds.account.contradiction import contradiction
from highneeds.account.exposure.demands import (
    ExceptionalNeedYear,
    FeeUpliftYear,
    JointFundingYear,
    exceptional_need_of,
    fee_uplifts_of,
    joint_funding_of,
)
from highneeds.account.exposure.override import MovedEnd, OverrideClock, override_clock
from highneeds.account.payments.shares import CouncilTax, Share, half_printed, share_findings
from highneeds.account.problems import problem_findings
from highneeds.account.rules import ACCOUNT_RULES
from highneeds.account.spend.lines import line_findings
from highneeds.account.spend.unit_costs import steps
from highneeds.account.stated import Stated, apart, in_words, of_fact, precision, stated
from highneeds.account.variance.adequacy import Adequacy, ExplanationJudged, judge_explanation
from highneeds.account.variance.bridge import Bridge, Effects, bridge
from highneeds.account.variance.delay import lost_saving
from highneeds.account.variance.drivers import (
    Driver,
    DriverKind,
    driver_bridge,
    drivers_of,
    inflation_above_plan,
    lines_and_named,
)
from highneeds.account.variance.forecast_versions import over_forecast, times_of
from highneeds.checks.finding import Finding, Severity
from highneeds.intake.ledger.frames import Problem
from highneeds.intake.ledger.positions import Layer, PositionRow
from highneeds.intake.ledger.priced_lines import PricedLine
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.ledger.years import YearRow
from highneeds.intake.workspace import Fact
from highneeds.registers.registry import registers
from highneeds.report.views.bridge import bridge_table
from highneeds.report.views.drivers import drivers_table
from highneeds.report.views.layers import layers_table
from highneeds.report.views.measures import account_table
from highneeds.report.views.statement import statement
from highneeds.report.words import on_track as words_of
from highneeds.report.words import reasons
from highneeds.report.words.account import heading, measure_name
from highneeds.report.words.explanations import why as why_of
from highneeds.report.words.sums import balance as balance_of
from highneeds.report.words.sums import roughly, to_the_nearest
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.ratio import Ratio
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State

UNKNOWN = Note.of("amount.no_figure")
P3_ONLY = Note.of("amount.spend_ends", year="2025-26", period=3)

Y2023, Y2024, Y2025 = FinancialYear(2023), FinancialYear(2024), FinancialYear(2025)
MILLION = 100_000_000


def fact(value, qualifier="exact", high=None, unit="gbp", name="f", line=3):
    cells = (None if one is None else Decimal(one) for one in (value, high))
    return Fact(
        *(name, "money", *cells, str(value), unit, "", qualifier, "as printed", "", Source("DEAL", line)),
        *("", Source("facts.csv", 2)),
    )


def rows(register, *cells):
    return registers()[register].rows_of(cells)


# a stated sum


@pytest.mark.parametrize(
    ("value", "qualifier", "high", "low_pence", "high_pence", "kept"),
    [
        (5, "exact", None, 500, 500, "exact"),
        (5, "about", None, 500, 500, "about"),
        (5, "at_least", None, 500, None, "at_least"),
        (5, "over", None, 500, None, "over"),
        (5, "up_to", None, 0, 500, "up_to"),
        (5, "almost", None, 500, 500, "almost"),
        (5, "exact", 7, 500, 700, "range"),
        (5, "at_least", 7, 500, 700, "at_least"),
    ],
)
def test_a_fact_in_pounds_is_a_stated_sum(value, qualifier, high, low_pence, high_pence, kept):
    one = of_fact(fact(value, qualifier, high))
    assert one == Stated(low_pence, high_pence, kept, "as printed", "DEAL line 3", "f")
    assert one.pence == low_pence


@pytest.mark.parametrize("one", [fact(None), fact(5, unit="percent")])
def test_a_fact_without_a_sum_is_refused(one):
    with pytest.raises(InputError) as refused:
        of_fact(one)
    assert refused.value.sentence == (
        "facts.csv line 2: The fact f is no sum of money. Name a fact in pounds that has a value."
    )


def test_a_plain_number_of_pounds_is_one_too():
    assert stated("1.5") == Stated(150, 150, "exact", "", "")
    assert stated(2, "about", "DEAL") == Stated(200, 200, "about", "", "DEAL")
    assert [stated(2, qualifier).high for qualifier in ("at_least", "over", "up_to")] == [None, None, 200]


@pytest.mark.parametrize(
    ("one", "words", "balance", "surplus"),
    [
        (stated(5), "£5", "£5", False),
        (stated(0), "£0", "£0", False),
        (stated(-5), "−£5", "£5 surplus", True),
        (stated(-5, "about"), "about −£5", "about £5 surplus", True),
        (stated(-5, "at_least"), "at least −£5", "at least −£5", False),
        (Stated(500, 700, "range"), "£5 to £7", "£5 to £7", False),
        (Stated(500, None, "range"), "£5", "£5", False),
        (Stated(-700, -500, "range"), "−£7 to −£5", "£5 to £7 surplus", True),
        (Stated(-700, 0, "range"), "−£7 to £0", "£0 to £7 surplus", True),
        (Stated(-700, 1, "range"), "−£7 to £0", "−£7 to £0", False),
        (Stated(0, 500, "up_to"), "up to £5", "up to £5", False),
        (Stated(500, None, "up_to"), "up to £5", "up to £5", False),
    ],
)
def test_a_sum_and_a_balance_in_words(one, words, balance, surplus):
    assert (one.words, balance_of(one), one.is_surplus, one.evidence) == (words, balance, surplus, words)
    assert Stated(one.low, one.high, one.qualifier, source="DEAL").evidence == f"{words} (DEAL)"


def test_a_sum_is_in_millions_from_a_million_on():
    assert [in_words(pence) for pence in (99_999_949, 100_000_000, -100_000_000, -99_999_949)] == [
        *("£999,999", "£1m", "−£1m", "−£999,999"),
    ]


@pytest.mark.parametrize(
    ("sum_gbp", "qualifier", "step"),
    [
        (53_000_000, "exact", 1),
        (0, "about", 1),
        (53_000_000, "about", MILLION),
        (500_000_000, "about", MILLION),
        (52_500_000, "about", MILLION // 10),
        (500_000, "about", MILLION // 10),
        (7, "about", 100),
        (70, "about", 1_000),
        ("0.50", "about", 100),
    ],
)
def test_how_finely_a_sum_is_given(sum_gbp, qualifier, step):
    assert precision(stated(sum_gbp, qualifier)) == precision(stated(1), stated(sum_gbp, qualifier)) == step


@pytest.mark.parametrize(
    ("step", "pence", "words"),
    [
        (1, 2_310_000_000, "£23.1m"),
        (MILLION, 2_349_999_999, "about £23m"),
        (MILLION, 2_350_000_000, "about £24m"),
        (MILLION, 49_999_999, "less than £1m"),
        (MILLION, 50_000_000, "about £1m"),
        (100, 40, "less than £1"),
    ],
)
def test_a_derived_sum_is_as_rough_as_what_it_derives_from(step, pence, words):
    assert to_the_nearest(step, pence) == words
    assert roughly(2_310_000_000, stated(53_000_000, "about"), stated(29_900_000)) == "about £23m"
    assert (precision(), roughly(5)) == (1, "£0")


# findings


def test_two_sums_for_one_thing_are_a_finding_and_one_sum_said_twice_is_none():
    first, about = (of_fact(fact(5, qualifier, name=qualifier)) for qualifier in ("exact", "about"))
    other = of_fact(fact(6, name="six", line=4))
    assert contradiction("The deficit", [first, about]) is None and contradiction("The deficit", []) is None
    assert contradiction("The deficit", [first, other]) == Finding(
        *("ACCOUNT-03", Severity.QUERY, "facts.csv", None, "exact six", "value"),
        "The deficit is published in 2 ways: £5 (DEAL line 3); £6 (DEAL line 4)",
        "Ask which figure is current; both are kept with their source.",
        of_each=("exact", "six"),
    )


def test_what_is_wrong_in_a_money_file_is_a_finding_and_blocks_or_asks():
    problems = [Problem("k", "a.csv", 3, "net", "It is no sum", "Write 1.00", blocking=one) for one in (True, False)]
    assert problem_findings("R-1", problems) == tuple(
        Finding("R-1", severity, "a.csv", 3, "", "net", "It is no sum", "Write 1.00.")
        for severity in (Severity.MUST_FIX, Severity.QUERY)
    )


def test_a_line_that_the_return_does_not_have_is_told_once_at_its_first_row():
    spend = [
        SpendRow(Y2024, line, None, 1, None, Source("spend.csv", at))
        for at, line in enumerate(("1.2.3", "1.2.99", "Own name", "1.2.99"), 2)
    ]
    fix = "Use one such as 1.2.3, so that it can be compared with published spend."
    assert line_findings(spend) == tuple(
        Finding(
            *("ACCOUNT-09", severity, "spend.csv", at, name, "line"),
            f"'{name}' is no high needs line of the section 251 return; its spend counts in the total",
            fix,
        )
        for severity, at, name in ((Severity.QUERY, 3, "1.2.99"), (Severity.NOTE, 4, "Own name"))
    )


def test_each_question_of_the_account_has_its_number():
    assert list(ACCOUNT_RULES) == [f"ACCOUNT-{number:02d}" for number in range(1, 12)]


# on track


IN_YEAR = "To achieve the agreement's projected deficit in the current year?"
BY_END = "To achieve a nil deficit by the end of the agreement?"
CAPITAL = "Is the capital project on track?"
YES, NO, CANNOT_SAY = OnTrackVerdict


def said(answer):
    return answer.verdict, words_of.reason(answer), words_of.rests_on(answer)


def test_each_answer_is_given_with_the_question_of_the_template():
    answers = on_track(None, None, [], [])
    assert [words_of.question(one) for one in answers] == [IN_YEAR, BY_END, CAPITAL]


def test_what_a_verdict_is_called():
    assert [one.value for one in OnTrackVerdict] == ["Yes", "No", "Cannot say"]


@pytest.mark.parametrize(
    ("target", "forecast", "verdict", "reason"),
    [
        (29_900_000, 53_000_000, NO, "The forecast overspend of £53m is £23.1m above the £29.9m target"),
        (53_000_000, 53_000_000, YES, "The forecast overspend of £53m is equal to the £53m target"),
        (53_000_000, 29_900_000, YES, "The forecast overspend of £29.9m is £23.1m below the £53m target"),
        (-1_000_000, -3_000_000, YES, "The forecast surplus of £3m is £2m below the target of a £1m surplus"),
        (-3_000_000, 0, NO, "The forecast overspend of £0 is £3m above the target of a £3m surplus"),
        (0, 1, NO, "The forecast overspend of £1 is £1 above the £0 target"),
    ],
)
def test_on_track_this_year(target, forecast, verdict, reason):
    sides = [Stated(one * 100, one * 100, source=f"at {one}", fact=f"f{one}") for one in (target, forecast)]
    rests_on = (f"forecast {sides[1].evidence}", f"target {sides[0].evidence}")
    found = OnTrackInYear(*sides)
    assert said(found) == (verdict, f"{reason}, before contributions.", rests_on)
    assert found.rests_on == (sides[1], sides[0]) and found == on_track(*sides, [], [])[0]


@pytest.mark.parametrize(
    ("target", "forecast", "why", "reason"),
    [
        (None, None, (), "There is no target and no forecast for the year."),
        (None, stated(1), (P3_ONLY,), "There is no target for the year."),
        (stated(1), None, (), "There is no forecast for the year."),
        (stated(1), None, (P3_ONLY,), "There is no forecast for the year: spend of 2025-26 runs to P3 only."),
    ],
)
def test_without_target_or_forecast_nobody_can_say(target, forecast, why, reason):
    answers = on_track(target, forecast, [], [], why)
    assert [said(one) for one in answers] == [
        (CANNOT_SAY, reason, ()),
        (CANNOT_SAY, "Nothing is published on the balance at the end.", ()),
        (CANNOT_SAY, "No capital project is recorded.", ()),
    ]
    assert words_of.reason(OnTrackInYear(stated(1), None)) == "There is no forecast for the year."


LEFT = "A deficit is expected to remain."


@pytest.mark.parametrize(
    ("at_end", "verdict", "reason"),
    [
        ([stated(0)], YES, "The balance at the end is nil or a surplus."),
        ([stated(-1), Stated(-100, 0, "range")], YES, "The balance at the end is nil or a surplus."),
        ([stated(0), stated(1)], CANNOT_SAY, "What is published allows a deficit and none."),
        ([Stated(0, 100, "up_to")], CANNOT_SAY, "What is published allows a deficit and none."),
        ([stated(0, "at_least")], CANNOT_SAY, "What is published allows a deficit and none."),
        ([stated(1)], NO, "A deficit of £1 is expected to remain."),
        ([stated(1), stated(1)], NO, "A deficit of £1 is expected to remain."),
        ([stated(1), stated(2)], NO, f"{LEFT} Two figures are published: £1; £2."),
        ([stated(1), stated(2), stated(3)], NO, f"{LEFT} Three figures are published: £1; £2; £3."),
        ([stated(at) for at in range(1, 5)], NO, f"{LEFT} 4 figures are published: £1; £2; £3; £4."),
    ],
)
def test_on_track_by_the_end(at_end, verdict, reason):
    assert said(OnTrackByEnd(tuple(at_end))) == (verdict, reason, tuple(one.words for one in at_end))


SEP, OCT = Month(2024, 9), Month(2024, 10)


@pytest.mark.parametrize(
    ("latest", "status", "on_time", "short", "words"),
    [
        (SEP, "open", True, "Elm 0 months late", "Elm School: planned Sep 2024, opened Sep 2024"),
        (SEP, "delayed", True, "Elm 0 months late", "Elm School: planned Sep 2024, now Sep 2024"),
        (OCT, "delayed", False, "Elm 1 months late", "Elm School: planned Sep 2024, now Oct 2024"),
        (SEP, "rejected", False, "Elm 0 months late", "Elm School: planned Sep 2024, now Sep 2024"),
        (None, "rejected", False, "Elm rejected", "Elm School: planned Sep 2024, rejected"),
        (None, "open", False, "Elm open", "Elm School: planned Sep 2024, open"),
        (None, "", False, "Elm no date", "Elm School: planned Sep 2024, no date"),
    ],
)
def test_a_project_is_on_time_by_its_planned_month(latest, status, on_time, short, words):
    one = CapitalProject("Elm School", SEP, latest, status, name="Elm")
    assert (one.is_on_time, words_of.became(one), words_of.dates(one)) == (on_time, short, words)
    assert words_of.became(CapitalProject("Elm School", SEP, None)) == "Elm School no date"


def test_the_capital_answer_whole():
    open_ = CapitalProject("Elm", SEP, SEP, "open", "Cabinet", fact="f")
    late, unknown = CapitalProject("Oak", SEP, OCT), CapitalProject("Ash", SEP, None)
    rests_on = (
        "Elm: planned Sep 2024, opened Sep 2024 (Cabinet)",
        "Oak: planned Sep 2024, now Oct 2024",
        "Ash: planned Sep 2024, no date",
    )
    reason = "2 of 3 projects are not on time: Oak 1 months late; Ash no date."
    assert said(OnTrackCapital((open_,))) == (YES, "All 1 projects are on time.", rests_on[:1])
    found = OnTrackCapital((open_, late, unknown))
    assert said(found) == (NO, reason, rests_on) and found.late == (late, unknown)


# the layers of what is published


BEFORE, CLOSING, GAP = "in_year_before_contributions_gbp", "closing_deficit_gbp", "cumulative_gap_gbp"


@pytest.mark.parametrize(
    ("measure", "pounds", "name"),
    [
        (BEFORE, (), "In-year overspend before contributions"),
        (BEFORE, (1, 0), "In-year overspend before contributions"),
        (BEFORE, (0, -1), "In-year surplus before contributions"),
        (BEFORE, (1, -1), "In-year position before contributions"),
        (CLOSING, (1,), "Accumulated deficit at 31 March"),
        (CLOSING, (-1,), "Accumulated surplus at 31 March"),
        (CLOSING, (-1, 1), "Accumulated balance at 31 March"),
        (GAP, (-1,), "Accumulated deficit worse than plan"),
        ("dfe_payment_gbp", (-1, 1), "DfE payment"),
        ("council_contribution_gbp", (1,), "Council contribution"),
    ],
)
def test_a_balance_is_called_what_it_is(measure, pounds, name):
    assert measure_name(measure, [stated(one) for one in pounds]) == name
    found = Layers((), {(Y2024, measure, Layer.AGREED): tuple(stated(one) for one in pounds)})
    assert heading(found, measure) == name and found.measures == (measure,)


def position(year, layer, measure, name, is_nil=False):
    return PositionRow(year, layer, measure, name, is_nil, Source("positions.csv", 5))


def test_figures_by_year_measure_and_layer_with_their_gaps():
    facts = [fact(5, name="a"), fact(7, "at_least", 9, name="b", line=4), fact(None, unit="date", name="goal")]
    given = [
        position(Y2024, Layer.AGREED, CLOSING, "goal", is_nil=True),
        position(Y2023, Layer.LATEST, CLOSING, "a"),
        position(Y2023, Layer.LATEST, CLOSING, "b"),
        position(Y2023, Layer.WITHOUT, CLOSING, "a"),
    ]
    found = layers(given, facts, [Y2024, Y2023])
    first, second = of_fact(facts[0]), of_fact(facts[1])
    assert found.years == (Y2023, Y2024) and found.at(Y2023, CLOSING, Layer.LATEST) == (first, second)
    assert found.one(Y2023, CLOSING, Layer.ACHIEVED, Layer.LATEST) == first
    assert found.one(Y2023, CLOSING, Layer.AGREED) is None and found.at(Y2025, CLOSING, Layer.LATEST) == ()
    assert found.line(CLOSING, Layer.LATEST) == ((Y2023, first), (Y2024, None))
    gap = (None, None, "gbp", "", "unavailable", "not published")
    table = layers_table(found)
    assert table.title == "Agreed, latest and achieved" and table.columns == (
        *("financial_year", "measure", "layer", "value", "value_high", "unit", "qualifier", "state", "source"),
    )
    assert table.rows == (
        ("2023-24", CLOSING, "agreed", *gap),
        ("2023-24", CLOSING, "latest", Decimal(5), None, "gbp", "exact", "reported", "DEAL line 3"),
        ("2023-24", CLOSING, "latest", Decimal(7), Decimal(9), "gbp", "at_least", "reported", "DEAL line 4"),
        ("2023-24", CLOSING, "achieved", *gap),
        ("2023-24", CLOSING, "without_agreement", Decimal(5), None, "gbp", "exact", "reported", "DEAL line 3"),
        ("2024-25", CLOSING, "agreed", Decimal(0), None, "gbp", "exact", "reported", "DEAL line 3"),
        ("2024-25", CLOSING, "latest", *gap),
        ("2024-25", CLOSING, "achieved", *gap),
    )
    [finding] = found.findings()
    assert finding.message.startswith("Accumulated deficit at 31 March of 2023-24, latest is published in 2 ways: £5")
    key, mine = (Y2025, CLOSING, Layer.LATEST), stated(8, source="years.csv")
    typed = found.with_typed({key: mine, (Y2023, CLOSING, Layer.LATEST): mine})
    assert typed.years == (Y2023, Y2024, Y2025) and typed.at(*key) == (mine,)
    assert typed.printed == {(Y2023, CLOSING, Layer.LATEST): (first, second)} and len(typed.findings()) == 1
    assert layers_table(typed).rows[1][7:] == ("computed", "years.csv")


def test_a_position_without_a_fact_is_refused():
    with pytest.raises(InputError) as refused:
        layers([position(Y2024, Layer.AGREED, CLOSING, "nobody")], [], [])
    assert refused.value.sentence == (
        "positions.csv line 5: 'nobody' has no source: it is no fact of this workspace. "
        "Add it to facts.csv with its document and line, or correct the id."
    )


# the agreed baseline


def baseline(locked="", figures=("a",), rows_=()):
    facts = {"a": fact(5, name="a"), "b": fact(7, "at_least", 9, name="b")}
    roles = {"department_contribution": "a", "override_ends": "b", "override_extended_to": "b", "plans_in_force": "b"}
    kept = {role: name for role, name in roles.items() if name in figures or role != "department_contribution"}
    agreement = SimpleNamespace(figures=kept if figures else {}, locked=locked)
    return SimpleNamespace(agreement=agreement, fact=facts.__getitem__), rows_


def test_what_is_agreed_is_locked_and_a_change_of_it_is_found():
    agreed = position(Y2024, Layer.AGREED, CLOSING, "b")
    workspace, given = baseline(rows_=[agreed, position(Y2024, Layer.LATEST, CLOSING, "a")])
    lines = agreed_figures(workspace, given)
    assert lines == (
        "2024-25 closing_deficit_gbp|b|7|9|gbp||at_least|DEAL line 3",
        "department_contribution|a|5|None|gbp||exact|DEAL line 3",
    )
    now = fingerprint(lines)
    assert len(now) == 16 and now == fingerprint(lines) != fingerprint(lines[:1])
    assert fingerprint(()) == "e3b0c44298fc1c14"
    open_ = Finding(
        *("ACCOUNT-07", Severity.NOTE, "agreement.yaml", None, "locked", "locked"),
        "The agreed figures are not locked",
        f"Add 'locked: {now}' to agreement.yaml once they are checked.",
    )
    assert baseline_findings(workspace, given) == (open_,)
    assert baseline_findings(baseline(now)[0], given) == ()
    assert baseline_findings(baseline("old")[0], given) == (
        Finding(
            *("ACCOUNT-07", Severity.MUST_FIX, "agreement.yaml", None, "locked", "locked"),
            f"The agreed figures have changed since they were locked (old, now {now})",
            "Put them back: a newer view belongs to the latest layer. Only a change that DfE agreed is locked anew.",
        ),
    )
    assert baseline_findings(*baseline(figures=())) == ()
    assert baseline_findings(*baseline("old", figures=()))[0].severity is Severity.MUST_FIX


# the account, year by year


YEARS = [
    YearRow(Y2023, Source("years.csv", 2), 260_00, 3_00, 50_00, 44_00, 7_00, 39_00, 51_00, 6_00, 63_00),
    YearRow(Y2025, Source("years.csv", 3), 270_00, 4_00, 20_00, 21_00, 8_00, -29_00, 40_00, 11_00),
]
SPENT = {Y2023: known(300_00, Source("spend")), Y2025: known(200_00, Source("spend"))}


def account():
    return roll(YEARS, SPENT, known(80_00, Source("opening")), known(81_00, Source("plan")))


def test_every_row_of_an_account_with_a_hole():
    """80 + 300 - 260 - 3 - 44 - 7 = 66; planned 81 + 39 - 51 - 6 = 63, as printed. 2024-25 has no row."""
    at, lost = "years.csv line 2", "a row for 2024-25, which is missing"
    found = [row[1:] for row in account_table(account_measures(account(), [date(2024, 3, 31)], Y2023)).rows]
    assert found[:13] == [
        ("spend_gbp", Decimal(300), "gbp", "computed", "spend"),
        ("in_year_before_contributions_gbp", Decimal(37), "gbp", "computed", f"spend; {at}"),
        ("in_year_after_contributions_gbp", Decimal(-14), "gbp", "computed", f"spend; {at}"),
        ("closing_deficit_gbp", Decimal(66), "gbp", "computed", f"opening; spend; {at}"),
        ("variance_in_year_gbp", Decimal(-2), "gbp", "computed", f"spend; {at}"),
        ("variance_in_year_pct", Decimal("-5.1"), "percent", "computed", at),
        ("cumulative_gap_gbp", Decimal(3), "gbp", "computed", f"opening; spend; {at}"),
        ("gap_from_opening_gbp", Decimal(-1), "gbp", "computed", "opening; plan"),
        ("gap_from_spending_gbp", Decimal(-2), "gbp", "computed", f"spend; {at}"),
        ("gap_from_payments_gbp", Decimal(6), "gbp", "computed", at),
        ("gap_unexplained_gbp", Decimal(0), "gbp", "computed", f"plan; {at}"),
        ("payments_outstanding_gbp", Decimal(6), "gbp", "computed", at),
        ("on_track_in_year", "Yes", "yes_no", "computed", at),
    ]
    missing_year = {row[0]: row[4] for row in found[13:26]}
    assert all(row[1] is None and row[3] == "unavailable" for row in found[13:26] if row[0] != "gap_from_opening_gbp")
    spend, grant = "no spend is given for 2024-25", f"allocation_gbp is empty at {lost}"
    transfer = f"block_transfer_in_gbp is empty at {lost}"
    assert missing_year["in_year_before_contributions_gbp"] == f"{spend}; {grant}; {transfer}"
    assert missing_year["spend_gbp"] == spend
    assert missing_year["payments_outstanding_gbp"] == (
        f"dfe_payment_due_gbp is empty at {lost}; dfe_payment_received_gbp is empty at {lost}"
    )
    assert (
        missing_year["variance_in_year_pct"]
        == missing_year["variance_in_year_gbp"]
        == (f"{spend}; {grant}; {transfer}; plan_in_year_before_gbp is empty at {lost}")
    )
    assert [row[1] for row in found[13:26] if row[0] == "gap_from_opening_gbp"] == [Decimal(3)]
    assert found[39:] == [
        ("on_track_zero_by_end", "No", "yes_no", "computed", "closing deficit at 31 March 2024"),
        ("break_even_year", None, "financial_year", "unavailable", f"{spend}; {grant}; {transfer}"),
        ("exposure_at_override_end_gbp", Decimal(66), "gbp", "computed", "closing deficit at 31 March 2024"),
    ]
    table = account_table(account_measures(account()))
    assert table.title == "The account" and [row[0] for row in table.rows[-2:]] == ["", ""]
    assert table.columns == ("financial_year", "measure", "value", "unit", "state", "source")
    assert table.rows[-2][:3] == ("", "on_track_zero_by_end", None)


def test_the_findings_of_an_account():
    odd = roll([YearRow(Y2023, Source("years.csv", 2), 0, 0, 0, 0, 0, 39_00, 0, 0, 38_99)], {}, known(0))
    assert account_findings(account())[0] == Finding(
        *("ACCOUNT-02", Severity.QUERY, "", None, "2024-25", "year"),
        "The year 2024-25 has no row, so nothing can be carried through it",
        "Add the year, with what is known of it.",
    )
    assert len(account_findings(account())) == 1
    assert account_findings(odd) == (
        Finding(
            *("ACCOUNT-01", Severity.QUERY, "years.csv", 2, "2023-24", "plan_closing_deficit_gbp"),
            "The planned closing deficit of 2023-24 is printed as £38.99, and the plan's own figures carry forward to "
            "£39.00, 0.01 pounds apart",
            "Ask which of the agreement's figures is right; the printed one stands until then.",
        ),
    )


@pytest.mark.parametrize(
    ("mine", "other", "said"),
    [
        (44_00, Stated(0, 0, source="a.csv"), "£44 here and £0 (a.csv), 44.00 pounds apart"),
        (3_40, Stated(2_90, 2_90, source="a.csv"), "£3.40 here and £2.90 (a.csv), 0.50 pounds apart"),
        (3_50, Stated(3_00, 3_00), "£4 here and £3, 0.50 pounds apart"),
        (94_960_000_00, Stated(95_000_000_00, 95_000_000_00, "over"),
         "£94,960,000.00 here and over £95,000,000.00, 40000.00 pounds apart"),
        (-3_40, Stated(-2_90, -2_90), "−£3.40 here and −£2.90, 0.50 pounds apart"),
        (6_00, Stated(2_00, 3_00, "range"), "£6 here and £2 to £3, 4.00 pounds apart"),
    ],
)  # fmt: skip
def test_two_sums_that_differ_are_never_shown_alike(mine, other, said):
    assert apart(mine, other) == said


def test_an_account_can_be_asked_for_its_years():
    found = account()
    assert (found.first, found.last, found.at(Y2025).year, found.at(FinancialYear(2026))) == (Y2023, Y2025, Y2025, None)
    assert found.closing(FinancialYear(2022)) == known(80_00, Source("opening"))
    assert found.closing(FinancialYear(2026)) == missing(Note.of("amount.no_year", year="2026-27"))
    assert found.closing(FinancialYear(2021)) == missing(Note.of("amount.no_year", year="2021-22"))
    assert [one.has_row for one in found.positions] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-04", "2026-04 is not a 31 March, and the deficit is known only at one"),
        ("2026-03-30", "2026-03-30 is not a 31 March, and the deficit is known only at one"),
        ("2026-05-31", "2026-05-31 is not a 31 March, and the deficit is known only at one"),
        ("31 March", "'31 March' is not a date"),
        ("x", "'x' is not a date"),
    ],
)
def test_an_override_ends_on_a_31_march(text, sentence):
    remedy = (
        "Write it as 2026-03-31"
        if "date" in sentence
        else ("Give the override's end as a 31 March, such as 2026-03-31")
    )
    with pytest.raises(InputError) as refused:
        override_end(text)
    assert refused.value.sentence == f"--override-end: {sentence}. {remedy}."


def test_the_statement_whole():
    spend = (
        SpendRow(Y2023, "1.2.3", 1, 100_00, None, Source("s", 2)),
        SpendRow(Y2023, "1.2.3", 2, 150_00, None, Source("s", 3)),
        SpendRow(Y2023, "1.2.1", None, 50_00, None, Source("s", 4)),
        SpendRow(Y2025, "1.2.1", None, None, 9, Source("s", 5)),
        SpendRow(Y2025, "1.2.1", None, 200_00, None, Source("s", 6)),
    )
    table = statement(account(), spend)

    def cells(*sums):
        return tuple(None if one is None else Decimal(one) for one in sums)

    assert (table.title, table.columns) == ("The account", ("item", "side", "2023-24", "2024-25", "2025-26"))
    assert table.rows == (
        ("Deficit at the start", "promised", *cells(81, 63, None)),
        ("Deficit at the start", "actual", *cells(80, 66, None)),
        ("Spend", "actual", *cells(300, None, 200)),
        ("  1.2.3", "actual", *cells(250, None, None)),
        ("  1.2.1", "actual", *cells(50, None, 200)),
        ("Grant and transfers between blocks", "actual", *cells(-263, None, -274)),
        ("In-year position before contributions", "promised", *cells(39, None, -29)),
        ("In-year position before contributions", "actual", *cells(37, None, -74)),
        ("DfE payments", "promised", *cells(-51, None, -40)),
        ("DfE payments", "actual", *cells(-44, None, -21)),
        ("Council contribution", "promised", *cells(-6, None, -11)),
        ("Council contribution", "actual", *cells(-7, None, -8)),
        ("Deficit at the end", "promised", *cells(63, None, None)),
        ("Deficit at the end", "actual", *cells(66, None, None)),
        ("Worse than promised", "gap", *cells(3, None, None)),
    )


# shares and council tax


def share(sum_gbp, percent, year="2024-25", base="grant"):
    one, printed = stated(sum_gbp), f"£{sum_gbp // 1_000_000} million"
    return Share("Overspend", base, year, Stated(one.low, one.high, "exact", printed, "DEAL", "f"), Decimal(percent))


@pytest.mark.parametrize(
    ("printed", "pounds", "half"),
    [
        ("£52 million", 52_000_000, 500_000),
        ("£52.5 million", 52_500_000, 50_000),
        ("£52,000,000", 52_000_000, 500_000),
        ("£10-12m", 10_000_000, 500_000),
        ("", 52_500_000, 50_000),
        ("nought", 7_000, 500),
        ("0", 7_000, 500),
    ],
)
def test_a_printed_sum_was_rounded_by_half_of_its_last_digit(printed, pounds, half):
    assert half_printed(Stated(pounds * 100, pounds * 100, printed=printed)) == half * 100


def test_two_shares_whose_bases_cannot_both_be_true():
    early, late = share(52_000_000, 20, "2021-22"), share(10_000_000, 5)
    assert (late.implied_base, late.implied_range) == (200 * MILLION, (17_272_727_273, 23_333_333_333))
    assert late.sentence == "Overspend: £10m as 5% of the grant implies £200m."
    fix = "Correct the percentage or name the budget it is a share of; do not repeat it until then."
    said = "Overspend: £10m as 5% of the grant implies £200m (£172.7m to £233.3m with rounding), but "
    place = ("ACCOUNT-04", Severity.QUERY, "facts.csv", None, "f", "value")
    against = "Overspend: £52m as 20% of the grant implies £260m in 2021-22"
    assert share_findings([early, late]) == (Finding(*place, f"{said}{against}", fix),)
    assert share_findings([early, share(10_000_000, 5, base="other")]) == ()
    assert (
        share_findings([share(52_000_000, 20), late]) == share_findings([share(52_000_000, 20, "2025-26"), late]) == ()
    )
    known_ = [
        ("grant", "2022-23", 1, "old"),
        ("grant", "2023-24", 30_000_000_000, "DfE"),
        ("grant", "2025-26", 9**20, "x"),
    ]
    assert share_findings([late], known_) == (
        Finding(*place, f"{said}DfE gives £300m in 2023-24, of which it is 3.3%", fix),
    )
    highest = late.implied_range[1]
    limits = [share_findings([late], [("grant", "2024-25", pence, "DfE")]) for pence in (highest, highest + 1)]
    assert [len(one) for one in limits] == [0, 1] and share_findings([late], [("other", "2024-25", 9**20, "DfE")]) == ()


def test_council_tax_there_and_back():
    assert (CouncilTax(560).rise_for(140), CouncilTax(0).rise_for(1)) == (Decimal("25.0"), None)
    assert CouncilTax(56_000).raised_by(Decimal("2.5")) == 1_400


# demands


def test_fee_uplifts_of_a_year_by_their_outcome():
    cells = dict(provider="x", financial_year="2024-25", present_fee_gbp="50.00", asked_fee_gbp="60.00")
    found = fee_uplifts_of(
        rows(
            "fee_uplifts",
            cells | dict(uplift="a", places="2", outcome="agreed", agreed_fee_gbp="53.00"),
            cells | dict(uplift="b", places="0.5", outcome="refused"),
            cells | dict(uplift="c", places="1", outcome="asked"),
            cells | dict(uplift="d", places="3", outcome="offered"),
            cells | dict(uplift="e", places="9", outcome="asked", financial_year="2025-26"),
        ),
        Y2024,
    )
    assert found == FeeUpliftYear(asked=25_00, avoided=19_00, open=40_00) and found.agreed == 6_00


def test_exceptional_need_of_a_year():
    cells = dict(setting="special", asked_gbp="9.00", decided_on="2025-04-01")
    found = exceptional_need_of(
        rows(
            "exceptional_need",
            cells | dict(request="1", school="Oak", requested_on="2024-04-01", decision="agreed", agreed_gbp="8.00"),
            cells | dict(request="2", school="Elm", requested_on="2025-03-31", decision="part", agreed_gbp="3.00"),
            cells | dict(request="3", school="Elm", requested_on="2025-03-31", decision="declined"),
            cells | dict(request="4", school="Ash", requested_on="2025-03-31", decision="pending", decided_on=""),
            cells | dict(request="5", school="Ash", requested_on="2025-04-01", decision="pending", decided_on=""),
            cells | dict(request="6", school="Oak", requested_on="2024-04-02", decision="agreed"),
        ),
        Y2024,
    )
    assert found == ExceptionalNeedYear(Ratio(3, 4), 11_00, 9_00, (("Elm", 2), ("Oak", 2), ("Ash", 1)))


def test_joint_funding_of_a_year():
    cells = dict(annual_cost_gbp="90.00", applied_on="2024-05-01", decided_on="2024-06-01")
    third = dict(education_percent="60", health_percent="30", care_percent="10")
    found = joint_funding_of(
        rows(
            "joint_funding",
            cells | third | dict(application="1", decision="agreed", billed_gbp="20.00", received_gbp="13.00"),
            cells | third | dict(application="2", decision="part"),
            cells | dict(application="3", decision="declined", outcome_reason="no_health_need"),
            cells | dict(application="4", decision="pending", decided_on=""),
            cells | third | dict(application="5", decision="agreed", applied_on="2025-04-01"),
            cells | dict(application="6", decision="agreed", billed_gbp="1.00"),
        ),
        Y2024,
    )
    assert found == JointFundingYear(Ratio(3, 4), 54_00, 21_00, 13_00)
    assert (found.unbilled, found.owed, found.exposed_to(50), found.exposed_to(0)) == (33_00, 8_00, 27_00, 0)


def test_the_clock_of_an_override_whole():
    end, day = date(2026, 3, 31), date(2025, 4, 2)
    moved = MovedEnd(date(2028, 3, 31), Source("DfE"))
    found = override_clock(end, day, known(-5, Source("a")), known(7, Source("b")), "words", moved, True)
    assert found == OverrideClock(end, day, known(0, Source("a")), known(7, Source("b")), "words", moved, True)
    owed = known(5, Source("a"))
    assert override_clock(end, day, owed, known(7)) == OverrideClock(end, day, owed, known(7))


# why the money differs


def line(name, volume, price):
    return PricedLine(name, Decimal(volume), Decimal(price))


def test_a_bridge_whole_and_the_first_of_equals_carries_the_odd_pennies():
    """Planned average 10 / 3. One more of each line of equal cost: 3.33 each, and the first carries the third penny."""
    plan = [line("a", 1, 5), line("b", 1, 5), line("c", 1, 0)]
    found = bridge(plan, [line("a", 2, 5), line("b", 2, 5), line("d", 1, 2)])
    assert found == Bridge(
        (
            Effects("a", 334, 166, 500),
            Effects("b", 333, 167, 500),
            Effects("c", -333, 333, 0),
            Effects("d", 333, -133, 200),
        ),
        Effects("", 667, 533, 1200),
    )
    assert [one.price_effect for one in (*found.rows, found.total)] == [0, 0, 0, 0, 0]
    table = bridge_table(found)
    assert table.columns == ("line", "volume_effect", "mix_effect", "price_effect", "total")
    assert (table.title, table.rows[-1][0]) == ("From planned to actual cost", "TOTAL")
    with pytest.raises(InputError) as refused:
        bridge([line("a", 0, 5)], [line("a", 1, 5)])
    assert refused.value.sentence == (
        "The plan has no volume, so it has no average price and the difference cannot be split. "
        "Give the planned places of at least one line."
    )


def test_volume_mix_and_price_of_a_bridge_as_drivers():
    found = drivers_of(bridge([line("a", 10, 10)], [line("a", 11, 12)]))
    kinds = ((DriverKind.VOLUME, 10_00), (DriverKind.MIX, 0), (DriverKind.PRICE, 22_00))
    assert found == tuple(Driver("", kind, known(pence)) for kind, pence in kinds)
    assert [one.value for one in DriverKind] == ["volume", "mix", "price", "timing", "inflation", "new demand"]
    whole = driver_bridge(1, 2, found)
    assert (whole.ends_at, whole.step, whole.of_lines) == (Layer.ACHIEVED, 1, False)
    table = drivers_table(whole)
    assert table.columns == ("driver", "kind", "effect_gbp", "state", "basis")
    assert [row[0] for row in table.rows[:3]] == ["Volume", "Mix", "Price"]
    assert table.rows[0][4] == "volumes and prices of the lines, planned and actual"
    assert [row[4] for row in table.rows[-2:]] == ["difference less the drivers", "achieved less promised"]


def test_a_named_cause_may_take_the_whole_of_its_effect():
    """One place more at £10 is volume; a cause of £10 of the same kind leaves nothing of it, and none of the mix."""
    named = Driver("One more", DriverKind.VOLUME, known(10_00, Source("a fact")))
    found = lines_and_named(bridge([line("a", 10, 10)], [line("a", 11, 10)]), [named])
    assert found == (
        Driver("", DriverKind.VOLUME, known(0), apart=True),
        Driver("", DriverKind.MIX, known(0)),
        Driver("", DriverKind.PRICE, known(0)),
        named,
    )


def test_what_prices_above_plan_cost_on_a_base():
    found = inflation_above_plan(known(160_00, Source("DfE")), Decimal("1.5"))
    assert reasons.basis(Driver("Prices", DriverKind.INFLATION, found, estimated=True)) == (
        "indicative: 1.5% of £160, DfE"
    )
    assert found.pence == 2_40 and inflation_above_plan(missing(UNKNOWN), Decimal(1)) == missing(UNKNOWN)


def test_a_lost_saving_rests_on_both_costs():
    found = lost_saving(Decimal(3), known(50_00, Source("a")), known(20_00, Source("b")), 4)
    assert found == known(30_00, Source("a"), Source("b"))
    absent = lost_saving(Decimal(3), missing(UNKNOWN), known(1), 4)
    assert absent == missing(UNKNOWN)
    assert reasons.no_saving(absent) == "the saving per place is not known: no figure is published"


def test_how_far_a_forecast_was_exceeded():
    found = over_forecast("Youngest", fact(40, unit="percent"))
    assert (found.about, found.percent, found.times) == ("Youngest", 40, Decimal("1.40"))
    for one in (fact(None, unit="percent"), fact(40)):
        with pytest.raises(InputError) as refused:
            over_forecast("Youngest", one)
        assert refused.value.sentence == "facts.csv line 2: The fact f is no percentage. Name one that is."
    pairs = ((7, 5), (7, 0), (None, 5), (7, None), (0, 5))
    found = [times_of(*(None if one is None else Decimal(one) for one in pair)) for pair in pairs]
    assert found == [Decimal("1.40"), None, None, None, Decimal("0.00")]


def test_a_new_basis_in_a_sentence():
    series = {
        name: {Month(2024, 12): Decimal(100), Month(2025, 1): Decimal(to)} for name, to in (("a", 110), ("b", 90))
    }
    [step] = steps(series)
    assert step.sentence == ("Dec 2024 to Jan 2025 is probably a new basis, not a price rise: a +10.0%, b -10.0%.")
    assert steps(series, Decimal(10)) == ()


@pytest.mark.parametrize(
    ("variance", "explanation", "judged"),
    [
        (100, "Places £80", ("yes", [("Places", 80)], "0.8", "causes with a size cover 80% of it")),
        (100, "Places £120", ("yes", [("Places", 120)], "1.2", "causes with a size cover 120% of it")),
        (
            *(100, "Places £79"),
            ("partly", [("Places", 79)], "0.79", "causes with a size cover 79% of it; at least 80% is needed"),
        ),
        (
            100,
            "Places £121",
            ("partly", [("Places", 121)], "1.21", "causes with a size cover more than the whole of it"),
        ),
        (
            *(-100, "Places £90"),
            ("partly", [("Places", 90)], "0", "causes with a size cover 0% of it; at least 80% is needed"),
        ),
        (-100, "Fewer places £90", ("yes", [("Fewer places", -90)], "0.9", "causes with a size cover 90% of it")),
        (0, "Places £5", ("yes", [("Places", 5)], "1", "causes with a size cover 100% of it")),
        (0, "", ("no", [], "0", "no cause with a size; nothing of it is accounted for")),
        (
            *(100, "It includes academies"),
            ("partly", [], "0", "a change of coverage: it needs its size and the restated figure"),
        ),
        (
            *(100, "Places £1.5k, fees -£1,450 and tuition £0.05k (of £9)"),
            (
                *("yes", [("Places", 1500), ("fees", -1450), ("tuition", 50)], "1"),
                "causes with a size cover 100% of it",
            ),
        ),
        (
            *(4_000_000_000, "Places £1bn; fees £2 billion; tuition £0.3 million; rent £0.7m"),
            (
                *("partly", [("Places", 10**9), ("fees", 2 * 10**9), ("tuition", 300_000), ("rent", 700_000)]),
                *("0.75025", "causes with a size cover 75% of it; at least 80% is needed"),
            ),
        ),
        (100, "ab £90", ("no", [], "0", "no cause with a size; nothing of it is accounted for")),
        (100, "The overspend was £90", ("no", [], "0", "no cause with a size; nothing of it is accounted for")),
        (100, "Other £90", ("no", [], "0", "no cause with a size; nothing of it is accounted for")),
    ],
)
def test_an_explanation_judged_whole(variance, explanation, judged):
    adequacy, causes, explained, why = judged
    sizes = tuple((words, Decimal(gbp)) for words, gbp in causes)
    expected = ExplanationJudged(Adequacy(adequacy), sizes, Decimal(explained))
    assert why_of(expected) == why
    assert judge_explanation(Decimal(variance), explanation) == expected


def test_amounts_say_what_they_are_where_nobody_says_otherwise():
    at = Source("a")
    assert known(5) == Amount(5, (), (), State.COMPUTED)
    assert missing(UNKNOWN) == Amount(None, (), (UNKNOWN,), State.UNAVAILABLE)
    assert Amount(5) == known(5) and known(5, at, state=State.REPORTED) == Amount(5, (at,), (), State.REPORTED)
