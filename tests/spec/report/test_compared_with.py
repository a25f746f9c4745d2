"""Published comparisons beside an indicator: the product's own know theirs, and a council names them for its own."""

from dataclasses import dataclass
from types import SimpleNamespace

import polars as pl
import pytest

from highneeds.benchmarks.mechanism.compare import comparisons
from highneeds.intake.workspace.dashboard import read_indicators
from highneeds.report.pages.comparisons import beside
from highneeds.vocabulary.errors import InputError

PUBLISHED = ("pct_20wk_incl_exceptions", "pct_20wk_excl_exceptions", "ehcp_growth_pct_1y")
ROWS = """id,title,unit,good_direction,compared_with
all_plans,Plans in force,count,none,
issued_in_time,Plans issued in time,percent,up,pct_20wk_incl_exceptions | pct_20wk_excl_exceptions
no_place,No place,count,down,
misspelt,Plans issued,percent,up,pct_20_weeks
"""


@dataclass(frozen=True)
class OneCouncil:
    """Council 123 of which three comparisons are published."""

    workspace = SimpleNamespace(council=SimpleNamespace(la_number="123"))
    comparisons = tuple(
        (one, pl.DataFrame({"la_number": ["123"], "value": [50.0], "period": ["2024"]}))
        for one in comparisons()
        if one.id in PUBLISHED
    )


@pytest.fixture
def indicators(tmp_path):
    (tmp_path / "indicators.csv").write_text(ROWS)
    return {one.id: one for one in read_indicators(tmp_path, ())}


@pytest.mark.parametrize(
    ("indicator", "shown"),
    [
        ("all_plans", {"ehcp_growth_pct_1y"}),
        ("issued_in_time", {"pct_20wk_incl_exceptions", "pct_20wk_excl_exceptions"}),
        ("no_place", set()),
    ],
)
def test_an_indicator_of_the_councils_own_stands_beside_the_comparisons_it_names(indicators, indicator, shown):
    assert set(beside(OneCouncil(), indicators[indicator])) == shown


def test_a_comparison_that_there_is_not_is_refused_with_its_line(indicators):
    with pytest.raises(InputError, match="'pct_20_weeks' is no published comparison") as refused:
        beside(OneCouncil(), indicators["misspelt"])
    assert "indicators.csv line 5" in str(refused.value)
