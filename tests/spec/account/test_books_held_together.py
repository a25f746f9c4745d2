"""Caseload, commitments and ledger by hand: each mismatch with its pounds, at the first and the last day it counts."""

from datetime import date

import polars as pl
import pytest

from highneeds.account.commitments.cost import Accruals, FullYear, accruals, cost_by_period, full_year, period_end
from highneeds.account.commitments.matching import Headline, Matching, Mismatch, children_of, match
from highneeds.account.commitments.three_books import (
    Books,
    MatchedBooks,
    cost_notes,
    forecast_note,
    invented_books,
    invented_files,
    match_books,
    own_books,
)
from highneeds.account.spend.monitoring import Monitor, MonitorRow
from highneeds.intake.ledger.commitments import CommitmentBook
from highneeds.intake.ledger.frames import Problem
from highneeds.intake.ledger.spend import SpendRow
from highneeds.registers.registry import registers
from highneeds.report.views.books import by_line, by_month, mismatches
from highneeds.report.words.commitments import MISMATCHES
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source
from memory_store import MemoryStore
from people_by_hand import caseload, child, placed

YEAR = FinancialYear(2025)  # 365 days: £365 a year is £1 a day
LEAP = FinancialYear(2023)  # 366 days
JULY = date(2025, 7, 31)
NEVER = Mismatch.NEVER_PAID
READ_BOOK = Note.of("books.read_book", file="finance/commitments.csv")
INVENTED_BOOK = Note.of("books.read_invented_book", file="commitments.csv")
DAYS = ("from_day", "to_day", "invoiced_to", "paid_to")
BOOK = (
    {"commitment": pl.String, "child": pl.String, "line": pl.String, "status": pl.String}
    | dict.fromkeys(DAYS, pl.Date)
    | {"annual_cost": pl.Int64}
)
NAMES = ("commitment", "child", "from_day", "to_day", "annual_cost", "line", "status", "invoiced_to", "paid_to")


def day(text):
    return date.fromisoformat(text) if text else None


def book(*rows_):
    """commitment child from to pounds [line] [status] [invoiced to] [paid to]; '-' for an empty cell"""
    made = []
    for row in rows_:
        cells = [None if cell == "-" else cell for cell in row.split()]
        cells += [None] * (len(NAMES) - len(cells))
        found = dict(zip(NAMES, cells, strict=True))
        found |= {name: day(found[name]) for name in DAYS} | {"annual_cost": int(found["annual_cost"]) * 100}
        made.append(found | {"line": found["line"] or "1.2.3", "status": found["status"] or "active"})
    return pl.DataFrame(made, schema=BOOK)


def children(*rows_):
    """child from to"""
    split = [[None if cell == "-" else cell for cell in row.split()] for row in rows_]
    schema = {"child": pl.String, "from_day": pl.Date, "to_day": pl.Date}
    return pl.DataFrame([(name, day(first), day(last)) for name, first, last in split], schema=schema, orient="row")


def postings(*rows_, year=2025):
    """period pence [child] [commitment] [code]"""
    made = []
    for row in rows_:
        cells = [None if cell == "-" else cell for cell in row.split()]
        period, pence, child_, commitment, code = [*cells, None, None, "7003"][:5]
        made.append((year, int(period), int(pence), code or "7003", child_, commitment, "1.2.3"))
    schema = {"year": pl.Int64, "period": pl.Int64, "pence": pl.Int64, "code": pl.String}
    schema |= {"child": pl.String, "commitment": pl.String, "line": pl.String}
    return pl.DataFrame(made, schema=schema, orient="row")


# what commitments cost


