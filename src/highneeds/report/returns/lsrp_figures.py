"""The figures of a local SEND reform plan, in whole numbers that add up: three layers, table by table."""

from collections.abc import Sequence
from dataclasses import dataclass

from highneeds.forecast.joint import JointForecast, JointMeans, grouped
from highneeds.forecast.state import NEEDS, SETTINGS, Floats
from highneeds.report.returns.age_rules import groups_of_ages
from highneeds.report.returns.lsrp_tables import (
    AGE_ROWS,
    FIRST_YEAR,
    LAST_YEAR,
    NEED_ROWS,
    NEED_TABLES,
    PROVISION_ROWS,
)
from highneeds.report.returns.rounding import controlled, in_a_column

PlansByRow = dict[str, dict[int, int]]
OUTSIDE = "outside the tables by need"


@dataclass(frozen=True)
class LsrpLayer:
    """One layer: table -> row -> calendar year -> whole number; every table adds up to its total in every year."""

    title: str
    tables: dict[str, PlansByRow]

    def total(self, table: str, year: int) -> int:
        return sum(row[year] for row in self.tables[table].values())


def years_of(forecast: JointForecast) -> tuple[int, ...]:
    """The calendar years of the plan that the forecast covers: year Y is the census of January Y + 1."""
    januaries = forecast.no_action.januaries
    return tuple(year for year in range(FIRST_YEAR, LAST_YEAR + 1) if year + 1 in januaries)


def layers_of(forecast: JointForecast) -> tuple[LsrpLayer, ...]:
    """No action, then with the first action, the first two, and so on; the last is with all of them."""
    return tuple(layer(title, means, years_of(forecast)) for title, means in forecast.layers)


def layer(title: str, means: JointMeans, years: Sequence[int]) -> LsrpLayer:
    tables: dict[str, PlansByRow] = {}
    for year in years:
        place = means.januaries.index(year + 1)
        for table, rows in _plans(means.plans[place]).items():
            _add(tables, table, rows, year)
        if place:
            flows = {"10": means.requests, "11": means.assessed, "12": means.issued}
            for table, flow in flows.items():
                _add(tables, table, _by_age(flow[place - 1]), year)
    return LsrpLayer(title, tables)


def _add(tables: dict[str, PlansByRow], table: str, rows: dict[str, int], year: int) -> None:
    for row, value in rows.items():
        tables.setdefault(table, {}).setdefault(row, {})[year] = value


def _by_age(values: Floats) -> dict[str, int]:
    """Ages reached in the school year, as the plan counts."""
    means = grouped(values, groups_of_ages(further=1), axis=0)
    return dict(zip(AGE_ROWS, in_a_column(means.tolist()), strict=True))


def _plans(plans: Floats) -> dict[str, dict[str, int]]:
    """Tables 5.1, 6, 7 and 7.1 to 7.7 of one census (ages, needs, settings), all with the same total.

    Need by group of provisions is rounded once, as one table; table 7 are its row sums, and the rows of table 6
    share the sum of their group.
    """
    by_need = grouped(plans.sum(axis=0), [[NEEDS.index(name) for name in names] for _, names in NEED_ROWS], axis=0)
    numbers = [number for number, _ in NEED_TABLES]
    groups = [[SETTINGS.index(s) for row in PROVISION_ROWS if row.group == n for s in row.settings] for n in numbers]
    outside = [SETTINGS.index(s) for row in PROVISION_ROWS if not row.group for s in row.settings]
    cells = controlled(grouped(by_need, [*groups, outside], axis=1).tolist())
    tables = {
        number: {title: cells[row][column] for row, (title, _) in enumerate(NEED_ROWS)}
        for column, number in enumerate([*numbers, OUTSIDE])
    }
    total = sum(map(sum, cells))
    tables["7"] = {title: sum(cells[row]) for row, (title, _) in enumerate(NEED_ROWS)}
    tables["6"] = _provisions(plans.sum(axis=(0, 1)), {n: sum(tables[n].values()) for n in [*numbers, OUTSIDE]})
    ages = grouped(plans.sum(axis=(1, 2)), groups_of_ages(further=1), axis=0)
    tables["5.1"] = dict(zip(AGE_ROWS, in_a_column(ages.tolist(), total), strict=True))
    return {name: rows for name, rows in tables.items() if name != OUTSIDE}


def by_both_rules(means: JointMeans, year: int) -> tuple[tuple[str, int, int], ...]:
    """(age group, plans by the age reached in the school year, plans by the age on 31 August before): one total."""
    by_age = means.plans[means.januaries.index(year + 1)].sum(axis=(1, 2))
    reached, before = (in_a_column(grouped(by_age, groups_of_ages(further), axis=0).tolist()) for further in (1, 0))
    return tuple(zip(AGE_ROWS, reached, before, strict=True))


def _provisions(by_setting: Floats, group_totals: dict[str, int]) -> dict[str, int]:
    """The rows of table 6, each group's adding up to its sum in the tables by need."""
    found: dict[str, int] = {}
    for number, total in group_totals.items():
        rows = [row for row in PROVISION_ROWS if (row.group or OUTSIDE) == number]
        means = [float(sum(by_setting[SETTINGS.index(name)] for name in row.settings)) for row in rows]
        found |= dict(zip((row.title for row in rows), in_a_column(means, total), strict=True))
    return {row.title: found[row.title] for row in PROVISION_ROWS}


def missing_tables(found: LsrpLayer, wanted: Sequence[str]) -> tuple[str, ...]:
    """Tables that the plan asks for and this layer does not hold."""
    return tuple(name for name in wanted if name not in found.tables)
