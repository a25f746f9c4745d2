"""facts.csv and its neighbours: published figures, each with its source."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.values import code, decimal_or_none, text, whole_or_none
from highneeds.intake.workspace.known_on import Days, known_on
from highneeds.intake.workspace.stated_period import stated_period
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.period import FinancialYear, Month
from highneeds.vocabulary.rounding import millions
from highneeds.vocabulary.source import Source

FACT_COLUMNS = ("id", "group", "value", "unit", "period", "qualifier", "raw", "context", "source_doc", "source_line")
FACT_FILES = ("facts.csv", "later_published_facts.csv")
"""Both hold facts, the second those that were published after the report; an id stands in one of them."""
LATER_COLUMNS = ("id", "value", "unit", "period", "context", "source")
QUALIFIERS = (
    "exact",
    "about",
    "at_least",
    "up_to",
    "range",
    "almost",
    "over",
    "at_earliest",
    "sic",
    "ocr",
    "truncated",
)


@dataclass(frozen=True)
class Fact:
    """One published figure.

    value       the number, or None where it is a date in words or was cut off
    written     the value as it stands in the file: '2028-03' for a date
    printed     as the document prints it
    meaning     what it is, in our own words
    later       True for figures published after the report
    known_on    the day on which it became known, None where nothing says one
    """

    id: str
    group: str
    value: Decimal | None
    value_high: Decimal | None
    written: str
    unit: str
    period: str
    qualifier: str
    printed: str
    meaning: str
    source: Source
    confidence: str
    where: Source
    later: bool = False
    known_on: date | None = None


@dataclass(frozen=True)
class Benchmark:
    """One printed comparison: a measure for one area."""

    measure: str
    area: str
    area_label: str
    value: Decimal | None
    unit: str
    period: str
    basis: str
    source_line: int | None
    known_on: date | None = None

    @property
    def says_whose_heads(self) -> bool:
        """Whether its basis leaves out the words that stand for a denominator that is nowhere printed."""
        return "denominator not printed" not in self.basis


@dataclass(frozen=True)
class PrintedPlacement:
    """One cell of a printed table of placements or transfers."""

    table: str
    measure: str
    cohort: str
    period: str
    value: Decimal | None
    unit: str
    kind: str
    printed: str
    source: Source
    where: Source
    known_on: date | None = None

    @property
    def is_total(self) -> bool:
        """Whether it is the printed sum of the other columns."""
        return self.cohort.casefold().startswith("total")


def read_facts(folder: Place, days: Days) -> tuple[Fact, ...]:
    """Every fact of the workspace, those published later included. An id may stand once only.

    days   when each document of the agreement was published
    """
    own, after = FACT_FILES
    first = folder / own
    facts = [_fact(row, days) for row in read_csv(first, FACT_COLUMNS)] if first.exists() else []
    later = folder / after
    if later.exists():
        facts += [_later(row, days) for row in read_csv(later, LATER_COLUMNS)]
    once(((fact.id, fact.where) for fact in facts), "fact")
    return tuple(facts)


def once(keys: Iterable[tuple[object, str | Source]], what: str) -> None:
    """Refuse a key that stands twice, naming both places. `keys` are pairs of key and place."""
    seen: dict[object, str | Source] = {}
    for key, where in keys:
        if key in seen:
            shown = " ".join(str(part) for part in key) if isinstance(key, tuple) else key
            raise InputError(
                f"The {what} {shown} stands there twice, first at {seen[key]}",
                where=where,
                remedy="Remove one of the rows",
            )
        seen[key] = where


def _fact(row: CsvRow, days: Days) -> Fact:
    document = row["source_doc"]
    if not document:
        raise InputError(
            f"The fact {row['id']} has no source", where=row.place("source_doc"), remedy="Name its document"
        )
    return Fact(
        id=text(row, "id"),
        group=row["group"],
        value=_value(row),
        value_high=_highest(row),
        written=row["value"],
        unit=text(row, "unit"),
        period=stated_period(row),
        qualifier=code(row, "qualifier", QUALIFIERS),
        printed=row["raw"],
        meaning=text(row, "context"),
        source=Source(document, whole_or_none(row, "source_line")),
        confidence=row["confidence"],
        where=row.where,
        known_on=known_on(row, document, days),
    )


def _later(row: CsvRow, days: Days) -> Fact:
    if not row["source"]:
        raise InputError(f"The fact {row['id']} has no source", where=row.place("source"), remedy="Name its document")
    return Fact(
        id=text(row, "id"),
        group="later",
        value=_value(row),
        value_high=None,
        written=row["value"],
        unit=text(row, "unit"),
        period=stated_period(row),
        qualifier="exact",
        printed=_in_words(row),
        meaning=text(row, "context"),
        source=Source(row["source"]),
        confidence=row["confidence"],
        where=row.where,
        later=True,
        known_on=known_on(row, row["source"], days),
    )


def _in_words(row: CsvRow) -> str:
    """A figure that has no printed form of its own, in the house's form: '£97.5m', '90%', '31 March 2028'."""
    value = _value(row)
    if row["unit"] == "gbp" and value is not None:
        return millions(value)
    if row["unit"] == "date" and len(row["value"]) == 10:
        day = date.fromisoformat(row["value"])
        return f"{day.day} {day:%B} {day.year}"
    return f"{row['value']}%" if row["unit"] == "percent" else row["value"]


