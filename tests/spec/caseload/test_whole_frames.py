"""What a caseload keeps of a return, cell by cell, and what each choice and each day of it changes."""

import json
from dataclasses import fields, replace
from datetime import date

import polars as pl
import pytest

from highneeds.caseload import Caseloads, CaseloadSettings, from_return
from highneeds.caseload.endings import CEASE_REASONS, plans_ended
from highneeds.caseload.moves import moves, moves_between
from highneeds.caseload.pipeline import PIPELINE_COLUMNS, open_requests, reconcile
from highneeds.caseload.reviews import review_dates, reviews
from highneeds.caseload.settings import OverdueBasis, settings_of
from highneeds.caseload.store import as_files, fingerprint, from_files
from highneeds.caseload.transfers import ours_when_ceased, transfer_days
from highneeds.intake.sen2.rows import (
    ActivePlan,
    Assessment,
    NamedPlan,
    Placement,
    Request,
    SenNeed,
    YoungPerson,
    from_people,
)
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.setting import SettingClass
from people_by_hand import REFERENCE, caseload, child, day, placed

JANUARY = date(2025, 1, 31)

# one child of whom every kept cell differs


PLAN = NamedPlan(
    start_date=day("2024-03-04"), cease_date=day("2024-12-05"), cease_reason="3", age_at_start=9, age_at_cease=10
)
ASSESSMENT = Assessment(
    outcome="Y",
    outcome_date=day("2024-03-03"),
    week20=True,
    mediation=False,
    tribunal=True,
    other_mediation=False,
    other_tribunal=True,
    plans=(PLAN,),
)
ACTIVE = ActivePlan(
    transfer_la="no",
    review_meeting=day("2024-06-01"),
    review_outcome="A",
    review_draft=day("2024-06-02"),
    last_review=day("2024-06-03"),
    phase_transfer_due=day("2024-02-15"),
    phase_transfer_final=day("2024-02-14"),
    placements=(
        Placement(
            setting_class="SpMdA",
            urn="100001",
            ukprn="1",
            entry_date=day("2024-04-01"),
            leaving_date=day("2024-11-30"),
            rank=2,
            establishment_known=True,
        ),
    ),
    needs=(SenNeed(need_type="ASD", rank=1),),
)
REQUEST = Request(
    received_date=day("2023-10-01"),
    source="2",
    outcome="Y",
    outcome_date=day("2023-11-02"),
    age_at_received=8,
    mediation=True,
    tribunal=False,
    assessments=(ASSESSMENT,),
    active_plans=(ACTIVE,),
)
PERSON = YoungPerson(
    reference="17",
    linkage_key="k",
    name_key="n",
    birth_month=day("2014-05-01"),
    birth_mark=4,
    school_cohort=2013,
    age_at_reference=10,
    sex="F",
    ethnicity_group="white",
    locality="Elm",
    requests=(REQUEST,),
)


