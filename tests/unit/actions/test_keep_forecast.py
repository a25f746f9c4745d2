"""What is kept of a forecast, and said beside it: how far the ledger had come, the newest year with an outcome."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from forecast_summary_by_hand import brief
from highneeds import __version__
from highneeds.actions.keep_forecast import keep_forecast, keep_summary, known_to, underway
from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.summary import Balance, ForecastInputs, Underway
from highneeds.intake.forecasts import kept_forecasts
from highneeds.report.words.forecast_notes import note_words
from highneeds.store.place import documents
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.table import Table
from memory_store import MemoryStore

MARCH = Balance("2023-24", 1.0, "A")


def inputs(*years, opening=None):
    found = tuple(Underway(year, closed, 1.0, None, ("ledger",)) for year, closed in years)
    return ForecastInputs("999", "2027-28", 1, 1, opening, underway=found)


@pytest.mark.parametrize(
    ("given", "how_far", "outcome_of"),
    [
        (None, "", ""),
        (inputs(), "", ""),
        (inputs(opening=MARCH), "", "2023-24"),
        (inputs(("2024-25", 11)), "2024-25 P11", ""),
        (inputs(("2024-25", 12)), "2024-25 P12", "2024-25"),
        (inputs(("2024-25", 12), ("2025-26", 3), opening=MARCH), "2025-26 P3", "2024-25"),
        (inputs(("2022-23", 12), opening=MARCH), "2022-23 P12", "2023-24"),
    ],
)
def test_how_far_the_ledger_had_come(given, how_far, outcome_of):
    assert (underway(given), known_to(given)) == (how_far, outcome_of)


NOW = datetime(2025, 4, 3, 9, tzinfo=UTC)
ROW = ("baseline", "plans", "total", "total", "2025-01", "census", 10.0, 1.0, 2.0, 3.0, 4.0, 5.0)
TABLE = Table.of(COLUMNS, [ROW], "Forecast")
REGISTER = Table.of(("id", "value", "source"), [("agree", 0.5, Note.of("grant.own_allocations"))], "Assumptions")
NAMES = {
    "made_on": "2025-04-03", "origin": 2024, "draws": 300, "seed": 7, "underway": "2024-25 P11",
    "known_to": "2023-24", "version": __version__,
}  # fmt: skip


def kept_in(store):
    """The whole run.json of the forecast that is kept last, the fingerprint aside; and its name."""
    kept = kept_forecasts(documents(store))[-1]
    said = json.loads(store.documents[f"forecasts/{kept.fingerprint}/run.json"])
    assert said.pop("fingerprint") == kept.fingerprint and kept.made_on == "2025-04-03"
    assert store.record()[-1].what == f"Keep the forecast {kept.fingerprint[:12]}" and store.record()[-1].by == "x"
    return said


@pytest.mark.parametrize(("returns", "learnt"), [((), "published statistics"), (("2025-01-16",), "own SEN2")])
def test_what_is_kept_of_the_forecast_of_a_report(returns, learnt):
    """Two years stand between the three Januaries of the forecast."""
    store, asked = MemoryStore(), inputs(("2024-25", 11), opening=MARCH)
    summary = replace(brief(), returns=returns, notes=())
    kept = keep_summary(store, summary, asked, by="x", now=NOW)
    assert kept_in(store) == NAMES | {"years": 2, "learnt_from": learnt, "notes": []}
    assert asdict(kept)["learnt_from"] == learnt and keep_summary(store, summary, asked, by="x", now=NOW) is None
    assert len(store.record()) == 1


@pytest.mark.parametrize(("own", "learnt"), [(False, "published statistics"), (True, "own SEN2")])
def test_what_is_kept_of_a_forecast_with_scenarios(own, learnt):
    store = MemoryStore()
    found = SimpleNamespace(
        baseline=SimpleNamespace(calendar=SimpleNamespace(origin=2024, years=5)),
        inputs=inputs(("2024-25", 11), opening=MARCH),
        runs={"baseline": 1, "a school": 2, "less": 3},
        table=lambda: TABLE,
        register=lambda: REGISTER,
        notes=(Note.of("origin.own_figures_left_out"),),
    )
    kept = keep_forecast(store, found, draws=300, seed=7, own=own, by="x", now=NOW)
    more = {"years": 5, "learnt_from": learnt, "scenarios": ["a school", "less"]}
    assert kept_in(store) == NAMES | more | {"notes": [note_words(found.notes[0])]}
    place = f"forecasts/{kept.fingerprint}"
    assert store.documents[f"{place}/assumptions.csv"] == b"id,value,source\nagree,0.5,the council's own allocations\n"
    assert store.documents[f"{place}/forecast.csv"].decode().splitlines()[1] == ",".join(map(str, ROW))
    assert keep_forecast(store, found, draws=300, seed=7, own=own, by="x", now=NOW) is None