def _value(row: CsvRow) -> Decimal | None:
    """Dates and financial years keep their text in `written`; everything else must be a number."""
    if row["unit"] in DATED:
        _must_be_dated(row)
        return None
    if not row["value"] and row["qualifier"] not in ("truncated",):
        raise InputError("The value is empty", where=row.place("value"), remedy="Fill it in, or remove the row")
    return decimal_or_none(row, "value")


DATED: dict[str, tuple[Callable[[str], object], str]] = {
    "date": (lambda text: date.fromisoformat(text) if len(text) == 10 else Month.parse(text), "2025-01-31 or 2025-01"),
    "financial_year": (FinancialYear.parse, "2025-26"),
    "month_day": (lambda text: date.fromisoformat(f"2024-{text}"), "02-15"),
    "year": (lambda text: date(int(text) if re.fullmatch("[0-9]{4}", text) else 0, 1, 1), "2022"),
}
"""Units whose value is a date in words: how it is read, and how it is written."""


def _must_be_dated(row: CsvRow) -> None:
    read, form = DATED[row["unit"]]
    try:
        read(row["value"])
    except (ValueError, InputError):
        what = f"'{row['value']}' is no {row['unit'].replace('_', ' ')}"
        raise InputError(what, where=row.place("value"), remedy=f"Write it as {form}") from None


def _highest(row: CsvRow) -> Decimal | None:
    high, low = decimal_or_none(row, "value_high"), _value(row)
    if high is not None and (low is None or high < low):
        raise InputError(
            "The highest value of the range is below its lowest",
            where=row.place("value_high"),
            remedy="Write the lower in value and the higher in value_high",
        )
    return high


def read_benchmarks(folder: Place, days: Days) -> tuple[Benchmark, ...]:
    path = folder / "benchmarks.csv"
    if not path.exists():
        return ()
    columns = ("measure", "area", "area_label", "value", "unit", "period", "basis", "source_line")
    return tuple(
        Benchmark(
            text(row, "measure"),
            text(row, "area"),
            row["area_label"],
            decimal_or_none(row, "value"),
            text(row, "unit"),
            stated_period(row),
            row["basis"],
            whole_or_none(row, "source_line"),
            known_on(row, row["source_doc"], days),
        )
        for row in read_csv(path, columns)
    )


def read_placements(folder: Place, days: Days) -> tuple[PrintedPlacement, ...]:
    path = folder / "placements.csv"
    if not path.exists():
        return ()
    columns = (
        "table",
        "measure",
        "column_or_cohort",
        "period",
        "value",
        "unit",
        "kind",
        "raw",
        "source_doc",
        "source_line",
    )
    return tuple(
        PrintedPlacement(
            text(row, "table"),
            text(row, "measure"),
            row["column_or_cohort"],
            stated_period(row),
            decimal_or_none(row, "value"),
            text(row, "unit"),
            row["kind"],
            row["raw"],
            Source(text(row, "source_doc"), whole_or_none(row, "source_line")),
            row.where,
            known_on(row, row["source_doc"], days),
        )
        for row in read_csv(path, columns)
    )
