"""What stands in place of figures that a council without a plan cannot have."""

from types import SimpleNamespace

import pytest

from highneeds.account.stated import Stated
from highneeds.report.sections.known_instead import newest
from highneeds.vocabulary.period import FinancialYear


def evidence(*known):
    """A report of 2025-26; of these years a balance was achieved."""
    years = {FinancialYear(first): Stated(first, first) for first in known}
    layers = SimpleNamespace(years=tuple(years), one=lambda year, measure, layer: years.get(year))
    report = SimpleNamespace(current_year=FinancialYear(2025))
    return SimpleNamespace(
        workspace=SimpleNamespace(council=SimpleNamespace(report=report)), money=SimpleNamespace(layers=layers)
    )


@pytest.mark.parametrize(("known", "year"), [((2023, 2024), 2024), ((2024, 2025), 2024), ((2023,), 2023)])
def test_the_newest_balance_is_of_a_year_that_has_ended(known, year):
    found = newest(evidence(*known), "closing")
    assert found == (FinancialYear(year), Stated(year, year))


def test_the_year_that_runs_has_achieved_nothing_yet():
    assert newest(evidence(2025), "closing") is None
