"""Begin a council's workspace: what is published of it, filled in, and an example row in every file it may fill."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from highneeds.actions._begun_files import begun_files
from highneeds.intake.published import Published
from highneeds.intake.published.of_council import PublishedCouncil, council, figures_of, not_published
from highneeds.store.protocol import ABSENT, Store
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.programme import Programme

YEARS = 5
"""A plan runs for this many years where nobody says otherwise; the management plan and the reform plan ask for five."""
SLOTS = {"April": 4, "July": 7, "December": 12}
"""The reporting slots of a year, as DfE's template has them, and the month of each; a council may keep others."""
SETTLES = timedelta(days=61)
"""So long after a year's end its outturn is still what a report speaks of."""


@dataclass(frozen=True)
class WorkspaceTerms:
    """What a workspace is for: the programme, its years, and the report that is written first."""

    programme: Programme
    first_year: FinancialYear
    last_year: FinancialYear
    slot: str
    report_id: str
    submitted: date
    current_year: FinancialYear


@dataclass(frozen=True)
class BegunWorkspace:
    """names        of the documents that were written
    figures      how many published figures went in
    unpublished  what is not published of the council, in words, with the reason where there is one
    """

    council: PublishedCouncil
    term: WorkspaceTerms
    names: tuple[str, ...]
    figures: int
    unpublished: tuple[str, ...]


def new_workspace(
    store: Store,
    published: Published,
    la_number: str,
    programme: Programme = Programme.NONE,
    first_year: FinancialYear | None = None,
    last_year: FinancialYear | None = None,
    *,
    by: str,
    now: datetime,
) -> BegunWorkspace:
    """Fill an empty store with a workspace that runs at once. InputError for a number of no council that is there."""
    if store.names():
        raise InputError(
            "The workspace holds something already",
            where=store.names()[0],
            remedy="Name a new folder",
        )
    found = council(published, la_number)
    _must_be_there(found, published)
    term = term_of(programme, first_year, last_year, now.date())
    figures = tuple(figures_of(published, la_number))
    files = begun_files(found, term, figures)
    with store.change(by=by, now=now, what=f"Begin the workspace of {found.name}") as change:
        for name, data in files.items():
            change.put(name, data, expects=ABSENT)
    return BegunWorkspace(found, term, tuple(files), len(figures), tuple(not_published(published, la_number)))


def term_of(
    programme: Programme, first_year: FinancialYear | None, last_year: FinancialYear | None, today: date
) -> WorkspaceTerms:
    """The years asked for, else five from the present one; the report that goes in the next slot."""
    first = first_year or (last_year.plus(1 - YEARS) if last_year else FinancialYear.of(today))
    last = last_year or first.plus(YEARS - 1)
    if last < first:
        raise InputError(
            f"The last year, {last}, is before the first, {first}", where="--last-year", remedy="Correct one of the two"
        )
    slot, year = _next_slot(today)
    now_in = FinancialYear.of(today - SETTLES)
    return WorkspaceTerms(programme, first, last, slot, f"{year}-{SLOTS[slot]:02d}", today, now_in)


def _next_slot(today: date) -> tuple[str, int]:
    """The last goes in December, so that one always comes in the same year."""
    return next(slot for slot, month in SLOTS.items() if month >= today.month), today.year


def _must_be_there(found: PublishedCouncil, published: Published) -> None:
    newest = published.table("la_lookup")["last_year"].max()
    if found.last_year == newest:
        return
    heirs = [council(published, number) for number in found.successors]
    after = " or ".join(f"{one.name} ({one.la_number})" for one in heirs)
    raise InputError(
        f"{found.name} ({found.la_number}) had its last January in {found.last_year}",
        where="--council",
        remedy=f"Give {after}" if after else "Give the number of the council that took over",
    )
