"""The bridge: why actual cost differs from planned cost, exact to the penny."""

from decimal import Decimal

import pytest

from highneeds.account.variance.bridge import bridge
from highneeds.intake.ledger.priced_lines import PricedLine
from highneeds.report.views.bridge import bridge_table
from highneeds.vocabulary.errors import InputError


def lines(text: str) -> list[PricedLine]:
    rows = [row.split("|") for row in text.strip().splitlines()[1:]]
    return [PricedLine(name.strip(), Decimal(volume.strip()), Decimal(price.strip())) for name, volume, price in rows]


def shown(plan: str, actual: str) -> list[str]:
    return [" | ".join(str(cell) for cell in row) for row in bridge_table(bridge(lines(plan), lines(actual))).rows]


def test_a_place_more_in_the_dear_line_is_volume_and_mix_and_a_dearer_place_is_price():
    """Planned average price 12,500 = (10 x 10,000 + 10 x 15,000) / 20."""
    plan = """
        line    | volume | price
        state   | 10     | 10000
        private | 10     | 15000
    """
    actual = """
        line    | volume | price
        state   | 10     | 10100
        private | 12     | 16000
    """
    assert shown(plan, actual) == [
        "state | 0.00 | 0.00 | 1000.00 | 1000.00",
        "private | 25000.00 | 5000.00 | 12000.00 | 42000.00",
        "TOTAL | 25000.00 | 5000.00 | 13000.00 | 43000.00",
    ]


def test_a_line_missing_from_one_side_has_no_volume_there_and_the_other_sides_price():
    plan = """
        line  | volume | price
        state | 4      | 100
        gone  | 1      | 200
    """
    actual = """
        line  | volume | price
        state | 4      | 100
        new   | 2      | 50
    """
    assert shown(plan, actual) == [
        "state | 0.00 | 0.00 | 0.00 | 0.00",
        "gone | -120.00 | -80.00 | 0.00 | -200.00",
        "new | 240.00 | -140.00 | 0.00 | 100.00",
        "TOTAL | 120.00 | -220.00 | 0.00 | -100.00",
    ]


def test_the_line_with_the_greatest_actual_cost_carries_the_odd_pennies():
    """Average price 10/3. Three lines one place up each: 3.33 + 3.33 + 3.33, and the tenth pound needs a penny more."""
    plan = """
        line | volume | price
        a    | 1      | 2
        b    | 1      | 3
        c    | 1      | 5
    """
    actual = """
        line | volume | price
        a    | 2      | 2
        b    | 2      | 3
        c    | 2      | 5
    """
    assert shown(plan, actual) == [
        "a | 3.33 | -1.33 | 0.00 | 2.00",
        "b | 3.33 | -0.33 | 0.00 | 3.00",
        "c | 3.34 | 1.66 | 0.00 | 5.00",
        "TOTAL | 10.00 | 0.00 | 0.00 | 10.00",
    ]


def test_half_a_penny_goes_away_from_zero():
    plan = "line|volume|price\n x|1|1"
    assert shown(plan, "line|volume|price\n x|1|1.005")[0] == "x | 0.00 | 0.00 | 0.01 | 0.01"
    assert shown(plan, "line|volume|price\n x|1|0.995")[0] == "x | 0.00 | 0.00 | -0.01 | -0.01"


def test_without_planned_volume_there_is_no_average_price():
    with pytest.raises(InputError, match="no average price"):
        bridge(lines("line|volume|price\n a|0|10"), lines("line|volume|price\n a|1|10"))