@pytest.mark.parametrize(
    ("row", "april", "whole"),
    [
        ("c x 2025-04-01 - 365", 30_00, 365_00),
        ("c x 2024-01-01 - 365", 30_00, 365_00),
        ("c x 2025-04-30 - 365", 1_00, 336_00),
        ("c x 2025-05-01 - 365", 0, 335_00),
        ("c x 2025-04-01 2025-04-01 365", 1_00, 1_00),
        ("c x 2024-04-01 2025-03-31 365", 0, 0),
        ("c x 2025-04-01 2026-03-31 365", 30_00, 365_00),
        ("c x 2026-04-01 - 365", 0, 0),
        ("c x 2025-04-01 - 1", 8, 1_00),
        ("c x 2025-04-01 - 365 1.2.3 draft", None, None),
        ("c x 2025-04-01 - 365 1.2.3 cancelled", None, None),
        ("c x 2025-04-01 - 365 1.2.3 ended", 30_00, 365_00),
    ],
)
def test_a_commitment_costs_by_the_day_from_its_first_to_its_last(row, april, whole):
    """£1 a year over April: 100 x 30 / 365 = 8.2 pence."""
    costs = cost_by_period(book(row), YEAR)
    assert costs.columns == ["line", "period", "pence"]
    assert costs["period"].to_list() == ([] if whole is None else list(range(1, 13)))
    assert (costs["pence"].sum() or 0) == (whole or 0)
    assert costs["pence"].to_list()[:1] == ([] if april is None else [april])


def test_a_leap_year_has_366_days_and_half_a_penny_rounds_up():
    costs = cost_by_period(book("c x 2023-04-01 - 366", "b x 2023-04-01 - 1 1.2.1"), LEAP)
    assert costs.filter(pl.col("line") == "1.2.3")["pence"].to_list()[:2] == [30_00, 31_00]
    assert costs.filter(pl.col("line") == "1.2.1")["pence"].to_list() == [8, 9, 8, 8, 9, 8, 8, 9, 8, 9, 8, 8]
    assert [period_end(LEAP, period) for period in (0, 1, 9, 10, 12)] == [
        *(date(2023, 3, 31), date(2023, 4, 30), date(2023, 12, 31), date(2024, 1, 31), date(2024, 3, 31)),
    ]


def test_what_is_placed_billed_and_paid_at_a_day():
    found = accruals(
        book(
            "a x 2025-04-01 - 365 1.2.3 active 2025-06-30 2025-05-31",
            "b y 2025-07-30 - 730 1.2.1",
            "c z 2025-04-01 - 365 1.2.3 active 2025-12-31 2025-12-31",
            "d z 2025-04-01 - 365 1.2.3 draft",
        ),
        YEAR,
        JULY,
    )
    assert found == Accruals(JULY, accrued=31_00 + 4_00, unpaid=30_00, by_line={"1.2.1": 4_00, "1.2.3": 31_00})
    assert accruals(book(), YEAR, JULY) == Accruals(JULY, 0, 0, {})


@pytest.mark.parametrize(
    ("row", "in_year", "full", "following"),
    [
        ("c x 2026-03-31 - 365", 1_00, 365_00, 365_00),
        ("c x 2026-04-01 - 365", 0, 0, 365_00),
        ("c x 2025-04-01 2026-03-31 365", 365_00, 365_00, 0),
        ("c x 2025-04-01 2026-03-30 365", 364_00, 0, 0),
        ("c x 2025-04-01 2026-04-02 365", 365_00, 365_00, 2_00),
        ("c x 2025-04-01 - 365 1.2.3 draft", 0, 0, 0),
    ],
)
def test_what_next_year_begins_with(row, in_year, full, following):
    assert full_year(book(row), YEAR) == FullYear(in_year, full, following)
    assert full_year(book(row), YEAR).effect == full - in_year


# the mismatches


WORDS = {
    "paid_after_leaving": "Paid after the child left, above what was due up to then",
    "placed_without_commitment": "Placed without a commitment, at the average annual cost",
    "committed_without_placement": "Committed for a child who has no placement, a year",
    "unknown_commitment": "Paid on a commitment that the book does not hold",
    "no_reference": "Paid without naming a commitment or a child",
    "never_paid": "Committed to date and not paid at all",
    "paid_above_commitment": "Paid above what is committed to date",
}


