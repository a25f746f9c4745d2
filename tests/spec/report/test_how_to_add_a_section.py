"""docs/how-to/add-a-report-section.md, followed to the letter: words, section and report are added and are printed."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from cli_runner import run
from highneeds.report import reports as of_reports
from highneeds.report import sections as of_sections
from highneeds.report import words as of_words
from highneeds.report.build import build
from highneeds.report.reports import kinds, reports_of_kind
from highneeds.run import gather

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = REPOSITORY / "docs" / "how-to" / "add-a-report-section.md"
FILES = re.compile(r"`src/highneeds/report/(\w+)/(\w+\.py)`:\n\n```python\n(.*?)```", re.S)
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


def test_the_report_is_found_and_numbers_its_section(added, kent):
    assert "reach" in kinds()
    [section] = build(added, gather(kent)).sections
    assert section.title == "1. How far our dashboard reaches"


def test_the_command_writes_it_in_its_formats_with_the_table_as_csv(added, kent, tmp_path):
    done = run("report", kent, "--kind", "reach", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    [page] = (tmp_path / "out").glob("*.html")
    assert "How far our dashboard reaches" in page.read_text() and "have a figure for Jan 2025" in page.read_text()
    [table] = (tmp_path / "out").glob("*-csv/reach-of-measures.csv")
    assert "Jan 2024" in table.read_text("utf-8-sig")
