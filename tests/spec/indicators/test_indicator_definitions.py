"""The edges of the indicators, each in the smallest council that shows it."""

from datetime import date, timedelta

import pytest

from highneeds.caseload import Caseloads
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.measure import measure_one
from highneeds.indicators.mechanism.registry import indicator_named, indicators
from highneeds.intake.sen2.rows import ActivePlan, Assessment, NamedPlan, Request, YoungPerson
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import round_half_away
from highneeds.vocabulary.state import State
from people_by_hand import born, caseload, child, day, placed

JANUARY = Month(2025, 1)


def figure(name, *caseloads, month=JANUARY):
    """(part, whole, value as shown, state, reason)"""
    one = measure_one(indicator_named(name), IndicatorInputs(Caseloads.of(caseloads)), month)
    return (one.part, one.whole, None if one.value is None else str(one.value), one.state.value, one.reason)


def value(name, *people, month=JANUARY, **settings):
    return figure(name, caseload(*people, **settings), month=month)[2]


def asked(received="2024-10-01", outcome="Y", dated=None, assessment=None, **more):
    found = () if assessment is None else (assessment,)
    request = Request(received_date=day(received), outcome=outcome, outcome_date=day(dated), assessments=found, **more)
    return YoungPerson(requests=(request,))


def test_every_indicator_shows_its_worked_example():
    for one in indicators():
        counted, shown = one.example.rsplit(": ", 1)
        words = counted.split(" of ")
        if len(words) == 2 and one.unit.value == "percent":
            part, whole = int(words[0]), int(words[1].split()[0])
            assert str(round_half_away(100 * part / whole, one.decimals)) == shown, one.id
        assert one.title and one.source and one.basis and one.part, one.id
        assert bool(one.whole) == (one.unit.value in ("percent", "gbp")) or one.whole == "not stated", one.id


def test_specialist_with_and_without_special_post_16():
    young = [child(placed(setting), birth="2007-05-05") for setting in ("SpIn", "SP16", "MsMdA", "unclassed")]
    shares = {name: value(name, *young) for name in ("specialist_share_yr_12_14", "spi_share_yr_12_14")}
    assert shares == {"specialist_share_yr_12_14": "50.0", "spi_share_yr_12_14": "25.0"}
    assert value("specialist_share_yr_12_14_excl_spi", *young) == "25.0"


def test_halves_are_rounded_away_from_zero():
    people = [child(placed("SpMdA")), *[child(placed("MsMdA")) for _ in range(7)]]
    assert value("specialist_share_yr_r_6", *people) == "12.5"
    assert value("specialist_share_yr_r_6", *people, *[child() for _ in range(8)]) == "6.3"


def of_year(year):
    """A child of a school year in January 2025, who moved from mainstream to an independent special school."""
    return child(
        placed("MsMdA", start="2024-01-01", end="2025-01-10"),
        placed("SpIn", start="2025-01-11"),
        birth=f"{2020 - year}-05-05",
        start="2024-01-01",
    )


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("ehcp_count_ey_ks1", -4, 2),
        ("ey_ks1_moving_to_special_pct", -4, 2),
        ("specialist_share_yr_r_6", 0, 6),
        ("specialist_share_yr_7_11", 7, 11),
        ("mainstream_share_school_age", 0, 13),
        ("specialist_share_yr_12_14", 12, 14),
        ("spi_share_yr_12_14", 12, 14),
        ("specialist_share_yr_12_14_excl_spi", 12, 14),
        ("post16_mainstream_fe_pct", 12, 19),
        ("post16_special_independent_pct", 12, 19),
    ],
)
def test_the_first_and_the_last_school_year_that_an_indicator_counts(name, first, last):
    counted = [
        year for year in range(-4, 20) if figure(name, caseload(of_year(year)))[1:3] not in ((0, None), (None, "0"))
    ]
    assert counted == list(range(first, last + 1))