def headlines(children_, book_, postings_, as_at=JULY):
    found = match(children_, book_, postings_, YEAR, as_at)
    assert found.as_at == as_at and all(MISMATCHES[one.kind] == WORDS[one.kind] for one in found.headlines)
    return {one.kind: (one.count, one.pence, one.references) for one in found.headlines}


def test_which_books_are_at_hand_says_which_mismatches_there_can_be():
    names = list(WORDS)
    nothing = (0, 0, ())
    assert headlines(children(), book(), postings()) == dict.fromkeys(names, nothing)
    assert list(headlines(children(), book(), postings())) == names
    assert list(headlines(children(), book(), None)) == names[1:3]
    assert list(headlines(None, book(), postings())) == names[3:]
    assert headlines(None, book(), None) == {}


@pytest.mark.parametrize(
    ("left", "bills", "found"),
    [
        ("2025-06-30", ("1 3000", "4 6100"), (0, 0, ())),
        ("2025-06-30", ("1 3000", "4 6101"), (1, 1, ("x",))),
        ("2025-06-30", ("3 9000", "4 500"), (1, 4_00, ("x",))),
        ("2025-06-30", ("3 9900",), (0, 0, ())),
        ("2025-07-01", ("3 9100", "4 500"), (0, 0, ())),
        ("2025-07-30", ("5 99900",), (0, 0, ())),
        ("2025-07-31", ("3 9000", "4 99900"), (0, 0, ())),
        ("-", ("3 9000", "4 99900"), (0, 0, ())),
    ],
)
def test_paid_after_leaving_is_what_was_posted_after_and_lies_above_what_was_due(left, bills, found):
    """£1 a day from April; 91 days to 30 June. Of a period that begins on the day of leaving nothing was after."""
    rows_ = postings(*(f"{bill} - c" for bill in bills))
    shown = headlines(children(f"x 2025-04-01 {left}"), book("c x 2025-04-01 - 365"), rows_)
    assert shown["paid_after_leaving"] == found
    named = rows_.with_columns(child=pl.lit("x"), commitment=pl.lit(None, pl.String))
    alone = headlines(children(f"x 2025-04-01 {left}"), book("c x 2025-04-01 - 365"), named)
    assert alone["paid_after_leaving"] == found


def test_of_two_placements_the_later_end_counts_and_without_a_commitment_nothing_was_due():
    twice = children("x 2025-04-01 2025-04-30", "x 2025-05-01 2025-06-30", "y 2025-04-01 2025-05-31")
    rows_ = postings("3 500 x", "4 700 x", "3 900 y", "4 11 z")
    assert headlines(twice, book(), rows_)["paid_after_leaving"] == (2, 16_00, ("x", "y"))


def test_who_is_placed_on_the_day_and_not_committed_costs_the_average_of_those_who_are():
    """£300 and £101 on average £200.50; the ended and the later commitment cover nobody."""
    here = children(
        *("a 2025-07-31 -", "b 2025-04-01 2025-07-31", "c 2025-04-01 2025-07-30", "d 2025-08-01 -", "a 2025-01-01 -"),
        *("e 2025-01-01 -", "f 2025-01-01 -", "g 2025-01-01 -"),
    )
    commitments = book(
        *("1 e 2025-07-31 - 300", "2 f 2025-04-01 2025-07-31 101", "3 a 2025-04-01 2025-07-30 9"),
        *("4 b 2025-08-01 - 9", "5 g 2025-04-01 - 9 1.2.3 draft"),
    )
    found = headlines(here, commitments, None)
    assert found["placed_without_commitment"] == (3, 3 * 200_50, ("a", "b", "g"))
    assert headlines(here, book(), None)["placed_without_commitment"] == (5, 0, ("a", "b", "e", "f", "g"))
    nobody = book("1 a 2025-07-31 - 300", "2 c 2025-04-01 - 20", "3 d 2025-04-01 2025-07-31 3", "4 x 2025-04-01 - 1")
    assert headlines(here, nobody, None)["committed_without_placement"] == (3, 24_00, ("2", "3", "4"))


