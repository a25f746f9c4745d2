"""Every forecast is kept as it was made; later actuals are held against it, and the change is explained.

A vintage is a few files: the forecast and its register as CSV, and what it was made from as JSON. `intake.forecasts`
says where they go. The same inputs give the same fingerprint.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from highneeds.forecast import DRAWS, SEED
from highneeds.forecast.assumptions import Assumptions, Opening
from highneeds.forecast.learning.shares import whole_numbers
from highneeds.forecast.simulate import RunOptions, SimulationRun
from highneeds.forecast.state import Calendar, Floats, Ints
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.table import Table

if TYPE_CHECKING:
    from highneeds.forecast.attribution import Attribution, RunMeasure

KEYS = ("measure", "cut", "category", "period", "period_kind")


@dataclass(frozen=True)
class Actual:
    """One figure that came true."""

    measure: str
    cut: str
    category: str
    period: str
    period_kind: str
    value: float


LEFT_OUT = (("cut", "ncy"), ("period_kind", "academic_year"))
"""What is not kept: no figure of a single year of age or of an academic year is published to hold against it."""


def vintage_files(
    table: Table, register: Table, about: Mapping[str, object], notes: Iterable[str] = ()
) -> dict[str, bytes]:
    """The files of one vintage, by name; run.json says what it was made from, and the fingerprint of the others."""
    files = {"forecast.csv": _csv(_worth_keeping(table)), "assumptions.csv": _csv(register)}
    said = {**about, "notes": list(notes), "fingerprint": fingerprint(files)}
    return {**files, "run.json": (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()}


def fingerprint_of(files: Mapping[str, bytes]) -> str:
    """The fingerprint that run.json carries: of the tables, the day aside."""
    found: str = json.loads(files["run.json"])["fingerprint"]
    return found


def kept_table(files: Mapping[str, bytes], where: str = "") -> Table:
    """The forecast of a kept vintage, numbers as numbers. One that was changed since it was kept is refused."""
    held = {name: data for name, data in files.items() if name != "run.json"}
    if "run.json" not in files or "forecast.csv" not in held or fingerprint(held) != fingerprint_of(files):
        raise InputError(
            "A kept forecast is not as it was made", where=where, remedy="Bring its folder back from a backup"
        )
    columns, *rows = csv.reader(io.StringIO(held["forecast.csv"].decode()))
    words = len(KEYS) + 1
    return Table.of(columns, [[*row[:words], *map(float, row[words:])] for row in rows], "Forecast as it was made")


def _worth_keeping(table: Table) -> Table:
    places = [(table.columns.index(column), value) for column, value in LEFT_OUT]
    rows = [row for row in table.rows if all(row[place] != value for place, value in places)]
    return Table.of(table.columns, rows, table.title)


def _csv(table: Table) -> bytes:
    """Tidy CSV; the renderers of documents are a later room."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([["" if cell is None else cell for cell in row] for row in table.rows])
    return out.getvalue().encode()