def test_of_each_module_only_what_a_caseload_needs_is_kept_and_as_it_was():
    made = from_return(from_people([PERSON], reference_date=REFERENCE))
    frames = {name: frame.rows(named=True) for name, frame in made.frames().items()}
    assert list(frames) == ["people", "plans", "placements", "requests", "assessments", "active_plans", "needs"]
    keys = dict(person=0, request=0)
    assert frames == {
        "people": [{name: getattr(PERSON, name) for name in made.people.columns} | dict(person=0)],
        "plans": [
            dict(keys, plan=0, age_at_start=9, age_at_cease=10, cease_reason="3")
            | dict(start_date=day("2024-03-04"), ours_from=day("2024-03-04"), cease_date=day("2024-12-05"))
        ],
        "placements": [
            dict(person=0, placement=0, rank=2, urn="100001", ukprn="1", setting="SpMdA")
            | dict(entry_date=day("2024-04-01"), leaving_date=day("2024-11-30"))
        ],
        "requests": [
            dict(keys, received_date=day("2023-10-01"), source="2", outcome="Y", outcome_date=day("2023-11-02"))
            | dict(age_at_received=8, mediation=True, tribunal=False)
        ],
        "assessments": [
            dict(keys, assessment=0, outcome="Y", outcome_date=day("2024-03-03"), week20=True, mediation=False)
            | dict(tribunal=True, other_mediation=False, other_tribunal=True, received_date=day("2023-10-01"))
        ],
        "active_plans": [
            dict(keys, active=0, transfer_la="no", review_meeting=day("2024-06-01"), review_outcome="A")
            | dict(review_draft=day("2024-06-02"), last_review=day("2024-06-03"))
            | dict(phase_transfer_due=day("2024-02-15"), phase_transfer_final=day("2024-02-14"))
        ],
        "needs": [dict(person=0, need="ASD")],
    }
    assert made.people.columns == [
        *("person", "reference", "linkage_key", "name_key", "birth_month", "birth_mark", "school_cohort"),
        *("age_at_reference", "sex", "ethnicity_group", "locality"),
    ]
    assert made.at(date(2024, 5, 1)).plans.rows() == [(0, 5, "SpMdA", day("2024-03-04"))]


def test_what_the_return_says_of_itself_goes_with_it():
    return_ = from_people([PERSON], reference_date=REFERENCE, absent=frozenset({("persons", "sex")}))
    made = from_return(return_)
    assert (made.reference_date, made.year, made.first_day) == (REFERENCE, 2025, date(2024, 1, 1))
    assert (made.council, made.layout_words) == (return_.council, return_.layout_words)
    assert (made.synthetic, made.classed, made.settings) == (return_.synthetic, True, CaseloadSettings())
    assert (made.carries("persons", "sex"), made.carries("persons", "locality")) == (False, True)
    named = replace(return_, header=replace(return_.header, year=2024))
    assert from_return(named, CaseloadSettings(rollover_month=8)).first_day == date(2023, 1, 1)
    assert from_return(named, CaseloadSettings(rollover_month=8)).settings.rollover_month == 8


@pytest.mark.parametrize(
    ("places", "classed"),
    [
        ((), True),
        ((Placement(sensetting="EHE"),), True),
        ((Placement(urn="1"),), False),
        ((Placement(ukprn="1"),), False),
        ((Placement(urn="1"), Placement(ukprn="2", establishment_known=False)), True),
    ],
)
def test_places_are_classed_where_a_list_was_at_hand_or_nothing_had_to_be_looked_up(places, classed):
    assert caseload(child(*places)).classed is classed


def test_rows_that_hang_from_nobody_are_left_out():
    return_ = from_people([PERSON], reference_date=REFERENCE)
    nobody = pl.lit(None, pl.UInt32).alias("person")
    orphans = {name: getattr(return_, name).with_columns(nobody) for name in ("named_plans", "placements", "needs")}
    made = from_return(replace(return_, **orphans))
    assert (made.plans.height, made.placements.height, made.needs.height) == (0, 0, 0)


def test_a_snapshot_is_worked_out_once_and_can_be_narrowed():
    made = caseload(
        child(placed("SpMdA"), birth="2014-08-31"),
        child(placed("MsMdA"), birth="2014-09-01"),
        child(placed("SpMdA"), birth="2015-09-01"),
    )
    plans = made.at_end_of(Month(2025, 1))
    assert plans is made.at(JANUARY) and plans.day == JANUARY
    assert plans.plans["year"].to_list() == [6, 5, 4]
    assert [len(plans.years(*years)) for years in ((4, 5), (5,), (5, 5), (6, 6), (7,))] == [2, 2, 1, 1, 0]
    assert plans.by_setting() == {SettingClass.MSMDA: 1, SettingClass.SPMDA: 2}
    assert list(plans.by_setting()) == [SettingClass.MSMDA, SettingClass.SPMDA]
    assert plans.placed_in([SettingClass.SPMDA]).years(5).plans["person"].to_list() == [0]
    assert made.placed_on(JANUARY).rows() == [(0, "SpMdA"), (1, "MsMdA"), (2, "SpMdA")]


