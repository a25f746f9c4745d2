"""Keep a forecast, so that what comes can be held against what was said: whole and once."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING

from highneeds import __version__
from highneeds.forecast.columns import BASELINE
from highneeds.forecast.summary import ForecastInputs, ForecastSummary
from highneeds.forecast.summary.table import register_of, table_of
from highneeds.forecast.vintages import fingerprint_of, vintage_files
from highneeds.intake.forecasts import Kept, to_keep
from highneeds.report.words.forecast_notes import note_words, sources_in_words
from highneeds.store.place import documents
from highneeds.store.protocol import Store

if TYPE_CHECKING:
    from highneeds.forecast.council import Forecast

PERIODS = 12
OWN, PUBLISHED = "own SEN2", "published statistics"


def keep_forecast(
    store: Store, found: "Forecast", *, draws: int, seed: int, own: bool, by: str, now: datetime
) -> Kept | None:
    """Keep a forecast with every scenario; None where the very same one is kept already.

    own   whether it was learnt from the council's own returns
    """
    calendar = found.baseline.calendar
    about = _about(calendar.origin, calendar.years, draws, seed, OWN if own else PUBLISHED, found.inputs, now)
    names = {"scenarios": [name for name in found.runs if name != BASELINE]}
    said = _said(about) | names
    files = vintage_files(found.table(), sources_in_words(found.register()), said, map(note_words, found.notes))
    return _keep(store, about, files, by, now)


def keep_summary(
    store: Store, summary: ForecastSummary, inputs: ForecastInputs, *, by: str, now: datetime
) -> Kept | None:
    """Keep the baseline as a report has it; None where the very same one is kept already."""
    years = len(summary.plans.periods) - 1
    about = _about(
        summary.origin, years, summary.draws, summary.seed, OWN if summary.returns else PUBLISHED, inputs, now
    )
    files = vintage_files(
        table_of(summary), sources_in_words(register_of(summary)), _said(about), map(note_words, summary.notes)
    )
    return _keep(store, about, files, by, now)


def underway(inputs: ForecastInputs | None) -> str:
    """How far the ledger had come: '2024-25 P6'; '' without one."""
    if inputs is None or not inputs.underway:
        return ""
    last = inputs.underway[-1]
    return f"{last.year} P{last.closed}"


def known_to(inputs: ForecastInputs | None) -> str:
    """The newest financial year whose outcome is known: the balance's, or the last that the ledger has whole."""
    if inputs is None:
        return ""
    whole = [one.year for one in inputs.underway if one.closed == PERIODS]
    return max([*whole, inputs.opening.year if inputs.opening else ""])


def _about(
    origin: int, years: int, draws: int, seed: int, learnt_from: str, inputs: ForecastInputs | None, now: datetime
) -> Kept:
    """The forecast before its files are written, which say all of this: without their fingerprint."""
    return Kept(
        made_on=now.date().isoformat(),
        fingerprint="",
        origin=origin,
        years=years,
        draws=draws,
        seed=seed,
        learnt_from=learnt_from,
        underway=underway(inputs),
        known_to=known_to(inputs),
        version=__version__,
    )


def _said(about: Kept) -> dict[str, object]:
    """What the files themselves say of it; their fingerprint is worked out from them."""
    return {name: value for name, value in asdict(about).items() if name != "fingerprint"}


def _keep(store: Store, about: Kept, files: Mapping[str, bytes], by: str, now: datetime) -> Kept | None:
    """The list is read while the store is locked: of two forecasts kept at once, both are on it."""
    kept = replace(about, fingerprint=fingerprint_of(files))
    with store.change(by=by, now=now, what=f"Keep the forecast {kept.name}") as change:
        fresh = to_keep(documents(store), kept, files)
        for name, data in fresh.items():
            change.put(name, data)
    return kept if fresh else None
