"""A kept forecast beside what came, with a pencil; the rows of the register that speak of money."""

from types import SimpleNamespace

import polars as pl
import pytest

from forecast_by_hand import priced, quiet, with_plans
from highneeds.forecast.actuals import money_actual, published_actuals
from highneeds.forecast.costs.block_growth import BlockGrowth
from highneeds.forecast.costs.prices import Grant, PriceBasis, PriceLine, Prices
from highneeds.forecast.defaults import default
from highneeds.forecast.register import money_rows
from highneeds.forecast.summary import Balance, ForecastInputs
from highneeds.forecast.transport import with_transport
from highneeds.forecast.vintages import Actual, coverage, fingerprint, held_against, kept_table, vintage_files
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table

COLUMNS = (
    "scenario",
    "measure",
    "cut",
    "category",
    "period",
    "period_kind",
    "mean",
    "p2_5",
    "p10",
    "p50",
    "p90",
    "p97_5",
)
PLANS = ("plans", "total", "total", "2025-01", "census")


def forecast(*rows):
    return Table.of(COLUMNS, list(rows), "Forecast")


FORECAST = forecast(
    ("baseline", *PLANS, 100.0, 80.0, 90.0, 100.0, 110.0, 120.0),
    ("a school", *PLANS, 50.0, 40.0, 45.0, 50.0, 55.0, 60.0),
    ("baseline", "ceased", "total", "total", "2025-01", "census", 0.0, 0.0, 0.0, 0.0, 1.0, 2.0),
)


@pytest.mark.parametrize(
    ("came", "error", "share", "inside_80", "inside_95"),
    [
        (110.0, 10.0, 10.0, "yes", "yes"),
        (110.5, 10.5, 10.5, "no", "yes"),
        (90.0, -10.0, -10.0, "yes", "yes"),
        (89.0, -11.0, -11.0, "no", "yes"),
        (120.0, 20.0, 20.0, "no", "yes"),
        (79.0, -21.0, -21.0, "no", "no"),
    ],
)
def test_what_came_beside_what_was_forecast(came, error, share, inside_80, inside_95):
    [row] = held_against(FORECAST, [Actual(*PLANS, came), Actual(*PLANS[:3], "2026-01", "census", 1.0)]).records()
    assert (row["actual"], row["mean"], row["error"], row["error_pct"]) == (came, 100.0, error, share)
    assert (row["inside_80"], row["inside_95"]) == (inside_80, inside_95)
    assert tuple(row.values())[:5] == PLANS


def test_a_scenario_and_a_mean_of_nought():
    [row] = held_against(FORECAST, [Actual(*PLANS, 60.0)], "a school").records()
    assert (row["mean"], row["error"], row["inside_80"], row["inside_95"]) == (50.0, 10.0, "no", "yes")
    [none] = held_against(FORECAST, [Actual("ceased", *PLANS[1:], 1.0)]).records()
    assert none["error_pct"] is None and none["error"] == 1.0


def test_how_good_a_vintage_was():
    came = [Actual(*PLANS, 110.0), Actual(*PLANS, 85.0), Actual(*PLANS, 79.0), Actual("ceased", *PLANS[1:], 1.0)]
    assert [list(row) for row in coverage(held_against(FORECAST, came)).rows] == [
        ["plans", "total", 3, round((10 + 15 + 21) / 3, 3), 0.333, 0.667],
        ["ceased", "total", 1, 1.0, 1.0, 1.0],
    ]


