"""The comparison with other councils, for tables that hold less than Kent's."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from highneeds.intake.workspace import Benchmark
from highneeds.report.document import ChartBlock, DataTable
from highneeds.report.sections.others import finding, section


def row(measure: str, area: str, value: int | None, label: str = "") -> Benchmark:
    amount = None if value is None else Decimal(value)
    return Benchmark(measure, area, label or area.capitalize(), amount, "gbp", "2023-24", "", 36)


def evidence(*rows: Benchmark):
    return SimpleNamespace(workspace=SimpleNamespace(benchmarks=rows, council=SimpleNamespace(short_name="Kent")))


def blocks(kind, *rows: Benchmark):
    return [block for block in section(evidence(*rows)).blocks if isinstance(block, kind)]


def test_one_area_has_nothing_to_compare_with():
    (table,) = blocks(DataTable, row("Places", "kent", 174))
    assert [column.head for column in table.columns] == ["Measure", "Kent"]
    assert blocks(ChartBlock, row("Places", "kent", 174)) == []


def test_a_council_that_spends_less_everywhere_still_has_its_chart():
    rows = (
        row("Places", "kent", 100),
        row("Places", "england", 149),
        row("Tops", "kent", 5),
        row("Tops", "england", 6),
    )
    (chart,) = blocks(ChartBlock, *rows)
    assert "−£49" in chart.title
    assert {r.cells[0].text: r.cells[1].text for r in chart.table.rows} == {"Places": "−£49", "Tops": "−£1"}


@pytest.mark.parametrize(("own", "other", "words"), [(100, 149, "less"), (149, 100, "more"), (149, 149, "the same")])
def test_more_or_less_follows_the_figures(own, other, words):
    rows = [row("Places", "kent", own), row("Places", "england", other, "nationally")]
    said = finding(evidence(*rows), rows)
    assert said.startswith(f"Kent spends a head, against England, {words} in all (£{own} against £{other})")
    assert "names" not in said and "no year" not in said, "the table of this test names its year"
    silent = [replace(one, period="", basis="year and denominator not printed") for one in rows]
    assert "no year and not whose heads it counts" in finding(evidence(*silent), silent)


def test_a_service_that_nobody_else_publishes_makes_no_bar():
    rows = (row("Places", "kent", 100), row("Places", "england", None))
    assert blocks(ChartBlock, *rows) == []
