"""Every number of the founding documents that the registers of Kent give again, each with its line.

Computed from the rows of examples/kent/registers, or reported through published.csv where no rows are printed.
"""

from datetime import date
from pathlib import Path

import pytest

from highneeds.checks.finding import Outcome
from highneeds.registers.of_workspace import registers_known
from highneeds.vocabulary.state import State

KENT = Path(__file__).resolve().parents[2] / "examples" / "kent"
SUBMITTED = date(2025, 4, 2)
TRANSFERS = date(2025, 2, 10)


@pytest.fixture(scope="module")
def known():
    return {day: registers_known(KENT, day) for day in (SUBMITTED, TRANSFERS, date(2025, 1, 31), date(2025, 2, 28))}


def value(known, day, register, measure, cut="total", category="", period=None, state=State.COMPUTED):
    found = [
        one.shown or str(one.value.reason)
        for one in known[day].measures(register, measure)
        if (one.cut, one.category) == (cut, category) and one.state is state and period in (None, one.period)
    ]
    assert found, f"{register}.{measure} has no {state} value for {cut} {category} {period}"
    return found[-1]


COMPUTED = [
    # line, register, measure, cut, category, period, value
    ("P16", "payments", "due_gbp", "payer", "dfe", "2025-04-02", "56800000.00"),
    ("R245", "savings", "net_gbp", "total", "", "2024-25", "1000000.00"),
    ("R15", "savings", "short_of_low_gbp", "total", "", "2024-25", "4000000.00"),
    ("R15", "savings", "short_of_high_gbp", "total", "", "2024-25", "6000000.00"),
    ("R245", "savings", "confident_gbp", "total", "", "2024-25", "0.00"),
    ("R159", "investments", "invested_gbp", "total", "", "2024-25", "17500000.00"),
    ("P66", "investments", "invested_gbp", "total", "", "2023-24", "15000000.00"),
    ("P83", "report_calendar", "out_of_order", "total", "", "", "1"),
    ("P83", "report_calendar", "reports", "total", "", "2022", "1"),
    ("P79-84", "report_calendar", "reports", "total", "", "2023", "2"),
    ("P79-84", "report_calendar", "reports", "total", "", "2024", "3"),
    ("R3", "report_calendar", "reports", "total", "", "2025", "1"),
    ("R11", "openings", "slip_months", "opening", "swanley", "2025-04-02", "36"),
    ("R11", "openings", "slip_months", "opening", "whitstable", "2025-04-02", "36"),
    ("R11", "openings", "openings", "total", "", "", "4"),
    ("R11", "openings", "slip_months", "opening", "nore", "2025-04-02", "4"),
    ("R18", "openings", "on_time_pct", "total", "", "", "0.0"),
    ("R195", "fill_steps", "curve", "step", "nore-1", "", "48"),
    ("R195", "fill_steps", "curve", "step", "nore-2", "", "60"),
    ("R195", "fill_steps", "full_places", "total", "", "", "60"),
    ("P51", "resourced_provisions", "open", "total", "", "2025-04-02", "73"),
    ("R202", "resourced_provisions", "brought_forward", "total", "", "", "3"),
    ("R200", "pathway_gaps", "districts_prioritised", "total", "", "2025-04-02", "5"),
    ("R204", "communities", "communities", "total", "", "2025-26", "53"),
    ("R204", "communities", "chairs_pct", "total", "", "2025-26", "100.0"),
    ("R128", "service_transfers", "agreements", "total", "", "", "12"),
    ("R130", "service_transfers", "days_to_transfer", "total", "", "2025-04-02", "152.0"),
    ("R128", "consultation_responses", "group_responses", "consultation/group", "service/primary_senco", "", "136"),
    ("R128", "consultation_responses", "group_pct", "group", "primary_senco", "", "26.0"),
    ("R128", "consultations", "responses", "consultation", "service", "", "523"),
    ("R42", "consultations", "consultations", "total", "", "2025-04-02", "5"),
    ("R42", "decisions", "taken", "kind", "key", "2025-04-02", "6"),
    ("R42", "decisions", "named_pct", "total", "", "2025-04-02", "66.7"),
    ("R42", "decisions", "call_ins", "total", "", "2025-04-02", "1"),
    ("R42", "scrutiny_items", "meetings", "body", "scrutiny", "", "4"),
    ("R42", "scrutiny_items", "agreement_reports", "total", "", "", "2"),
    ("R42", "scrutiny_items", "items", "kind", "call_in", "", "1"),
    ("P66-74", "service_offer", "services", "total", "", "2025-04-02", "9"),
    ("P66", "service_offer", "money_gbp", "total", "", "2023-24", "15000000.00"),
    ("R236", "risks", "risks", "total", "", "2025-04-02", "3"),
    ("R236", "risks", "risks", "level", "R", "2025-04-02", "1"),
    ("R244", "risks", "risks", "level", "A", "2025-04-02", "2"),
    ("R236-245", "risks", "figures_linked", "total", "", "", "5"),
    ("R236-239", "risk_items", "items", "risk", "1", "", "4"),
    ("R244", "risk_items", "items", "risk", "2", "", "2"),
    ("R246", "risk_items", "items", "risk", "3", "", "1"),
    ("R236-239", "dependencies", "open", "total", "", "2025-04-02", "4"),
    ("R236", "dependencies", "effect_gbp", "total", "", "2024-25", "1900000.00"),
    ("R50", "engagement", "events", "kind/state", "network/held", "2024-25", "6"),
    ("R50", "engagement", "events", "kind/state", "training/planned", "2025-26", "10"),
    ("R47", "engagement", "schools_reached", "kind", "area_briefing", "2024-25", "84"),
    ("R11", "milestones", "forecast_slip_months", "milestone", "swanley-whitstable-open", "2025-04-02", "36"),
    ("R11", "milestones", "forecast_slip_months", "milestone", "nore-open", "2025-04-02", "4"),
    ("R152-216", "milestones", "milestones", "total", "", "2025-04-02", "17"),
    ("R18", "milestones", "late", "total", "", "2025-04-02", "1"),
    ("P13", "inspection_findings", "findings", "total", "", "", "1"),
]