def test_what_is_kept_of_a_forecast():
    """No figure of a single year of age or of an academic year is published to hold against it."""
    more = forecast(
        *FORECAST.rows,
        ("baseline", "plans", "ncy", "7", "2025-01", "census", 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
        ("baseline", "ceased", "total", "total", "2025/26", "academic_year", 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    )
    files = vintage_files(more, Table.of(("a", "b"), [("x", None)], "Register"), {"made_on": "2025-04-02"}, ["A note"])
    assert set(files) == {"forecast.csv", "assumptions.csv", "run.json"}
    kept = kept_table(files)
    assert kept.columns == COLUMNS and [tuple(row) for row in kept.rows] == [tuple(row) for row in FORECAST.rows]
    assert files["assumptions.csv"] == b"a,b\nx,\n" and b'"notes": [\n  "A note"\n ]' in files["run.json"]
    for broken in ("run.json", "forecast.csv"):
        with pytest.raises(InputError, match="not as it was made") as refused:
            kept_table({name: data for name, data in files.items() if name != broken}, "v1")
        assert str(refused.value.where) == "v1"
    assert (
        fingerprint({"a": b"1", "b": b"2"})
        == fingerprint({"b": b"2", "a": b"1"})
        != fingerprint({"a": b"2", "b": b"1"})
    )


def published(**tables):
    return SimpleNamespace(has=tables.__contains__, table=tables.__getitem__)


def test_what_was_published_since():
    """Flows of 2024 stand under the January that ends it; a figure that is not there is none."""
    totals = pl.DataFrame(
        {"la_number": ["1", "1", "1", "2", "1"], "year": [2024, 2026, 2025, 2025, 2027], "plans": [9, 12, 11, 99, None]}
    )
    flows = pl.DataFrame(
        {
            "la_number": ["1", "1"],
            "cal_year": [2023, 2024],
            "requests_received_in_year": [1, 5],
            "assess_in_year": [1, 4],
            "assess_issued": [1, None],
            "total_ceased": [1, 0],
        }
    )
    found = published_actuals(published(ehcp_caseload_total=totals, ehcp_process=flows), "1", 2024)
    assert found == (
        Actual("plans", "total", "total", "2025-01", "census", 11.0),
        Actual("plans", "total", "total", "2026-01", "census", 12.0),
        Actual("requests", "total", "total", "2025-01", "census", 5.0),
        Actual("assessments", "total", "total", "2025-01", "census", 4.0),
        Actual("ceased", "total", "total", "2025-01", "census", 0.0),
    )
    assert money_actual("2024-25", "in_year_gbp", 5.0) == Actual(
        "in_year_gbp", "total", "total", "2024-25", "financial_year", 5.0
    )


def test_transport_is_a_price_for_every_plan_of_its_year():
    """£600,000 over the mean of 100 and 140 plans; without any published, over those that the forecast begins with."""
    council = priced(with_plans(quiet(), "age | setting | plans\n 6 | special_independent | 20"))
    totals = pl.DataFrame({"la_number": ["1"] * 4, "year": [2024, 2025, 2026, 2023], "plans": [100, 140, 9, 9]})
    given = Balance("2024-25", 600_000.0, "the budget")
    line = with_transport(council, published(ehcp_caseload_total=totals), "1", given).prices.lines[-1]
    half = default("unit_cost_range").value
    assert (line.gbp, line.low, line.high) == (5000, pytest.approx(5000 * (1 - half)), pytest.approx(5000 * (1 + half)))
    assert (line.base_year, line.in_dsg, line.estimate) == (2024, False, False)
    assert line.source == Note.of("transport.own_cost", year="2024-25", plans=120.0, sources=("the budget",))
    other = with_transport(council, published(ehcp_caseload_total=totals), "2", given).prices.lines[-1]
    assert other.gbp == 30_000
    assert with_transport(quiet(), published(), "1", given).prices is None


def price_line(**changed):
    given = dict(
        name="1.2.3", title="Independent", settings=("special_independent",), basis=PriceBasis.PLAN,
        gbp=60_000.126, low=70_000.0, high=50_000.0, base_year=2023,
        inflation=0.03, inflation_low=0.01, inflation_high=0.05, source="DfE",
    )  # fmt: skip
    return PriceLine(**{**given, **changed})


def test_the_rows_of_the_register_that_speak_of_money():
    lines = (
        price_line(),
        price_line(name="1.2.5", title="Support", settings=(), estimate=False, in_dsg=False, inflation=0.02),
        price_line(name="1.2.6", title="More"),
    )
    grant = Grant({2023: 1.0, 2024: 2.0}, BlockGrowth(0.03, 0.02, 0.04, beyond=0.02), "by hand")
    asked = ForecastInputs("999", "2027-28", 1, 1, Balance("2023-24", 1.0, "A"), promised_gbp=500.0, paid_gbp=100.0)
    council = priced(quiet(), lines=lines, grant=grant)
    rows = {row.name: row for row in money_rows(council, asked)}
    prices, rises = ["price 1.2.3", "price 1.2.5", "price 1.2.6"], ["inflation 0.03", "inflation 0.02"]
    assert list(rows) == [*prices, *rises, "grant_growth", "contributions"]
    one, other = rows["price 1.2.3"], rows["price 1.2.5"]
    assert (one.value, one.low, one.high) == (60_000.13, 50_000.0, 70_000.0)
    assert one.source.endswith("never the council's own price") and other.source == "DfE"
    assert "in prices of 2023-24" in one.title and other.effect == "cost of support; not in the DSG"
    assert rows["inflation 0.03"].title == "Yearly rise of prices: independent"
    assert rows["inflation 0.02"].title == "Yearly rise of prices: services"
    growth = rows["grant_growth"]
    assert (growth.value, growth.low, growth.high) == (0.04, 0.03, 0.05)
    assert growth.title.endswith("in the year after 2024-25; later years come back to 3% a year")
    assert (rows["contributions"].value, rows["contributions"].low, rows["contributions"].high) == (200.0, 0.0, 400.0)
    assert "contributions" not in {row.name for row in money_rows(council, ForecastInputs("999", "2027-28", 1, 1))}
    assert "grant_growth" not in {row.name for row in money_rows(priced(quiet(), grant=None))}
    assert money_rows(quiet()) == () and isinstance(council.prices, Prices)