# how plans end


def test_the_reasons_of_the_code_set():
    """A plan may end for each of them."""
    ended = caseload(*(child(end="2024-02-01") for _ in CEASE_REASONS))
    assert plans_ended(ended, date(2024, 2, 1), date(2024, 2, 1)).height == 9
    assert CEASE_REASONS == {
        "1": "reached the greatest age",
        "2": "needs met without a plan",
        "3": "went on to higher education",
        "4": "went on to paid employment",
        "5": "moved to another council",
        "6": "no longer wishes to engage",
        "7": "left England",
        "8": "died",
        "9": "other",
    }


@pytest.mark.parametrize(
    ("start", "ours", "end", "here"),
    [
        ("2020-01-01", "2020-01-01", "2019-12-31", True),  # ended before its own start, and never anybody else's
        ("2020-01-01", "2020-01-02", "2020-01-01", False),
        ("2020-01-01", "2020-01-02", "2020-01-02", True),
        (None, None, "2020-01-02", True),
    ],
)
def test_a_plan_ended_here_unless_it_ended_before_its_transfer(start, ours, end, here):
    plans = pl.DataFrame(
        {"start_date": [day(start)], "ours_from": [day(ours)], "cease_date": [day(end)]},
        schema=dict.fromkeys(("start_date", "ours_from", "cease_date"), pl.Date),
    )
    assert plans.filter(ours_when_ceased()).height == here


def test_plans_that_ended_between_two_days_both_included():
    ends = ("2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01", None)
    made = caseload(*(child(end=end) for end in ends))
    assert plans_ended(made, date(2024, 2, 1), date(2024, 2, 29))["person"].to_list() == [1, 2]


# plans taken over


def taken(la, received="2024-05-10", start="2020-01-01", **more):
    plan = NamedPlan(start_date=day(start))
    assessment = Assessment(outcome=more.pop("assessed", "Y"), plans=(plan,))
    request = Request(
        received_date=day(received), outcome="Y", assessments=(assessment,), active_plans=(ActivePlan(transfer_la=la),)
    )
    return YoungPerson(requests=(replace(request, **more),))


@pytest.mark.parametrize(
    ("la", "first_day"),
    [
        ("2024-06-01", "2024-06-01"),
        ("2024-06-01 00:00", "2024-06-01"),
        ("2024-JUN-01", "2024-06-01"),
        ("2024-Jun-01 00:00:00", "2024-06-01"),
        ("887", "2024-05-10"),
        *((no, "2020-01-01") for no in ("0", "false", "N", "no", None)),
    ],
)
def test_the_cell_of_a_transfer_holds_a_day_a_council_or_a_plain_no(la, first_day):
    assert caseload(taken(la)).plans["ours_from"].to_list() == [day(first_day)]


def test_of_two_days_in_the_cells_of_a_request_the_earlier_counts_and_a_plan_without_a_start_is_never_ours():
    active = tuple(ActivePlan(transfer_la=la) for la in ("2024-06-02", "2024-06-01"))
    assert caseload(taken(None, active_plans=active)).plans["ours_from"].to_list() == [day("2024-06-01")]
    assert caseload(taken("887", start=None)).plans["ours_from"].to_list() == [None]


def test_each_request_that_shows_a_transfer_stands_once_with_what_showed_it():
    people = (taken("887"), taken(None, assessed="H"), taken(None, outcome="H"), taken(None), taken("887", None))
    found = transfer_days(from_people(people, reference_date=REFERENCE)).sort("request").collect()
    assert found.columns == ["request", "person", "transferred", "says_transfer"]
    assert found.rows() == [(at, at, day("2024-05-10"), at == 0) for at in range(3)]


