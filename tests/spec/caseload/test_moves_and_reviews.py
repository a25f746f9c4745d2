"""Moves with the cause a record shows, reviews on three bases, and months that a later return tells otherwise."""

from datetime import date

import pytest

from highneeds.caseload import Caseloads
from highneeds.caseload.reviews import reviews
from highneeds.indicators.mechanism.restated import restated
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import Month
from people_by_hand import caseload, child, day

AUGUST, SEPTEMBER = date(2024, 8, 31), date(2024, 9, 30)


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
