"""The how-to page is run as it stands, and its answers are those of the commands."""

import csv
import io
import re
from pathlib import Path

import polars as pl
import pytest

import highneeds
from cli_runner import run
from highneeds.notebook import frame
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs" / "how-to" / "work-in-a-notebook.md"


@pytest.fixture(scope="module")
def names():
    """What the page's code leaves behind when it is run from top to bottom."""
    code = "\n".join(re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S))
    made: dict[str, object] = {"__name__": "notebook"}
    exec(compile(code, str(PAGE), "exec"), made)
    return made


def test_the_page_runs_and_prints_what_it_says(names):
    assert repr(names["council"]) in PAGE.read_text("utf-8")
    assert names["overdue"].height > 0 and names["worse"]
    assert isinstance(names["account"], pl.DataFrame)


def rows_of(*words):
    return list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").out)))


def test_the_forecast_is_that_of_the_command(names, tmp_path):
    import shutil

    kent = shutil.copytree("examples/kent", tmp_path / "kent")
    rows = rows_of("forecast", kent, "--years", "3", "--draws", "50", "--seed", "1")
    ours = names["forecast"]
    assert len(rows) == ours.height
    assert [float(row["mean"]) for row in rows] == pytest.approx(ours["mean"].to_list(), abs=1e-6)


def test_another_day_is_said_and_a_folder_that_is_no_workspace_is_refused(tmp_path):
    assert "2024-06-30" in repr(highneeds.open("examples/kent", as_known="2024-06-30"))
    with pytest.raises(InputError, match="council"):
        highneeds.open(tmp_path)
    with pytest.raises(InputError, match="as_known"):
        highneeds.open("examples/kent", as_known="June")


def test_numbers_are_numbers_gaps_are_nulls_and_the_rest_is_text():
    found = frame(Table.of(("whole", "part", "mixed", "day"), [(1, 0.5, 1, None), (None, "", "none", "2025-01")]))
    assert found.rows() == [(1, 0.5, "1", None), (None, None, "none", "2025-01")]
    assert frame(Table.of(("a",), [])).columns == ["a"]
