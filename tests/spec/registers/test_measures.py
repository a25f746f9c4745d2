"""What measures say of missing cells, empty registers, absent registers, periods and cuts."""

from datetime import date

import pytest

from highneeds.checks.finding import Outcome
from highneeds.intake.csvfile import parse_csv
from highneeds.registers.mechanism.cells import value_of
from highneeds.registers.mechanism.declared import results_in
from highneeds.registers.mechanism.measuring import absent_measures, measures_of
from highneeds.registers.mechanism.settings import settings_of
from highneeds.registers.mechanism.stated import FACT_COLUMNS, stated_figures
from highneeds.registers.registry import registers
from highneeds.vocabulary.errors import InputError


def measured(register, rows, measure, as_at="2025-04-02", first="", last="", **more):
    one = registers()[register]
    at = one.situation(
        one.rows_of(rows), date.fromisoformat(as_at), first=first, last=last, settings=settings_of({}), **more
    )
    return [
        (found.cut, found.category, found.period, found.shown or str(found.value.reason))
        for found in measures_of(at, measure)
    ]


NEED = dict(
    request="r", school="Elm", setting="special", requested_on="2024-05-01", asked_gbp="10.00", decision="agreed"
)


def needs(**cells):
    return [NEED | dict(request="1", agreed_gbp="5.00"), NEED | dict(request="2") | cells]


def test_one_missing_cell_stops_a_sum_of_money():
    assert measured("exceptional_need", needs(), "agreed_gbp")[0][3] == "1 of 2 rows have no agreed_gbp"
    assert measured("exceptional_need", needs(agreed_gbp="6.00"), "agreed_gbp")[0][3] == "11.00"


def test_rows_that_lack_a_cell_are_left_aside_and_said():
    [(*_, value)] = measured("fee_uplifts", registers()["fee_uplifts"].example, "days_to_decide", "2025-12-31")
    assert value == "66.5"
    rows = [dict(one, decided_on="") for one in registers()["fee_uplifts"].example]
    found = measured("fee_uplifts", rows, "days_to_decide", "2025-12-31")[0][3]
    assert found == "2 of 2 rows left aside: no decided_on"


def test_a_ratio_of_nothing_is_a_gap_and_never_nought():
    assert measured("exceptional_need", [NEED | dict(decision="pending")], "agreed_pct")[0][3] == "nothing in the whole"


def test_an_empty_register_counts_nought_and_an_absent_one_is_unavailable():
    assert measured("appeals", [], "open") == [("total", "", "2025-04-02", "0")]
    assert measured("appeals", [], "upheld_pct") == [("total", "", "", "nothing in the whole")]
    [found] = absent_measures(registers()["appeals"], "open")
    assert (found.state.value, found.value.reason) == ("unavailable", "no register of appeals is given")


def test_empty_periods_between_are_nought_for_counts_and_gaps_for_rates():
    rows = [NEED | dict(request="1", requested_on="2022-05-01"), NEED | dict(request="2")]
    assert [one[2:] for one in measured("exceptional_need", rows, "requests") if one[0] == "total"] == [
        ("2022-23", "1"), ("2023-24", "0"), ("2024-25", "1"),
    ]  # fmt: skip
    rates = [one[2:] for one in measured("exceptional_need", rows, "agreed_pct") if one[0] == "total"]
    assert rates[1] == ("2023-24", "nothing in the whole")


def test_periods_are_limited_to_those_wholly_inside():
    rows = [NEED | dict(request=str(year), requested_on=f"{year}-05-01") for year in (2022, 2023, 2024)]
    found = measured("exceptional_need", rows, "requests", first="2023-24", last="2023-24")
    assert {one[2] for one in found} == {"2023-24"}


def test_nothing_dated_after_the_day_counts():
    rows = [NEED | dict(request="1"), NEED | dict(request="2", requested_on="2024-06-02")]
    assert measured("exceptional_need", rows, "requests", "2024-06-01")[0][3] == "1"
    assert measured("exceptional_need", rows, "requests", "2024-06-02")[0][3] == "2"


def test_a_cut_has_only_what_occurs_and_what_is_not_stated_last():
    rows = [
        NEED | dict(request="1", reason="therapy"),
        NEED | dict(request="2", reason="one_to_one"),
        NEED | dict(request="3"),
    ]
    cuts = [one[1] for one in measured("exceptional_need", rows, "requests") if one[0] == "reason"]
    assert cuts == ["one_to_one", "therapy", "not_stated"]