@pytest.mark.parametrize(("line", "register", "measure", "cut", "category", "period", "wanted"), COMPUTED)
def test_a_printed_number_follows_from_the_rows(known, line, register, measure, cut, category, period, wanted):
    assert value(known, SUBMITTED, register, measure, cut, category, period) == wanted, line


def test_the_net_saving_says_what_was_left_aside(known):
    [found] = [
        one for one in known[SUBMITTED].measures("savings", "net_gbp") if (one.cut, one.period) == ("total", "2024-25")
    ]
    assert str(found.value.reason) == "1 of 2 actions left aside: no amount"


GAPS = [
    ("payments", "received_gbp", "1 of 1 rows have no received_gbp"),
    ("payments", "outstanding_gbp", "1 of 1 rows have no received_gbp"),
    ("capital_allocations", "allocation_gbp", "1 of 1 rows have no amount_gbp"),
    ("block_transfers", "transfer_gbp", "1 of 1 rows have no financial_year"),
    ("fee_uplifts", "avoided_gbp", "no register of fee_uplifts is given"),
    ("appeals", "placed_after_appeal", "no register of appeals is given"),
    ("indicator_targets", "met_pct", "no register of indicator_targets is given"),
]


@pytest.mark.parametrize(("register", "measure", "reason"), GAPS)
def test_what_is_not_printed_stays_missing_with_its_reason(known, register, measure, reason):
    found = [one for one in known[SUBMITTED].measures(register, measure) if one.state is State.UNAVAILABLE]
    assert str(found[0].value.reason) == reason


REPORTED = [
    ("R245", "fee_uplifts", "avoided_gbp", "total", "", "2024-25", "1000000.00"),
    ("R217", "joint_funding", "agreed_pct", "total", "", "2023-24", "39.1"),
    ("R187", "phase_transfers", "named_pct", "group", "mainstream_srp", "2025-02-10", "51.0"),
    ("R187", "phase_transfers", "named_pct", "group", "state_specialist", "2025-02-10", "43.0"),
    ("R187", "phase_transfers", "named_pct", "group", "independent_specialist", "2025-02-10", "4.0"),
    ("R187", "phase_transfers", "named_pct", "group", "other", "2025-02-10", "2.0"),
    ("R187", "phase_transfers", "specialist_pct", "total", "", "2025-02-10", "47.0"),
    ("R187", "phase_transfers", "mainstream_gain", "total", "", "2025-02-10", "4.0"),
    ("R187", "phase_transfers", "draft_offers", "total", "", "2025-02-10", "1229"),
    ("R47", "engagement", "reach_pct", "event", "headteachers-2025-03", "", "66.7"),
]


@pytest.mark.parametrize(("line", "register", "measure", "cut", "category", "period", "wanted"), REPORTED)
def test_a_printed_number_without_rows_is_reported(known, line, register, measure, cut, category, period, wanted):
    assert value(known, SUBMITTED, register, measure, cut, category, period, State.REPORTED) == wanted, line


TRANSFERRED = [
    ("children", "total", "", "1403"),
    ("children", "cohort", "before_cutoff", "1307"),
    ("children", "cohort", "after_cutoff", "96"),
    ("draft_offer_pct", "cohort", "before_cutoff", "90.1"),
    ("draft_offer_pct", "cohort", "after_cutoff", "56.3"),
    ("draft_offer_pct", "total", "", "87.7"),
    ("draft_offers", "total", "", "1231"),
    ("draft_offers", "cohort", "before_cutoff", "1177"),
    ("draft_offers", "cohort", "after_cutoff", "54"),
    ("consulting", "total", "", "172"),
    ("consulting", "cohort", "before_cutoff", "130"),
    ("consulting", "cohort", "after_cutoff", "42"),
    ("at_risk", "total", "", "172"),
    ("needed_per_working_day", "total", "", "350.8"),
]