@pytest.mark.parametrize(
    ("start", "end", "first_day"),
    [
        ("2024-05-10", None, "2024-05-10"),
        ("2024-05-11", None, "2024-05-11"),
        ("2020-01-01", "2024-05-10", "2024-05-10"),
        ("2020-01-01", "2024-05-09", "2024-05-09"),
        ("2020-01-01", "2024-05-08", "2020-01-01"),
    ],
)
def test_a_transfer_on_a_request_without_a_plan_is_of_the_plan_open_that_day(start, end, first_day):
    plan = NamedPlan(start_date=day(start), cease_date=day(end))
    requests = (
        Request(assessments=(Assessment(plans=(plan,)),)),
        Request(received_date=day("2024-05-10"), active_plans=(ActivePlan(transfer_la="887"),)),
        Request(received_date=day("2024-05-09"), active_plans=(ActivePlan(transfer_la="887"),)),
    )
    assert caseload(YoungPerson(requests=requests)).plans["ours_from"].to_list() == [day(first_day)]


# moves


AUGUST, SEPTEMBER = date(2024, 8, 31), date(2024, 9, 30)


def mover(end="2024-09-05", **more):
    return child(placed("MsMdA", end=end), placed("SpMdA", start="2024-09-06"), **more)


def test_who_moved_is_everybody_with_a_plan_on_both_days_and_another_setting():
    people = (mover(), child(placed("MsMdA")), mover(start="2024-09-02"), mover(end="2024-08-01"))
    moved = moves(caseload(*people), AUGUST, SEPTEMBER)
    assert moved.columns == ["person", "year", "setting_after", "setting_before"]
    assert moved.rows() == [(0, 6, "SpMdA", "MsMdA"), (3, 6, "SpMdA", "UKN")]
    mainstream, special, unknown = ([one] for one in (SettingClass.MSMDA, SettingClass.SPMDA, SettingClass.UKN))
    sides = ((mainstream, special), (unknown, special), (special, mainstream), (mainstream, unknown))
    assert [moves_between(moved, *both)["person"].to_list() for both in sides] == [[0], [3], [], []]


# reviews


def test_the_last_review_that_was_done_by_the_day():
    """Two active plans of one child, one with a later letter; one after the day; one child without any."""
    active = tuple(ActivePlan(last_review=day(one)) for one in ("2024-05-20", "2024-11-20", "2025-02-01"))
    request = Request(assessments=(Assessment(plans=(NamedPlan(start_date=day("2020-01-01")),)),), active_plans=active)
    made = caseload(YoungPerson(requests=(request,)), child())
    assert review_dates(made, JANUARY).rows() == [(0, day("2024-11-20"))]
    assert review_dates(made, date(2024, 11, 19)).rows() == [(0, day("2024-05-20"))]
    assert review_dates(made, date(2024, 11, 20)).rows() == [(0, day("2024-11-20"))]


@pytest.mark.parametrize(("asked", "overdue"), [("2025-05-20", False), ("2025-05-21", True)])
def test_on_the_day_itself_a_review_is_not_overdue(asked, overdue):
    found = reviews(caseload(child(last_review=day("2024-05-20"))), date.fromisoformat(asked))
    assert found.columns == ["person", "year", "setting", "starts", "last_done", "due", "overdue"]
    assert found.select("last_done", "due", "overdue").rows() == [(day("2024-05-20"), day("2025-05-20"), overdue)]


def test_the_final_plan_of_a_phase_transfer_is_a_review_done_where_the_final_plan_counts():
    cells = dict(start="2020-01-01", review_outcome="A", last_review=day("2024-05-20"))
    transferred = child(phase_transfer_final=day("2024-02-10"), **cells)
    later = child(phase_transfer_final=day("2025-02-01"), **cells)
    for basis, done in (("finalised", ["2024-02-10", None]), ("decision", ["2024-05-20"] * 2), ("meeting", [None] * 2)):
        found = reviews(caseload(transferred, later, overdue_basis=basis), JANUARY)
        assert found["last_done"].to_list() == [day(one) for one in done]
    months = caseload(transferred, review_months=18)
    assert reviews(months, JANUARY)["due"].to_list() == [day("2025-11-20")]