def test_a_row_counts_as_often_as_it_stands_for_and_its_money_once():
    rows = [NEED | dict(request="1", agreed_gbp="5.00", count="3", counted_on="2025-01-01")]
    assert measured("exceptional_need", rows, "requests")[0][3] == "3"
    assert measured("exceptional_need", rows, "agreed_gbp")[0][3] == "5.00"


def test_halves_are_rounded_away_from_zero_once_at_the_end():
    rows = [NEED | dict(request=str(one), decision="agreed" if one < 1 else "declined") for one in range(16)]
    assert measured("exceptional_need", rows, "agreed_pct")[0][3] == "6.3"


def test_a_setting_that_is_not_known_is_refused_with_those_that_are():
    with pytest.raises(InputError, match="panel_day is not known"):
        settings_of({"panel_day": 3})


COUNTED = dict(kind="not_stated", funded="yes", basis="actual", state="placed", from_day="2025-02-01")


def test_a_day_that_no_count_speaks_of_is_a_gap_and_not_nought():
    """136 in February: of March nobody has counted, of 28 February one has. Single placements that ended are nought."""
    february = COUNTED | dict(placement="p", to_day="2025-02-28", count="136", counted_on="2025-02-28")
    total = measured("post16_placements", [february], "placements", "2025-02-28")[0]
    assert total == ("total", "", "2025-02-28", "136")
    [gap] = measured("post16_placements", [february], "placements", "2025-03-01")
    assert gap[3] == "nothing is counted on 2025-03-01; the last count goes to 2025-02-28"
    one = COUNTED | dict(placement="p", to_day="2025-02-28")
    assert measured("post16_placements", [one], "placements", "2025-03-01")[0][3] == "0"


@pytest.mark.parametrize(
    ("day", "said"),
    [("2025-05-31", "7.00"), ("2025-06-01", "nothing is counted on 2025-06-01; the last count goes to 2025-05-31")],
)
def test_a_count_of_months_speaks_of_their_last_day_too(day, said):
    """Savings stand by the month: two that run in April and May run on 31 May, and of June nobody has counted."""
    spring = dict(saving="s", starts="2025-04", ends="2025-05", count="2", counted_on="2025-05-01", realised_gbp="7.00")
    assert measured("savings", [spring], "realised_gbp", day)[0][3] == said


@pytest.mark.parametrize(
    ("day", "at_risk", "past_due"),
    [(date(2025, 1, 18), 0, 0), (date(2025, 1, 19), 1, 0), (date(2025, 2, 15), 1, 0), (date(2025, 2, 16), 0, 1)],
)
def test_a_child_without_a_draft_offer_is_at_risk_from_27_days_before_the_day_to_the_day_itself(day, at_risk, past_due):
    """The day of a move to secondary school is 15 February."""
    register = registers()["phase_transfers"]
    rows = register.rows_of([register.example[1]])
    at = register.situation(rows, day)
    found = [one.value.value for name in ("at_risk", "past_due") for one in measures_of(at, name) if one.cut == "total"]
    assert found == [at_risk, past_due]


def test_a_category_without_a_day_leaves_the_others_standing():
    """Of two packages that ended one kind has no day of its end: the other kind still has its rate."""
    package = dict(
        basis="section_19", hours_per_week="10", rate_gbp="40.00", starts_on="2024-05-01", review_due_on="2024-07-01"
    )
    package |= dict(return_plan="returned", end_reason="returned", state="ended")
    rows = [
        package | dict(package="1", kind="eotas"),
        package | dict(package="2", kind="medical", ends_on="2024-07-01"),
    ]
    assert measured("tuition_packages", rows, "returned_pct") == [
        ("total", "", "2024-25", "100.0"),
        ("kind", "medical", "2024-25", "100.0"),
    ]


