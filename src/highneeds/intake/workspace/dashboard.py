"""indicators.csv and observations.csv: the catalogue, and the dashboard as reported month by month."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.values import code, decimal_or_none, text, whole_or_none
from highneeds.intake.workspace.facts import once
from highneeds.intake.workspace.given import known_condition
from highneeds.intake.workspace.known_on import Days, known_on
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month, parse_period
from highneeds.vocabulary.source import Source
from highneeds.vocabulary.state import State
from highneeds.vocabulary.unit import Unit

ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
LONGEST_ID = 80
INDICATOR_COLUMNS = ("id", "title", "unit", "good_direction")
CATALOGUE_BEGINS_WITH = (
    "id", "condition", "title", "short_title", "unit", "data_source", "frequency", "good_direction", "source", "note",
)  # fmt: skip
"""The columns of a catalogue that the product begins."""
OBSERVATION_COLUMNS = ("indicator", "period", "value", "state")
OBSERVATIONS_BEGIN_WITH = (
    "indicator", "period", "part", "whole", "value", "unit", "state", "reason", "raw", "source", "known_on",
)  # fmt: skip
"""The columns of observations that the product begins, whether with a workspace or with an import."""
MOST_DECIMALS = 4
HEAVIEST = 5
OLDER_NAMES = {"indicator_id": "indicator", "flag": "state", "note": "reason"}


class Direction(StrEnum):
    """Which way is better. Volumes (plans, requests, assessments) are never good or bad in themselves: NONE."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class FigureBasis(StrEnum):
    """Which figure of an indicator is shown, and enters movements, answers, levels and claims."""

    REPORTED = "reported"
    COMPUTED = "computed"


@dataclass(frozen=True)
class DashboardIndicator:
    """One row of the dashboard's catalogue. title: as the council prints it; short_title: for rows and sentences.

    condition: the one it reports on, None where it reports on none, as every row does without an agreement.
    printed_decimals: how many decimals the council prints, None where it prints as many as the unit's other figures.
    also_called: the council's own further names for it, for the reader of claims.
    compared_with: published comparisons that count the same, named by the council; the product's own indicators know.
    weight: how much it matters to the agreement, 1 where the catalogue does not say; what changed is ranked by it.
    shown: as reported where the catalogue does not say; both figures are kept.
    """

    id: str
    condition: int | None
    title: str
    short_title: str
    unit: Unit
    data_source: str
    frequency: str
    good_direction: Direction
    source: Source
    note: str
    where: Source
    printed_decimals: int | None = None
    also_called: tuple[str, ...] = ()
    compared_with: tuple[str, ...] = ()
    weight: int = 1
    shown: FigureBasis = FigureBasis.REPORTED

    @property
    def decimals(self) -> int:
        """As the council prints the row, else as figures of its unit are shown."""
        return self.unit.decimals if self.printed_decimals is None else self.printed_decimals

    def show(self, value: Decimal | int) -> str:
        """A figure of the row as it is printed, with its unit."""
        return self.unit.show(value, self.decimals)


@dataclass(frozen=True)
class Observation:
    """One cell of the dashboard. `raw` is the cell as printed; `reason` says why there is no value.

    known_on: the day from which it holds. A restated figure is a row of its own with a later one; both stay.
    """

    indicator: str
    period: Month | FinancialYear
    value: Decimal | None
    unit: Unit
    state: State
    reason: str
    raw: str
    source: Source
    confidence: str
    where: Source
    part: int | None = None
    whole: int | None = None
    known_on: date | None = None


@dataclass(frozen=True)
class Identity:
    """An arithmetic promise between rows of the catalogue, such as agreed + declined = 100.

    kind     one of checks/identities
    result   the indicator on the left, '' where there is none
    terms    the indicators on the right, in order
    """

    kind: str
    result: str
    terms: tuple[str, ...]
    note: str
    where: Source


def read_indicators(folder: Place, conditions: Collection[int]) -> tuple[DashboardIndicator, ...]:
    """The catalogue. A row for a condition that the agreement does not have would be shown nowhere: it is refused.

    A file that is absent, or holds its header alone, is no dashboard.
    """
    if not (folder / "indicators.csv").exists():
        return ()
    rows = read_csv(folder / "indicators.csv", INDICATOR_COLUMNS)
    indicators = tuple(_indicator(row, conditions) for row in rows)
    once(((one.id, one.where) for one in indicators), "indicator")
    _no_two_alike(indicators)
    return indicators


def _no_two_alike(indicators: Collection[DashboardIndicator]) -> None:
    """Two ids that differ in - and _ alone would give two charts one name."""
    first: dict[str, DashboardIndicator] = {}
    for one in indicators:
        other = first.setdefault(one.id.replace("-", "_"), one)
        if other is not one:
            raise InputError(
                f"'{one.id}' differs from '{other.id}' of {other.where} in - and _ alone",
                where=one.where,
                remedy="Give one of the two another id",
            )


def _id(row: CsvRow) -> str:
    """An id names charts, files and anchors: small letters and digits, joined by _ or -."""
    found = text(row, "id")
    if not ID.fullmatch(found) or len(found) > LONGEST_ID:
        shown = f"'{found}'" if len(found) <= LONGEST_ID else f"An id of {len(found)} letters"
        raise InputError(
            f"{shown} cannot be an indicator's id",
            where=row.place("id"),
            remedy=f"Use up to {LONGEST_ID} small letters a to z, digits, _ and -, such as requests_received",
        )
    return found