def test_a_move_is_counted_in_the_same_school_years_as_the_plans():
    parts = [figure("ey_ks1_moving_to_special_pct", caseload(of_year(year)))[0] for year in (-4, 2, 3)]
    assert parts == [1, 1, 0]


def test_a_move_needs_a_place_at_both_month_ends():
    mover = child(placed("MsMdA", end="2025-01-10"), placed("SpMdA", start="2025-01-11"))
    waited = child(placed("MsMdA", end="2024-12-30"), placed("SpMdA", start="2025-01-11"))
    newcomer = child(placed("MsMdA", end="2025-01-10"), placed("SpMdA", start="2025-01-11"), start="2025-01-05")
    assert value("mainstream_to_special_total", mover, waited, newcomer) == "1"
    assert value("special_to_mainstream_total", mover, waited, newcomer) == "0"


def test_ey_ks1_counts_arrivals_from_no_placement():
    waited = child(placed("SpMdA", start="2025-01-11"), birth="2018-05-05")
    newcomer = child(placed("SpMdA", start="2025-01-11"), birth="2018-05-05", start="2025-01-05")
    assert figure("ey_ks1_moving_to_special_pct", caseload(waited, newcomer))[:3] == (1, 2, "50.0")


@pytest.mark.parametrize(
    ("outcome", "counted"), [("Y", "1"), ("N", "0"), ("W", "0"), ("A", "0"), ("H", "0"), (None, "0")]
)
def test_only_yes_and_no_are_decisions(outcome, counted):
    assert value("assess_agreed_count", asked(outcome=outcome, dated="2025-01-31")) == counted
    whole = figure("assess_agreed_pct", caseload(asked(outcome=outcome, dated="2025-01-31")))[1]
    assert whole == (outcome in ("Y", "N"))


def test_a_plan_to_be_issued_without_a_date_is_not_issued_yet():
    person = asked(assessment=Assessment(outcome="Y"))
    assert (value("issue_agreed_count", person), value("assessments_underway", person)) == ("0", "1")


@pytest.mark.parametrize(
    ("request_", "underway"),
    [
        (asked(received="2025-01-31"), "1"),
        (asked(received="2025-02-01"), "0"),
        (asked(received=None), "0"),
        (asked(outcome="N", dated="2025-01-31"), "0"),
        (asked(outcome="N", dated="2025-02-01"), "1"),
        (asked(outcome="W"), "1"),  # withdrawn, but nothing says by when
        (asked(outcome="H"), "0"),
        (asked(outcome="H", assessment=Assessment(outcome="A")), "1"),
        (asked(assessment=Assessment(outcome="H")), "0"),
        (asked(assessment=Assessment(outcome="W", outcome_date=day("2025-01-31"))), "0"),
        (asked(assessment=Assessment(outcome="N", outcome_date=day("2025-02-01"))), "1"),
    ],
)
def test_what_ends_a_request(request_, underway):
    assert value("assessments_underway", request_) == underway


def test_a_request_counts_also_for_a_holder_of_a_plan():
    holder = child(placed("MsMdA"))
    again = YoungPerson(requests=(*holder.requests, Request(received_date=day("2025-01-05"), outcome="A")))
    assert value("assessments_underway", again) == "1"


def reviewed(last=None, start="2022-01-01", **more):
    return child(placed("MsMdA"), start=start, last_review=day(last), **more)


@pytest.mark.parametrize(
    ("person", "overdue"),
    [
        (reviewed("2024-01-31"), "0"),  # due on the day: not overdue
        (reviewed("2024-01-30"), "1"),
        (reviewed(None), "1"),  # no review: by the start of the plan
        (reviewed(None, start="2024-01-31"), "0"),
        (reviewed("2023-01-01", start="2024-06-01"), "0"),  # the later of the two
        (reviewed("2025-02-01"), "1"),  # a review after the snapshot is not yet done
        (reviewed("2024-01-30", review_meeting=day("2024-12-12")), "1"),  # the meeting is not used
    ],
)
def test_overdue_by_the_decision(person, overdue):
    assert value("annual_reviews_overdue_count", person) == overdue


