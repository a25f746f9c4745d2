"""What is said beside a kept forecast: how far the ledger had come, and the newest year whose outcome was known."""

import pytest

from highneeds.actions.keep_forecast import known_to, underway
from highneeds.forecast.summary import Balance, ForecastInputs, Underway

MARCH = Balance("2023-24", 1.0, "A")


def inputs(*years, opening=None):
    found = tuple(Underway(year, closed, 1.0, None, "ledger") for year, closed in years)
    return ForecastInputs("999", "2027-28", 1, 1, opening, underway=found)


@pytest.mark.parametrize(
    ("given", "how_far", "outcome_of"),
    [
        (None, "", ""),
        (inputs(), "", ""),
        (inputs(opening=MARCH), "", "2023-24"),
        (inputs(("2024-25", 11)), "2024-25 P11", ""),
        (inputs(("2024-25", 12)), "2024-25 P12", "2024-25"),
        (inputs(("2024-25", 12), ("2025-26", 3), opening=MARCH), "2025-26 P3", "2024-25"),
        (inputs(("2022-23", 12), opening=MARCH), "2022-23 P12", "2023-24"),
    ],
)
def test_how_far_the_ledger_had_come(given, how_far, outcome_of):
    assert (underway(given), known_to(given)) == (how_far, outcome_of)
