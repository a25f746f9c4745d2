"""docs/how-to/add-an-indicator.md, followed to the letter: the file is added, and the indicator is seen everywhere."""

import importlib.util
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cli_runner import run
from golden.small_councils import _files
from highneeds.caseload import Caseloads
from highneeds.evidence import Evidence
from highneeds.forecast.summary import NoForecast
from highneeds.indicators import definitions
from highneeds.indicators.mechanism.computed import computed
from highneeds.indicators.mechanism.disclosure import HIDDEN
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.outgoing import _relations, outgoing
from highneeds.indicators.mechanism.registry import indicator_named, indicators
from highneeds.intake.workspace.dashboard import FigureBasis
from highneeds.invented.caseload.forms import write_blade
from highneeds.report.build import build
from highneeds.report.pages.caseload import caseload_result
from highneeds.report.pages.indicators import indicator_result
from highneeds.report.reports.annexes import dashboard_annex
from highneeds.report.reports.submission import submission
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.unit import Unit
from memory_store import MemoryStore
from people_by_hand import caseload, child, placed
from sen2_tables import tables

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = REPOSITORY / "docs" / "how-to" / "add-an-indicator.md"
NAME, JANUARY = "eotas_share_pct", Month(2025, 1)
TITLE = "Share of plans with provision otherwise than at school"


def forget() -> None:
    indicators.cache_clear()
    _relations.cache_clear()
    sys.modules.pop(f"{definitions.__name__}.{NAME}", None)
    vars(definitions).pop(NAME, None)


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    folder = tmp_path_factory.mktemp("definitions")
    code = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    (folder / f"{NAME}.py").write_text(code[1], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definitions, "__path__", [*definitions.__path__, str(folder)])
        forget()
        yield indicator_named(NAME)
    forget()


@pytest.fixture(scope="module")
def evidence(added):
    """Kent has accepted a return: two of eight plans are not in a school. Its dashboard does not print the share."""
    eight = caseload(*[child(placed("OLA")) for _ in range(2)], *[child(placed("MsMdA")) for _ in range(6)])
    by = {"2025-01-31": "Head of SEN"}
    found = computed(IndicatorInputs(Caseloads.of([eight])), (JANUARY,), (), by, False, ())
    return Evidence(MemoryStore(dict(_files("kent")))).supposing(
        computed=found, forecast=NoForecast(Note.of("no_forecast.refused", why="Not asked for"))
    )


@pytest.fixture(scope="module")
def printed(evidence):
    """The same where the council's own catalogue names the indicator, to be shown as its caseload computes it."""
    like = next(one for one in evidence.reported.indicators if one.unit is Unit.PERCENT)
    own = replace(like, id=NAME, title=TITLE, short_title=TITLE, shown=FigureBasis.COMPUTED)
    reported = replace(evidence.reported, indicators=(*evidence.reported.indicators, own))
    return Evidence(evidence.store).supposing(reported=reported, computed=evidence.computed, forecast=evidence.forecast)


def rows_of(tables) -> list[list[str]]:
    """The rows about the indicator, of tables of pages or of documents."""
    rows = [[getattr(cell, "text", cell) for cell in getattr(row, "cells", row)] for one in tables for row in one.rows]
    return [row for row in rows if row[0] == TITLE]


def test_the_page_inside_the_council_shows_it_with_what_was_counted(evidence):
    [row] = rows_of(one.table for one in caseload_result(evidence).tables)
    assert row == [TITLE, "Not applicable", "25.0%", "plans in force with SENsetting OLA", "plans in force"]


def test_the_document_that_goes_out_has_it_with_its_small_count_hidden(evidence):
    tables = [one for _, one in build(dashboard_annex, evidence).tables()]
    assert [row[2] for row in rows_of(tables)] == ["[c]"]


def test_a_page_of_its_own_shows_it_where_the_dashboard_names_it_and_what_goes_out_does_not(printed):
    [own] = [one for one in printed.movements if one.indicator.id == NAME]
    page = indicator_result(printed, own, None)
    assert (page.title, page.latest.text, page.part_words) == (TITLE, "25.0%", "plans in force with SENsetting OLA")
    sent, annex = (list(build(one, printed).tables()) for one in (submission, dashboard_annex))
    [month] = rows_of(one for _, one in annex if one.id == "dashboard-months")
    assert month[-1] == "c"
    assert not [cell for row in rows_of(one for _, one in (*sent, *annex)) for cell in row if "25.0" in cell]
    notes = [note for _, one in sent for note in one.notes]
    assert f"Not shown, since every figure is a small number: {TITLE}." in notes


def test_what_leaves_the_council_hides_it_with_the_count_that_it_repeats(evidence):
    out = {one.indicator.id: one for one in outgoing(evidence.computed.figures)}
    for name in (NAME, "eotas_count"):
        assert (out[name].value, out[name].reason) == (None, HIDDEN), name


def test_the_command_tells_it(added, tmp_path):
    write_blade(tables(12), 2025, tmp_path, date(2025, 2, 1))
    done = run("indicators", "--caseload", tmp_path, "--from", "2025-01", "--to", "2025-01", "--format", "csv")
    assert done.code == 0, done.err
    assert [line for line in done.out.splitlines() if line.startswith(f"{NAME},2025-01,")]


def test_the_reference_has_it(added, monkeypatch):
    monkeypatch.syspath_prepend(REPOSITORY / "scripts")
    spec = importlib.util.spec_from_file_location("reference", REPOSITORY / "scripts" / "write_reference.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert any(text.startswith(f"## {NAME}\n\n{TITLE}\n") for text in script.indicator_texts())
