"""The back-test of money on the pack: nothing leaks, every row is there once, bands nest, and the bar is cleared."""

import numpy as np
import polars as pl
import pytest

from cli_runner import run
from highneeds.forecast.backtest import COLUMNS, Score, SpendBackTest, backtest_spend, spend_by_origin, spend_scorecard
from highneeds.forecast.backtest.spend import earliest_origin
from highneeds.forecast.published import latest_january
from highneeds.forecast.published.lookback import METHOD
from highneeds.intake.published import open_pack
from highneeds.report.render.tables import as_csv
from published_rewritten import nonsense, nothing, rewritten

HORIZONS = (1, 2, 3)


@pytest.fixture(scope="module")
def newest() -> int:
    return latest_january(open_pack())


@pytest.fixture(scope="module")
def tested(newest) -> SpendBackTest:
    return backtest_spend(open_pack(), range(2017, newest + 1), HORIZONS)


@pytest.fixture(scope="module")
def scores(tested) -> dict[tuple[str, int], Score]:
    return {(score.method, score.years_ahead): score for score in spend_scorecard(tested)}


@pytest.fixture(scope="module")
def rows(tested) -> pl.DataFrame:
    table = tested.table()
    return pl.DataFrame(list(table.rows), schema=list(table.columns), orient="row")


@pytest.fixture(scope="module", params=[1, 3])
def origin(request, newest) -> int:
    return newest - request.param


@pytest.fixture(scope="module")
def whole(origin) -> str:
    return as_csv(backtest_spend(open_pack(), [origin], HORIZONS).table())


@pytest.mark.parametrize("later", [nothing, nonsense])
def test_what_came_after_the_origin_changes_no_byte(tmp_path, origin, whole, later):
    assert as_csv(backtest_spend(rewritten(tmp_path, origin, later), [origin], HORIZONS).table()) == whole


def test_years_are_financial_years_and_the_first_holds_the_origins_january(rows):
    assert tuple(rows.columns) == COLUMNS
    for origin, years in rows.group_by("origin").agg(pl.col("year").unique()).iter_rows():
        assert sorted(years) == [f"{origin + n}-{(origin + n + 1) % 100:02d}" for n in (-1, 0, 1)]


def test_every_council_with_a_figure_in_the_january_has_each_horizon_once(tested, rows):
    known = open_pack().table("ehcp_caseload_total").filter((pl.col("geo_level") == "LA") & (pl.col("plans") > 0))
    gone = {
        council: last
        for council, last, heir in open_pack()
        .table("la_lookup")
        .select("la_number", "last_year", "successor_la_number")
        .iter_rows()
        if heir
    }
    origins = {outlook.january for outlook in tested.outlooks}
    expected = {
        (council, origin, origin - 1 + ahead)
        for council, origin in known.select("la_number", "year").iter_rows()
        for ahead in (0, 1, 2)
        if origin in origins and origin + ahead <= gone.get(council, origin + ahead)
    }
    found = [(council, origin, int(year[:4])) for council, origin, year in rows.select(COLUMNS[:3]).iter_rows()]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_bands_nest_around_the_point_and_a_later_year_is_never_surer(rows):
    order = rows.select("lo95", "lo80", "point", "hi80", "hi95").to_numpy()
    assert np.isfinite(order).all()
    assert (order > 0).all()
    assert (np.diff(order, axis=1) > 0).all()
    width = rows.with_columns(width=pl.col("hi80") / pl.col("lo80")).sort("la_number", "origin", "year")
    growing = width.group_by("la_number", "origin", maintain_order=True).agg(pl.col("width"))
    assert all(list(one) == sorted(one) for one in growing["width"])


@pytest.mark.parametrize(("horizon", "most"), [(1, 0.97), (2, 0.90), (3, 0.88)])
def test_spending_is_nearer_than_the_best_plain_rule(scores, horizon, most):
    """The bar of one year and the goals of two and three: the goal of one year, 0.92, is missed by a hair."""
    ours = scores[(METHOD, horizon)]
    rules = [score for (method, ahead), score in scores.items() if ahead == horizon and method != METHOD]
    assert len(rules) == 5
    assert all(score.rows == ours.rows for score in rules)
    assert ours.mape <= most * min(score.mape for score in rules)
    assert ours.ratio == pytest.approx(ours.mape / min(score.mape for score in rules))
    assert 76 <= ours.cover80 <= 86


def test_no_origin_has_bands_that_hold_less_than_68_in_100(tested):
    found = {
        (origin, score.years_ahead): score.cover80
        for origin, scores in spend_by_origin(tested).items()
        for score in scores
        if score.method == METHOD
    }
    assert min(found.values()) >= 68, found


@pytest.mark.parametrize("horizon", HORIZONS)
def test_spending_is_not_biased_by_two_per_cent(scores, horizon):
    assert abs(scores[METHOD, horizon].bias) <= 2


def test_one_council_has_the_same_rows_as_when_all_are_asked_for(tested, rows):
    origin = tested.outlooks[-1].january
    alone = backtest_spend(open_pack(), [origin], HORIZONS, "302").table()
    assert list(alone.rows) == rows.filter((pl.col("la_number") == "302") & (pl.col("origin") == origin)).rows()


def test_ten_years_ahead_there_is_a_forecast_too(newest):
    table = backtest_spend(open_pack(), [newest], [10], "302").table()
    assert [row[2] for row in table.rows] == [f"{newest + 8}-{(newest + 9) % 100:02d}"]


def test_totals_and_outturn_alone_are_enough(tmp_path, newest):
    for name in ("ehcp_caseload_total", "la_lookup", "s251_outturn_high_needs_total"):
        open_pack().table(name).write_csv(tmp_path / f"{name}.csv")
    assert len(backtest_spend(open_pack(tmp_path), [newest], HORIZONS).table().rows) > 0


def test_origins_without_enough_outturn_are_left_out_and_named(tested):
    earliest = earliest_origin(open_pack())
    assert tested.left_out == tuple(range(2017, earliest))
    assert tested.outlooks[0].january == earliest


def test_the_command_writes_the_contracts_columns_and_says_what_it_left_out():
    done = run("backtest", "--of", "spend", "--origins", "2017:2021", "--horizons", "1:2", "--format", "csv")
    assert done.code == 0
    assert done.out.splitlines()[0] == ",".join(COLUMNS)
    assert "England's last growth" in done.err
    assert "January 2017: left out" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--origins", "2018"), "too little outturn before January 2018"),
        (("--origins", "2999"), "--origins: 2999 goes beyond what is published"),
        (("--council", "000"), "no published total of council 000"),
        (("--horizons", "0"), "--horizons: 0 goes beyond what is published"),
    ],
)
def test_what_cannot_be_tested_is_said_in_a_sentence(words, said):
    done = run("backtest", "--of", "spend", *words)
    assert done.code == 2
    assert said in done.err


def test_a_folder_without_outturn_says_so(tmp_path, newest):
    for name in ("ehcp_caseload_total", "la_lookup"):
        open_pack().table(name).write_csv(tmp_path / f"{name}.csv")
    done = run("backtest", "--of", "spend", "--open-data", str(tmp_path))
    assert done.code == 2
    assert "no published outturn" in done.err
