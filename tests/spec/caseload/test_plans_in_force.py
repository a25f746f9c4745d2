"""Who has a plan on a day, in which year, and where placed: every sentence of the definitions, with its edges."""

from datetime import date
from pathlib import Path

import pytest

from highneeds.caseload.endings import plans_ended
from highneeds.caseload.store import as_files, fingerprint, from_files
from highneeds.intake.sen2.cells import code_reader
from highneeds.intake.sen2.layouts import every_column
from highneeds.intake.sen2.rows import ActivePlan, Assessment, NamedPlan, Placement, Request, SenNeed, YoungPerson
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.setting import SPECIALIST, SettingClass
from people_by_hand import caseload, child, day, placed

JANUARY = date(2025, 1, 31)


@pytest.mark.parametrize(
    ("start", "end", "in_force"),
    [
        ("2025-01-31", None, True),  # the first day is included
        ("2025-02-01", None, False),
        ("2024-01-01", "2025-01-31", True),  # the last day is included
        ("2024-01-01", "2025-01-30", False),
        (None, None, False),  # without a start nothing says that it had begun
    ],
)
def test_a_plan_is_open_from_its_first_day_to_its_last(start, end, in_force):
    assert len(caseload(child(start=start, end=end)).at(JANUARY)) == in_force


def test_two_open_plans_are_one_person():
    two = NamedPlan(start_date=day("2023-01-01")), NamedPlan(start_date=day("2024-01-01"))
    person = YoungPerson(requests=tuple(Request(assessments=(Assessment(plans=(plan,)),)) for plan in two))
    plans = caseload(person).at(JANUARY)
    assert len(plans) == 1
    assert plans.plans["starts"].to_list() == [date(2024, 1, 1)]


def test_the_placement_may_hang_from_another_request_than_the_plan():
    plan = Request(assessments=(Assessment(plans=(NamedPlan(start_date=day("2023-01-01")),)),))
    place = Request(active_plans=(ActivePlan(placements=(placed("SpMdA"),)),))
    assert caseload(YoungPerson(requests=(plan, place))).at(JANUARY).by_setting() == {SettingClass.SPMDA: 1}


@pytest.mark.parametrize(
    ("placements", "setting"),
    [
        ((placed("SpMdA", rank=2), placed("MsMdA", rank=1)), "MsMdA"),  # the lowest rank
        ((placed("SpMdA", rank=2), placed("MsMdA", end="2025-01-30", rank=1)), "SpMdA"),  # rank 2 stands in
        ((placed("SpMdA", rank=2), placed("MsMdA", end="2025-01-31", rank=1)), "MsMdA"),  # open on its last day
        ((placed("MsMdA", end="2025-01-30"),), "UKN"),  # none open
        ((placed(None),), "unclassed"),  # open, but nothing says where
        ((), "UKN"),
        ((placed("MsMdA", start=None),), "UKN"),
        ((placed("RP"), placed("SpIn")), "RP"),  # of one rank the first in the return
    ],
)
def test_the_placement_is_the_open_one_of_lowest_rank(placements: tuple[Placement, ...], setting: str):
    assert caseload(child(*placements)).at(JANUARY).plans["setting"].to_list() == [setting]


@pytest.mark.parametrize(
    ("birth", "snapshot", "rollover", "year"),
    [
        ("2013-08-31", "2025-01-31", 9, 7),  # a year above ...
        ("2013-09-01", "2025-01-31", 9, 6),  # ... the child born a day later
        ("2020-08-31", "2024-09-01", 9, 0),  # Reception at four
        ("2020-08-31", "2024-08-31", 9, -1),  # 31 August is in the old year
        ("2020-08-31", "2024-08-31", 8, 0),  # ... unless the council rolls over with that snapshot
        ("1999-02-01", "2025-01-31", 9, 21),  # nobody is dropped for age: this plan is open at 25
        ("2024-09-01", "2025-01-31", 9, -5),
    ],
)
def test_the_curriculum_year_follows_from_the_birth_date(birth, snapshot, rollover, year):
    plans = caseload(child(birth=birth, start="2020-01-01"), rollover_month=rollover).at(day(snapshot))
    assert plans.plans["year"].to_list() == [year]


def test_without_a_birth_date_a_plan_is_in_the_whole_but_in_no_year():
    person = YoungPerson(requests=child(placed("SpMdA")).requests)
    plans = caseload(person).at(JANUARY)
    assert (len(plans), len(plans.years(-4, 30)), len(plans.placed_in(SPECIALIST))) == (1, 0, 1)


def _transferred(
    start: str, received: str | None, la: str | None, outcome: str = "Y", end: str | None = None
) -> YoungPerson:
    plan = NamedPlan(start_date=day(start), cease_date=day(end))
    assessment = Assessment(outcome="H", plans=(plan,)) if outcome == "H" else Assessment(outcome="Y", plans=(plan,))
    active = ActivePlan(transfer_la=la)
    return YoungPerson(
        requests=(
            Request(received_date=day(received), outcome=outcome, assessments=(assessment,), active_plans=(active,)),
        )
    )