DECIDED = dict(
    decision="1", community="X", financial_year="2024-25", school="Elm", asked_gbp="9.00", agreed_gbp="9.00",
    outcome="agreed", applicant_is_member="no", stood_back="no", decided_on="2025-04-02",
) | {"for": "training"}  # fmt: skip
ADDED = dict(adjustment="1", financial_year="2024-25", line="1.2.3", amount_gbp="5.00", reason="x", owner_role="x")
SAMPLED = dict(
    sample="1", child="1", kind="plan", sampled_on="2025-04-02", team="N", sampled_by_team="S", met="1", asked="2",
    grade="not_met", action="x", action_due_on="2025-03-31",
)  # fmt: skip
HEARD = dict(item="1", body="scrutiny", meeting="2025-04", title="x", kind="report", about_agreement="yes", outcome="x")
MET = dict(event="1", title="x", kind="briefing", audience="schools", month="2025-04", share_percent="60", state="held")
ASKED = dict(
    request="1", child="1", received_on="2025-02-03", asks_for="assessment", parent_pays="yes", decision="agreed",
    decided_on="2025-04-02", annual_gbp="7.00",
)  # fmt: skip
OFFERED = dict(
    framework="F", lot="A", provider="P", placement_type="day", price_base="2024-25", quality_weight_percent="0",
    quality_score="50", state="submitted",
)  # fmt: skip
OFFERS = [
    OFFERED | dict(offer="1", price_gbp="100.00", submitted_on="2025-01-01"),
    OFFERED | dict(offer="2", price_gbp="50.00", submitted_on="2025-04-02"),
]
BILLED = dict(
    bill="1", child="1", home_council="210", looked_after="no", basis="agreement", from_day="2024-09-01",
    to_day="2024-12-31", annual_gbp="9.00", billed_on="2025-01-10", billed_gbp="3.00", due_on="2025-02-10",
    received_on="2025-04-02", received_gbp="3.00", state="paid",
)  # fmt: skip
PROPOSED = dict(
    proposal="1", title="x", proposer="trust", kind="srp", need_score="5", pathway_score="5", delivery_score="5",
    value_score="5", received_on="2025-04-02", state="withdrawn",
)  # fmt: skip
ON_TOP = dict(
    package="1", kind="eotas", basis="section_19", hours_per_week="10", rate_gbp="40.00", starts_on="2024-05-01",
    review_due_on="2025-04-01", reviewed_on="2025-04-02", return_plan="planned", state="running",
)  # fmt: skip
AFTER = [
    # register, rows, measure, what it comes to on 1 April 2025, and what on 2 April
    ("community_decisions", [DECIDED], "decisions", "0", "1"),
    ("community_decisions", [DECIDED], "agreed_gbp", "0.00", "9.00"),
    ("adjustments", [ADDED | dict(made_on="2025-04-02")], "adjusted_gbp", "0.00", "5.00"),
    ("quality_samples", [SAMPLED], "actions_overdue", "0", "1"),
    ("scrutiny_items", [HEARD | dict(meeting_on="2025-04-02")], "agreement_reports", "0", "1"),
    ("vat_requests", [ASKED], "annual_gbp", "0.00", "7.00"),
    ("vat_requests", [ASKED], "agreed_pct", "nothing in the whole", "100.0"),
    ("framework_lots", OFFERS, "score", "100.0", "50.0"),
    ("recoupment", [BILLED], "owed_gbp", "3.00", "0.00"),
    ("provision_proposals", [PROPOSED], "proposals", "0", "1"),
    ("tuition_packages", [ON_TOP | dict(review_due_on="2025-03-31")], "reviews_overdue", "1", "0"),
    ("engagement", [MET], "reach_pct", "", "60.0"),
]


@pytest.mark.parametrize(("register", "rows", "measure", "before", "then"), AFTER)
def test_what_happens_a_day_later_counts_a_day_later(register, rows, measure, before, then):
    earlier = "2025-03-31" if register == "engagement" else "2025-04-01"
    for day, wanted in ((earlier, before), ("2025-04-02", then)):
        assert [one[3] for one in measured(register, rows, measure, day)][:1] == [wanted][: bool(wanted)], day


def test_a_case_that_is_closed_without_a_day_is_not_open():
    case = dict(decided_on="2024-05-01", about="cease", lodged_on="2024-06-01", state="closed", outcome="withdrawn")
    rows = [case | dict(case="1"), case | dict(case="2", state="lodged", outcome="")]
    assert measured("appeals", rows, "open") == [
        ("total", "", "2025-04-02", "1"),
        ("about", "cease", "2025-04-02", "1"),
        ("state", "lodged", "2025-04-02", "1"),
    ]


