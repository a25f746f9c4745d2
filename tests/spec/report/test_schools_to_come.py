"""A school that is planned for a month to come and has no other date is on time: no false No."""

from datetime import date
from types import SimpleNamespace

import pytest

from highneeds.report.sections.standing import is_late
from highneeds.vocabulary.period import Month

REPORT = SimpleNamespace(report=SimpleNamespace(submitted=date(2025, 7, 10)))
EVIDENCE = SimpleNamespace(workspace=SimpleNamespace(council=REPORT))


def opening(planned, expected=None, opened=None, status="planned"):
    months = {"planned": planned, "expected": expected, "opened": opened}
    return {name: month and Month.parse(month) for name, month in months.items()} | {"status": status}


@pytest.mark.parametrize(
    ("row", "late"),
    [
        (opening("2025-07"), False),  # the month of the report
        (opening("2025-06"), True),  # it has gone by, and nothing is said
        (opening("2026-09", expected="2026-09"), False),
        (opening("2026-09", expected="2026-10"), True),
        (opening("2026-09", status="delayed"), True),
        (opening("2026-09", status="rejected"), True),
    ],
)
def test_whether_a_school_is_late(row, late):
    assert is_late(EVIDENCE, row) is late
