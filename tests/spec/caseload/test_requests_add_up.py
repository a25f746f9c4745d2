"""Do the requests of a month add up? One council that can be counted on the fingers."""

from highneeds.caseload import Caseloads
from highneeds.caseload.pipeline import PIPELINE_COLUMNS, reconcile
from highneeds.intake.sen2.rows import Assessment, Request, YoungPerson
from highneeds.vocabulary.period import Month
from people_by_hand import caseload, day


def asked(received, outcome="Y", dated=None, assessed="", ended=None):
    """A request, and the assessment that it led to."""
    found = (Assessment(outcome=assessed, outcome_date=day(ended)),) if assessed else ()
    return YoungPerson(
        requests=(Request(received_date=day(received), outcome=outcome, outcome_date=day(dated), assessments=found),)
    )


OPEN_BEFORE_AND_AFTER = (asked("2024-12-31", "A"), asked("2024-12-01", assessed="N", ended="2025-02-01"))
CAME = (asked("2025-01-01", "A"), asked("2025-01-31", None))
ENDED = (
    asked("2024-12-01", "N", "2025-01-01"),
    asked("2024-12-01", "N", "2025-01-31"),
    asked("2024-12-01", "N", "2025-01-15"),
    asked("2024-12-01", "W", "2025-01-10"),
    asked("2024-12-01", assessed="Y", ended="2025-01-20"),
    asked("2024-12-01", assessed="Y", ended="2025-01-31"),
    asked("2024-12-01", assessed="N", ended="2025-01-01"),
    asked("2024-12-01", assessed="W", ended="2025-01-31"),
)
OF_ANOTHER_MONTH = (
    asked("2025-01-15", "H"),  # made long ago: not received now, and not open
    asked("2024-11-01", "N", "2024-12-31"),
    asked("2025-02-01", "A"),
)


def row(*people):
    table = reconcile(Caseloads.of([caseload(*people)]), (Month(2025, 1),))
    assert table.columns == PIPELINE_COLUMNS
    return table.rows[0]


def test_what_was_open_came_and_ended_gives_what_is_open():
    """2 stay open, 2 came, 8 ended: 3 refused, 2 issued, 1 not issued, 2 withdrawn."""
    found = row(*OPEN_BEFORE_AND_AFTER, *CAME, *ENDED, *OF_ANOTHER_MONTH)
    assert found == ("2025-01", 10, 2, 3, 2, 1, 2, 4, 4, 0)


def test_a_request_that_ended_twice_stands_in_the_residual():
    """Open at the start 1, refused 1 and not issued 1: minus one would be open, and none is."""
    twice = asked("2024-12-01", "N", "2025-01-10", assessed="N", ended="2025-01-12")
    assert row(twice) == ("2025-01", 1, 0, 1, 0, 1, 0, -1, 0, 1)
