"""A caseload kept in an older format, and a review that is done by the outcome it led to."""

import json
from datetime import date

import polars as pl
import pytest

from highneeds.caseload.reviews import reviews
from highneeds.caseload.store import as_files, fingerprint, from_files
from highneeds.vocabulary.errors import InputError
from people_by_hand import caseload, child, day, placed


def kept_in(number):
    """The files of a caseload of one child without its needs, as if kept in that format."""
    files = as_files(caseload(child(placed("MsMdA"))))[1]
    about = json.loads(files["caseload.json"]) | {"format": number}
    old = {name: data for name, data in files.items() if name != "needs.parquet"}
    return old | {"caseload.json": json.dumps(about).encode()}


def test_the_first_format_had_no_needs_and_the_second_is_damaged_without_them():
    first = kept_in(1)
    found = from_files(fingerprint(first), first)
    assert (found.people.height, found.needs.height) == (1, 0)
    assert found.needs.schema == {"person": pl.UInt32, "need": pl.String}
    second = kept_in(2)
    with pytest.raises(InputError, match="incomplete or was changed") as refused:
        from_files(fingerprint(second), second)
    assert str(refused.value.where) == f"caseload/accepted/{fingerprint(second)}"


@pytest.mark.parametrize(("outcome", "overdue"), [(None, False), ("C", False), ("A", True)])
def test_a_review_that_amends_the_plan_is_not_done_by_its_decision_alone(outcome, overdue):
    """Reviewed in June: where the basis is the final plan, one to amend leaves the start of the plan to count from."""
    reviewed = child(placed("MsMdA"), start="2020-01-01", last_review=day("2024-06-01"), review_outcome=outcome)
    found = reviews(caseload(reviewed, overdue_basis="finalised"), date(2025, 1, 31))
    assert found["overdue"].to_list() == [overdue]
