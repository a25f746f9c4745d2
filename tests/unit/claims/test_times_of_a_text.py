"""Which months the words of a time mean, where the evidence runs from January 2023 to January 2025.

"A year earlier" counts from each month that a sentence may speak of: here January 2025 and June 2024.
"""

import pytest

from highneeds.claims.language.when import Stretch, resolve, when_at
from highneeds.vocabulary.period import Month

FIRST, LATEST, ANCHORS = Month(2023, 1), Month(2025, 1), (Month(2025, 1), Month(2024, 6))


def written(one: Stretch) -> str:
    return str(one.first) if one.is_month else f"{one.first} {one.last}"


def months(text: str) -> list[str]:
    found = when_at(text, 0)
    assert found is not None and text[: found[1]] == text, "all of the words are of the time"
    return [written(one) for one in resolve(found[0], FIRST, LATEST, ANCHORS)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("January 2025", ["2025-01"]),
        ("Jan-25", ["2025-01"]),
        ("31 January 2025", ["2025-01"]),
        ("29 February 2024", ["2024-02"]),
        ("30 January 2025", []),  # no figure of a month stood on that day
        ("2024/25", ["2024-04 2025-03"]),
        ("2025/26", ["2025-04 2026-03"]),
        ("2024", ["2024-01 2024-12"]),
        ("at the end of 2024-25", ["2025-03"]),
        ("at the start of 2024-25", ["2024-04"]),
        ("at the very end of 2024", ["2024-12"]),
        ("at the start of 2024", ["2024-01"]),
        ("January", ["2023-01", "2024-01", "2025-01"]),
        ("May", ["2023-05", "2024-05"]),
        ("now", ["2025-01"]),
        ("the whole period", ["2023-01 2025-01"]),
        ("last January", ["2024-01", "2025-01", "2024-01"]),
        ("the previous January", ["2024-01", "2024-01"]),
        ("a month earlier", ["2024-12", "2024-05"]),
        ("a year earlier", ["2024-01", "2023-06"]),
        ("two years earlier", ["2023-01", "2022-06"]),
        ("three months later", ["2025-04", "2024-09"]),
        ("over the month", ["2024-12 2025-01", "2024-05 2024-06"]),
        ("over the year", ["2024-01 2025-01", "2023-06 2024-06"]),
        ("over the last year", ["2024-01 2025-01"]),
        ("over the past two years", ["2023-01 2025-01"]),
        ("over the past three months", ["2024-10 2025-01", "2024-11 2025-01"]),  # from their first, or before it
        ("over the past 14 months", ["2023-11 2025-01"]),
        ("in three months", ["2024-10 2025-01", "2024-11 2025-01", "2024-03 2024-06", "2024-04 2024-06"]),
        ("three months to January 2025", ["2024-10 2025-01", "2024-11 2025-01"]),
        ("the year to December 2024", ["2023-12 2024-12"]),
        ("since June 2024", ["2024-06 2025-01", "2024-06"]),
        ("since", ["2024-06 2025-01"]),
        ("since a year earlier", ["2024-01 2025-01", "2023-06 2024-06"]),
        ("from June 2024 onwards", ["2024-06 2025-01", "2024-06"]),
        ("until June 2024", ["2023-01 2024-06"]),
        ("from June 2024 to January 2025", ["2024-06 2025-01"]),
        ("between June 2024 and January 2025", ["2024-06 2025-01"]),
        ("from September to January 2025", ["2024-09 2025-01"]),  # the September just before
        ("January to March 2024", ["2024-01 2024-03"]),
        ("from 2023-24 to 2024-25", ["2023-04 2025-03"]),
        ("throughout 2024", ["2024-01 2024-12"]),
        ("over 2024-25", ["2024-04 2025-03"]),
    ],
)
def test_which_months_are_meant(text, meant):
    assert months(text) == meant


@pytest.mark.parametrize(
    "text", ["2024-26", "march", "may", "sec", "throughout", "from June 2024", "before that", "xJanuary 2025"]
)
def test_what_is_no_time(text):
    assert when_at(text, text.startswith("x")) is None


def test_a_time_says_how_it_was_led_in():
    leads = {
        text: when_at(text, 0)[0].lead for text in ("since June 2024", "until June 2024", "over 2024-25", "June 2024")
    }
    assert leads == {"since June 2024": "since", "until June 2024": "until", "over 2024-25": "over", "June 2024": ""}
    assert when_at("plans in June 2024 rose", 9)[0].text == "June 2024"


def test_financial_years_of_a_stretch():
    when, _ = when_at("from 2023-24 to 2024-25", 0)
    [found] = resolve(when, FIRST, LATEST, ())
    assert (str(found.begins), str(found.year)) == ("2023-24", "2024-25")