def test_a_sum_of_money_is_rounded_once_at_its_end():
    """2.5 hours at 41.15 are 102.875 a week and 4,012.125 in 39 weeks, of two such packages 8,024.25."""
    rows = [ON_TOP | dict(package=one, hours_per_week="2.5", rate_gbp="41.15") for one in ("1", "2")]
    assert measured("tuition_packages", rows[:1], "annual_gbp")[0][3] == "4012.13"
    assert measured("tuition_packages", rows, "annual_gbp")[0][3] == "8024.25"
    share = dict(applied_on="2024-05-01", decision="agreed", annual_cost_gbp="0.01", health_percent="50")
    rows = [share | dict(application=one, decided_on="2024-05-02") for one in ("1", "2")]
    assert measured("joint_funding", rows, "health_gbp")[0][3] == "0.01"


def test_a_dropped_action_is_no_late_one():
    action = dict(register="risks", of_row="1", title="x", raised_on="2024-05-01", due_on="2024-06-01")
    rows = [
        action | dict(action="1", state="done", done_on="2024-06-11"),
        action | dict(action="2", state="dropped", done_on="2024-06-21"),
    ]
    assert measured("actions", rows, "days_late") == [("total", "", "2024-25", "10.0")]


def test_a_call_in_and_a_consultation_that_go_on_are_not_measured_beyond_the_day():
    decision = dict(decision="d", title="x", kind="key", taken="2025-03", call_in_from="2025-03-23", state="called_in")
    for to_day, wanted in (("", "10.0"), ("2025-04-20", "10.0"), ("2025-03-30", "7.0")):
        [found] = measured("decisions", [decision | dict(call_in_to=to_day)], "call_in_days")
        assert found[3] == wanted
    asked = dict(consultation="c", title="x", kind="public", opened="2025-03", opened_on="2025-03-01", audience="x")
    for closed_on, wanted in (("2025-04-02", "4.7"), ("2025-04-03", "it closes on 2025-04-03")):
        [found] = measured("consultations", [asked | dict(closed_on=closed_on, state="closed")], "weeks_open")
        assert found[3] == wanted


SET = dict(programme="Nurture", group="trained", matched_set="1", before="2022/23", after="2023/24")
SET |= dict(before_part="5", before_whole="100", after_part="6", after_whole="100")
TWO_OUTCOMES = [
    SET | dict(row=f"{outcome}{group}", outcome=outcome, group=group, urn=f"{outcome}{group}", after_part=part)
    for outcome, group, part in (
        ("plans", "trained", "6"), ("plans", "comparison", "5"), ("exclusions", "trained", "9"),
        ("exclusions", "comparison", "5"),
    )
]  # fmt: skip


def test_the_effects_of_different_outcomes_are_not_averaged():
    found = measured("training_schools", TWO_OUTCOMES, "effect")
    assert [one[3] for one in found if one[0] == "programme"] == ["the outcomes differ: see each"]
    own = {one[1]: one[3] for one in found if one[0] == "programme/outcome"}
    assert own == {"Nurture/plans": "10.00", "Nurture/exclusions": "40.00"}


SLIPS = [
    # a slip in a cell, the row it stands in, the rule that names it
    ("training_schools", [SET | dict(row="1", outcome="plans", urn="1", before_whole="0")], "TRAININGSCHOOLS-03"),
    ("training_schools", [one | dict(earlier_whole="9") for one in TWO_OUTCOMES], "TRAININGSCHOOLS-06"),
    ("engagement", [MET | dict(schools_represented="3", schools_invited="0")], "ENGAGEMENT-01"),
    (
        "children_without_place",
        [
            dict(episode="1", began_on="2025-01-01", subgroup="unknown", age_band="5_10", count="-1")
            | dict(counted_on="2025-01-02")
        ],
        "CHILDRENWITHOUTPLACE-COUNT",
    ),
]


@pytest.mark.parametrize(("register", "rows", "rule"), SLIPS)
def test_a_nought_or_a_gap_where_a_number_should_be_is_a_finding_and_no_end_of_the_work(register, rows, rule):
    one = registers()[register]
    at = one.situation(one.rows_of(rows), date(2025, 4, 2), settings=settings_of({}))
    found = (*one.asked(at.rows).findings.results, *results_in(one, at))
    assert rule in {result.rule for result in found if result.outcome is Outcome.FOUND}
    assert measures_of(at)


