"""Reading for the pages: the results of the run that is being shown."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404

from highneeds.office.evidence import bridge
from highneeds.office.evidence.bridge import (
    RESULTS_FILE,
    Chart,
    ConditionResult,
    IndicatorResult,
    MoneyPage,
    PublishedComparison,
    RegisterPage,
    Results,
    ResultsError,
)
from highneeds.office.evidence.results_folder import file_in, load

_SHOWN: ContextVar[Path | None] = ContextVar("the results folder that is being shown", default=None)
_HIDDEN: ContextVar[frozenset[str]] = ContextVar("registers that whoever reads may not see", default=frozenset())


@contextmanager
def showing(where: Path, hidden: frozenset[str] = frozenset()) -> Any:
    """Within this, the pages are of these results: those of one council of several.

    hidden  the registers of which whoever reads may see no row, and so no table that rests on one of them alone
    """
    shown, kept_back = _SHOWN.set(where), _HIDDEN.set(hidden)
    try:
        yield
    finally:
        _SHOWN.reset(shown)
        _HIDDEN.reset(kept_back)


def folder() -> Path:
    """The results folder that this office shows."""
    return _SHOWN.get() or Path(settings.RESULTS_FOLDER)


def results() -> Results:
    """The results as they stand on disk now; read again only when the file has changed."""
    path = folder() / RESULTS_FILE
    try:
        written = path.stat()
    except FileNotFoundError:
        raise ResultsError(f"{path}: there are no results yet. Run highneeds run first.") from None
    return _seen(_HIDDEN.get(), folder(), written.st_mtime_ns, written.st_size)


@lru_cache(maxsize=16)
def _seen(hidden: frozenset[str], *what: Any) -> Results:
    """The results without the tables, and their files, that rest on a hidden register."""
    found = _read(*what)
    kept_back = {page.csv for page in found.account.pages if page.register in hidden}
    if not kept_back:
        return found
    pages = tuple(page for page in found.account.pages if page.csv not in kept_back)
    documents = tuple(one for one in found.documents if one.file not in kept_back)
    return replace(found, account=replace(found.account, pages=pages), documents=documents)


@lru_cache(maxsize=8)
def _read(where: Path, written: int, size: int) -> Results:
    return load(where)


def out_of_date() -> bool:
    """True when the workspace has changed since these results were worked out."""
    if _SHOWN.get():
        return False  # the office says so itself, of its documents
    workspace = Path(settings.WORKSPACE)
    return workspace.is_dir() and bridge.changed_since(workspace, folder())


def indicator(name: str) -> IndicatorResult:
    return _the_one(found for found in results().indicators if found.id == name)


def chart(name: str) -> Chart:
    return _the_one(found for found in results().charts if found.id == name)


def money_page(name: str) -> MoneyPage:
    return _the_one(found for found in results().account.pages if found.id == name and found.table)


def register_page(name: str) -> RegisterPage:
    return _the_one(found for found in results().registers.pages if found.id == name)


def comparison(name: str) -> PublishedComparison:
    return _the_one(found for found in results().comparisons.measures if found.id == name)


def comparisons(names: tuple[str, ...]) -> tuple[PublishedComparison, ...]:
    return tuple(comparison(name) for name in names)


def conditions_by_worry() -> tuple[ConditionResult, ...]:
    """The condition to worry about most first."""
    return tuple(sorted(results().conditions, key=lambda one: one.rank))


def charts(names: tuple[str, ...]) -> tuple[Chart, ...]:
    return tuple(chart(name) for name in names)


def condition(number: int) -> ConditionResult:
    return _the_one(found for found in results().conditions if found.number == number)


def indicators_of(number: int) -> tuple[IndicatorResult, ...]:
    """The indicators of one condition, in the dashboard's order."""
    return tuple(indicator(name) for name in condition(number).indicators)


def indicators_of_none() -> tuple[IndicatorResult, ...]:
    """The indicators that report on no condition: all of them where there is no agreement."""
    return tuple(found for found in results().indicators if found.condition is None)


def file_named(name: str) -> Path:
    """A file of the results folder. Anything else, inside or outside, is not there."""
    path = file_in(folder(), name)
    if path is None:
        raise Http404(f"no such file: {name}")
    return path


def _the_one(found: Any) -> Any:
    one = next(found, None)
    if one is None:
        raise Http404("not in these results")
    return one
