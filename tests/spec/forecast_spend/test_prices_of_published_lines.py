"""Unit costs of a council from published lines: what is paid over whom it serves, then brought forward."""

from types import SimpleNamespace

import polars as pl
import pytest

from highneeds.forecast.costs.prices import PriceBasis
from highneeds.forecast.costs.section_251 import blocks_before_deductions, prices_from, prices_without_lines
from highneeds.forecast.defaults import default
from highneeds.forecast.learning.evidence import Area
from highneeds.forecast.state import SETTINGS
from highneeds.vocabulary.period import FinancialYear

EAST = Area("1", "Eastmoor", "East")
LINES = """
council | year    | stage   | line                  | gbp
1       | 2023-24 | outturn | topup_n_special       | 5500000
1       | 2023-24 | outturn | topup_m_special       |  750000
1       | 2023-24 | outturn | topup_m_special       |  250000
1       | 2023-24 | outturn | place_special         |  900000
1       | 2023-24 | outturn | hospital_education    |  100000
1       | 2023-24 | outturn | topup_m_income        |   50000
1       | 2023-24 | outturn | alternative_provision |  -10000
1       | 2023-24 | budget  | topup_n_special       |       1
1       | 2022-23 | outturn | topup_n_special       |       1
2       | 2023-24 | outturn | topup_n_special       | 5500000
2       | 2023-24 | outturn | topup_m_special       | 1000000
2       | 2023-24 | outturn | place_special         | 1100000
"""
PLANS = """
council | year | setting             | plans
1       | 2023 | special_independent | 90
1       | 2024 | special_independent | 110
1       | 2025 | special_independent | 120
1       | 2023 | special_state       | 100
1       | 2024 | special_state       | 100
1       | 2025 | special_state       | 140
2       | 2023 | special_independent | 100
2       | 2024 | special_independent | 100
2       | 2023 | special_state       | 100
2       | 2024 | special_state       | 100
3       | 2024 | special_state       | 9999
"""


def frame(text, *names):
    head, *rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    kinds = [int if all(row[place].lstrip("-").isdigit() for row in rows) else str for place in range(len(head))]
    kinds[0] = str
    return pl.DataFrame(
        [[kind(cell) for kind, cell in zip(kinds, row, strict=True)] for row in rows], schema=list(names), orient="row"
    )


def published(lines=LINES, plans=PLANS, **more):
    tables = {
        "s251_high_needs_lines": frame(lines, "la_number", "fin_year", "stage", "line", "amount_gbp"),
        "ehcp_caseload_by_setting": frame(plans, "la_number", "year", "setting", "plans"),
        **more,
    }
    return SimpleNamespace(has=tables.__contains__, table=tables.__getitem__)


def outturn(*rows):
    columns = ["la_number", "fin_year", "high_needs_1_2_net_gbp"]
    return {"s251_outturn_high_needs_total": pl.DataFrame(rows, schema=columns, orient="row")}


def by_name(prices):
    return {line.name: line for line in prices.lines}


def test_a_price_is_what_was_paid_over_the_plans_of_the_year_leaning_on_all_councils():
    """Plans of 2023-24 are the mean of two Januaries: 100 of 200. Ten more stand for the price of all councils."""
    prices, _ = prices_from(published(), EAST)
    lines, half = by_name(prices), default("unit_cost_range").value
    fee = (5_500_000 + 10 * 11_000_000 / 200) / 110
    assert lines["1.2.3 special"].gbp == pytest.approx(fee) == 55_000
    bounds = (lines["1.2.3 special"].low, lines["1.2.3 special"].high)
    assert bounds == pytest.approx((fee * (1 - half), fee * (1 + half)))
    assert lines["1.2.1-2 special"].gbp == pytest.approx(10_000)
    assert lines["1.0.2 special"].gbp == pytest.approx((900_000 + 10 * 2_000_000 / 200) / 110)
    assert (lines["1.2.6"].gbp, lines["1.2 income"].gbp) == (100_000, -50_000)
    assert "1.2.7" not in lines, "no line is paid to the council but its income"
    assert {line.base_year for line in prices.lines} == {2023}
    source = lines["1.2.3 special"].source
    assert source.startswith("DfE, section 251 outturn 2023-24, Eastmoor: ") and source.endswith("; an estimate")
    rises = default("inflation_independent")
    assert (lines["1.2.3 special"].inflation, lines["1.2.3 special"].inflation_low) == (rises.value, rises.low)