# from request to plan


def request(received="2024-12-01", outcome="Y", dated=None, *assessed):
    found = tuple(Assessment(outcome=one, outcome_date=day(ended)) for one, ended in assessed)
    return YoungPerson(
        requests=(Request(received_date=day(received), outcome=outcome, outcome_date=day(dated), assessments=found),)
    )


@pytest.mark.parametrize(
    ("one", "waits"),
    [
        (request("2025-01-31"), True),
        (request("2025-02-01"), False),
        (request(None), False),
        *((request("2024-12-01", outcome, "2025-01-31"), False) for outcome in "NW"),
        *((request("2024-12-01", outcome, "2025-02-01"), True) for outcome in "NW"),
        *((request("2024-12-01", outcome), True) for outcome in "NW"),
        (request("2024-12-01", "A", "2025-01-31"), True),
        *((request("2024-12-01", "Y", None, (outcome, "2025-01-31")), False) for outcome in "YNWH"),
        *((request("2024-12-01", "Y", None, (outcome, "2025-02-01")), True) for outcome in "YNW"),
        *((request("2024-12-01", "Y", None, (outcome, None)), True) for outcome in "YNW"),
        (request("2024-12-01", "Y", None, ("H", None)), False),
        (request("2024-12-01", "Y", None, ("A", "2025-01-31")), True),
        (request("2024-12-01", "H"), False),
        (request("2024-12-01", "H", None, ("A", None)), True),
        (request("2024-12-01", None, "2025-01-31"), True),
    ],
)
def test_a_request_is_open_until_it_or_its_assessment_has_ended(one, waits):
    assert open_requests(caseload(one), JANUARY).height == waits


def test_the_pipeline_month_by_month():
    people = (request("2024-12-31", "A"), request("2025-01-01", "N", "2025-02-02"), request("2025-02-03", None))
    returns = Caseloads.of([caseload(*people, reference=date(2025, 2, 28))])
    found = reconcile(returns, (Month(2025, 1), Month(2025, 2), Month(2025, 3)))
    assert (found.title, found.columns) == ("Requests and assessments underway", PIPELINE_COLUMNS)
    assert found.records() == [
        dict(month="2025-01", open_at_start=1, requests=1, refusals=0, issues=0, refusals_to_issue=0, withdrawals=0)
        | dict(expected_at_end=2, open_at_end=2, residual=0),
        dict(month="2025-02", open_at_start=2, requests=1, refusals=1, issues=0, refusals_to_issue=0, withdrawals=0)
        | dict(expected_at_end=2, open_at_end=2, residual=0),
    ]


# several returns


def test_a_month_is_answered_by_the_latest_return_that_covers_it():
    first, second, same_day = (
        caseload(child(), reference=date(year, 1, month)) for year, month in ((2024, 18), (2025, 16), (2025, 31))
    )
    found = Caseloads.of([same_day, second, first])
    assert found.members == (first, second, same_day) and found.ends == date(2025, 1, 31)
    assert found.for_month(Month(2022, 12)) is first and found.for_month(Month(2023, 12)) is first
    assert found.for_month(Month(2024, 1)) is same_day
    assert found.reaching(Month(2024, 1)) is first and found.reaching(Month(2025, 1)) is same_day
    assert found.reaching(Month(2024, 2)) is None
    with pytest.raises(InputError) as refused:
        Caseloads.of([])
    assert refused.value.sentence == "There is no return to measure. Give at least one SEN2 return."


# the choices of a council


def test_what_is_chosen_where_nobody_chose():
    assert {one.name: one.default for one in fields(CaseloadSettings)} == dict(
        rollover_month=9,
        overdue_basis="decision",
        review_months=12,
        issue_days=140,
        decision_days=42,
        amend_outcomes=("A",),
        cease_outcomes=("C",),
    )
    assert settings_of({}, 9) == CaseloadSettings()


