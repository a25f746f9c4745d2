"""The tables of the account on pages of their own: every one has words, a file, and no code words in its heads."""

import csv
import io
import re
from decimal import Decimal

import pytest

from highneeds.report.blocks import RowKind
from highneeds.report.pages.money_views import _table as page_table
from highneeds.report.pages.money_views import absent, money_files, money_pages, own_views
from highneeds.report.sections._views import table_of
from highneeds.report.views.account.further import labelled
from highneeds.report.views.by_name import views
from highneeds.report.views.view import Group
from highneeds.report.words.heads import head
from highneeds.run import gather
from highneeds.vocabulary.table import Table, with_totals

FILES = {
    "explanations": "finance/explanations.csv (is absent",
    "bridge": "finance/planned_lines.csv",
    "stability-grant": "finance/published.yaml (names no share",
}
"""What a table is made of that is no register. The stability grant was announced after Kent's report."""


@pytest.fixture(scope="module")
def evidence(kent, kept):
    return gather(kent, kept=kept)


@pytest.fixture(scope="module")
def pages(evidence):
    return {page.id: page for page in money_pages(evidence)}


@pytest.mark.parametrize("name", ["TOTAL", "All of it", "Altogether"])
def test_a_row_is_a_total_because_its_table_says_so_not_because_of_its_name(name):
    """The second row adds up and has no count of its own; the third is a place whose name begins like a total."""
    columns, rows = (
        ("line", "cost_gbp", "plans"),
        [("Elm", Decimal(3), None), ("TOTAL Sport College", Decimal(4), None)],
    )
    table = with_totals(columns, rows, [(name, Decimal(7), None)])
    marked = labelled(table)
    assert marked.totals == table.totals == (2,), "it is kept where a column is put before the others"
    kinds = [row.kind for row in table_of(marked, "t", dict(zip(columns, "abc", strict=True))).rows]
    assert kinds == [RowKind.BODY, RowKind.BODY, RowKind.TOTAL]
    filled = Table.of(columns, [("Oak", None, 2), *rows, (name, None, None)], totals=(3,))
    shown = [row[1:] for row in page_table(filled, {}).rows]
    assert shown == [("None given", "2"), ("3", "None given"), ("4", "None given"), ("", "")]


def test_whoever_makes_a_total_says_so(evidence):
    """The words of the files call a total so; a table whose rows are called so has said it of each of them."""
    found = 0
    for table in (one.table(evidence.account) for one in own_views()):
        assert table.totals == tuple(at for at, row in enumerate(table.rows) if "TOTAL" in " ".join(map(str, row[:2])))
        found += len(table.totals)
    assert found > 10


def test_every_view_has_a_place_of_its_own_and_no_heading_holds_many():
    titled = [one for one in views() if one.title]
    assert len({one.name for one in views()}) == len(views())
    assert len({(one.group, one.place) for one in titled}) == len(titled)
    assert all(1 <= sum(one.group is group for one in titled) <= 7 for group in Group)
    assert all(one.about for one in titled)


def test_a_finance_partner_finds_each_table_or_reads_that_it_is_not_kept(evidence, pages):
    missing = " ".join(absent(evidence))
    for name in (one.name for one in own_views()):
        file = FILES.get(name, f"registers/{name.replace('-', '_')}.csv (is absent")
        assert name in pages or file in missing, name


def test_heads_and_cells_are_words(pages):
    for page in (page for page in pages.values() if page.table):
        for column in page.table.columns:
            assert column.title and "_" not in column.title, (page.id, column.title)
        for row in page.table.rows:
            assert row[0], (page.id, row)
            assert not any(re.search(r"\bTOTAL\b|None$", cell) for cell in row), (page.id, row)
    assert head("after_deductions_gbp") == "After deductions, £"
    assert head("gbp_change") == "£ change"
    assert head("dfe_update") == "DfE update"


def test_amounts_are_whole_pounds_and_a_table_for_programs_is_a_file_alone(pages):
    assert pages["account"].table is None and pages["account"].csv.endswith("money/account.csv")
    for page in (page for page in pages.values() if page.table):
        money = [at for at, column in enumerate(page.table.columns) if "£" in column.title]
        assert not [row[at] for row in page.table.rows for at in money if "." in row[at]], page.id


def test_a_missing_sum_is_said_and_a_zero_is_a_zero(pages):
    [row] = [row for row in pages["payments"].table.rows if row[0] == "Instalment of 2022-23"]
    titles = [column.title for column in pages["payments"].table.columns]
    told = dict(zip(titles, row, strict=True))
    assert told["Due, £"] == "56,800,000"
    assert "No figure is on record for: Received, £; Outstanding, £." in pages["payments"].notes, (
        "said once, not per row"
    )
    titles = [column.title for column in pages["savings"].table.columns]
    assert "Lever" not in titles, "a column of words in which nothing stands is left out of the page"


def test_the_invented_books_say_so_on_their_pages_and_in_their_files(evidence, pages):
    files = money_files(evidence)
    for name in ("matching", "commitments", "commitments-by-month"):
        page = pages[name]
        assert page.synthetic and page.title.startswith("Synthetic data: ")
        assert page.csv.startswith("internal/money/synthetic-")
        rows = list(csv.DictReader(io.StringIO(files[page.csv].decode("utf-8-sig"))))
        assert rows and all(row["data"] == "synthetic" for row in rows)
    assert any(note.startswith("Paid after the child left") for note in pages["matching"].notes)
    assert not any(page.synthetic for name, page in pages.items() if page.group != Group.BOOKS)


def test_every_page_has_its_file(evidence, pages):
    assert {page.csv for page in pages.values()} == set(money_files(evidence))