@pytest.mark.parametrize(
    ("gbp", "believed"), [("2640000", True), ("2660000", False), ("23100", True), ("22900", False)]
)
def test_a_price_of_six_times_the_usual_is_not_believed_nor_one_of_a_sixth(gbp, believed):
    """Of 2,000 plans 100 are its own: u = (g + 5.5m) / 2000 is the usual price, and (g + 10 u) / 110 its own."""
    own = "topup_n_special       | 5500000"
    many = "".join(f"2 | {year} | special_independent | 1800\n" for year in (2023, 2024))
    found = published(LINES.replace(own, f"topup_n_special | {gbp}", 1), PLANS.lstrip() + many)
    assert ("1.2.3 special" in by_name(prices_from(found, EAST)[0])) == believed


def test_prices_are_brought_forward_by_the_newest_total_and_place_funding_is_not():
    """Lines but places make so much for the plans of 2024-25, and the total of that year says a tenth more."""
    expected = 55_000 * 115 + 10_000 * 120 + 100_000 - 50_000
    total = outturn(
        ("1", "2023-24", 1.0), ("1", "2024-25", 1.1 * expected), ("1", "2025-26", None), ("2", "2025-26", 9.0)
    )
    lines = by_name(prices_from(published(**total), EAST)[0])
    assert lines["1.2.3 special"].gbp == pytest.approx(55_000 * 1.1)
    assert lines["1.2.6"].gbp == pytest.approx(110_000) and lines["1.0.2 special"].gbp == pytest.approx(1_000_000 / 110)
    assert lines["1.2.6"].base_year == lines["1.0.2 special"].base_year == 2024
    assert lines["1.2.6"].source.endswith("; times 1.100 to meet the total of 2024-25")
    old = by_name(prices_from(published(**outturn(("1", "2023-24", 1.0))), EAST)[0])
    assert old["1.2.6"].gbp == 100_000 and old["1.2.6"].base_year == 2023


@pytest.mark.parametrize(("times", "moved"), [(9.0, 2.5), (0.1, 0.6)])
def test_prices_move_by_no_more_than_a_return_can_say(times, moved):
    expected = 55_000 * 115 + 10_000 * 120 + 50_000
    lines = by_name(prices_from(published(**outturn(("1", "2024-25", times * expected))), EAST)[0])
    assert lines["1.2.6"].gbp == pytest.approx(100_000 * moved)


def test_settings_without_a_price_say_why():
    prices, notes = prices_from(published(), EAST)
    served = {"special_independent", "special_non_maintained", "special_state"}
    assert set(prices.absent) == set(SETTINGS) - served
    assert prices.absent["mainstream"].code == "cost.line_not_believable", "it has a line, and not here"
    assert prices.absent["neet"].code == "cost.no_line_of_setting"
    codes = [note.code for note in notes]
    assert codes[0] == "cost.estimate" and codes[-3:] == [
        "in_year.no_grant", "accumulated.no_opening", "transport.not_published",
    ]  # fmt: skip
    assert "accumulated.no_opening" not in [note.code for note in prices_from(published(), EAST, 5.0)[1]]
    assert prices_from(published(), EAST, 5.0)[0].opening == 5.0


def test_a_council_without_a_line_has_one_price_for_every_plan():
    nobody = Area("3", "Westmoor", "West")
    prices, [note] = prices_from(published(), nobody)
    assert prices is None and (note.code, note["council"]) == ("cost.no_line_of_council", "Westmoor")
    assert prices_from(SimpleNamespace(has=lambda name: False), nobody)[0] is None
    path = SimpleNamespace(
        volumes=pl.DataFrame([[100.0, 150.0], [9.0, 9.0]], orient="row").to_numpy(),
        newest_gbp=5_000_000.0,
        settings=("mainstream", "special_state", "elsewhere"),
        newest=FinancialYear(2023),
    )
    prices, notes = prices_without_lines(published(), nobody, path)
    [line] = prices.lines
    assert (line.gbp, line.low, line.high, line.base_year) == (20_000, 20_000, 20_000, 2023)
    assert (line.settings, line.basis) == (("mainstream", "special_state"), PriceBasis.PLAN)
    assert [note.code for note in notes][:2] == ["cost.no_line_of_council", "cost.of_outturn"]
    assert [note.code for note in notes][2:] == [
        "in_year.no_grant",
        "accumulated.no_opening",
        "transport.not_published",
    ]


def test_blocks_by_the_year_in_which_they_begin():
    rows = [("1", "2023-24", 5), ("1", "2024-25", 6), ("2", "2023-24", None)]
    grants = {"dsg_allocations": pl.DataFrame(rows, schema=["la_number", "fin_year", "high_needs_block"], orient="row")}
    assert blocks_before_deductions(published(**grants)) == {"1": {2023: 5.0, 2024: 6.0}}
    prices, notes = prices_from(published(**grants), EAST)
    assert prices.grant.known == {2023: 5.0, 2024: 6.0} and "in_year.no_grant" not in [note.code for note in notes]
