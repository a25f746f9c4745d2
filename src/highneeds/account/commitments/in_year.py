"""A commitment book in one financial year, beside what the council has accepted of its ledger and its budget."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from highneeds.account.commitments.cost import period_end
from highneeds.account.commitments.three_books import year_of_book
from highneeds.account.spend.monitoring import Monitor
from highneeds.intake.ledger.accepted import accepted_spend
from highneeds.intake.ledger.spend import SpendRow, read_spend, spend_known
from highneeds.registers.register import RegisterRow
from highneeds.store.place import Place
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

if TYPE_CHECKING:
    import polars as pl

SPEND = "finance/spend.csv"


@dataclass(frozen=True)
class BesideTheBook:
    """posted: accepted postings; budgets: rows of spend.csv; adjustments: those made by hand. Nothing by default."""

    posted: tuple[SpendRow, ...] = ()
    budgets: tuple[SpendRow, ...] = ()
    adjustments: tuple[RegisterRow, ...] = ()


def beside_the_book(workspace: Place, day: date, adjustments: tuple[RegisterRow, ...]) -> BesideTheBook:
    """What a workspace keeps, as known on a day."""
    spend = workspace / SPEND
    budgets = spend_known(read_spend(spend), day) if spend.exists() else ()
    return BesideTheBook(accepted_spend(workspace, day), budgets, adjustments)


def book_in_year(
    rows: "pl.DataFrame", year: FinancialYear, beside: BesideTheBook, closed: int | None
) -> tuple[Monitor, tuple[Note, ...]]:
    """The year by period and line, and what to know of its cost.

    closed   the last closed period; None for the last that has a posting
    """
    posted = [row for row in beside.posted if row.year == year]
    last = max((row.period or 0 for row in posted), default=0) if closed is None else closed
    spent = {(row.line, row.period or 0): row.amount or 0 for row in posted}
    return year_of_book(rows, year, last, period_end(year, last), spent, beside.budgets, beside.adjustments)
