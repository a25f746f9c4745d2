"""Caseload, commitments and ledger of one workspace, read and held together: the pounds that do not match.

The council's own three are its accepted caseload, finance/commitments.csv and its accepted ledger. An invented book
and ledger may lie in finance/invented/ beside an invented caseload; they are held together apart and enter nothing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from highneeds.account.commitments.cost import Accruals, FullYear, accruals, cost_by_period, full_year, period_end
from highneeds.account.commitments.matching import Headline, Matching, Mismatch, children_of, match
from highneeds.account.problems import problem_findings
from highneeds.account.spend.monitoring import Monitor, MonitorRow, budget_by_period, monitor
from highneeds.checks.finding import Finding
from highneeds.intake.accepted import KEPT
from highneeds.intake.ledger.commitments import CommitmentBook, read_commitments
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.received import received_files
from highneeds.intake.workspace import Workspace
from highneeds.registers.register import RegisterRow
from highneeds.store.cache import NO_CACHE, Cache, fingerprint_of, kept_or_made
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    import polars as pl

    from highneeds.caseload import Caseload
    from highneeds.indicators.mechanism.of_workspace import ReceivedReturns

BOOK = "finance/commitments.csv"
INVENTED = "finance/invented"
ROOMS = ("vocabulary", "intake", "caseload", "checks", "indicators", "registers", "account")
LIBRARIES = ("polars",)


@dataclass(frozen=True)
class Books:
    """The books at hand; None for one that the workspace does not keep.

    seen_to   the last day that the caseload knows of
    read      what was read, a remark each
    unmatched postings that name a child and no commitment, while the linkage key is not at hand
    """

    book: CommitmentBook
    children: "pl.DataFrame | None"
    seen_to: date | None
    postings: "pl.DataFrame | None"
    read: tuple[Note, ...]
    synthetic: bool = False
    unmatched: int = 0


@dataclass(frozen=True)
class MatchedBooks:
    """The books held together at one day, and at the end of the month before.

    as_at      the earlier of the last day posted and the last day of the caseload: both are known up to it
    headlines  every mismatch with its pounds and its movement since the end of the month before
    costs      forecast of the year, what is placed and not billed, full-year effect
    matching   every mismatch at the day; `before` those at the end of the month before
    year       P1 to P12 by line: budget, actual, accrual, commitment, forecast
    read       what was read, a remark each
    """

    as_at: date
    headlines: tuple[Note, ...]
    costs: tuple[Note, ...]
    matching: Matching
    before: Matching
    year: Monitor
    read: tuple[Note, ...]
    synthetic: bool = False
    findings: tuple[Finding, ...] = ()


def own_books(folder: Place, key: bytes | None = None) -> Books | None:
    """The council's own books; None where it keeps no commitment book here.

    key   the linkage key under which the ledger's children are kept; without it only commitments lead to a child
    """
    from highneeds.intake.ledger.accepted import accepted_postings
    from highneeds.intake.ledger.keyed import named_alone, with_known_children

    path = folder / BOOK
    if not path.exists():
        return None
    caseload, postings = _accepted_caseload(folder), accepted_postings(folder)
    read = [Note.of("books.read_book", file=BOOK)]
    read += [Note.of("books.read_return", day=caseload.reference_date.isoformat())] if caseload else []
    read += [Note.of("books.read_postings", postings=postings.height)] if postings is not None else []
    book, children = read_commitments(path), children_of(caseload) if caseload else None
    unmatched = 0
    if postings is not None:
        unmatched = named_alone(postings) if key is None else 0
        known = [*book.rows["child"].drop_nulls(), *(children["child"].drop_nulls() if children is not None else ())]
        postings = with_known_children(postings, known, key)
    return Books(
        book,
        children,
        caseload.reference_date if caseload else None,
        postings,
        tuple(read),
        bool(caseload and caseload.synthetic),
        unmatched,
    )


def invented_files(folder: Place) -> tuple[Place, Place | None, Place | None] | None:
    """The invented book, ledger and mapping of a workspace; None where it keeps no invented book."""
    inside = folder / INVENTED
    book, ledger = _one_named(inside, "commitments"), _one_named(inside, "ledger")
    mapping = inside / "mapping.yaml"
    if book is None:
        return None
    return book, ledger, mapping if mapping.exists() else None


def invented_books(folder: Place, caseload: "Caseload | None") -> Books | None:
    """The invented book and ledger beside an invented caseload. They are never held against real children."""
    from highneeds.intake.ledger.export import read_export
    from highneeds.intake.ledger.mapping import read_mapping

    files = invented_files(folder)
    if files is None or (caseload is not None and not caseload.synthetic):
        return None
    book, ledger, mapping = files
    export = read_export(ledger, read_mapping(mapping)) if ledger and mapping else None
    if export and any(one.blocking for one in export.problems):
        first = next(one for one in export.problems if one.blocking)
        raise InputError(first.message, where=Source(export.file, first.line), remedy=first.remedy)
    read = [Note.of("books.read_invented_book", file=book.name)]
    read += [Note.of("books.read_invented_return", day=caseload.reference_date.isoformat())] if caseload else []
    read += [Note.of("books.read_invented_postings", postings=export.postings.height)] if export else []
    return Books(
        read_commitments(book),
        children_of(caseload) if caseload else None,
        caseload.reference_date if caseload else None,
        export.postings if export else None,
        tuple(read),
        True,
    )


def match_books(
    books: Books, otherwise: date, budgets: Sequence[SpendRow] = (), adjustments: Sequence[RegisterRow] = ()
) -> MatchedBooks:
    """Match the books and cost the year.

    otherwise     the day to take where neither caseload nor ledger gives one
    budgets       of spend.csv; an invented book has none
    adjustments   the register of manual adjustments
    """
    as_at = _as_at(books, otherwise)
    year, month_before = FinancialYear.of(as_at), Month.of(as_at).plus(-1).last_day
    rows, ours = books.book.rows, _of_year(books.postings, year)
    sums = _by_line(ours)
    closed = max((period for _, period in sums), default=0)
    now, before = (match(books.children, rows, books.postings, year, day) for day in (as_at, month_before))
    until = period_end(year, closed) if closed else as_at
    found, notes = year_of_book(rows, year, closed, until, sums, budgets, adjustments)
    return MatchedBooks(
        as_at,
        _headlines(books, now, before),
        notes,
        now,
        before,
        found,
        books.read,
        books.synthetic,
        problem_findings("COMMITMENTS-03", books.book.problems),
    )


def year_of_book(
    rows: "pl.DataFrame",
    year: FinancialYear,
    closed: int,
    until: date,
    actual: Mapping[tuple[str, int], int],
    budgets: Sequence[SpendRow],
    adjustments: Sequence[RegisterRow],
) -> tuple[Monitor, tuple[Note, ...]]:
    """The year of a commitment book by period and line, and what to know of its cost.

    closed   the last closed period
    until    the day to which what was placed and not billed is accrued
    actual   (line, period) -> pence in the ledger
    """
    accrued = accruals(rows, year, until)
    costs = {(line, period): pence for line, period, pence in cost_by_period(rows, year).rows()}
    found = monitor(year, closed, actual, costs, budget_by_period(budgets, year), accrued.by_line, adjustments)
    return found, (forecast_note(found), *cost_notes(accrued, full_year(rows, year), year))


def _headlines(books: Books, now: Matching, before: Matching) -> tuple[Note, ...]:
    """At which day, each mismatch with its movement, and which book is not there."""
    absent = [Note.of("books.no_caseload")] if books.children is None else []
    absent += [Note.of("books.no_ledger")] if books.postings is None else []
    if len(absent) == len(("caseload", "ledger")):
        return tuple(absent)
    if books.unmatched and books.children is not None:
        absent.append(Note.of("books.no_key", postings=books.unmatched))
    found = now.moved(before)
    day = now.as_at.isoformat()
    held = Note.of("books.held_together", day=day) if found else Note.of("books.agree", day=day)
    return (held, *found, *absent)


def forecast_note(found: Monitor) -> Note:
    """What the ledger and the commitments make of the year, manual adjustments apart; pence."""
    if found.forecast is None or found.forecast_with_adjustments is None:
        return Note.of("books.no_forecast", closed=found.closed)
    return Note.of(
        "books.forecast",
        forecast=found.forecast,
        adjusted=found.adjusted,
        together=found.forecast_with_adjustments,
    )


def cost_notes(accrued: Accruals, whole: FullYear, year: FinancialYear) -> tuple[Note, ...]:
    """What is placed and not billed, billed and not paid; and what next year begins with; pence."""
    effect = Note.of("books.full_year", year=str(year), full_year=whole.full_year, in_year=whole.in_year)
    if accrued.as_at < year.first_day:
        return (effect,)
    day = accrued.as_at.isoformat()
    return Note.of("books.not_billed", day=day, accrued=accrued.accrued, unpaid=accrued.unpaid), effect


def _accepted_caseload(folder: Place) -> "Caseload | None":
    """The latest accepted return."""
    from highneeds.intake.accepted import current, kept_files

    taken = current(folder)
    if not taken:
        return None
    from highneeds.caseload.store import from_files

    return from_files(taken[-1].fingerprint, kept_files(folder, taken[-1].fingerprint))


def _as_at(books: Books, otherwise: date) -> date:
    known = [books.seen_to] if books.seen_to else []
    if books.postings is not None and books.postings.height:
        last = books.postings.select("year", "period").sort("year", "period").row(-1)
        known.append(period_end(FinancialYear(last[0]), last[1]))
    return min(known, default=otherwise)


def _of_year(postings: "pl.DataFrame | None", year: FinancialYear) -> "pl.DataFrame | None":
    return None if postings is None else postings.filter(postings["year"] == year.start)


def _by_line(postings: "pl.DataFrame | None") -> dict[tuple[str, int], int]:
    """(line, period) -> pence"""
    import polars as pl

    if postings is None:
        return {}
    sums = postings.group_by("line", "period").agg(pl.col("pence").sum()).sort("line", "period")
    return {(line, period): int(pence) for line, period, pence in sums.rows()}


def _one_named(folder: Place, stem: str) -> Place | None:
    return next((path for kind in ("csv", "zip", "xlsx") if (path := folder / f"{stem}.{kind}").exists()), None)


def invented_together(
    workspace: Workspace, kept: Cache = NO_CACHE, received: "ReceivedReturns | None" = None
) -> MatchedBooks | None:
    """The books of an invented caseload held together, to be shown apart; None where there are none.

    kept      where the result is kept; unchanged files are not read again
    received  the returns as received, where somebody else asks for them too
    """
    folder = workspace.folder
    if (folder / BOOK).exists():
        own = own_books(folder)
        return match_books(own, workspace.council.report.submitted) if own and own.synthetic else None
    files = invented_files(folder)
    if files is None:
        return None
    inputs = [*filter(None, files), *received_files(folder), *sorted((folder / KEPT).rglob("*.parquet"))]
    name = fingerprint_of(str(workspace.council.report.submitted), inputs, ROOMS, LIBRARIES)
    text = kept_or_made(kept, "books", name, lambda: _as_text(_invented(workspace, received)))
    return _from_text(text)


def _invented(workspace: Workspace, received: "ReceivedReturns | None") -> MatchedBooks | None:
    from highneeds.caseload.settings import settings_of
    from highneeds.indicators.mechanism.of_workspace import caseloads_of

    council = workspace.council
    caseloads = caseloads_of(workspace, settings_of(council.definitions, council.rollover_month), received)
    books = invented_books(workspace.folder, caseloads.members[-1] if caseloads else None)
    return match_books(books, council.report.submitted) if books else None


def _as_text(found: MatchedBooks | None) -> bytes:
    """As JSON, exactly. Findings of an invented book are nobody's to put right, and nobody adjusts it."""
    if found is None:
        return b"null"
    body = asdict(replace(found, findings=()))
    return json.dumps(body, ensure_ascii=False, default=str).encode("utf-8")


def _from_text(text: bytes) -> MatchedBooks | None:
    body = json.loads(text)
    if body is None:
        return None
    year = body["year"]
    rows = tuple(MonitorRow(**row) for row in year["rows"])
    return MatchedBooks(
        date.fromisoformat(body["as_at"]),
        _notes(body["headlines"]),
        _notes(body["costs"]),
        _matching(body["matching"]),
        _matching(body["before"]),
        Monitor(FinancialYear(**year["year"]), year["closed"], rows, ()),
        _notes(body["read"]),
        body["synthetic"],
    )


def _notes(found: Sequence[dict[str, Any]]) -> tuple[Note, ...]:
    return tuple(
        Note(one["code"], tuple((name, value) for name, value in one["parameters"]), tuple(one["sources"]))
        for one in found
    )


def _matching(body: dict[str, Any]) -> Matching:
    found = (
        Headline(Mismatch(one["kind"]), one["count"], one["pence"], tuple(one["references"]))
        for one in body["headlines"]
    )
    return Matching(date.fromisoformat(body["as_at"]), tuple(found))
