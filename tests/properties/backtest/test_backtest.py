"""The back-test on the pack: nothing leaks, every row is there once, the bands nest, and the bar is cleared."""

import numpy as np
import polars as pl
import pytest

from cli_runner import run
from highneeds.forecast.backtest import COLUMNS, BackTest, Score, backtest, scorecard
from highneeds.forecast.published.lookback import METHOD
from highneeds.intake.published import Published, open_pack
from highneeds.report.render.tables import as_csv
from published_rewritten import nonsense, nothing, rewritten

HORIZONS = (1, 2, 3)


@pytest.fixture(scope="module")
def newest() -> int:
    totals = open_pack().table("ehcp_caseload_total")
    return int(totals.filter(pl.col("geo_level") == "LA")["year"].max())


@pytest.fixture(scope="module")
def tested(newest: int) -> BackTest:
    return backtest(open_pack(), range(newest - 7, newest + 1), HORIZONS)


@pytest.fixture(scope="module")
def scores(tested: BackTest) -> dict[tuple[str, str, int], Score]:
    return {(score.cut, score.method, score.years_ahead): score for score in scorecard(tested)}


@pytest.fixture(scope="module")
def rows(tested: BackTest) -> pl.DataFrame:
    table = tested.table()
    return pl.DataFrame(list(table.rows), schema=list(table.columns), orient="row")


@pytest.fixture(scope="module", params=[6, 3])
def origin(request, newest) -> int:
    return newest - request.param


@pytest.fixture(scope="module")
def whole(origin) -> str:
    return as_csv(backtest(open_pack(), [origin], HORIZONS).table())


@pytest.mark.parametrize("later", [nothing, nonsense])
def test_what_came_after_the_origin_changes_no_byte(tmp_path, origin, whole, later):
    assert as_csv(backtest(rewritten(tmp_path, origin, later), [origin], HORIZONS).table()) == whole


def test_the_rows_are_the_contracts_and_each_council_has_each_horizon_once(tested, rows):
    assert tuple(rows.columns) == COLUMNS
    totals = open_pack().table("ehcp_caseload_total").filter((pl.col("geo_level") == "LA") & (pl.col("plans") > 0))
    gone = {
        council: last
        for council, last, successor in open_pack()
        .table("la_lookup")
        .select("la_number", "last_year", "successor_la_number")
        .iter_rows()
        if successor
    }
    expected = {
        (council, origin, origin + horizon)
        for council, origin in totals.select("la_number", "year").iter_rows()
        for horizon in HORIZONS
        if origin in {outlook.panel.january for outlook in tested.outlooks}
        and origin + horizon <= gone.get(council, origin + horizon)
    }
    found = rows.select("la_number", "origin", "year").rows()
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_bands_nest_around_the_point(rows):
    order = rows.select("lo95", "lo80", "point", "hi80", "hi95").to_numpy()
    assert np.isfinite(order).all()
    assert (order > 0).all()
    assert (np.diff(order, axis=1) > 0).all()


def test_a_later_year_is_never_surer(rows):
    width = rows.with_columns(width=(pl.col("hi80") / pl.col("lo80"))).sort("la_number", "origin", "year")
    growing = width.group_by("la_number", "origin", maintain_order=True).agg(pl.col("width"))
    assert all(list(one) == sorted(one) for one in growing["width"])


def test_totals_clear_the_bar(newest):
    """From the eight Januaries before the newest, each of which has an outcome."""
    found = scorecard(backtest(open_pack(), range(newest - 8, newest), HORIZONS), cuts=("total",))
    scores = {(score.cut, score.method, score.years_ahead): score for score in found}
    for horizon, ratio, wide in ((1, 0.88, 12.5), (2, 0.84, 20.5), (3, 0.84, 27.5)):
        score = scores[("total", METHOD, horizon)]
        assert score.ratio <= ratio
        assert 77 <= score.cover80 <= 85
        assert score.width80 <= wide
        assert score.worst80 >= 70
        assert 93 <= score.cover95 <= 97.5


def test_ages_and_settings_clear_the_bar(scores):
    assert scores[("age band", METHOD, 1)].wape <= 6.1
    assert scores[("age band", METHOD, 3)].wape <= 11.6
    assert scores[("setting", METHOD, 1)].wape <= 10.6
    assert scores[("setting", METHOD, 3)].wape <= 19


def test_every_cut_beats_every_rule_on_the_same_rows(scores):
    for (cut, method, horizon), score in scores.items():
        ours = scores[(cut, METHOD, horizon)]
        assert ours.rows == score.rows
        assert method == METHOD or ours.wape < score.wape


def test_one_council_has_the_same_rows_as_when_all_are_asked_for(tested, rows):
    council = rows["la_number"][0]
    origin = tested.outlooks[-2].panel.january
    alone = backtest(open_pack(), [origin], HORIZONS, council).table()
    same = rows.filter((pl.col("la_number") == council) & (pl.col("origin") == origin)).rows()
    assert list(alone.rows) == same


def without_a_third(published: Published, folder) -> Published:
    """Another folder: two councils in three, renamed, and every year one later."""
    for name in published.files:
        table = published.table(name)
        dated = [column for column in ("year", "cal_year") if column in table.columns]
        table = table.with_columns(pl.col(dated) + 1) if dated else table
        if "geo_level" in table.columns:
            table = table.filter((pl.col("geo_level") != "LA") | (pl.col("la_number").hash(1) % 3 > 0))
        table.write_csv(folder / f"{name}_2011_2031.csv")
    return open_pack(folder)


def test_other_councils_and_years_are_fitted_afresh(tmp_path, newest):
    other = backtest(without_a_third(open_pack(), tmp_path), [newest - 1, newest + 1], (1, 2)).table()
    councils = {row[0] for row in other.rows}
    everyone = open_pack().table("ehcp_caseload_total").filter(pl.col("geo_level") == "LA")["la_number"].n_unique()
    assert 0 < len(councils) < 0.75 * everyone
    assert {row[1] for row in other.rows} == {newest - 1, newest + 1}


def test_totals_alone_are_enough(tmp_path, newest):
    for name in ("ehcp_caseload_total", "la_lookup"):
        open_pack().table(name).write_csv(tmp_path / f"{name}.csv")
    table = backtest(open_pack(tmp_path), [newest], (1, 5)).table()
    assert len(table.rows) > 0


def test_the_command_writes_the_columns_and_shows_the_scorecard(newest):
    done = run("backtest", "--origins", f"{newest - 1}", "--horizons", "1", "--format", "csv")
    assert done.code == 0
    assert done.out.splitlines()[0] == ",".join(COLUMNS)
    assert "70/30" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--origins", "x"), "no span of years"),
        (("--origins", "2010"), "too few Januaries"),
        (("--origins", "2009"), "--origins: 2009 goes beyond what is published. Choose between 2010 and"),
        (("--origins", "9999:10000"), "--origins: 9999:10000 goes beyond what is published."),
        (("--origins", "9" * 5000), "no span of years"),
        (("--council", "000"), "no published total of council 000"),
        (("--horizons", "0"), "--horizons: 0 goes beyond what is published. Choose between 1 and"),
        (("--horizons", "1:90000000"), "--horizons: 1:90000000 goes beyond"),
    ],
)
def test_what_cannot_be_tested_is_said_in_a_sentence(words, said):
    done = run("backtest", *words)
    assert done.code == 2
    assert said in done.err
