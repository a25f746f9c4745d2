"""The other councils beside a measure stand by name, and two of one name by number, in every run."""

from highneeds.benchmarks.definitions.ehcp_growth_pct_1y import comparison
from highneeds.report.pages.comparisons import _others


def test_two_councils_of_one_name_stand_in_the_order_of_their_numbers():
    """Numbers as people write them; a set of words has another order in every run, so a dozen are asked."""
    numbers = [f"{number}" for number in range(820, 832)]
    known = {number: {"2024-01": 1.0} for number in numbers}
    names = dict.fromkeys(numbers, "Dorset") | {"825": "Avon"}
    found = [one.id for one in _others(comparison, known, ["2024-01"], {"831"}, names)]
    assert found == ["825", *(one for one in numbers if one not in ("825", "831"))]
