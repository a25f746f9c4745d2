"""docs/how-to/add-an-indicator.md, followed to the letter: the file is added, and the indicator is seen everywhere."""

import importlib.util
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli_runner import run
from highneeds.caseload import Caseloads
from highneeds.indicators import definitions
from highneeds.indicators.mechanism.computed import computed
from highneeds.indicators.mechanism.disclosure import HIDDEN
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.indicators.mechanism.outgoing import _relations, outgoing
from highneeds.indicators.mechanism.registry import indicator_named, indicators
from highneeds.invented.caseload.forms import write_blade
from highneeds.report.sections.caseload import further_table
from highneeds.vocabulary.period import Month
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
def found(added):
    """Two of eight plans are not in a school."""
    eight = caseload(*[child(placed("OLA")) for _ in range(2)], *[child(placed("MsMdA")) for _ in range(6)])
    return computed(IndicatorInputs(Caseloads.of([eight])), (JANUARY,), (), {"2025-01-31": "tests"}, False, ())


def in_table(found) -> list[str]:
    """The row of a document's table of what the dashboard does not print."""
    evidence = SimpleNamespace(workspace=SimpleNamespace(indicators=(), months=(JANUARY,)))
    [row] = [row for row in further_table(evidence, found).rows if row.cells[0].text == TITLE]
    return [cell.text for cell in row.cells]


def test_the_page_inside_the_council_shows_it_with_what_was_counted(found):
    assert in_table(found) == [TITLE, "25.0%", "plans in force with SENsetting OLA", "plans in force"]


def test_what_leaves_the_council_hides_it_with_the_count_that_it_repeats(found):
    out = {one.indicator.id: one for one in outgoing(found.figures)}
    for name in (NAME, "eotas_count"):
        assert (out[name].value, out[name].reason) == (None, HIDDEN), name
    assert "25.0%" not in in_table(replace(found, figures=tuple(out.values())))


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