@pytest.mark.parametrize(("measure", "cut", "category", "wanted"), TRANSFERRED)
def test_the_phased_transfer_of_line_183(known, measure, cut, category, wanted):
    assert value(known, TRANSFERS, "phase_transfers", measure, cut, category) == wanted


def test_only_the_total_of_draft_offers_contradicts_its_rows(known):
    found = [
        one
        for name in known[SUBMITTED].entries
        for one in known[SUBMITTED].results(name)
        if one.rule.endswith("-PUBLISHED") and one.outcome is Outcome.FOUND
    ]
    [problem] = [finding for result in found for finding in result.findings]
    assert problem.rule == "PHASETRANSFERS-PUBLISHED"
    assert problem.message == "draft_offers: the rows give 1,231, and 1,229 is printed"


@pytest.mark.parametrize(
    ("day", "placements", "funded", "not_funded"),
    [
        ("2024-08-31", "141", "129", "12"),
        ("2024-11-30", "132", "115", "17"),
        ("2025-02-28", "136", "115", "21"),
        ("2025-09-30", "111", "92", "19"),
        ("2026-09-30", "85", "71", "14"),
    ],
)
def test_post_16_placements_of_lines_169_to_171(day, placements, funded, not_funded):
    known = {SUBMITTED: registers_known(KENT, date.fromisoformat(day))}
    for measure, wanted in (("placements", placements), ("funded", funded), ("not_funded", not_funded)):
        assert value(known, SUBMITTED, "post16_placements", measure) == wanted


@pytest.mark.parametrize(("day", "special", "srp"), [("2024-01-31", "5959", "1430"), ("2025-01-31", "6282", "1430")])
def test_commissioned_places_of_lines_111_and_112(day, special, srp):
    known = {SUBMITTED: registers_known(KENT, date.fromisoformat(day))}
    for kind, wanted in (("special", special), ("srp", srp)):
        assert value(known, SUBMITTED, "places", "places", "kind", kind) == wanted


def test_post_16_placements_fall_by_40_percent():
    kept = registers_known(KENT, SUBMITTED)
    for measure, wanted in (("change_pct", "-39.7"), ("funded_change_pct", "-45.0")):
        [found] = kept.measures("post16_placements", measure, "2024-08-31", "2026-09-30")
        assert found.shown == wanted


def test_overdue_reviews_of_line_81(known):
    day = date(2025, 1, 31)
    changes = [one.shown for one in known[day].measures("review_clearance", "net_change") if one.cut == "total"]
    assert changes == ["-363", "-196", "-549", "-490", "-508", "-417", "-310", "-153", "8", "60", "176", "546"]
    assert value(known, day, "review_clearance", "months_to_clear") == "42.4"
    overdue = {one.period: one.shown for one in known[day].measures("review_clearance", "overdue")}
    assert (overdue["2024-02"], overdue["2024-09"], overdue["2025-01"]) == ("9598", "6975", "7765")


def test_pupils_implied_by_the_printed_fill_rates(known):
    found = known[SUBMITTED].measures("places", "implied_pupils")
    srp = [one.shown for one in found if one.category == "srp"]
    special = [one.shown for one in found if one.category == "special"]
    assert srp == ["1403", "1413", "1416", "1415", "1425", "1426", "1434", "1436", *[""] * 5]
    told = "6169 6207 6210 6211 6220 6217 6234 6172 6257 6437 6434 6460"
    assert special == [*told.split(), ""]


def test_the_calendar_of_line_152_and_others(known):
    lines = known[SUBMITTED].calendar(200)
    assert [(str(one.due_on), one.days, one.register, one.row) for one in lines] == [
        ("2024-09-30", -184, "milestones", "swanley-whitstable-open"),
        ("2025-04-30", 28, "milestones", "cos-induction"),
        ("2025-04-30", 28, "milestones", "ey-start"),
        ("2025-05-02", 30, "report_calendar", "2025-04"),
        ("2025-05-31", 59, "milestones", "continuum"),
        ("2025-05-31", 59, "milestones", "school-plans"),
        ("2025-07-31", 120, "report_calendar", "2025-07"),
        ("2025-08-31", 151, "fill_steps", "nore-1"),
        ("2025-08-31", 151, "milestones", "nore-48"),
        ("2025-09-01", 152, "milestones", "service-in-house"),
        ("2025-09-30", 181, "fill_steps", "nore-2"),
        ("2025-09-30", 181, "milestones", "cos-budget"),
        ("2025-09-30", 181, "milestones", "ey-full"),
        ("2025-09-30", 181, "milestones", "nore-60"),
        ("2025-09-30", 181, "milestones", "srp-three"),
    ]


def test_no_register_of_kent_has_anything_to_fix(known):
    found = [finding for name in known[SUBMITTED].entries for finding in known[SUBMITTED].findings(name).must_fix]
    assert found == []
