"""Which figure is explained between which dates, and what an earlier forecast that was kept said of it."""

from types import SimpleNamespace

import numpy as np
import pytest

from highneeds.forecast.why import ExplainedFigure, ExplainQuestion, counted_since
from highneeds.report.words.forecast import kept_and_now, starts_from
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.table import Table

KEPT = SimpleNamespace(name="2024-02-01", made_on="2024-02-01", origin=2024)
TABLE = Table.of(
    ("scenario", "measure", "cut", "period", "mean"),
    [
        ("baseline", "plans", "total", "2025-01", 1234.4),
        ("baseline", "plans", "need", "2025-01", 9.0),
        ("baseline", "cost_gbp", "total", "2025-01", 7.0),
        ("a school", "cost_gbp", "total", "2024-25", 5.0),
        ("baseline", "cost_gbp", "total", "2024-25", 6.0),
    ],
    "Kept",
)


def asked(figure, first="", last=""):
    return ExplainQuestion(ExplainedFigure(figure), first, last, 10, 1, None)


@pytest.mark.parametrize(
    ("figure", "period", "said"),
    [("plans", "2025-01", 1234.4), ("cost", "2024-25", 6.0), ("plans", "2026-01", None), ("cost", "2025-01", 7.0)],
)
def test_what_a_kept_forecast_said_of_a_figure(figure, period, said):
    assert asked(figure).in_kept(TABLE, period) == said


@pytest.mark.parametrize(
    ("origin", "more"),
    [(2025, "; for 2025-01 it forecast 1,234 plans, and 1,300 were counted"), (2024, ""), (2026, "")],
)
def test_what_has_been_counted_since(origin, more):
    opening = SimpleNamespace(plans=np.array([1000.0, 300.0]))
    basis = SimpleNamespace(assumptions=SimpleNamespace(calendar=SimpleNamespace(origin=origin), opening=opening))
    words = starts_from(KEPT.made_on, KEPT.origin, counted_since(basis, KEPT, TABLE))
    assert words == f"the forecast of 2024-02-01 starts from January 2024{more}"


def test_a_january_that_the_kept_forecast_itself_starts_from_was_not_counted_since():
    opening = SimpleNamespace(plans=np.array([1000.0]))
    basis = SimpleNamespace(assumptions=SimpleNamespace(calendar=SimpleNamespace(origin=2025), opening=opening))
    assert counted_since(basis, SimpleNamespace(origin=2025), TABLE) is None
    assert counted_since(basis, KEPT, TABLE) == ("2025-01", 1234.4, 1000.0)


def test_a_figure_then_and_now():
    assert kept_and_now("2026-01", "2024-02-01 (abc)", 1000.0, 2234.6, cost=False) == (
        "plans in 2026-01: 1,000 in the forecast of 2024-02-01 (abc), 2,235 in today's"
    )


def test_plans_are_explained_in_a_january_and_cost_in_a_financial_year():
    years, januaries = tuple(map(FinancialYear, (2024, 2025))), (2025, 2026)
    calendar = SimpleNamespace(origin=2024, financial_years=years, januaries=januaries)
    basis = SimpleNamespace(assumptions=SimpleNamespace(calendar=calendar), inputs=None)
    ends = [(one.begins(basis), one.ends(basis)) for one in map(asked, ("plans", "cost"))]
    assert ends == [("2024-01", "2026-01"), ("2024-25", "2025-26")]
    typed = asked("plans", "2025-01", "2025-01")
    assert (typed.begins(basis), typed.ends(basis)) == ("2025-01", "2025-01")
    with pytest.raises(InputError, match="Plans are counted in January, not in 2024-02") as refused:
        typed.measure(basis, "2024-02")
    assert refused.value.remedy == "Write 2024-01"
