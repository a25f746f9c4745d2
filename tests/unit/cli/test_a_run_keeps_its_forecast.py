"""What a run forecasts is kept in its workspace, once; a workspace that cannot be written keeps nothing and says so."""

from dataclasses import replace
from datetime import UTC, datetime

from forecast_summary_by_hand import brief
from highneeds.actions.keep_forecast import keep_summary
from highneeds.cli._kept import not_kept
from highneeds.forecast.record import kept_list, record_of
from highneeds.forecast.summary import Balance, ForecastInputs, Underway
from highneeds.forecast.summary.table import table_of
from highneeds.intake.forecasts import forecast_named, kept_forecasts
from highneeds.intake.published import open_pack
from highneeds.store import FolderStore, verify

ASKED = ForecastInputs("886", "2025-26", 300, 7)
NOW = datetime(2025, 4, 3, 9, tzinfo=UTC)


def keep_brief(folder, summary, inputs):
    return keep_summary(FolderStore(folder), summary, inputs, by="highneeds run", now=NOW)


def test_the_forecast_of_a_run_is_kept_once(tmp_path):
    for _ in range(2):
        keep_brief(tmp_path, brief(), ASKED)
    (kept,) = kept_forecasts(tmp_path)
    assert (kept.origin, kept.years, kept.draws, kept.seed, kept.underway, kept.known_to) == (2024, 2, 300, 7, "", "")
    assert forecast_named(tmp_path, kept.name) == kept
    keep_brief(tmp_path, brief(cost=None), ASKED)
    assert len(kept_forecasts(tmp_path)) == 2
    store = FolderStore(tmp_path)
    assert [one.by for one in store.record()] == ["highneeds run"] * 2 and verify(store.recorded()) is None


def test_it_is_in_the_columns_of_a_forecast_with_the_ends_of_its_bands():
    row = next(one for one in table_of(brief()).records() if (one["measure"], one["period"]) == ("plans", "2026-01"))
    assert [row[name] for name in ("mean", "p2_5", "p10", "p50", "p90", "p97_5")] == [1200, 900, 1000, 1200, 1400, 1500]


def test_how_far_the_ledger_had_come_and_what_was_known_are_kept_with_it(tmp_path):
    ledger = (Underway("2024-25", 12, 1.0, None, ("x",)), Underway("2025-26", 6, 1.0, None, ("x",)))
    keep_brief(tmp_path, brief(), replace(ASKED, underway=ledger, opening=Balance("2023-24", 1.0, "x")))
    (kept,) = kept_forecasts(tmp_path)
    assert (kept.underway, kept.known_to) == ("2025-26 P6", "2024-25")


def test_money_that_was_known_when_it_was_made_is_not_held_against_it(tmp_path):
    keep_brief(tmp_path, brief(), replace(ASKED, opening=Balance("2024-25", 1.0, "x")))
    money = (("2024-25", "in_year_gbp", 4e6), ("2025-26", "in_year_gbp", 5e6))
    (vintage,) = record_of(tmp_path, open_pack().known_at(2024), "886", money)
    held = [row["period"] for row in vintage.held.records() if row["measure"] == "in_year_gbp"]
    assert held == ["2025-26"] and kept_list([vintage]).records()[0]["figures_come_true"] == 1


def test_a_workspace_that_cannot_be_written_is_said(tmp_path, monkeypatch, capsys):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FolderStore, "change", refuse)
    with not_kept(tmp_path):
        keep_brief(tmp_path, brief(), ASKED)
    assert "the forecast was not kept" in capsys.readouterr().err and not kept_forecasts(tmp_path)
