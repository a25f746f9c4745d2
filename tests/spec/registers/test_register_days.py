"""Days, working days and clocks: the last day that is still in time, and the first that is not."""

from datetime import date

import pytest

from highneeds.registers.mechanism.clock import clock
from highneeds.registers.mechanism.due import due_in
from highneeds.registers.mechanism.reckoning import days_in, in_year, plus_months, weighted_median
from highneeds.registers.registry import registers
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.working_days import plus_working_days, working_days_between


def test_working_days_leave_out_weekends_and_bank_holidays():
    """From Wednesday 16 April 2025: the 17th, then Good Friday, the weekend and Easter Monday, then the 22nd."""
    assert plus_working_days(date(2025, 4, 16), 1) == date(2025, 4, 17)
    assert plus_working_days(date(2025, 4, 16), 2) == date(2025, 4, 22)
    assert plus_working_days(date(2025, 4, 22), -2) == date(2025, 4, 16)
    assert working_days_between(date(2025, 4, 16), date(2025, 4, 22)) == 2
    assert working_days_between(date(2025, 2, 10), date(2025, 2, 15)) == 4


def test_beyond_the_list_of_bank_holidays_there_is_no_answer():
    assert plus_working_days(date(2030, 12, 30), 1) == date(2030, 12, 31)
    assert plus_working_days(date(2030, 12, 31), 1) is None
    assert plus_working_days(date(2021, 12, 31), 0) is None


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [("2025-01-31", 1, "2025-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2025-03-15", -5, "2024-10-15")],
)
def test_months_keep_the_day_or_take_the_last(day, months, there):
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(there)


def test_days_within_a_year_count_both_ends_and_a_leap_year_has_366():
    year = FinancialYear(2023)
    assert days_in(date(2024, 2, 29), date(2024, 2, 29), year) == 1
    assert in_year(366_00, date(2024, 3, 31), None, year) == 1_00
    assert in_year(365_00, date(2025, 3, 31), None, FinancialYear(2024)) == 1_00
    assert in_year(365_00, date(2025, 4, 1), None, FinancialYear(2024)) == 0


def test_a_median_weighs_each_value_by_what_its_row_stands_for():
    assert weighted_median([(1, 1), (3, 1)]) == 2
    assert weighted_median([(1, 3), (3, 1)]) == 1
    assert weighted_median([]) is None


PANEL = registers()["joint_funding"]


def lines(as_at, **cells):
    row = dict(application="j1", applied_on="2025-01-01", decision="pending", annual_cost_gbp="1.00")
    at = PANEL.situation(PANEL.rows_of([row | cells]), date.fromisoformat(as_at))
    return [(str(one.due_on), one.state) for one in due_in(at)]


def test_on_its_last_day_a_clock_is_due_and_a_day_later_overdue():
    assert lines("2025-01-29") == [("2025-01-29", "due")]
    assert lines("2025-01-30") == [("2025-01-29", "overdue")]


def test_stopped_on_the_last_day_it_is_met_and_a_day_later_met_late():
    assert lines("2025-03-01", decided_on="2025-01-29", decision="agreed") == [("2025-01-29", "met")]
    assert lines("2025-03-01", decided_on="2025-01-30", decision="agreed") == [("2025-01-29", "met_late")]


def test_a_closed_pause_moves_the_day_by_its_days_and_an_open_one_takes_it_away():
    closed = dict(dispute_from="2025-01-10", dispute_to="2025-01-20")
    assert lines("2025-01-15", **closed) == [("2025-02-08", "due")]
    assert lines("2025-01-15", dispute_from="2025-01-10") == [("None", "paused")]


def test_a_pause_that_begins_after_the_due_day_does_not_pause():
    assert lines("2025-02-15", dispute_from="2025-01-30") == [("2025-01-29", "overdue")]
    assert lines("2025-02-15", dispute_from="2025-01-29") == [("None", "paused")]


def test_a_watch_clock_past_its_day_has_ended_and_is_never_overdue():
    register = registers()["appeals"]
    row = dict(case="a", decided_on="2025-01-10", about="placement", state="decision")
    at = register.situation(register.rows_of([row]), date(2025, 3, 11))
    assert [(str(one.due_on), one.state) for one in due_in(at) if one.clock == "right to appeal"] == [
        ("2025-03-10", "ended")
    ]


def test_casework_shows_the_words_of_the_clock_and_nothing_of_the_child():
    at = PANEL.situation(PANEL.rows_of([PANEL.example[2]]), date(2025, 4, 2))
    assert {one.title for one in due_in(at)} == {"Panel"}


def test_a_length_may_be_the_name_of_a_setting():
    one = clock("panel", "applied_on", days="panel_days")
    at = PANEL.situation((), date(2025, 1, 1), settings={"panel_days": 7})
    row = PANEL.rows_of([dict(application="j", applied_on="2025-01-01", decision="pending", annual_cost_gbp="1")])[0]
    assert one.run(row, at).due_on == date(2025, 1, 8)
