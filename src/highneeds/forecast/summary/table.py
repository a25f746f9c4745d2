"""A summary in the columns of a forecast."""

from highneeds.forecast.columns import BASELINE, COLUMNS, REGISTER
from highneeds.forecast.summary import Fan, ForecastSummary
from highneeds.vocabulary.table import Table

CHANCES = (0.025, 0.1, 0.5, 0.9, 0.975)


def table_of(summary: ForecastSummary) -> Table:
    """Plans by age and setting, and money, with the bands of the contract."""
    cuts = [("plans", "total", "total", "census", summary.plans)]
    cuts += [("plans", "age_band", one.name, "census", one) for one in summary.by_age]
    cuts += [("plans", "setting", one.name, "census", one) for one in summary.by_setting]
    money = (("cost_gbp", summary.cost), ("in_year_gbp", summary.in_year), ("accumulated_gbp", summary.deficit))
    cuts += [(name, "total", "total", "financial_year", one) for name, one in money if one is not None]
    return Table.of(COLUMNS, [row for cut in cuts for row in _rows(*cut)], "Forecast")


def register_of(summary: ForecastSummary) -> Table:
    """Every assumption."""
    return Table.of(REGISTER, [[getattr(row, name) for name in REGISTER] for row in summary.assumptions])


def _rows(measure: str, cut: str, category: str, kind: str, fan: Fan) -> list[tuple[object, ...]]:
    return [
        (BASELINE, measure, cut, category, period, kind, fan.mean[place], *(fan.at(one)[place] for one in CHANCES))
        for place, period in enumerate(fan.periods)
    ]
