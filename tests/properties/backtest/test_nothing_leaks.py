"""What came after an origin changes nothing: not the parts, not the bands, not the engine, not what SEN2 leans on.

Everything dated after the origin is deleted, or falsified, in every table of the folder; each function gives the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass

import numpy as np
import polars as pl
import pytest

from highneeds.forecast.council import learn
from highneeds.forecast.council import tested as back_test_of
from highneeds.forecast.learning.observed import Observed
from highneeds.forecast.published import Outlook, latest_january, outlook, paths_from
from highneeds.forecast.rates import learnt_from
from highneeds.intake.published import Published, open_pack
from highneeds.invented.world import invented
from published_rewritten import nonsense, nothing, rewritten

BACK = 2
COUNCIL = "302"


def differences(one: object, other: object, where: str = "") -> list[str]:
    """Where two results differ, to the last bit."""
    if isinstance(one, np.ndarray):
        return [] if one.tobytes() == np.asarray(other).tobytes() else [where]
    if is_dataclass(one) and not isinstance(one, type):
        pairs = [(field.name, getattr(one, field.name), getattr(other, field.name)) for field in fields(one)]
    elif isinstance(one, Mapping):
        pairs = [(str(key), one[key], other[key]) for key in one]  # type: ignore[index]
    elif isinstance(one, tuple | list):
        assert len(one) == len(other), where  # type: ignore[arg-type]
        pairs = [(str(place), *pair) for place, pair in enumerate(zip(one, other, strict=True))]  # type: ignore[arg-type]
    else:
        return [] if one == other or one is other else [f"{where}: {one} or {other}"]
    return [found for name, left, right in pairs for found in differences(left, right, f"{where}.{name}")]


@pytest.fixture(scope="module")
def origin() -> int:
    return latest_january(open_pack()) - BACK


@pytest.fixture(scope="module", params=[nothing, nonsense])
def changed(request, tmp_path_factory, origin) -> Published:
    return rewritten(tmp_path_factory.mktemp("later"), origin, request.param)


def test_every_table_of_the_folder_is_changed_or_holds_nothing_later(changed, origin):
    """The test tests something: tables that go on after the origin do differ."""
    whole = open_pack()
    dated = ("year", "cal_year", "mid_year", "fin_year", "period", "model_version")
    same = {name for name in whole.files if whole.table(name).equals(changed.table(name))}
    for name in same:
        column = next((one for one in dated if one in whole.table(name).columns), None)
        newest = "" if column is None else str(whole.table(name)[column].cast(pl.String).str.slice(0, 4).max())
        assert newest <= str(origin), name


@pytest.fixture(scope="module")
def forecast(origin) -> Outlook:
    return outlook(open_pack(), origin, (1, 2, 3, 5))


def test_totals_ages_settings_and_their_bands_and_paths(changed, origin, forecast):
    before, after = forecast, outlook(changed, origin, (1, 2, 3, 5))
    for name in ("points", "calibration", "ages", "settings", "age_paths", "setting_paths", "age_spread"):
        assert differences(getattr(before, name), getattr(after, name), name) == []
    assert differences(before.setting_spread, after.setting_spread) == []
    assert differences(before.panel, after.panel, "panel") == []
    assert differences(*(paths_from(view, COUNCIL, 50, seed=1) for view in (before, after)), "paths") == []


@dataclass(frozen=True)
class Before:
    """What the whole pack gives: asked once, and held against each change of it.

    seen   two years of returns of an invented council, as SEN2 shows them
    """

    learnt: object
    back_test: object
    seen: Observed
    estimate: object


@pytest.fixture(scope="module")
def before(origin) -> Before:
    pack = open_pack()
    seen = invented(pack.known_at(origin - 2), years=2, seed=1, only=(COUNCIL,)).seen(COUNCIL, origin - 2, origin - 1)
    return Before(
        learn(pack, COUNCIL, years=2, draws=30, origin=origin),
        back_test_of(pack, COUNCIL, origin)[0],
        seen,
        learnt_from(seen, pack, COUNCIL, 3),
    )


def test_the_engine_its_prices_and_every_row_of_the_register(changed, origin, before):
    assert differences(before.learnt, learn(changed, COUNCIL, years=2, draws=30, origin=origin), "learn") == []


def test_the_back_test_that_is_shown_beside_it(changed, origin, before):
    assert back_test_of(changed, COUNCIL, origin)[0] == before.back_test


def test_what_sen2_leans_on(changed, before):
    assert differences(before.estimate, learnt_from(before.seen, changed, COUNCIL, 3), "estimate") == []
