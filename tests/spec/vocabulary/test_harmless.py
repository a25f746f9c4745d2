"""Files for people: text that a spreadsheet would run is marked as text; figures are left alone."""

import pytest

from highneeds.report.render.tables import csv_for_people
from highneeds.vocabulary.harmless import as_written, harmless
from highneeds.vocabulary.table import Table


@pytest.mark.parametrize(
    ("written", "in_the_file"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+cmd", "'+cmd"),
        ("-1+cmd", "'-1+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tlate", "'\tlate"),
        ("\rlate", "'\rlate"),
        ("-12.5", "-12.5"),
        ("+3.1%", "+3.1%"),
        ("-£4.2m", "-£4.2m"),
        ("-", "-"),
        ("1,234", "1,234"),
        ("a = b", "a = b"),
        ("'tis late", "'tis late"),
        ("", ""),
    ],
)
def test_text_that_would_run_gets_an_apostrophe(written, in_the_file):
    assert harmless(written) == in_the_file
    assert as_written(in_the_file) == written, "a file that comes back says what was written"


def test_a_table_for_people_opens_with_its_pounds_and_runs_nothing():
    table = Table.of(("finding", "amount"), [("=1+1", "£5m"), ("-", -3)])
    assert csv_for_people(table) == "\ufefffinding,amount\n'=1+1,£5m\n-,-3\n".encode()
