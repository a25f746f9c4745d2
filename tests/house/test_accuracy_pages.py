"""The methods papers say what the back-test says: every accuracy table is the one that the scorecard gives today."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from write_accuracy import PAGES, tables, written


@pytest.fixture(scope="module")
def found():
    return tables()


@pytest.mark.parametrize("page", ["forecast-method.md", "forecast-of-money.md"])
def test_the_tables_of_a_page_are_those_of_the_scorecard(found, page):
    text = (PAGES / page).read_text(encoding="utf-8")
    assert text.count("<!-- accuracy:") >= 3
    assert written(text, found) == text, "run python scripts/write_accuracy.py"


def test_a_table_that_is_out_of_date_is_seen(found):
    text = "<!-- accuracy: sums -->\n| old |\n<!-- end of sums -->"
    assert "| old |" not in written(text, found)