@pytest.mark.parametrize(("year", "read"), [("1999", False), ("2000", True), ("2099", True), ("2100", False)])
def test_a_transfer_year_is_a_year(year, read):
    column = registers()["phase_transfers"].by_name["transfer_year"]
    if read:
        assert value_of(year, column) == int(year)
    else:
        with pytest.raises(InputError, match=f"transfer_year '{year}' is not a number from 2000 to 2099"):
            value_of(year, column)


def test_a_price_of_nothing_that_becomes_a_price_is_no_rise_in_percent():
    book = dict(child="1", placement="p", status="active", line="1.2.3", fte="1")
    rows = [
        book | dict(commitment="1", from_day="2024-04-01", to_day="2025-03-31", annual_cost_gbp="0.00"),
        book | dict(commitment="2", from_day="2025-04-01", annual_cost_gbp="10.00"),
    ]
    one = registers()["commitments"]
    at = one.situation(one.rows_of(rows), date(2025, 4, 2), others={"fee_uplifts": ()}, settings=settings_of({}))
    [dearer] = [rule.result(at.rows, at, one.key) for rule in one.whole_rules if rule.code == "COMMITMENTS-03"]
    assert dearer.outcome is Outcome.CLEAR


def test_a_milestone_of_an_earlier_day_was_not_done_yet():
    milestone = dict(milestone="m", title="x", planned="2025-03", planned_on="2025-03-10", state="done")
    done = milestone | dict(done="2025-04", done_on="2025-04-02")
    for day, late, slip in (("2025-04-01", "1", "1"), ("2025-04-02", "0", "1"), ("2025-06-01", "0", "1")):
        assert measured("milestones", [done], "late", day)[0][3] == late
        assert [one[3] for one in measured("milestones", [done], "forecast_slip_months", day)] == [slip]
    later = done | dict(done="2025-08", done_on="")
    assert measured("milestones", [later], "late", "2025-06-01")[0][3] == "1"


def test_what_is_paid_on_the_old_model_needs_no_descriptor():
    profile = dict(
        profile="1", child="1", school="A", group="srp", fte="0.5", old_rate_gbp="100.01", need_score="1",
        moderation="none", matched_on="2025-01-10", financial_year="2025-26",
    )  # fmt: skip
    assert measured("tariff_profiles", [profile], "old_gbp")[0] == ("total", "", "2025-26", "50.01")
    assert measured("tariff_profiles", [profile], "new_gbp")[0][3] == "no register of tariff_descriptors is given"


@pytest.mark.parametrize(
    "text", ["inf", "-inf", "nan", "sNaN", "Infinity", "1e400000", "1_0", "٣", "9" * 41, "2025-04-02", ""]
)
def test_a_printed_figure_that_is_no_finite_number_has_no_value(text):
    """Neither has one that is a day; facts.csv itself is refused for what is neither, in test_what_is_refused."""
    [fact] = stated_figures(parse_csv(f"id,value,unit\nplans,{text},count\n", "facts.csv", FACT_COLUMNS)).values()
    assert fact.value is None and fact.written == text


def beside(**registers_and_rows):
    return dict(others={name: registers()[name].rows_of(rows) for name, rows in registers_and_rows.items()})


@pytest.mark.parametrize(
    ("episode", "package", "share"),
    [
        (dict(tuition="1"), dict(state="running"), "100.0"),
        (dict(tuition="1"), dict(state="proposed"), "0.0"),
        (dict(tuition="1"), dict(state="ended", ends_on="2025-04-02"), "0.0"),
        (dict(tuition="1"), dict(state="ended", ends_on="2025-04-03"), "100.0"),
        (dict(child="7"), dict(child="7", state="running"), "100.0"),
        (dict(child="8"), dict(child="7", state="running"), "0.0"),
    ],
)
def test_a_child_has_tuition_while_a_package_of_its_own_runs(episode, package, share):
    without = dict(episode="1", began_on="2025-01-01", subgroup="tuition_only", age_band="11_15") | episode
    held = beside(tuition_packages=[ON_TOP | package])
    assert measured("children_without_place", [without], "with_tuition_pct", **held)[0][3] == share


def test_a_dropped_action_takes_nothing_from_another():
    """The second has half of its effect in common with the first, until the first is dropped."""
    action = dict(title="x", owner_role="x", kind="cashable", starts="2024-04", confidence="likely")
    action |= dict(full_year_gbp="100.00")
    second = action | dict(saving="b", overlaps_with="a", overlap_percent="50")
    for stage, net, gross in (("delivering", "150.00", "200.00"), ("dropped", "100.00", "100.00")):
        rows = [action | dict(saving="a", stage=stage), second]
        own = beside(savings=rows)
        for measure, wanted in (("net_gbp", net), ("gross_gbp", gross)):
            assert measured("savings", rows, measure, **own)[0][2:] == ("2024-25", wanted)


