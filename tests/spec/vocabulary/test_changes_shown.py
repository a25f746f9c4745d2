"""How a change is shown in its unit: up, down and none."""

import pytest

from highneeds.vocabulary.unit import Unit


@pytest.mark.parametrize(
    ("unit", "up", "down", "none"),
    [
        (Unit.PERCENT, "+1.5 points", "−1.5 points", "0.0 points"),
        (Unit.PERCENTAGE_POINTS, "+1.5", "−1.5", "0.0"),
        (Unit.PER_1000, "+1.5", "−1.5", "0.0"),
        (Unit.COUNT, "+2", "−2", "0"),
        (Unit.GBP, "+£2", "−£2", "£0"),
    ],
)
def test_a_change_has_its_sign_and_its_unit(unit, up, down, none):
    assert (unit.show_change(1.5), unit.show_change(-1.5), unit.show_change(0)) == (up, down, none)


def test_decimals_may_be_given_and_money_stays_in_whole_pounds():
    assert (Unit.COUNT.show_change(1.25, 1), Unit.PERCENT.show(1.25, 2), Unit.GBP.show(1234.5, 1)) == (
        *("+1.3", "1.25%", "£1,235"),
    )
