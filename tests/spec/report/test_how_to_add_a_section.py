"""docs/how-to/add-a-report-section.md, followed to the letter: words, section and report are added and are printed."""

import importlib
import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cli_runner import run
from golden.small_councils import NOTHING
from highneeds.caseload import Caseloads
from highneeds.evidence import Evidence
from highneeds.forecast.summary import NoForecast
from highneeds.indicators.mechanism.computed import computed
from highneeds.indicators.mechanism.given import IndicatorInputs
from highneeds.report import reports as of_reports
from highneeds.report import sections as of_sections
from highneeds.report import words as of_words
from highneeds.report.build import build
from highneeds.report.output import everything
from highneeds.report.pages.results.whole import RESULTS_FILE
from highneeds.report.reports import kinds, reports_of_kind
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import Month
from memory_store import MemoryStore
from people_by_hand import caseload, child, placed

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = REPOSITORY / "docs" / "how-to" / "add-a-report-section.md"
FILES = re.compile(r"`src/highneeds/report/(\w+)/(\w+\.py)`:\n\n```python\n(.*?)```", re.S)
COUNCIL = NOTHING | {
    "indicators.csv": b"id,condition,title,short_title,unit,data_source,frequency,good_direction,shown,source\n"
    b"eotas_count,,Children not in a school,Not in a school,count,SEN2,monthly,none,computed,dashboard\n",
    "observations.csv": b"indicator,period,value,unit,state,reason,raw,source,known_on\n"
    b"eotas_count,2024-01,6,count,reported,,6,dashboard,\n"
    b"eotas_count,2025-01,9,count,reported,,9,dashboard,\n",
}
ROOMS = {"words": of_words, "sections": of_sections, "reports": of_reports}


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    assert "reach" not in kinds()
    folder, names = tmp_path_factory.mktemp("report"), []
    with pytest.MonkeyPatch.context() as patch:
        for room, file, code in FILES.findall(PAGE.read_text(encoding="utf-8")):
            (folder / room).mkdir()
            (folder / room / file).write_text(code, encoding="utf-8")
            patch.setattr(ROOMS[room], "__path__", [*ROOMS[room].__path__, str(folder / room)])
            names.append((ROOMS[room], file.removesuffix(".py")))
        importlib.invalidate_caches()
        yield reports_of_kind("reach")[0]
    for room, name in names:
        sys.modules.pop(f"{room.__name__}.{name}", None)
        vars(room).pop(name, None)


@pytest.fixture(scope="module")
def evidence(added):
    """A council with one measure: six children in January 2024, as it reported them; two of its caseload a year on."""
    two = caseload(child(placed("OLA")), child(placed("OLA")), child(placed("MsMdA")))
    by = {"2025-01-31": "Head of SEN"}
    found = computed(IndicatorInputs(Caseloads.of([two])), (Month(2025, 1),), (), by, False, ())
    given = Evidence(MemoryStore(COUNCIL), as_known=date(2025, 7, 14))
    return given.supposing(computed=found, forecast=NoForecast(Note.of("no_forecast.refused", why="Not asked for")))


def rows_of(document) -> list[list[str]]:
    [table] = [one for _, one in document.tables() if one.id == "reach-of-measures"]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_report_is_found_and_numbers_its_section(added, evidence):
    assert "reach" in kinds()
    [section] = build(added, evidence).sections
    assert section.title == "1. How far our dashboard reaches"


def test_inside_it_prints_a_small_count_which_is_hidden_in_what_goes_out(added, evidence):
    inside = replace(added, audience=replace(added.audience, goes_out=False))
    assert rows_of(build(inside, evidence)) == [["Not in a school", "Jan 2024", "Jan 2025", "2"]]
    assert rows_of(build(added, evidence)) == [["Not in a school", "Jan 2024", "Jan 2025", "c"]]


def test_a_section_that_stays_inside_is_refused_where_the_report_goes_out(added, evidence):
    kept = replace(
        added, sections=tuple(lambda known, make=make: replace(make(known), inside=True) for make in added.sections)
    )
    with pytest.raises(ValueError, match="its section 'reach' stays inside"):
        build(kept, evidence)


def test_the_page_of_reports_lists_it_with_its_section_and_what_there_is_to_download(added, evidence):
    files, _ = everything(evidence, lambda step: None)
    found = json.loads(files[RESULTS_FILE])
    [listed] = [one for one in found["reports"] if one["title"] == "Reach of the dashboard"]
    assert listed == {
        "title": "Reach of the dashboard",
        "readers": "the oversight board",
        "command": "highneeds report FOLDER --kind reach",
        "sections": ["1. How far our dashboard reaches"],
    }
    assert {"HTML", "CSV"} <= {one["format"] for one in found["documents"] if one["file"].startswith("reach/")}


def test_the_reference_says_what_it_holds(added, monkeypatch):
    monkeypatch.syspath_prepend(REPOSITORY / "scripts")
    texts = "\n".join(importlib.import_module("write_reference").report_texts())
    own = texts.split("## Reach of the dashboard\n")[1].split("\n## ")[0]
    assert "- Leaves the council: yes" in own
    assert "- Section `reach`: How far the dashboard reaches: the first and the last month of each measure." in own


def test_the_command_writes_it_in_its_formats_with_the_table_as_csv(added, kent, tmp_path):
    done = run("report", kent, "--kind", "reach", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    [page] = (tmp_path / "out").glob("*.html")
    assert "How far our dashboard reaches" in page.read_text() and "reach to Jan 2025" in page.read_text()
    [table] = (tmp_path / "out").glob("*-csv/reach-of-measures.csv")
    assert "Jan 2024" in table.read_text("utf-8-sig")
