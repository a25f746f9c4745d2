"""Backlogs are stocks: working one off is an event with an end, and never trains a lasting rate."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from highneeds.caseload import Caseload
from highneeds.forecast.learning.backlogs import LEAN, reviews_cleared, still_to_come
from highneeds.forecast.learning.borrowed import Year, borrowed_year
from highneeds.forecast.learning.evidence import area_of
from highneeds.forecast.learning.from_sen2 import Learnt
from highneeds.forecast.learning.observed import Observed, observed
from highneeds.forecast.state import AGES, SETTINGS, Calendar, Term
from highneeds.intake.published import open_pack
from highneeds.intake.sen2.rows import Assessment, Request, YoungPerson
from people_by_hand import caseload, child, day, placed
from returns_by_hand import MAINSTREAM, seen


def cleared(stock: tuple[float, float, float] = (400.0, 400.0, 100.0), done: float = 0.0) -> Observed:
    """In the last year 300 overdue reviews more are done than fall due, and 60 plans end that would have gone on.

    done   overdue reviews done in that year; as many as the stock fell by, where none is given
    """
    quiet = seen()
    ended, late, late_ended = quiet.ended.copy(), quiet.overdue.copy(), quiet.overdue_ended.copy()
    ended[3:, 10, 0, MAINSTREAM] += 20.0
    late[3:, 10, MAINSTREAM] = 400.0
    late_ended[3:, 10, MAINSTREAM] = 8.0 + 20.0  # their share of the usual 20, and the 20 beyond
    left = np.zeros((AGES, len(SETTINGS)))
    left[10, MAINSTREAM] = stock[-1]
    done = done or max(stock[1] - stock[2], 300.0)
    return replace(
        quiet,
        ended=ended,
        overdue=late,
        overdue_ended=late_ended,
        overdue_stock=np.array(stock),
        overdue_done=np.array([0.0, 0.0, done]),
        overdue_plans=left,
    )


@pytest.fixture(scope="module")
def wider() -> Year:
    published = open_pack()
    return borrowed_year(published, area_of(published, "302"), 2024, 2)


def test_ends_beyond_the_rate_of_plans_without_an_overdue_review_are_an_event():
    found = reviews_cleared(cleared())
    assert found.cleared == 300.0
    assert found.one_off.sum() == pytest.approx(60.0, rel=0.01)
    assert found.one_off[:3].sum() == 0.0
    assert found.chance == pytest.approx(60.0 / (300.0 + LEAN), rel=0.01)


@pytest.mark.parametrize(("done", "one_off"), [(300.0, 60.0), (400.0, 45.0), (600.0, 30.0), (200.0, 60.0)])
def test_of_the_ends_only_the_part_by_which_the_stock_fell_is_one_off(done, one_off):
    """Of 600 reviews done 300 fell due meanwhile: half of the 60 ends come every year. More than all is all."""
    found = reviews_cleared(cleared(done=done))
    assert found.one_off.sum() == pytest.approx(one_off, rel=0.01)
    assert found.cleared == 300.0 and found.chance == pytest.approx(one_off / (300.0 + LEAN), rel=0.01)


def test_a_stock_that_does_not_fall_teaches_no_event():
    found = reviews_cleared(cleared(stock=(400.0, 400.0, 400.0)))
    assert (found.one_off.sum(), found.cleared, found.chance) == (0.0, 0.0, 0.0)


def test_clearing_overdue_reviews_does_not_train_the_lasting_rate_of_ends(wider):
    quiet, busy = Learnt(seen(), wider), Learnt(cleared(), wider)
    for number in range(3):
        usual, after = (one.end[number].mean[10, MAINSTREAM] for one in (quiet, busy))
        assert after == pytest.approx(usual, rel=0.02)
    untold = Learnt(replace(cleared(), overdue_stock=np.array([400.0, 400.0, 400.0])), wider)
    assert untold.end[0].mean[10, MAINSTREAM] > 1.15 * quiet.end[0].mean[10, MAINSTREAM]


def test_what_is_still_overdue_ends_plans_once_and_less_each_term():
    calendar = Calendar(2024, 4)
    found = cleared()
    more = still_to_come(found, 0.17, calendar)
    assert more[0, 10, MAINSTREAM] == pytest.approx(0.17 * 0.15 * 100.0 / 1000.0)
    assert more[2, 11, MAINSTREAM] == pytest.approx(0.17 * 0.15 * 0.85**2 * 100.0 / 1000.0)
    assert more[2, 10].sum() == 0.0  # everyone is a year older in September
    assert more.sum(axis=(1, 2))[-1] < 0.2 * more.sum(axis=(1, 2))[0]


def test_assessments_over_their_time_do_not_train_the_pace_of_the_rest(wider):
    """A thousand over time are worked off: the pace of those in time, the chances and the requests stay as they are."""
    worked = replace(seen(), late=np.full(6, 1000.0), late_finished=np.full(6, 300.0))
    quiet, busy = Learnt(seen(), wider), Learnt(worked, wider)
    assert busy.finish == quiet.finish
    assert busy.finish_late[0] == pytest.approx(0.3, abs=0.01)
    assert np.array_equal(busy.rates(Calendar(2024, 2)).requests, quiet.rates(Calendar(2024, 2)).requests)
    assert np.array_equal(busy.agree.mean, quiet.agree.mean) and np.array_equal(busy.issue.mean, quiet.issue.mean)


def a_request(received: str, outcome: str | None, decided: str | None, ended: str | None = None) -> YoungPerson:
    done = Assessment(outcome="Y", outcome_date=day(ended)) if ended else None
    asked = Request(
        received_date=day(received),
        outcome=outcome,
        outcome_date=day(decided),
        assessments=() if done is None else (done,),
    )
    return YoungPerson(school_cohort=2017, linkage_key=received, requests=(asked,))


def test_work_in_hand_is_told_by_how_long_ago_the_request_was():
    """31 December 2024 less 20 weeks is 13 August 2024: what was asked before is over time."""
    people = (
        a_request("2024-12-10", None, None),
        a_request("2024-10-01", "Y", "2024-11-01"),
        a_request("2024-08-13", "Y", "2024-09-20"),
        a_request("2024-08-12", "Y", "2024-09-20"),
        a_request("2024-06-01", None, None),
        a_request("2024-05-01", "Y", "2024-06-01", "2024-09-01"),
        a_request("2024-03-01", "Y", "2024-04-10", "2024-10-10"),
        a_request("2024-11-01", "N", "2024-12-01"),
    )
    two = [caseload(*people, child(placed("MsMdA")), reference=date(year, 1, 16)) for year in (2024, 2025)]
    found = observed(two)
    assert (found.undecided.sum(), found.under_way.sum(), found.over_time.sum()) == (1, 2, 2)
    autumn = found.terms.index(Term(2024, 2))
    assert (found.late[autumn], found.late_finished[autumn]) == (1.0, 1.0)
    assert (found.in_hand[autumn], found.finished[autumn]) == (4.0, 1.0)


def test_reviews_overdue_at_a_return_are_found_again_in_the_next_one():
    """Three children with a review overdue in January 2024: one is reviewed, one leaves, one still waits in 2025."""

    def return_of(year: int, reviewed: tuple[str | None, ...], ends: tuple[str | None, ...]) -> Caseload:
        people = [
            replace(
                child(placed("MsMdA", start="2020-01-01"), start="2020-01-01", end=end, last_review=day(last)),
                linkage_key=f"key {number}",
            )
            for number, (last, end) in enumerate(zip(reviewed, ends, strict=True))
        ]
        return caseload(*people, reference=date(year, 1, 16))

    before = return_of(2024, ("2022-09-01", "2022-09-01", "2022-09-01", "2023-09-01"), (None, None, None, None))
    after = return_of(2025, ("2024-03-01", "2022-09-01", "2022-09-01", "2024-06-01"), (None, "2024-05-01", None, None))
    found = observed([before, after])
    assert found.overdue_years == (2024, 2025)
    assert found.overdue_stock.tolist() == [3.0, 1.0]
    assert found.overdue_done.tolist() == [0.0, 2.0]
    summer = found.terms.index(Term(2024, 1))
    assert (found.overdue[summer].sum(), found.overdue_ended[summer].sum()) == (3.0, 1.0)
    assert found.overdue_plans.sum() == 1.0
