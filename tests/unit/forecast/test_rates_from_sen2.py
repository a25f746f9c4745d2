"""Rates from a council's own returns: two invented Januaries of a small council, in the real SEN2 form."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from cli_runner import run as command
from forecast_by_hand import HERE
from highneeds.caseload import Caseload, from_return
from highneeds.forecast.backtest.of_returns import of_returns
from highneeds.forecast.learning.observed import observed
from highneeds.forecast.rates import estimate
from highneeds.forecast.simulate import simulate
from highneeds.forecast.state import FLOWS_BY_AGE, FLOWS_BY_PROVISION, NEEDS, SETTINGS, Term
from highneeds.intake.establishments import read_establishments
from highneeds.intake.published import open_pack
from highneeds.intake.sen2.read import read_sen2
from highneeds.report.words.forecast_notes import note_words
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note

DAYS = (date(2023, 1, 19), date(2024, 1, 18))


@pytest.fixture(scope="module")
def returns(tmp_path_factory) -> list[Caseload]:
    found = []
    for day in DAYS:
        out = tmp_path_factory.mktemp("sen2") / "out"
        done = command("synthesise", "--council", "302", "--as-at", day, "--out", out, "--scale", "0.3")
        assert done.code == 0, done.err
        places = read_establishments(out / "establishments.csv")
        found.append(from_return(read_sen2(out, key=b"k" * 32, establishments=places)))
    return found


def test_every_whole_term_is_counted_and_conserved(returns):
    seen = observed(returns)
    assert seen.terms[0] == Term(2022, 0) and seen.terms[-1] == Term(2023, 2)
    inside = [t for t, term in enumerate(seen.terms) if term.year == 2023]
    for t in inside[:-1]:
        after = seen.at_risk[t].sum() - seen.ended[t].sum() + seen.started[t].sum()
        assert after == seen.at_risk[t + 1].sum()
    assert seen.moved.sum(axis=(2, 3)).sum() > 0
    assert (seen.moved[:, :, np.arange(len(SETTINGS)), np.arange(len(SETTINGS))] == 0).all()


def test_the_caseload_of_the_last_day_is_where_the_forecast_begins(returns):
    found = estimate(returns, open_pack(), years=3)
    assert found.calendar.origin == 2024
    assert found.opening.plans.sum() == len(returns[1].at(date(2023, 12, 31)))
    found.rates.check()


def test_needs_come_from_the_returns(returns):
    plans = estimate(returns, open_pack(), years=1).opening.plans.sum(axis=(0, 2))
    held = returns[1].at(date(2023, 12, 31)).plans.join(returns[1].needs, on="person", how="left")
    wanted = held.group_by("need").len()
    counts = dict(wanted.iter_rows())
    assert plans[NEEDS.index("asd")] == counts["ASD"]
    assert plans[NEEDS.index("need_unknown")] == counts.get(None, 0) < 0.1 * plans.sum()


def test_the_first_year_goes_on_like_the_last_one(returns):
    seen, found = observed(returns), estimate(returns, open_pack(), years=3)
    after = simulate(found, 40, 1, HERE).outcome
    ended = after.by_age[:, :3, FLOWS_BY_AGE.index("ended")].sum(axis=(1, 2)).mean()
    last = seen.ended[-3:].sum()
    assert 0.6 * last < ended < 1.6 * last
    plans = after.by_provision[:, 2, FLOWS_BY_PROVISION.index("stock")].sum(axis=1).mean()
    assert 0.85 < plans / found.opening.plans.sum() < 1.25


def test_the_newest_return_is_held_back_and_forecast(returns):
    assert of_returns(returns, open_pack()) == Note.of("back_test.too_few_returns", needed=3)
    later = [
        replace(one, reference_date=one.reference_date + timedelta(days=364), year=one.year + 1) for one in returns
    ]
    note = of_returns([*returns, later[1]], open_pack().known_at(2024))
    assert note == Note.of(
        "back_test.of_returns", day="2024-12-31", mean=1299.0, low80=1243.9, high80=1355.1, counted=1143
    )
    assert "forecast for 31 December 2024" in note_words(note) and "were counted" in note_words(note)


def test_what_was_learnt_is_rows_with_value_spread_source_and_effect(returns):
    rows = estimate(returns, open_pack(), years=2).rows
    names = [row.name for row in rows]
    assert len(names) == len(set(names)) >= 35
    assert {"requests", "requests_growth", "ends", "ends_by_need", "moves", "reviews_backlog", "backlog"} <= set(names)
    assert all(row.low <= row.value <= row.high and row.unit and row.source and row.effect for row in rows)


def test_one_return_is_not_enough(returns):
    with pytest.raises(InputError, match="One SEN2 return"):
        observed(returns[:1])


def test_schools_of_unknown_kind_are_refused(returns):
    unknown = [replace(one, classed=False) for one in returns]
    with pytest.raises(InputError, match="schools of unknown kind"):
        observed(unknown)
