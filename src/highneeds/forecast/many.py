"""Every council of a folder: what all teach is learnt once, then each council is a job of its own.

A job is a pure function of its arguments, so any executor gives the same figures, and one that is lost is done again.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass

from highneeds.forecast.aggregates import area_rows, areas_of, left_out
from highneeds.forecast.aggregates.learn import area_spreads
from highneeds.forecast.columns import COLUMNS
from highneeds.forecast.council import forecast, learn
from highneeds.forecast.learning.evidence import area_of, last_january
from highneeds.forecast.learning.projection import Projection, ProjectionMethod, projections_of_all
from highneeds.forecast.published import latest_january
from highneeds.forecast.simulate import RunOptions
from highneeds.forecast.state import Calendar
from highneeds.intake.published import Published, open_pack
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.note import Note
from highneeds.vocabulary.progress import CountProgress
from highneeds.vocabulary.table import Table


@dataclass(frozen=True)
class ForecastSetup:
    """What is asked of every council."""

    folder: str | None
    years: int
    draws: int
    seed: int
    kernel: str


def councils_of(published: Published) -> tuple[str, ...]:
    """Councils with a total in the newest January of any council, in order."""
    table = published.table("ehcp_caseload_total")
    rows = table.filter((table["geo_level"] == "LA") & (table["plans"] > 0))
    newest = rows["year"].max()
    return tuple(sorted(rows.filter(rows["year"] == newest)["la_number"].to_list()))


def one_council(ask: ForecastSetup, la_number: str, projection: Projection) -> tuple[str, Table]:
    """The forecast table of one council: what a worker does."""

    def projection_method(
        published: Published, number: str, origin: int, years: int, draws: int, seed: int
    ) -> Projection:
        return projection

    published = _opened(ask.folder)
    assumptions, notes = learn(
        published, la_number, years=ask.years, draws=ask.draws, seed=ask.seed, projection_method=projection_method
    )
    found = forecast(assumptions, (), ask.draws, ask.seed, RunOptions(kernel=ask.kernel, threads=1), notes)
    return la_number, found.table()


_open: dict[str | None, Published] = {}


def _opened(folder: str | None) -> Published:
    """The folder's tables, read once by each worker."""
    if folder not in _open:
        _open[folder] = open_pack(folder)
    return _open[folder]


def all_councils(
    ask: ForecastSetup, executor: Executor, progress: CountProgress | None = None, only: Sequence[str] = ()
) -> Iterator[tuple[str, Table]]:
    """Tables of all councils, or of `only` these, in the order of their numbers."""
    published = _opened(ask.folder)
    numbers = tuple(only) or councils_of(published)
    if not numbers:
        raise InputError(
            "There is no council with a total in the newest January",
            where=published.where,
            remedy="Give another folder with --open-data, or none for the statistics that come with the product",
        )
    projections = _projections(published, numbers, ask)
    futures = [executor.submit(one_council, ask, number, projections[number]) for number in numbers]
    found: dict[str, Table] = {}
    waiting = list(numbers)
    for done, future in enumerate(as_completed(_let_go(futures)), start=1):
        number, table = future.result()
        found[number] = table
        if progress:
            progress(done, len(numbers))
        while waiting and waiting[0] in found:
            first = waiting.pop(0)
            yield first, found.pop(first)


def with_areas(tables: dict[str, Table], published: Published) -> tuple[Table, tuple[Note, ...]]:
    """Every council's rows, then those of regions and England as sums of them; and which councils no sum holds.

    A table leaves `tables` when its rows are taken: all of them twice are too much.
    """
    areas = areas_of(published)
    sums = list(area_rows(tables, areas, area_spreads(published, latest_january(published))))
    notes = tuple(left_out(tables, areas))
    rows: list[tuple[object, ...]] = []
    for number in list(tables):
        rows += [(number, *row) for row in tables.pop(number).rows]
    return Table.of(("la_number", *COLUMNS), rows + sums, "Forecast of every council"), notes


def _let_go(futures: list[Future[tuple[str, Table]]]) -> list[Future[tuple[str, Table]]]:
    """The futures, no longer held by the list they came in: a table that was handed on need not stay in memory."""
    kept = list(futures)
    futures.clear()
    return kept


def _projections(published: Published, numbers: tuple[str, ...], ask: ForecastSetup) -> dict[str, Projection]:
    january = last_january(published, area_of(published, numbers[0]))
    years = Calendar(january, ask.years).rate_years
    projection_method: ProjectionMethod = projections_of_all(published, january, years)
    return {number: projection_method(published, number, january, years, ask.draws, ask.seed) for number in numbers}