def test_what_the_ledger_says_of_commitments_up_to_the_period_of_the_day():
    commitments = book(
        "1 x 2025-04-01 - 365", "2 x 2025-04-01 - 365", "3 x 2025-08-01 - 365", "4 x 2025-04-01 - 9 - draft"
    )
    rows_ = postings(
        *("4 12201 - 1", "5 700 - 1", "1 40 - -", "1 50 - - 7001", "2 30 y -", "4 60 - nine", "5 60 - ten", "1 5 - 4"),
    )
    found = headlines(None, commitments, pl.concat([rows_, postings("1 9999 - -", year=2024)]))
    assert found == {
        "unknown_commitment": (1, 60, ("nine",)),
        "no_reference": (2, 90, ("7001", "7003")),
        "never_paid": (1, 122_00, ("2",)),
        "paid_above_commitment": (1, 1, ("1",)),
    }
    exact = postings("4 12200 - 1")
    assert headlines(None, commitments, exact)["paid_above_commitment"] == (0, 0, ())
    for as_at, count in ((date(2025, 3, 31), 0), (date(2025, 4, 1), 2), (date(2026, 3, 31), 4), (date(2027, 1, 1), 4)):
        later = postings("1 1 - a", "1 1 - b", "12 1 - c", "2 1 - d")
        assert headlines(None, commitments, later, as_at)["unknown_commitment"][0] == count


def test_the_first_five_references_are_named():
    rows_ = postings(*(f"1 1 - {name}" for name in "gfedcbaa"))
    assert headlines(None, book(), rows_)["unknown_commitment"] == (8, 8, ("a", "b", "c", "d", "e"))


def test_the_headlines_as_a_table_and_how_they_moved():
    now = Matching(JULY, (Headline(NEVER, 2, 500, ("x", "y")), Headline(Mismatch.NO_REFERENCE, 1, 3, ())))
    gone = Headline(Mismatch.UNKNOWN_COMMITMENT, 1, 1, ())
    before = Matching(date(2025, 6, 30), (Headline(NEVER, 3, 200, ()), gone))
    assert now.movement(before) == ((NEVER, -1, 300),)
    assert now.moved(before) == (
        Note.of("books.mismatch", what="never_paid", count=2, pence=500, more=-1, more_pence=300, day="2025-06-30"),
    )
    table = mismatches(now)
    assert (table.title, table.columns) == (
        *("Caseload, commitments and ledger", ("headline", "meaning", "count", "gbp", "first_references")),
    )
    assert [tuple(map(str, row)) for row in table.rows] == [
        ("never_paid", "Committed to date and not paid at all", "2", "5.00", "x y"),
        ("no_reference", "Paid without naming a commitment or a child", "1", "0.03", ""),
    ]
    again = mismatches(Matching(JULY, now.headlines[:1]), before)
    assert again.columns == (*table.columns, "count_change", "gbp_change") and again.title == table.title
    assert [tuple(map(str, row)) for row in again.rows] == [
        ("never_paid", "Committed to date and not paid at all", "2", "5.00", "x y", "-1", "3.00")
    ]
    nothing = Matching(JULY, (Headline(NEVER, 0, 0, ()),))
    assert nothing.moved(nothing) == () and len(nothing.moved(before)) == len(before.moved(nothing)) == 1


def test_the_placements_of_a_caseload_as_they_are_matched():
    made = caseload(child(placed("SpMdA", end="2024-07-31"), placed("MsMdA", start="2024-08-01", rank=2)))
    found = children_of(made)
    assert found.columns == ["child", "from_day", "to_day"]
    assert found.rows() == [("1", day("2023-09-01"), day("2024-07-31")), ("1", day("2024-08-01"), None)]