def _indicator(row: CsvRow, conditions: Collection[int]) -> DashboardIndicator:
    return DashboardIndicator(
        id=_id(row),
        condition=known_condition(row, conditions),
        title=text(row, "title"),
        short_title=row["short_title"] or text(row, "title"),
        unit=Unit(code(row, "unit", [unit.value for unit in Unit])),
        data_source=row["data_source"],
        frequency=row["frequency"],
        good_direction=Direction(code(row, "good_direction", [direction.value for direction in Direction])),
        source=Source(row["source"] or "the council's dashboard", whole_or_none(row, "source_line")),
        note=row["note"],
        where=row.where,
        printed_decimals=_decimals(row),
        also_called=_several(row["also_called"]),
        compared_with=_several(row["compared_with"]),
        weight=_weight(row),
        shown=_basis(row),
    )


def _several(cell: str) -> tuple[str, ...]:
    """What stands in a cell between |."""
    return tuple(name for one in cell.split("|") if (name := one.strip()))


def _basis(row: CsvRow) -> FigureBasis:
    """The optional column `shown`."""
    return FigureBasis(code(row, "shown", [one.value for one in FigureBasis])) if row["shown"] else FigureBasis.REPORTED


def _weight(row: CsvRow) -> int:
    """The optional column `weight`: 1 to 5."""
    weight = whole_or_none(row, "weight")
    if weight is not None and not 1 <= weight <= HEAVIEST:
        raise InputError(
            f"'{weight}' is no weight", where=row.place("weight"), remedy=f"Write 1 to {HEAVIEST}, or leave it empty"
        )
    return weight or 1


def _decimals(row: CsvRow) -> int | None:
    places = whole_or_none(row, "decimals")
    if places is not None and not 0 <= places <= MOST_DECIMALS:
        raise InputError(
            f"'{places}' is no number of decimals",
            where=row.place("decimals"),
            remedy=f"Write 0 to {MOST_DECIMALS}, or leave it empty",
        )
    return places


def read_observations(folder: Place, indicators: tuple[DashboardIndicator, ...], days: Days) -> tuple[Observation, ...]:
    """The dashboard as reported, in every version. One version of a cell stands once; a reported cell has a number.

    An unknown indicator is refused.
    """
    catalogue = {indicator.id: indicator for indicator in indicators}
    if not (folder / "observations.csv").exists():
        return ()
    rows = read_csv(folder / "observations.csv", OBSERVATION_COLUMNS, renamed=OLDER_NAMES)
    observations = tuple(_observation(row, catalogue, days) for row in rows)
    if observations and not any(isinstance(one.period, Month) for one in observations):
        raise InputError(
            "There is no figure of any month", where=rows.file, remedy="Write the months of the dashboard as 2025-01"
        )
    once((((one.indicator, str(one.period), _version(one)), one.where) for one in observations), "observation")
    return observations


def _version(one: Observation) -> str:
    """What tells two rows of one cell apart: the day from which each holds."""
    return f"known on {one.known_on}" if one.known_on else ""


def newest(versions: Iterable[Observation]) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """(the newest version of every cell, the earlier ones), each in the order given."""
    found: dict[tuple[str, str], Observation] = {}
    rows = tuple(versions)
    for one in rows:
        key = (one.indicator, str(one.period))
        there = found.get(key)
        if there is None or (there.known_on or date.min) <= (one.known_on or date.min):
            found[key] = one
    kept = {id(one) for one in found.values()}
    return tuple(one for one in rows if id(one) in kept), tuple(one for one in rows if id(one) not in kept)


def _observation(row: CsvRow, catalogue: dict[str, DashboardIndicator], days: Days) -> Observation:
    if row["indicator"] not in catalogue:
        raise InputError(
            f"'{row['indicator']}' is not in indicators.csv",
            where=row.place("indicator"),
            remedy="Add it there first",
            lacks=(row["indicator"],),
            lacks_in=("indicators.csv",),
        )
    indicator = catalogue[row["indicator"]]
    state = State(code(row, "state", [state.value for state in State]))
    value = decimal_or_none(row, "value")
    if state.has_value != (value is not None):
        what = "A reported cell has no value" if state.has_value else f"A cell that is {state.value} has a value"
        raise InputError(what, where=row.place("value"), remedy="Correct the value or the state")
    period = parse_period(row["period"], row.place("period"))
    document = row["source"] or indicator.source.document
    return Observation(
        indicator=indicator.id,
        period=period,
        value=value,
        unit=indicator.unit,
        state=state,
        reason=row["reason"],
        raw=row["raw"],
        source=Source(document, whole_or_none(row, "source_line")),
        confidence=row["confidence"],
        where=row.where,
        part=whole_or_none(row, "part"),
        whole=whole_or_none(row, "whole"),
        known_on=known_on(row, document, days, period),
    )


def read_identities(folder: Place, indicators: tuple[DashboardIndicator, ...]) -> tuple[Identity, ...]:
    path = folder / "identities.csv"
    if not path.exists():
        return ()
    known = {indicator.id for indicator in indicators}
    return tuple(_identity(row, known) for row in read_csv(path, ("kind", "result", "terms")))


def _identity(row: CsvRow, known: set[str]) -> Identity:
    terms = tuple(text(row, "terms").split())
    for name in (*terms, *([row["result"]] if row["result"] else [])):
        if name not in known:
            raise InputError(
                f"'{name}' is not in indicators.csv",
                where=row.where,
                remedy="Add it there first",
                lacks=(name,),
                lacks_in=("indicators.csv",),
            )
    return Identity(text(row, "kind"), row["result"], terms, row["note"], row.where)
