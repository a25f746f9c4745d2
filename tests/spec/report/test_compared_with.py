"""Published comparisons beside an indicator: the product's own know theirs, and a council names them for its own."""

from types import SimpleNamespace

import pytest

from highneeds.intake.workspace.dashboard import read_indicators
from highneeds.report.pages import comparisons as pages
from highneeds.report.pages.comparisons import beside
from highneeds.vocabulary.errors import InputError

PUBLISHED = ("pct_20wk_incl_exceptions", "pct_20wk_excl_exceptions", "ehcp_growth_pct_1y")
ROWS = """id,title,unit,good_direction,compared_with
all_plans,Plans in force,count,none,
issued_in_time,Plans issued in time,percent,up,pct_20wk_incl_exceptions | pct_20wk_excl_exceptions
no_place,No place,count,down,
misspelt,Plans issued,percent,up,pct_20_weeks
"""


@pytest.fixture
def evidence(monkeypatch):
    """A council of which three comparisons are published."""
    measures = [SimpleNamespace(id=name) for name in PUBLISHED]
    monkeypatch.setattr(pages, "comparisons_result", lambda evidence: SimpleNamespace(measures=measures))
    return SimpleNamespace()


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
def test_an_indicator_of_the_councils_own_stands_beside_the_comparisons_it_names(
    evidence, indicators, indicator, shown
):
    assert set(beside(evidence, indicators[indicator])) == shown


def test_a_comparison_that_there_is_not_is_refused_with_its_line(evidence, indicators):
    with pytest.raises(InputError, match="'pct_20_weeks' is no published comparison") as refused:
        beside(evidence, indicators["misspelt"])
    assert "indicators.csv line 5" in str(refused.value)