# the three together


def test_the_books_of_a_council_whole():
    """July is the last month posted and the caseload reaches into August: at 31 July, beside 30 June."""
    rows_ = book("1 x 2025-04-01 - 365", "2 y 2025-07-01 - 730 1.2.1")
    problem = Problem("k", "book.csv", 3, "line", "It is no line", "Write one", blocking=True)
    books = Books(
        CommitmentBook("book.csv", rows_, (problem,)),
        children("x 2025-04-01 -"),
        date(2025, 8, 2),
        postings(*(f"{period} 3000 - 1" for period in range(1, 5))),
        (READ_BOOK,),
        unmatched=3,
    )
    budget = [SpendRow(YEAR, "1.2.3", 1, None, 31_00, Source("spend.csv", 2))]
    cells = dict(made_on="2025-07-31", reason="x", line="1.2.1", owner_role="Head")
    manual = registers()["adjustments"].rows_of(
        [cells | dict(adjustment="a", financial_year="2025-26", amount_gbp="5.00")]
    )
    found = match_books(books, date(2000, 1, 1), budget, manual)
    month = dict(day="2025-06-30")
    never = dict(what="never_paid", count=1, pence=62_00, more=1, more_pence=62_00)
    unplaced = dict(what="committed_without_placement", count=1, pence=730_00, more=1, more_pence=730_00)
    assert isinstance(found, MatchedBooks) and found.as_at == JULY and not found.synthetic
    assert found.headlines == (
        Note.of("books.held_together", day="2025-07-31"),
        Note.of("books.mismatch", **unplaced, **month),
        Note.of("books.mismatch", **never, **month),
        Note.of("books.no_key", postings=3),
    )
    assert (
        found.costs
        == (
            Note.of("books.forecast", forecast=120_00 + 124_00 + 243_00 + 486_00, adjusted=5_00, together=978_00),
            Note.of("books.not_billed", day="2025-07-31", accrued=122_00 + 62_00, unpaid=0),
            Note.of("books.full_year", year="2025-26", full_year=1095_00, in_year=365_00 + 548_00),
        )
        or found.costs
    )
    assert found.read == (READ_BOOK,) and [one.rule for one in found.findings] == ["COMMITMENTS-03"]
    assert found.year.rows[12] == MonitorRow("1.2.3", 1, 31_00, 30_00, 0, 30_00, 30_00)
    assert len(by_line(found.year).rows) == 4 and by_month(found.year).rows[12][:3] == ("1.2.3", "P1", 31)
    assert (found.matching.as_at, found.before.as_at) == (JULY, day("2025-06-30"))


def of(children_=None, postings_=None, seen_to=None, unmatched=0, synthetic=False):
    return Books(CommitmentBook("b", book(), ()), children_, seen_to, postings_, (), synthetic, unmatched)


def codes(books, otherwise=JULY):
    return [(one.code, one.values) for one in match_books(books, otherwise).headlines]


def test_which_day_the_books_are_compared_at():
    days = [
        match_books(books, JULY).as_at
        for books in (
            of(),
            of(postings_=postings()),
            of(postings_=postings("2 1", "1 1")),
            of(children(), seen_to=date(2025, 5, 3)),
            of(children(), postings("2 1"), date(2025, 5, 3)),
            of(children(), postings("1 1"), date(2025, 5, 3)),
        )
    ]
    assert days == [
        *(JULY, JULY, date(2025, 5, 31), date(2025, 5, 3), date(2025, 5, 3), date(2025, 4, 30)),
    ]