def test_an_agreement_is_no_duplicate_of_itself():
    agreement = dict(title="x", kind="sla", service="nursing", funder="icb", area="all", phase="all", state="draft")
    agreement |= dict(starts_on="2024-04-01")
    rows = [agreement | dict(agreement="a", duplicates="a b"), agreement | dict(agreement="b", duplicates="a")]
    assert measured("health_agreements", rows, "duplicates") == [("total", "", "2025-04-02", "1")]


@pytest.mark.parametrize(("units", "saved"), [("", "£100.00"), ("39", "£3,900.00")])
def test_a_fee_a_week_that_is_agreed_lower_is_claimed_for_its_weeks(units, saved):
    uplift = dict(uplift="u", provider="P", financial_year="2025-26", requested_on="2025-01-10", places="1")
    uplift |= dict(present_fee_gbp="900.00", asked_fee_gbp="1100.00", agreed_fee_gbp="1000.00", outcome="agreed")
    uplift |= dict(decided_on="2025-03-01", effective_from="2025-04-01", units_per_year=units)
    book = dict(commitment="c", child="1", placement="p", status="active", line="1.2.3", fte="1", provider="P")
    check = dict(check="k", child="1", commitment="c", review_on="2025-01-10", billed_gbp="10.00", agreed_gbp="9.00")
    check |= dict(effective_from="2025-02-01", result="over_provided", state="agreed")
    held = beside(
        fee_uplifts=[uplift],
        commitments=[book | dict(from_day="2024-04-01", annual_cost_gbp="39000.00")],
        contribution_checks=[check],
    )
    one = registers()["savings"]
    at = one.situation((), date(2025, 4, 2), settings=settings_of({}), **held)
    [rule] = [rule for rule in one.whole_rules if rule.code == "SAVINGS-11"]
    [found] = rule.result((), at, one.key).findings
    assert f"by fee_uplifts with {saved}" in found.message


@pytest.mark.parametrize(
    ("outcomes", "found"),
    [
        (("asked", "agreed"), ["u1"]),
        (("agreed", "offered"), ["u1"]),
        (("agreed", "agreed"), []),
        (("agreed", "agreed", "asked", "agreed"), ["u2", "u3"]),
    ],
)
def test_a_fee_is_asked_twice_only_while_one_of_the_requests_is_open(outcomes, found):
    register = registers()["fee_uplifts"]
    asked = dict(provider="Oak", financial_year="2025-26", placement_type="day", places="10", asked_fee_gbp="55000.00")
    rows = [asked | dict(uplift=f"u{at}", outcome=outcome) for at, outcome in enumerate(outcomes)]
    at = register.situation(register.rows_of(rows), date(2025, 4, 2), settings=settings_of({}))
    [rule] = [one for one in register.whole_rules if one.code == "FEEUPLIFTS-13"]
    assert [one.record for one in rule.result(at.rows, at, register.key).findings] == found


INSTALMENT = dict(
    payment="1", payer="council", financial_year="2024-25", due_on="2025-03-31", amount_gbp="100.00", state="scheduled"
)
CAME = dict(state="received", received_on="2025-03-31", received_gbp="60.00")


@pytest.mark.parametrize(
    ("day", "cells", "due", "received", "outstanding"),
    [
        ("2025-03-30", {}, "0.00", "0.00", "0.00"),
        ("2025-03-31", {}, "100.00", "0.00", "100.00"),
        ("2025-04-01", dict(due_on=""), "100.00", "0.00", "100.00"),
        ("2025-03-30", CAME, "0.00", "0.00", "0.00"),
        ("2025-03-31", CAME, "100.00", "60.00", "40.00"),
    ],
)
def test_an_instalment_is_due_and_counts_as_received_on_the_day_itself(day, cells, due, received, outstanding):
    said = {name: measured("payments", [INSTALMENT | cells], name, day)[0][3] for name in ("due_gbp", "received_gbp")}
    assert said == {"due_gbp": due, "received_gbp": received}
    assert measured("payments", [INSTALMENT | cells], "outstanding_gbp", day)[0][3] == outstanding
