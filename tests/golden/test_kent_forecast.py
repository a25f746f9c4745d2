"""Kent's forecast from published statistics, kept as readable CSV: a change of method shows as changed lines."""

import csv
import io
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import pytest

from golden.flat import flat
from golden.small_forecast import FOLDER, lines
from highneeds.account.balance.forecast_question import forecast_question
from highneeds.account.of_workspace import account_of
from highneeds.evidence import question_of
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.money import contributions
from highneeds.forecast.summary import Fan, ForecastSummary, NoForecast
from highneeds.forecast.summary.__main__ import answer
from highneeds.forecast.summary.in_background import ForecastTask, RunningForecast
from highneeds.intake.published import open_pack
from highneeds.intake.workspace import read_workspace
from highneeds.registers.registry import read_registers
from highneeds.report.words.forecast_notes import note_sentence
from highneeds.store.cache import NO_CACHE, FolderCache
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.rounding import millions, round_half_away

GOLDEN = Path(__file__).parent / "kent" / "forecast.csv"
DAY = date(2025, 4, 2)
"""That of Kent's report, which knows nothing that was published later."""
HEAD = ("figure", "period", "mean", "low80", "high80")


@pytest.fixture(scope="module")
def asked(kent):
    workspace = read_workspace(kent)
    account = account_of(workspace, read_registers(kent), open_pack().known_on(DAY))
    return forecast_question(workspace, account, DRAWS, SEED)


@pytest.fixture(scope="module")
def found(kent, asked) -> ForecastSummary:
    made = answer(question_of(kent, None, asked, DAY))
    assert isinstance(made, ForecastSummary)
    return made


def rows(found: ForecastSummary):
    yield from fan_rows(found.plans, whole)
    for fan in (found.cost, found.in_year, found.deficit):
        yield from fan_rows(fan, millions)
    for one in found.odds:
        yield ("Chance to meet the in-year target", one.year, percent(one.met), "", "")
        yield ("Chance of in-year balance", one.year, percent(one.balance), "", "")
        yield ("Chance of the closing deficit agreed", one.year, percent(one.closing), "", "")
    for one in found.scenarios[1:]:
        yield (f"Saved: {one.title}", found.end, *(millions(value) for value in one.saved_gbp))
    for one in found.scores:
        yield (
            f"Error and 80% band: {one.method}",
            f"{one.years_ahead} ahead",
            f"{one.mape:.2f}%",
            f"holds {one.cover80:.1f}%",
            f"width {one.width80:.1f}%",
        )


def fan_rows(fan: Fan, show):
    low, high = fan.band(80)
    for place, period in enumerate(fan.periods):
        yield (fan.name, period, show(fan.mean[place]), show(low[place]), show(high[place]))


def whole(value: float) -> str:
    return str(round_half_away(value))


def percent(chance: float | None) -> str:
    return "none" if chance is None else f"{round_half_away(100 * chance, 1)}%"


def test_the_headline_numbers_are_those_on_file(found):
    assert [list(row) for row in rows(found)] == list(csv.reader(io.StringIO(GOLDEN.read_text("utf-8"))))[1:]


def test_the_whole_answer_is_on_file(found):
    """Every figure, row, lever and note. Meant to change: python tests/golden/small_forecast.py, and read it."""
    assert lines(flat(found)) == (FOLDER / "kent.txt").read_text(encoding="utf-8")


def test_the_question_carries_kents_published_figures_and_no_others(asked):
    assert (asked.opening.year, asked.opening.gbp) == ("2024-25", 97_500_000)
    assert dict(asked.targets) == {"2024-25": 29_900_000} and dict(asked.closing_targets) == {"2027-28": 0}
    assert asked.promised_gbp == 222_000_000 and asked.paid_gbp == 56_800_000
    assert [(one.year, one.gbp) for one in asked.published] == [("2021-22", 52e6), ("2024-25", 53e6), ("2025-26", 70e6)]


def test_the_estimate_holds_what_kent_has_published_since(found):
    assert found.money_holds and len(found.held) == 2


def test_the_lines_add_up_to_the_cost(found):
    for place in range(len(found.cost.periods)):
        assert sum(one.cost.mean[place] for one in found.lines) == pytest.approx(found.cost.mean[place], abs=1)


def test_parts_add_up_to_all_plans(found):
    for parts in (found.by_age, found.by_setting):
        for place, total in enumerate(found.plans.mean):
            assert sum(part.mean[place] for part in parts) == pytest.approx(total, abs=0.2)


def test_the_deficit_begins_at_the_published_balance_and_runs_to_the_end_of_the_agreement(found):
    assert found.deficit.periods == ("2024-25", "2025-26", "2026-27", "2027-28")
    assert {row[0] for row in found.deficit.quantiles} == {97_500_000}


def test_bands_widen_and_contain_one_another(found):
    for fan in (found.plans, found.in_year, found.deficit):
        low95, high95 = fan.band(95)
        low50, high50 = fan.band(50)
        assert all(a <= b <= c <= d for a, b, c, d in zip(low95, low50, high50, high95, strict=True))
        assert high95[-1] - low95[-1] > high95[1] - low95[1]


def test_contributions_still_to_come_are_drawn_from_none_to_all(asked):
    drawn = contributions(asked, 300)
    assert sorted(drawn.tolist()) == pytest.approx([165_200_000 * (place + 0.5) / 300 for place in range(300)])
    assert contributions(replace(asked, promised_gbp=0.0), 10).max() == 0


def test_the_method_beats_the_plain_rules_it_is_shown_beside(found):
    ours = {one.years_ahead: one.mape for one in found.scores if one.method == "highneeds"}
    assert all(ours[one.years_ahead] < one.mape for one in found.scores if one.method != "highneeds")
    assert set(ours) == {1, 2, 3}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"la_number": "999"}, "The published statistics have no council with LA number 999."),
        ({"la_number": "909"}, "Cumbria (909) had its last January in 2023."),
        ({"end": "2022-23"}, "The agreement ends in 2022-23; the newest published January is 2024."),
    ],
)
def test_a_council_without_a_forecast_is_told_why(tmp_path, asked, change, why):
    found = answer(question_of(tmp_path, None, replace(asked, **change), DAY))
    assert isinstance(found, NoForecast) and note_sentence(found.reason) == why


def test_the_same_question_has_the_same_answer(kent, asked, tmp_path):
    """Worked out in a process of its own, or read back from disk, to the last digit; of few futures as of many."""
    question = question_of(kent, None, replace(asked, draws=50), DAY)
    found = asdict(answer(question))
    for kept in (FolderCache(tmp_path / "kept"), FolderCache(tmp_path / "kept"), NO_CACHE):
        with RunningForecast(question, kept) as forecast:
            assert asdict(forecast.answer()) == found


def test_a_question_is_sent_whole(kent, asked):
    question = question_of(kent, kent / "open", asked)
    assert ForecastTask.of(question.text()) == question
    assert [name for name, _ in question.scenarios] == sorted(
        f"scenarios/{path.name}" for path in (kent / "scenarios").iterdir()
    )


def test_a_scenario_that_cannot_be_used_is_refused_with_file_and_remedy(kent, asked, tmp_path):
    (tmp_path / "scenarios").mkdir()
    path = tmp_path / "scenarios" / "wrong.yaml"
    path.write_text("title: nothing to do\n", encoding="utf-8")
    with (
        pytest.raises(InputError, match=r"wrong\.yaml line \d+: A scenario needs a list called levers"),
        RunningForecast(question_of(tmp_path, None, asked), NO_CACHE) as forecast,
    ):
        forecast.answer()