def fingerprint(files: Mapping[str, bytes]) -> str:
    """One SHA-256 over the names and contents."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return whole.hexdigest()


def held_against(vintage: Table, actuals: Iterable[Actual], scenario: str = "baseline") -> Table:
    """Every actual beside what was forecast: error, error in per cent, and whether the 80% and 95% bands held."""
    forecast = {tuple(row[key] for key in KEYS): row for row in vintage.records() if row["scenario"] == scenario}
    rows = []
    for actual in actuals:
        said = forecast.get(tuple(getattr(actual, key) for key in KEYS))
        if said is not None:
            rows.append([*(getattr(actual, key) for key in KEYS), *_beside(actual.value, said)])
    columns = (*KEYS, "actual", "mean", "error", "error_pct", "inside_80", "inside_95")
    return Table.of(columns, rows, "What was forecast and what came")


def _beside(actual: float, said: Mapping[str, float]) -> list[object]:
    error = actual - said["mean"]
    share = round(100 * error / said["mean"], 1) if said["mean"] else None
    inside = ["yes" if said[low] <= actual <= said[high] else "no" for low, high in (("p10", "p90"), ("p2_5", "p97_5"))]
    return [actual, said["mean"], round(error, 6), share, *inside]


def coverage(held: Table) -> Table:
    """By measure and cut: how many actuals, the mean absolute error, and the share inside each band."""
    groups: dict[tuple[str, str], list[dict[str, object]]] = {}
    for row in held.records():
        groups.setdefault((row["measure"], row["cut"]), []).append(row)
    rows = [[*key, len(found), *_scores(found)] for key, found in groups.items()]
    columns = ("measure", "cut", "actuals", "mean_absolute_error", "share_inside_80", "share_inside_95")
    return Table.of(columns, rows, "How good the vintage was")


def _scores(rows: list[dict[str, object]]) -> list[float]:
    errors = [abs(float(str(row["error"]))) for row in rows]
    inside = [sum(row[name] == "yes" for row in rows) / len(rows) for name in ("inside_80", "inside_95")]
    return [round(sum(errors) / len(errors), 3), *(round(share, 3) for share in inside)]


def explained(
    earlier: SimulationRun,
    later: Assumptions,
    measure: "RunMeasure",
    draws: int = DRAWS,
    seed: int = SEED,
    options: RunOptions | None = None,
    printed: float | None = None,
) -> "Attribution":
    """What the later forecast moved by since the earlier one, from the later one's origin on; see `moved`.

    What happened between the two origins is new data: the caseload expected then, and counted now.
    """
    from highneeds.forecast.attribution import moved  # heavy, and the record of a report needs none of it

    return moved(from_january(earlier, later.calendar), later, measure, draws, seed, options, printed)


def from_january(earlier: SimulationRun, calendar: Calendar) -> Assumptions:
    """An earlier forecast as it stood for a later origin: its expected caseload there, and its rates from there on."""
    before = earlier.assumptions
    years = calendar.origin - before.calendar.origin
    if not 0 <= years < before.calendar.years:
        raise InputError(
            f"The earlier forecast of January {before.calendar.origin} does not reach January {calendar.origin}",
            remedy="Compare vintages whose years overlap",
        )
    steps = np.minimum(3 * years + np.arange(3 * calendar.years + 1), _last_year_steps(before, years, calendar))
    people = before.population[np.minimum(years + np.arange(calendar.rate_years), len(before.population) - 1)]
    by_term = {
        name: values[steps]
        for name, values in vars(before.rates).items()
        if name not in ("need_mix", "end_need", "leave_need", "reasons")
    }
    track = before.spread.track
    spread = (
        before.spread if track is None else replace(before.spread, track=_from_year(track, years, calendar.rate_years))
    )
    moved = replace(before, calendar=calendar, population=people, spread=spread).with_rates(**by_term)
    return moved if years == 0 else replace(moved, opening=_expected(earlier, years))


def _last_year_steps(before: Assumptions, years: int, calendar: Calendar) -> Ints:
    """The last step of the earlier forecast with the same term of the year, for every step wanted."""
    last = 3 * before.calendar.years
    numbers = (3 * years + np.arange(3 * calendar.years + 1)) % 3
    found: Ints = last - 3 + numbers + (numbers == 0) * 3
    return found


def _from_year(track: Floats, years: int, wanted: int) -> Floats:
    kept = np.minimum(years + np.arange(wanted), track.shape[1] - 1)
    found: Floats = track[:, kept]
    return found


def _expected(earlier: SimulationRun, years: int) -> Opening:
    """The earlier run's mean census as whole plans, with the work in hand of its own opening."""
    mean = earlier.outcome.census[years - 1] / earlier.draws
    plans = whole_numbers(mean, round(float(mean.sum())))
    return replace(earlier.assumptions.opening, plans=plans)
