"""The tables of the account that a finance partner works with, each on a page of its own and as a file."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from highneeds.account.balance.layers import MEASURES
from highneeds.account.commitments.three_books import MatchedBooks
from highneeds.report.evidence import Evidence
from highneeds.report.pages.results.money import MoneyPage
from highneeds.report.pages.results.parts import ColumnResult, TableResult
from highneeds.report.pages.results.whole import INTERNAL
from highneeds.report.render.tables import csv_for_people
from highneeds.report.views.account.further import SYNTHETIC, labelled
from highneeds.report.views.by_name import views
from highneeds.report.views.view import AccountView
from highneeds.report.words import commitments as book_words
from highneeds.report.words import pages as page_words
from highneeds.report.words.heads import head
from highneeds.report.words.plainly import days_in_words, plain_names
from highneeds.vocabulary.column_name import ColumnName
from highneeds.vocabulary.period import Month
from highneeds.vocabulary.rounding import with_commas
from highneeds.vocabulary.s251 import LINES
from highneeds.vocabulary.table import Table

FOLDER = f"{INTERNAL}/money"
LINES_BY_CODE = {line.code: f"{line.code} {line.title}" for line in LINES}
YEAR = re.compile(r"\d{4}-\d{2}")
"""A column of a financial year holds pounds."""


WORDS = {
    "dfe": "Department for Education",
    "council": "The council",
    "avoided": "Cost avoided",
    "cashable": "Cashable",
    "in_year_before_contributions_gbp": "In-year position before contributions",
    "in_year_after_contributions_gbp": "In-year position after contributions",
}
"""Code words that stand in views -> what a reader sees. Others are shown without their underscores."""


def money_pages(evidence: Evidence) -> tuple[MoneyPage, ...]:
    """A page for every view that has rows."""
    return tuple(_page(evidence, one, table, found) for one, table, found in _tables(evidence))


def absent(evidence: Evidence) -> tuple[str, ...]:
    """The registers that no view can be made without and that this workspace does not keep."""
    tables = [one.table(evidence.account) for one in own_views()]
    found = [f"{row[0]} ({row[1]})" for table in tables if _says_why(table) for row in table.rows]
    return (*found, *([] if _books(evidence) else [page_words.NO_BOOKS]))


def money_files(evidence: Evidence) -> dict[str, bytes]:
    """Each table as the command line writes it."""
    return {
        _file(one, found): csv_for_people(labelled(table) if found and found.synthetic else table)
        for one, table, found in _tables(evidence)
    }


def _tables(evidence: Evidence) -> Iterator[tuple[AccountView, Table, MatchedBooks | None]]:
    for one in own_views():
        table = one.table(evidence.account)
        if table.rows and not _says_why(table):
            yield one, table, None
    found = _books(evidence)
    for one in views():
        if found and one.books:
            yield one, one.books.make(found), found


def own_views() -> tuple[AccountView, ...]:
    """Those with a title, in the order of the headings, without the three books."""
    return tuple(one for one in views() if one.title and not one.books)


def _books(evidence: Evidence) -> MatchedBooks | None:
    return evidence.account.books or evidence.invented_books


def _says_why(table: Table) -> bool:
    return table.columns == ("register", "reason")


def _page(evidence: Evidence, one: AccountView, table: Table, books: MatchedBooks | None) -> MoneyPage:
    synthetic = bool(books and books.synthetic)
    return MoneyPage(
        id=one.name,
        title=f"{SYNTHETIC}{one.title.lower()}" if synthetic else one.title,
        words=one.about,
        group=one.group.value,
        synthetic=synthetic,
        notes=(*_notes(evidence, one, books), *_without_figures(table)),
        table=_table(table, _names(evidence)) if one.as_page else None,
        csv=_file(one, books),
        register=one.register,
    )


def _names(evidence: Evidence) -> dict[str, str]:
    """Short names of actions and instalments -> what a reader sees."""
    parts = evidence.account.parts
    paid = {one.name: f"Instalment of {one.year}" for one in parts.payments.payments}
    return {one.name: one.title for one in parts.savings} | paid


def _notes(evidence: Evidence, one: AccountView, books: MatchedBooks | None) -> tuple[str, ...]:
    """What the table says, in sentences."""
    if books and one.books:
        return (*map(book_words.said, one.books.notes(books)), book_words.read(books.read))
    return tuple(one.sentences(evidence.account))


def _file(one: AccountView, books: MatchedBooks | None) -> str:
    """The name says where the figures are invented."""
    return f"{FOLDER}/{'synthetic-' if books and books.synthetic else ''}{one.name}.csv"


def _table(table: Table, names: Mapping[str, str]) -> TableResult:
    """The columns that hold anything; codes and short names in words. The unit stands in the head of its column."""
    places = [at for at, name in enumerate(table.columns) if name != "unit" and _holds(table, at)]
    numeric = {
        at: table.names[at].is_money or any(isinstance(row[at], Decimal | int) for row in table.rows) for at in places
    }
    columns = tuple(ColumnResult(head(table.columns[at]), numeric[at]) for at in places)
    kept = [(row, place in table.totals) for place, row in enumerate(table.rows) if not _is_empty(table, row)]
    rows = tuple(
        tuple(_shown(row, at, table, names, numeric[at] and not is_total) for at in places) for row, is_total in kept
    )
    return TableResult(columns, rows)


def _holds(table: Table, at: int) -> bool:
    return any(row[at] not in (None, "") for row in table.rows)


def _is_empty(table: Table, row: tuple[Any, ...]) -> bool:
    """A row of a table by year with no figure in any year."""
    years = [at for at, name in enumerate(table.columns) if YEAR.fullmatch(name)]
    return bool(years) and all(row[at] in (None, "") for at in years)


def _without_figures(table: Table) -> tuple[str, ...]:
    """Columns and rows of money in which nothing stands are said once, and not shown."""
    empty = [f"{row[0]} ({str(row[1]).lower()})" for row in table.rows if _is_empty(table, row)]
    empty += [head(one.name) for at, one in enumerate(table.names) if one.is_money and not _holds(table, at)]
    return (page_words.no_figures(empty),) if empty else ()


def _shown(row: tuple[Any, ...], at: int, table: Table, names: Mapping[str, str], numeric: bool) -> str:
    """A cell in words; the head of a row is never empty."""
    name = table.columns[at]
    text = names.get(row[at]) or _cell(row[at], name, numeric)
    if at or text:
        return text
    return "All years" if name == "financial_year" else "Not said"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(value: Any, name: str, numeric: bool) -> str:
    if value is None or value == "":
        return "None given" if numeric else ""
    if isinstance(value, Decimal | int):
        return _number(Decimal(value), name)
    if ColumnName(name).is_month:
        return Month.parse(value).label if value[:1].isdigit() else value
    text = LINES_BY_CODE.get(str(value)) or str(value)
    words: Mapping[str, str] = WORDS
    plain = days_in_words(plain_names(text.replace("TOTAL", "Total")))
    return words.get(text) or MEASURES.get(text) or _capital(plain)


def _number(value: Decimal, name: str) -> str:
    """Whole pounds: the pence are in the file. Other figures as they are."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return with_commas(value, 0 if ColumnName(name).is_money or YEAR.fullmatch(name) else decimals)
