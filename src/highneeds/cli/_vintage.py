"""Keeping a forecast in its workspace: whole, or not at all."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from highneeds import __version__
from highneeds.cli._folder import place_files
from highneeds.forecast.council import BASELINE, Forecast
from highneeds.forecast.money import PERIODS
from highneeds.forecast.summary import Fan, ForecastInputs, ForecastSummary
from highneeds.forecast.tables import COLUMNS
from highneeds.forecast.vintages import fingerprint_of, vintage_files
from highneeds.intake.forecasts import Kept, to_keep
from highneeds.vocabulary.table import Table

OWN, PUBLISHED = "own SEN2", "published statistics"
CHANCES = (0.025, 0.1, 0.5, 0.9, 0.975)


def keep_forecast(workspace: Path, found: Forecast, draws: int, seed: int, own: bool) -> None:
    """Keep what `highneeds forecast` has made."""
    calendar = found.baseline.calendar
    about = _about(calendar.origin, calendar.years, draws, seed, OWN if own else PUBLISHED, found.inputs)
    names = {"scenarios": [name for name in found.runs if name != BASELINE]}
    files = vintage_files(found.table(), found.register(), {**about, **names}, found.notes)
    _keep(workspace, about, files)


def keep_brief(workspace: Path, brief: ForecastSummary, inputs: ForecastInputs) -> None:
    """Keep what `highneeds run` has made: the baseline as the report has it."""
    years = len(brief.plans.periods) - 1
    about = _about(brief.origin, years, brief.draws, brief.seed, PUBLISHED, inputs)
    columns = ("name", "title", "value", "low", "high", "unit", "source", "date", "effect")
    register = Table.of(columns, [[getattr(row, name) for name in columns] for row in brief.assumptions])
    files = vintage_files(table_of(brief), register, about, brief.notes)
    _keep(workspace, about, files)


def table_of(brief: ForecastSummary) -> Table:
    """A summary in the columns of a forecast."""
    cuts = [("plans", "total", "total", "census", brief.plans)]
    cuts += [("plans", "age_band", one.name, "census", one) for one in brief.by_age]
    cuts += [("plans", "setting", one.name, "census", one) for one in brief.by_setting]
    money = (("cost_gbp", brief.cost), ("in_year_gbp", brief.in_year), ("accumulated_gbp", brief.deficit))
    cuts += [(name, "total", "total", "financial_year", one) for name, one in money if one is not None]
    return Table.of(COLUMNS, [row for cut in cuts for row in _rows(*cut)], "Forecast")


def _rows(measure: str, cut: str, category: str, kind: str, fan: Fan) -> list[tuple[object, ...]]:
    return [
        (BASELINE, measure, cut, category, period, kind, fan.mean[place], *(fan.at(one)[place] for one in CHANCES))
        for place, period in enumerate(fan.periods)
    ]


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
    origin: int, years: int, draws: int, seed: int, learnt_from: str, inputs: ForecastInputs | None
) -> dict[str, object]:
    return dict(
        made_on=date.today().isoformat(),
        origin=origin,
        years=years,
        draws=draws,
        seed=seed,
        learnt_from=learnt_from,
        underway=underway(inputs),
        known_to=known_to(inputs),
        version=__version__,
    )


def _keep(workspace: Path, about: Mapping[str, object], files: dict[str, bytes]) -> None:
    """A workspace that cannot be written keeps nothing, and that is said; the forecast is still given."""
    kept = Kept(fingerprint=fingerprint_of(files), **about)  # type: ignore[arg-type]
    fresh = to_keep(workspace, kept, files)
    if not fresh:
        return
    try:
        place_files(workspace, fresh)
    except OSError as problem:
        sys.stderr.write(f"the forecast was not kept: {workspace} cannot be written ({problem.strerror})\n")
