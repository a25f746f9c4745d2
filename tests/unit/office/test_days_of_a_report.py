"""What becomes known after the day of a report is left out of it, and whoever keeps it is told so."""

from datetime import date

import pytest

from highneeds.office.evidence import reading

LATER = " The report of 2025-07-01 leaves it out, as it became known later; a later day in council.toml brings it in."


@pytest.mark.parametrize(
    ("submitted", "known_on", "said"),
    [
        ("2025-07-01", date(2025, 7, 1), ""),
        ("2025-07-01", date(2025, 7, 2), LATER),
        ("", date(2025, 7, 2), ""),
    ],
)
def test_what_the_day_itself_brings_still_counts(monkeypatch, submitted, known_on, said):
    monkeypatch.setattr(
        reading, "settings_of", lambda council: {"report": {"submitted": submitted}} if submitted else {}
    )
    assert reading.where_left_out(None, known_on) == said