def test_the_basis_of_overdue_is_a_setting_and_is_shown():
    met = caseload(reviewed("2024-01-30", review_meeting=day("2024-12-12")), overdue_basis="meeting")
    assert figure("annual_reviews_overdue_pct", met) == (0, 1, "0.0", "computed", "overdue_basis = meeting")


def test_overdue_is_never_back_cast():
    extracts = [caseload(reviewed("2023-11-30"), reference=date(2024, 12, 31)), caseload(reviewed("2024-12-31"))]
    assert figure("annual_reviews_overdue_count", *extracts)[2] == "0"
    assert figure("annual_reviews_overdue_count", *extracts, month=Month(2024, 12))[2] == "1"
    assert figure("annual_reviews_overdue_count", *extracts, month=Month(2024, 11))[3] == "unavailable"


def test_no_place_is_nothing_open_or_nieo_or_oth():
    settings = ["NIEO", "OTH", "NIEC", "NEET", "EHE", "unclassed", None, "OLA"]
    people = [child(placed(setting)) for setting in settings] + [child()]
    assert value("no_place_count", *people) == "3"
    assert value("all_plans", *people) == "9"
    assert value("eotas_count", *people) == "1"


@pytest.mark.parametrize(("days", "in_time"), [(140, 1), (141, 0)])
def test_twenty_weeks_are_140_days_the_last_included(days, in_time):
    issued = date(2025, 1, 20)
    assessment = Assessment(outcome="Y", outcome_date=issued)
    person = asked(received=str(issued - timedelta(days=days)), outcome="H", assessment=assessment)
    assert figure("plans_20_weeks_incl_exceptions_pct", caseload(person))[:2] == (in_time, 1)


def test_an_exception_leaves_both_sides():
    late = Assessment(outcome="Y", outcome_date=day("2025-01-20"), week20=True)
    people = [asked(received="2024-01-01", assessment=late)]
    assert figure("plans_20_weeks_excl_exceptions_pct", caseload(*people))[:2] == (0, 0)
    assert figure("plans_20_weeks_incl_exceptions_pct", caseload(*people))[:2] == (0, 1)


@pytest.mark.parametrize(("days", "in_time"), [(42, 1), (43, 0)])
def test_six_weeks_are_42_days_the_last_included(days, in_time):
    decided = date(2025, 1, 20)
    person = asked(received=str(decided - timedelta(days=days)), outcome="N", dated="2025-01-20")
    assert figure("decisions_6_weeks_pct", caseload(person))[:2] == (in_time, 1)


def test_requests_received_are_not_historic_and_under_five_by_the_day():
    ages = [asked(received="2025-01-15", outcome=o, age_at_received=age) for o, age in (("A", 4), ("A", 5), ("H", 4))]
    assert value("requests_received", *ages) == "2"
    assert value("requests_received_under_5", *ages) == "1"


def test_phase_transfers_by_the_month_in_which_they_were_due():
    dates = [("2025-01-31", "2025-01-31"), ("2025-01-31", "2025-02-01"), ("2025-01-31", None), ("2025-02-15", None)]
    people = [child(phase_transfer_due=day(due), phase_transfer_final=day(final)) for due, final in dates]
    kinds = ("on_time", "late", "none")
    assert [value(f"phase_transfer_final_{kind}_count", *people) for kind in kinds] == ["1", "1", "1"]


def test_a_field_the_layout_lacks_makes_the_figure_unavailable():
    old = caseload(child(), absent=frozenset({("active_plans", "phase_transfer_due")}))
    answer = figure("phase_transfer_final_none_count", old)
    assert answer[3:] == ("unavailable", "the 2025 csv layout does not carry phasetransferduedate")


def test_a_month_beyond_the_return_is_computed_and_says_so():
    early = caseload(child(), reference=date(2025, 1, 16))
    assert figure("all_plans", early) == (None, None, "1", "computed", "return ends 2025-01-16")
    assert figure("all_plans", early, month=Month(2024, 12))[4] == ""


