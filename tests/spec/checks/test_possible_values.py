"""A share of 1000% or of -5% stands out; places filled a little beyond their number do not."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.checks.possible_values import impossible_values
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.unit import Unit


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("percent", "1000", "Share, 2025-01: 1000% is no share of a whole"),
        ("percent", "-0.1", "Share, 2025-01: -0.1% is no share of a whole"),
        ("percent", "110", ""),
        ("percent", "110.1", "Share, 2025-01: 110.1% is no share of a whole"),
        ("percent", "0", ""),
        ("count", "-1", "Share, 2025-01: -1 is no count"),
        ("count", "0", ""),
        ("gbp", "-1", ""),
        ("percentage_points", "-5", ""),
    ],
)
def test_what_cannot_be_is_a_query_with_its_line(unit, value, said):
    row = SimpleNamespace(
        indicator="x", period="2025-01", value=Decimal(value), unit=Unit(unit), where=Source("observations.csv", 7)
    )
    found = impossible_values([SimpleNamespace(id="x", short_title="Share")], [row]).findings
    assert [one.message for one in found] == ([said] if said else [])
    assert all((one.file, one.line) == ("observations.csv", 7) for one in found)
