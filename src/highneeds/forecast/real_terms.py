"""The money of a forecast in real terms: pounds of the day divided by general prices since its first year."""

from collections.abc import Mapping

import numpy as np

from highneeds.forecast.costs.price import Costs
from highneeds.forecast.defaults import default
from highneeds.forecast.state import Floats
from highneeds.vocabulary.table import Table

DEFLATOR = "gdp_deflator"
"""Name of the assumption that says how general prices rise."""

FIGURES = ("cash_gbp", "real_gbp", "real_p10", "real_p90")
COLUMNS = ("scenario", "measure", "financial_year", *FIGURES, "prices_of", "deflator")


def deflated(values: Floats, rise: float) -> Floats:
    """(draws, years) pounds of the day -> pounds of the first year, at a yearly rise of general prices."""
    found: Floats = values / (1.0 + rise) ** np.arange(values.shape[1])
    return found


def real_terms(costs: Mapping[str, Costs]) -> Table:
    """By scenario: spending, the in-year position and the accumulated one, in cash and in prices of the first year.

    An accumulated position is a debt of the day and is deflated as one: what it would weigh beside prices of the first
    year.
    """
    assumption, rows = default(DEFLATOR), list[list[object]]()
    for scenario, one in costs.items():
        first = str(one.years[0])
        named = f"{assumption.title}: {100 * assumption.value:g}% a year"
        for measure, values in (
            ("cost_gbp", one.total_gbp),
            ("in_year_gbp", one.in_year_gbp),
            ("accumulated_gbp", one.accumulated_gbp),
        ):
            if values is None:
                continue
            real = deflated(values, assumption.value)
            for at, year in enumerate(one.years):
                if not np.isnan(real[:, at]).any():
                    low, high = np.quantile(real[:, at], (0.1, 0.9))
                    figures = (values[:, at].mean(), real[:, at].mean(), low, high)
                    rows.append(
                        [scenario, measure, str(year), *(round(float(figure), 2) for figure in figures), first, named]
                    )
    return Table.of(COLUMNS, rows, "In real terms")