def test_which_book_is_not_there_is_said_and_that_the_others_agree():
    no_caseload, no_ledger = ("books.no_caseload", {}), ("books.no_ledger", {})
    agree, key = ("books.agree", {"day": "2025-07-31"}), ("books.no_key", {"postings": 2})
    seen = dict(seen_to=JULY)
    assert codes(of()) == [no_caseload, no_ledger]
    assert codes(of(postings_=postings(), unmatched=2)) == [agree, no_caseload]
    assert codes(of(children(), **seen)) == [agree, no_ledger]
    assert codes(of(children(), postings(), **seen, unmatched=2)) == [agree, key]
    assert codes(of(children(), postings(), **seen)) == [agree]
    assert match_books(of(synthetic=True), JULY).synthetic


def test_what_the_year_comes_to_and_what_is_not_billed():
    closed = MonitorRow("1.2.3", 1, None, None, 0, 0, None)
    assert forecast_note(Monitor(YEAR, 3, (closed,), ())) == Note.of("books.no_forecast", closed=3)
    whole, effect = FullYear(3, 5, 7), Note.of("books.full_year", year="2025-26", full_year=5, in_year=3)
    before, first = (Accruals(day(text), 2, 4, {}) for text in ("2025-03-31", "2025-04-01"))
    assert cost_notes(before, whole, YEAR) == (effect,)
    billed = Note.of("books.not_billed", day="2025-04-01", accrued=2, unpaid=4)
    assert cost_notes(first, whole, YEAR) == (billed, effect)


HEADER = (
    "commitment,child,placement,responsible_council,provider,band,status,line,supplier,fte,from_day,to_day,invoiced_to,"
    "paid_to,annual_cost_gbp,place_gbp,top_up_gbp,health_gbp,care_gbp\n"
)


def folder(**files):
    named = {name.replace("__", "/").replace("_csv", ".csv"): text for name, text in files.items()}
    return documents(MemoryStore({name: text.encode() for name, text in named.items()}))


def test_the_councils_own_books_where_it_keeps_only_the_commitments():
    assert own_books(folder(council="x")) is None
    found = own_books(folder(finance__commitments_csv=HEADER))
    assert (found.children, found.seen_to, found.postings, found.unmatched, found.synthetic) == (
        None,
        None,
        None,
        0,
        False,
    )
    assert found.read == (READ_BOOK,) and found.book.rows.is_empty()


def test_invented_books_beside_an_invented_caseload_alone():
    assert invented_files(folder(council="x")) is None
    place = folder(finance__invented__commitments_csv=HEADER)
    book_, ledger, mapping = invented_files(place)
    assert (book_.name, ledger, mapping) == ("commitments.csv", None, None)
    found = invented_books(place, None)
    assert found.read == (INVENTED_BOOK,) and found.synthetic
    assert (found.children, found.postings, found.seen_to) == (None, None, None)
    assert invented_books(place, caseload(child())) is None and invented_books(folder(council="x"), None) is None


MAPPING = """
name: Main ledger
year: 2024-25
columns: {code: Code, amount: Net, period: Period, child: Child, commitment: Commitment}
lines: {"7003": 1.2.3}
"""
LEDGER = "Code,Net,Period,Child,Commitment\n7003,70.00,8,x,\n"


def test_an_invented_ledger_is_read_by_its_mapping_and_refused_where_it_is_wrong():
    files = dict(finance__invented__commitments_csv=HEADER, finance__invented__ledger_csv=LEDGER)
    store = {name.replace("__", "/").replace("_csv", ".csv"): text.encode() for name, text in files.items()}
    store["finance/invented/mapping.yaml"] = MAPPING.encode()
    found = invented_books(documents(MemoryStore(store)), None)
    assert found.read == (INVENTED_BOOK, Note.of("books.read_invented_postings", postings=1))
    assert found.postings["pence"].to_list() == [7000]
    wrong = store | {"finance/invented/ledger.csv": LEDGER.replace("70.00", "seventy").encode()}
    with pytest.raises(InputError) as refused:
        invented_books(documents(MemoryStore(wrong)), None)
    assert refused.value.sentence == (
        "ledger.csv line 2: A value of the form aaaaaaa stands where an amount belongs. Write pounds and pence in Net."
    )