@pytest.mark.parametrize(
    ("received", "la", "outcome", "first_day"),
    [
        ("2024-05-10", "887", "Y", "2024-05-10"),  # transfer_la: ours from the receipt on
        ("2024-05-10", "2024-06-01", "Y", "2024-06-01"),  # a date in transfer_la itself
        ("2024-05-10", None, "H", "2024-05-10"),  # a historic request younger than its plan
        ("2024-05-10", None, "Y", "2020-01-01"),  # nothing shows a transfer
        ("2024-05-10", "0", "Y", "2020-01-01"),  # a plain no
        (None, "887", "Y", "2020-01-01"),  # no date to go by
        ("2019-05-10", "887", "Y", "2020-01-01"),  # the plan is younger
    ],
)
def test_a_plan_taken_over_counts_from_the_transfer_on(received, la, outcome, first_day):
    made = caseload(_transferred("2020-01-01", received, la, outcome))
    first = day(first_day)
    assert len(made.at(first)) == 1
    assert len(made.at(date.fromordinal(first.toordinal() - 1))) == 0


@pytest.mark.parametrize(("end", "ours"), [("2024-05-10", 1), ("2024-05-09", 0)])
def test_a_plan_that_ends_on_the_day_of_its_transfer_ended_here(end, ours):
    """One that ended the day before ended elsewhere."""
    made = caseload(_transferred("2020-01-01", "2024-05-10", "887", end=end))
    assert plans_ended(made, date(2019, 1, 1), date(2024, 12, 31)).height == ours


def test_a_transfer_on_another_request_than_the_plan():
    plan = Request(assessments=(Assessment(plans=(NamedPlan(start_date=day("2020-01-01")),)),))
    taken = Request(received_date=day("2024-05-10"), active_plans=(ActivePlan(transfer_la="887"),))
    made = caseload(YoungPerson(requests=(plan, taken)))
    assert [len(made.at(date(2024, 5, number))) for number in (9, 10)] == [0, 1]


@pytest.mark.parametrize(
    ("needs", "primary"),
    [
        ((("SEMH", 2), ("ASD", 1)), ["ASD"]),  # two ranks: the first is the primary need
        ((("SEMH", 2),), ["SEMH"]),  # nothing else is recorded
        ((("MLD", None), ("ASD", 1)), ["ASD"]),
        (((None, 1),), []),
        ((), []),
    ],
)
def test_the_primary_need_is_the_need_of_lowest_rank(needs, primary):
    held = tuple(SenNeed(need_type=code, rank=rank) for code, rank in needs)
    person = YoungPerson(requests=(Request(active_plans=(ActivePlan(needs=held),)),))
    assert caseload(person).needs["need"].to_list() == primary


def test_the_newest_active_plan_says_the_need():
    earlier, later = (ActivePlan(needs=(SenNeed(need_type=code, rank=1),)) for code in ("MLD", "ASD"))
    assert caseload(YoungPerson(requests=(Request(active_plans=(earlier, later)),))).needs["need"].to_list() == ["ASD"]


def test_a_caseload_kept_before_needs_were_has_none():
    made = caseload(child())
    files = {name: data for name, data in as_files(made)[1].items() if name != "needs.parquet"}
    files["caseload.json"] = files["caseload.json"].replace(b'"format": 3', b'"format": 1')
    back = from_files(fingerprint(files), files)
    assert back.needs.is_empty() and back.plans.equals(made.plans)


def test_a_kept_caseload_comes_back_as_it_was(tmp_path: Path):
    made = caseload(child(placed("SpMdA"), last_review=day("2024-02-02")), rollover_month=8)
    name, files = as_files(made)
    back = from_files(name, files)
    assert as_files(back) == (name, files)
    assert back.settings.rollover_month == 8
    assert back.at(JANUARY).plans.equals(made.at(JANUARY).plans)


def test_a_kept_caseload_that_was_changed_is_refused():
    name, files = as_files(caseload(child()))
    with pytest.raises(InputError, match="was changed"):
        from_files(name, files | {"plans.parquet": files["people.parquet"]})


@pytest.mark.parametrize(
    ("written", "read"), [("887", "887"), ("2024-May-10 00:00:00", "2024-05-10"), ("10/05/2024", "2024-05-10")]
)
def test_transfer_la_holds_a_council_or_a_day(written, read):
    assert code_reader(every_column("active_plans")["transferla"])(written) == read


def test_rows_stand_by_person_then_in_the_order_in_which_they_are_picked():
    """Placements by rank, one without rank last; plans by their start."""
    first = child(placed("MsMdA", rank=2), placed("SpMdA", rank=None), placed("RP", rank=1))
    later = NamedPlan(start_date=day("2024-01-01")), NamedPlan(start_date=day("2022-01-01"))
    second = YoungPerson(requests=(Request(assessments=(Assessment(outcome="Y", plans=later),)),))
    made = caseload(first, second, child(placed("SENU")))
    assert [tuple(row) for row in made.placements.select("person", "rank").iter_rows()] == [
        (0, 1),
        (0, 2),
        (0, None),
        (2, 1),
    ]
    starts = [(person, str(start)) for person, start in made.plans.select("person", "start_date").iter_rows()]
    assert starts == [(0, "2023-09-01"), (1, "2022-01-01"), (1, "2024-01-01"), (2, "2023-09-01")]
