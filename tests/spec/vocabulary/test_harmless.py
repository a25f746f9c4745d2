"""Files for people: text that a spreadsheet would run is marked as text; figures are left alone."""

from decimal import Decimal

import pytest

from highneeds.report.blocks import DataTable, Row, TableColumn
from highneeds.report.cells import Cell
from highneeds.report.render.csv import tidy
from highneeds.report.render.tables import csv_for_people
from highneeds.vocabulary.harmless import as_written, harmless
from highneeds.vocabulary.table import Table
from highneeds.vocabulary.unit import Unit


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
        ("-£4.2", "-£4.2"),
        ("-£4.2m", "'-£4.2m"),
        ("+0.4 points", "'+0.4 points"),
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


def test_a_figure_of_ours_is_shown_in_its_file_as_in_the_report_and_the_same_words_of_others_run_nothing():
    columns = (TableColumn("Measure"), *(TableColumn(month, of="month") for month in ("January", "February")))
    rows = (Row.of("=Plans", Cell.change(Decimal("0.4"), Unit.PERCENT), Cell(1, "+1 a", note="-1 b")),)
    lines = tidy(DataTable("plans", "Plans", columns, rows)).decode("utf-8-sig").splitlines()
    assert lines == [
        "measure,month,value,shown,unit,state,note",
        "'=Plans,January,0.4,+0.4 points,percentage_points,computed,",
        "'=Plans,February,1,'+1 a,,reported,'-1 b",
    ]
    wide = (Row.of("+1 a", Cell.change(Decimal("24.5"), Unit.PERCENT).with_its_unit, "+24.5 points"),)
    written = tidy(DataTable("apart", "Apart", tuple(map(TableColumn, ("Measure", "Most", "Said"))), wide))
    assert written.decode("utf-8-sig").splitlines()[1] == "'+1 a,+24.5 points,'+24.5 points"