@pytest.mark.parametrize("name", ["all_plans", "ceased_count", "requests_received", "annual_reviews_overdue_count"])
def test_a_month_that_begins_after_the_last_return_is_unavailable_and_never_nought(name):
    first = caseload(child(), reference=date(2025, 2, 1))
    assert figure(name, first, month=Month(2025, 2))[3] == "computed"  # it began on the very day
    before = caseload(child(), reference=date(2025, 1, 31))
    assert figure(name, before, month=Month(2025, 2)) == (
        *(None, None, None, "unavailable"),
        "the last return ends 2025-01-31",
    )


def test_of_two_returns_that_cover_a_month_the_later_answers():
    long = child(start="2020-01-01")
    earlier, later = caseload(long, reference=date(2024, 12, 31)), caseload(long, child())
    assert figure("all_plans", earlier, later, month=Month(2024, 12))[2] == "2"
    assert figure("all_plans", earlier, later, month=Month(2023, 6))[2] == "1"


def test_ceased_is_counted_on_the_day_the_plan_ended():
    assert value("ceased_count", child(end="2025-01-31"), child(end="2025-02-01"), child()) == "1"
    assert value("all_plans", child(end="2025-01-31")) == "1"
    assert value("ceased_count", child(start="2025-02-01", end="2025-01-31")) == "1"


@pytest.mark.parametrize(
    "name", ["ceased_at_review_16_18_pct", "tribunal_placed_special_count", "mainstream_to_special_annual_review"]
)
def test_what_nothing_settles_is_unavailable_with_a_reason(name):
    part, whole, shown, state, reason = figure(name, caseload(child()))
    assert (part, whole, shown, state) == (None, None, None, State.UNAVAILABLE.value)
    assert reason


def test_without_a_list_of_establishments_settings_are_not_guessed():
    from dataclasses import replace

    plain = replace(caseload(child(placed("unclassed"))), classed=False)
    assert figure("mainstream_share_school_age", plain)[3] == "unavailable"
    assert figure("all_plans", plain)[2] == "1"


def test_a_plan_open_at_25_counts_in_the_post_16_whole():
    old = child(placed("GFE"), birth="1999-02-01")
    assert born("1999-02-01") == 1998
    assert figure("post16_mainstream_fe_pct", caseload(old))[:3] == (1, 1, "100.0")


def test_orphaned_rows_are_still_requests():
    # the row hangs from no person, but the request was received and decided
    made = caseload(asked(outcome="Y", dated="2025-01-31"))
    loose = made.requests.with_columns(person=None)
    from dataclasses import replace

    assert figure("assess_agreed_count", replace(made, requests=loose))[2] == "1"


def test_two_plans_of_one_person_that_cease_are_two_endings():
    plans = tuple(NamedPlan(start_date=day("2020-01-01"), cease_date=day("2025-01-05")) for _ in range(2))
    person = YoungPerson(requests=(Request(assessments=(Assessment(plans=plans),), active_plans=(ActivePlan(),)),))
    assert value("ceased_count", person) == "2"


def test_each_share_of_decisions_is_its_own_answers_of_all():
    """Three requests agreed and one refused; of those agreed two were issued a plan and one was not."""
    ends = [Assessment(outcome=outcome, outcome_date=day("2025-01-20")) for outcome in "YYN"]
    people = [asked(outcome="Y", dated="2025-01-05", assessment=one) for one in ends]
    made = caseload(*people, asked(outcome="N", dated="2025-01-31"))
    shares = {
        name: figure(name, made)[:2]
        for name in ("assess_agreed_pct", "assess_declined_pct", "issue_agreed_pct", "issue_declined_pct")
    }
    assert list(shares.values()) == [(3, 4), (1, 4), (2, 3), (1, 3)]
    counts = (
        "assess_agreed_count",
        "assess_declined_count",
        "issue_agreed_count",
        "issue_declined_count",
        "plans_issued",
    )
    assert [figure(name, made)[2] for name in counts] == ["3", "1", "2", "1", "2"]
