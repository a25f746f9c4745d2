"""Caseload, commitments and ledger beside one another."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from highneeds.account.commitments.matching import Mismatch
from highneeds.account.commitments.three_books import MatchedBooks
from highneeds.account.stated import in_words
from highneeds.vocabulary.counted import counted
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear

TITLE = "Caseload, commitments and ledger"
LABEL = "Synthetic data"
INVENTED = f"{LABEL}: these three books are invented"
NO_BOOK = "No commitment book is on record, so caseload, commitments and ledger are not compared."
WHAT_FOR = (
    "No child, provider, price or payment in them is real, and a few slips are in them on purpose. They are here so "
    "that the matching can be tried and shown; no answer, claim or figure of the account rests on them."
)
MISMATCHES = {
    Mismatch.PAID_AFTER_LEAVING: "Paid after the child left, above what was due up to then",
    Mismatch.PLACED_WITHOUT_COMMITMENT: "Placed without a commitment, at the average annual cost",
    Mismatch.COMMITTED_WITHOUT_PLACEMENT: "Committed for a child who has no placement, a year",
    Mismatch.UNKNOWN_COMMITMENT: "Paid on a commitment that the book does not hold",
    Mismatch.NO_REFERENCE: "Paid without naming a commitment or a child",
    Mismatch.NEVER_PAID: "Committed to date and not paid at all",
    Mismatch.PAID_ABOVE_COMMITMENT: "Paid above what is committed to date",
}
ADJUSTMENTS = "Manual adjustments, apart"
WITHOUT_ADJUSTMENTS = "TOTAL, without manual adjustments"
MATCHING_HEADS = {
    "meaning": "What does not match",
    "count": "How many",
    "matched_gbp": "Pounds",
    "count_change": "More than a month before",
    "moved_gbp": "Pounds more than a month before",
}
LINE_HEADS = {
    "line": "Section 251 line",
    "budget_gbp": "Budget",
    "actual_gbp": "Actual",
    "accrual_gbp": "Accrued",
    "still_committed_gbp": "Still committed",
    "forecast_gbp": "Forecast",
}
NONE_OF_LINE = {"budget_gbp": "no budget given", "actual_gbp": "no postings", "forecast_gbp": "no forecast"}


def read(books: Iterable[Note]) -> str:
    return f"Read: {', '.join(map(said, books))}."


def all_said(books: MatchedBooks) -> tuple[str, ...]:
    """Every mismatch, then what the year costs."""
    return tuple(said(one) for one in (*books.headlines, *books.costs))


def month_by_month(year: FinancialYear) -> str:
    return f"Budget, actual, commitment and forecast of {year}"


def year_by_line(year: FinancialYear, closed: int) -> str:
    return f"The year {year} by line, closed to P{closed}"


def said(note: Note) -> str:
    words = WORDS[note.code]
    return words(note) if callable(words) else words.format(**note.values)


def _held(note: Note, words: str) -> str:
    return f"Caseload, commitments and ledger {words} at {_day(note)}."


def _mismatch(note: Note) -> str:
    """'Paid for months after the child left: 12, £30,000; 3 and £5,000 more than on 31 December 2024.'"""
    count, pence = int(str(note["more"])), int(str(note["more_pence"]))
    now = f"{MISMATCHES[Mismatch(str(note['what']))]}: {note['count']:,}, {_sum(note, 'pence')}"
    if not count and not pence:
        return f"{now}; as on {_day(note)}."
    number, pounds = f"{abs(count):,}", in_words(abs(pence))
    if count * pence > 0:
        moved = f"{number} and {_more(pence, pounds)}"
    else:
        moved = " and ".join(_more(change, words) for change, words in ((count, number), (pence, pounds)) if change)
    return f"{now}; {moved} than on {_day(note)}."


def _more(change: int, words: str) -> str:
    return f"{words} {'more' if change > 0 else 'less'}"


def _forecast(note: Note) -> str:
    return (
        f"Forecast {_sum(note, 'forecast')}; manual adjustments {_sum(note, 'adjusted')} apart; together "
        f"{_sum(note, 'together')}."
    )


def _no_key(note: Note) -> str:
    postings = int(str(note["postings"]))
    name = "names" if postings == 1 else "name"
    compared = "is not compared" if postings == 1 else "are not compared"
    return (
        f"The linkage key is not at hand, so {counted(postings, 'posting')} that {name} a child and no commitment "
        f"{compared} with the child's placements."
    )


def _not_billed(note: Note) -> str:
    return (
        f"Placed and not billed by {_day(note)}: {_sum(note, 'accrued')}; billed and not paid: {_sum(note, 'unpaid')}."
    )


def _full_year(note: Note) -> str:
    effect = int(str(note["full_year"])) - int(str(note["in_year"]))
    beside = f"{in_words(abs(effect))} {'above' if effect > 0 else 'below'} the {_sum(note, 'in_year')}"
    return (
        f"In a full year what is open at the end of {note['year']} costs {_sum(note, 'full_year')}, "
        f"{beside if effect else 'as much as that'} of {note['year']}."
    )


def _sum(note: Note, name: str) -> str:
    return in_words(int(str(note[name])))


def _day(note: Note) -> str:
    return f"{date.fromisoformat(str(note['day'])):%-d %B %Y}"


WORDS: Mapping[str, str | Callable[[Note], str]] = {
    "books.held_together": lambda note: _held(note, "were compared"),
    "books.agree": lambda note: _held(note, "agree"),
    "books.mismatch": _mismatch,
    "books.no_caseload": "No caseload is accepted, so no placement is compared with a commitment or a payment.",
    "books.no_ledger": ("No ledger is accepted, so no payment is compared with a placement or a commitment."),
    "books.no_key": _no_key,
    "books.no_forecast": "There is no forecast: the ledger has no postings in a period up to P{closed}.",
    "books.forecast": _forecast,
    "books.not_billed": _not_billed,
    "books.full_year": _full_year,
    "books.read_book": "the commitment book {file}",
    "books.read_return": lambda note: f"the accepted return of {_day(note)}",
    "books.read_postings": "{postings:,} accepted postings",
    "books.read_invented_book": "an invented commitment book ({file})",
    "books.read_invented_return": lambda note: f"the invented return of {_day(note)}",
    "books.read_invented_postings": "{postings:,} invented postings",
}
"""What the three books say, one entry for each code."""
