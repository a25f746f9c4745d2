"""The questions of a notebook, each answered by the part of the evidence that it names; stand-ins answer here."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from highneeds import notebook
from highneeds import run as main_job
from highneeds.evidence import Options
from highneeds.forecast import DRAWS, SEED
from highneeds.forecast import council as forecast_council
from highneeds.store.cache import NO_CACHE, FolderCache
from highneeds.vocabulary.table import Table


def one(name):
    return Table.of(("name",), [(name,)])


def observed(name):
    return SimpleNamespace(
        indicator=name, period="2025-01", part=1, whole=2, value=50, reason="", unit=SimpleNamespace(value="percent"),
        state=SimpleNamespace(value="reported"),
    )  # fmt: skip


@pytest.fixture
def council(monkeypatch):
    """A council whose evidence is made of names; and how evidence was asked for."""
    asked = []
    number = SimpleNamespace(la_number="999", name="Eastmoor")
    evidence = SimpleNamespace(
        reported=SimpleNamespace(observations=[observed("reported")], council=number), as_known="2025-07-10",
        workspace=SimpleNamespace(observations=[observed("shown")]), differences=one("both"), movements=("moved",),
        assurances=("level",), account="ACCOUNT",
        forecast="SUMMARY",
        published="PACK", rows=lambda name: [{"risk": name}], inputs="INPUTS", caseloads="RETURNS",
    )  # fmt: skip
    monkeypatch.setattr(notebook, "Evidence", lambda *given, **named: asked.append((given, named)) or evidence)
    store = SimpleNamespace(record=lambda: ("entry",))
    return notebook.CouncilData(store, as_known=date(2025, 4, 2)), asked, store


def test_each_question_has_its_answer(council, monkeypatch):
    data, asked, store = council
    assert asked == [((store,), {"as_known": date(2025, 4, 2)})]
    assert repr(data) == "<Eastmoor, as known on 2025-07-10>"
    row = ("2025-01", 1, 2, 50, "percent", "reported", "")
    assert data.indicators().rows() == [("shown", *row)] and data.indicators("reported").rows() == [("reported", *row)]
    assert data.indicators().columns == ["indicator", "period", "part", "whole", "value", "unit", "state", "reason"]
    assert data.indicators("both").rows() == [("both",)]
    assert (data.movements(), data.levels(), data.summary(), data.record()) == (
        ("moved",), ("level",), "SUMMARY", ("entry",),
    )  # fmt: skip
    monkeypatch.setattr("highneeds.report.views.by_name.view", lambda account, name: one(f"{name} of {account}"))
    assert data.account().rows() == [("account of ACCOUNT",)] and data.account("x").rows() == [("x of ACCOUNT",)]
    monkeypatch.setattr("highneeds.claims.claims_table", lambda claims: one(", ".join(claims)))
    monkeypatch.setattr("highneeds.claims.workspace.claims_of_workspace", lambda read, account: ("a claim", account))
    assert data.claims().rows() == [("a claim, ACCOUNT",)]
    monkeypatch.setattr("highneeds.benchmarks.mechanism.compare.benchmark", lambda *given: (one(str(given)), ()))
    assert data.benchmark().rows() == [("('PACK', ['999'])",)]
    columns = [SimpleNamespace(name="risk")]
    monkeypatch.setattr(
        "highneeds.registers.of_workspace.known_register", lambda name: SimpleNamespace(columns=columns)
    )
    assert data.register("risks").rows() == [("risks",)] and data.register("risks").columns == ["risk"]


@pytest.mark.parametrize(
    ("given", "years", "draws", "seed"), [({}, 10, DRAWS, SEED), ({"years": 3, "draws": 40, "seed": 5}, 3, 40, 5)]
)
def test_a_forecast_is_asked_as_the_command_asks(council, monkeypatch, given, years, draws, seed):
    data, asked, store = council
    basis = SimpleNamespace(assumptions="ASSUMED", notes="NOTES", inputs="IN")
    data.evidence.basis = lambda years: asked.append(years) or basis
    found = SimpleNamespace(table=lambda: one("forecast"))
    monkeypatch.setattr(forecast_council, "forecast", lambda *given: asked.append(given) or found)
    assert data.forecast(**given).rows() == [("forecast",)]
    assert asked[1] == ((store,), {"as_known": date(2025, 4, 2), "options": Options(draws, seed)})
    assert asked[2:] == [years, ("ASSUMED", (), draws, seed, None, "NOTES", "IN")]


def test_the_day_and_the_folder_are_those_given(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(notebook, "CouncilData", lambda store, **named: asked.append((store.folder, named)))
    for day in ("2025-04-02", date(2025, 4, 2), None):
        notebook.open_folder(str(tmp_path), as_known=day)
    days = [{"as_known": day} for day in (date(2025, 4, 2), date(2025, 4, 2), None)]
    assert asked == [(tmp_path, day) for day in days]


def test_evidence_of_a_folder_is_gathered_as_it_was_asked_for(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(main_job, "Evidence", lambda store, **named: asked.append((store.folder, named)) or "EVIDENCE")
    said = []
    assert main_job.gather(tmp_path, Path("data"), said.append, tmp_path, date(2025, 4, 2), b"k") == "EVIDENCE"
    [(folder, named)] = asked
    cache = named.pop("kept")
    assert isinstance(cache, FolderCache) and named.pop("progress") == said.append
    assert (folder, named) == (
        tmp_path, {"as_known": date(2025, 4, 2), "options": Options(DRAWS, SEED, "data", b"k")},
    )  # fmt: skip
    main_job.gather(tmp_path)
    named = asked[1][1]
    assert (named["kept"], named["as_known"], named["options"]) == (NO_CACHE, None, Options(DRAWS, SEED))


def test_a_run_checks_before_it_forecasts_and_gives_back_every_document(monkeypatch):
    done, said = [], []

    class Known:
        def __getattr__(self, name):
            done.append(name)
            return (lambda: None) if name == "close" else name

    known = Known()
    monkeypatch.setattr(main_job, "gather", lambda *given: done.append(given) or known)
    monkeypatch.setattr("highneeds.report.output.work_ahead", lambda evidence: done.append(evidence is known))
    monkeypatch.setattr("highneeds.report.output.everything", lambda evidence, step: ({"a": b"a"}, "SIGNED"))
    found = main_job.run("place", "data", said.append, "kept", "day", "key")
    assert (found.evidence, found.files, found.signed) == (known, {"a": b"a"}, "SIGNED")
    assert done[0] == ("place", "data", said.append, "kept", "day", "key") and said == ["Writing the documents"]
    order = ["findings", "running_forecast", "computed", "invented_books", "narrative", True, "forecast", "close"]
    assert done[1:] == order