def test_a_councils_own_definitions_and_the_command_line_before_them():
    local = dict(overdue_basis="meeting", twenty_weeks_days="141", six_weeks_days=43)
    assert settings_of(local, 8) == CaseloadSettings(8, OverdueBasis.MEETING, 12, 141, 43)
    chosen = settings_of(local, 8, "finalised")
    assert chosen.overdue_basis is OverdueBasis.FINALISED
    words = chosen.changed(("rollover_month", "overdue_basis", "review_months", "issue_days"))
    assert words == "rollover_month = 8, overdue_basis = finalised, issue_days = 141"
    assert chosen.changed(("review_months",)) == "" and chosen.words_for("review_months") == "review_months = 12"


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (
            dict(overdue_basis="letter"),
            "overdue_basis: 'letter' is no basis for overdue reviews. Use one of decision, meeting, finalised.",
        ),
        *(
            (
                dict(rollover_month=month),
                f"rollover_month: The roll-over month is {month}. Use 9 (1 September) or 8 (the 31 August snapshot "
                "stands in the new school year).",
            )
            for month in (7, 10)
        ),
    ],
)
def test_a_choice_that_there_is_not_is_refused(choice, sentence):
    with pytest.raises(InputError) as refused:
        CaseloadSettings(**choice)
    assert refused.value.sentence == sentence


# kept on disk


def test_a_kept_caseload_says_what_it_is_and_comes_back_whole():
    settings = dict(rollover_month=8, overdue_basis="meeting", amend_outcomes=("A", "B"), cease_outcomes=("C", "D"))
    made = replace(
        caseload(PERSON, absent=frozenset({("persons", "sex"), ("needs", "rank")}), **settings),
        year=2024,
        council="886",
        layout_words="SEN2 2025",
        classed=False,
        synthetic=True,
    )
    name, files = as_files(made)
    assert set(files) == {"caseload.json", *(f"{frame}.parquet" for frame in made.frames())}
    assert json.loads(files["caseload.json"]) == {
        "format": 3,
        "reference_date": "2025-01-31",
        "year": 2024,
        "council": "886",
        "layout": "SEN2 2025",
        "absent": [["needs", "rank"], ["persons", "sex"]],
        "classed": False,
        "synthetic": True,
        "settings": settings
        | dict(
            review_months=12, issue_days=140, decision_days=42, amend_outcomes=["A", "B"], cease_outcomes=["C", "D"]
        ),
    }
    assert files["caseload.json"].startswith(b'{\n "absent": [') and files["caseload.json"].endswith(b"}\n")
    back = from_files(name, files)
    assert all(frame.equals(back.frames()[at]) for at, frame in made.frames().items())
    plain = ("reference_date", "year", "council", "layout_words", "absent", "classed", "synthetic", "settings")
    assert [getattr(back, one) for one in plain] == [getattr(made, one) for one in plain]
    assert from_files(name, files, CaseloadSettings()).settings == CaseloadSettings()


def test_columns_that_came_later_are_empty_in_what_was_kept_before():
    name, files = as_files(caseload(PERSON))
    made = from_files(name, files)
    older = replace(made, people=made.people.drop("sex", "ethnicity_group", "locality"))
    back = from_files(*as_files(older)).people
    assert back.select("sex", "ethnicity_group", "locality").rows() == [(None, None, None)]
    assert back.columns == made.people.columns and back.schema == made.people.schema


@pytest.mark.parametrize("damage", [b"{", b"{}", b'{"format": 3}'])
def test_files_that_give_their_name_and_are_no_caseload_are_refused(damage):
    files = {"caseload.json": damage}
    with pytest.raises(InputError) as refused:
        from_files(fingerprint(files), files)
    assert refused.value.sentence == (
        f"caseload/accepted/{fingerprint(files)}: The accepted caseload is incomplete or was changed. "
        "Accept the return again from its original files."
    )
