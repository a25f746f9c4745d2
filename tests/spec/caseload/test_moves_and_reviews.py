"""Moves with the cause a record shows, reviews on three bases, and months that a later return tells otherwise."""

from datetime import date

import pytest

from highneeds.caseload import Caseloads
from highneeds.caseload.moves import moves_with_cause
from highneeds.caseload.reviews import reviews, reviews_done
from highneeds.indicators.mechanism.restated import restated
from highneeds.intake.sen2.rows import Assessment, NamedPlan, Request, YoungPerson
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from people_by_hand import caseload, child, day, placed

AUGUST, SEPTEMBER = date(2024, 8, 31), date(2024, 9, 30)


def mover(**more):
    return child(placed("MsMdA", end="2024-09-05"), placed("SpMdA", start="2024-09-06"), **more)


def cause(person):
    return moves_with_cause(caseload(person), AUGUST, SEPTEMBER)["cause"].to_list()


def test_a_move_in_autumn_after_a_phase_transfer_plan():
    assert cause(mover(phase_transfer_final=day("2024-02-10"))) == ["phase transfer"]


def test_a_move_soon_after_a_review_that_amended():
    assert cause(mover(last_review=day("2024-08-20"), review_outcome="A")) == ["review"]
    assert cause(mover(last_review=day("2024-08-20"), review_outcome="M")) == ["not recorded"]
    assert cause(mover(last_review=day("2024-03-20"), review_outcome="A")) == ["not recorded"]


def test_a_move_after_a_tribunal():
    plan = NamedPlan(start_date=day("2023-09-01"))
    request = mover().requests[0]
    marked = Request(assessments=(Assessment(plans=(plan,), other_tribunal=True),), active_plans=request.active_plans)
    assert cause(YoungPerson(requests=(marked,))) == ["tribunal"]


def test_a_move_of_which_nothing_is_recorded():
    assert cause(mover()) == ["not recorded"]


REVIEWED = dict(
    review_meeting=day("2024-05-01"),
    review_outcome="A",
    last_review=day("2024-05-20"),
    phase_transfer_final=None,
)


@pytest.mark.parametrize(
    ("basis", "due"),
    [("decision", "2025-05-20"), ("meeting", "2025-05-01"), ("finalised", "2024-09-01")],
)
def test_the_next_review_is_due_a_year_after_what_counts(basis, due):
    made = caseload(child(**REVIEWED), overdue_basis=basis)
    assert reviews(made, date(2025, 1, 31))["due"].to_list() == [day(due)]


def test_reviews_done_in_a_time():
    made = caseload(child(**REVIEWED), child())
    assert reviews_done(made, date(2024, 5, 1), date(2024, 5, 1)).height == 1
    assert reviews_done(made, date(2024, 6, 1), date(2024, 12, 31)).height == 0


def test_a_restated_month_is_visible_and_a_new_definition_is_named():
    earlier = caseload(child(birth="2020-08-31"), reference=date(2024, 12, 31))
    later = caseload(child(birth="2020-08-31"), child(birth="2020-08-31"), rollover_month=8)
    rows = {(row[0], row[1]): row for row in restated(Caseloads.of([earlier, later]), [Month(2024, 10)]).rows}
    assert rows["all_plans", "2024-10"][2:] == ("2024-12-31", 1, "2025-01-31", 2, "")
    assert rows["ehcp_count_ey_ks1", "2024-10"][6] == "rollover_month = 9, then rollover_month = 8"
    assert not restated(Caseloads.of([earlier, later]), [Month(2025, 1)]).rows


@pytest.mark.parametrize(("last", "held"), [(31, True), (30, False)])
def test_a_return_of_the_last_day_of_a_month_reaches_it_and_one_of_the_day_before_does_not(last, held):
    earlier = caseload(child(), reference=date(2024, 10, last))
    later = caseload(child(), child())
    assert bool(restated(Caseloads.of([earlier, later]), [Month(2024, 10)]).rows) is held


def test_an_unknown_basis_is_refused():
    with pytest.raises(InputError, match="no basis"):
        caseload(child(), overdue_basis="letter")
