"""dashboard_mapping.csv: which row of the council's own spreadsheet is which indicator; kept, and theirs to edit."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from highneeds.intake.csvfile import read_csv
from highneeds.intake.values import code, text
from highneeds.intake.workspace.facts import once
from highneeds.store.place import Place
from highneeds.vocabulary.unit import Unit

FILE = "dashboard_mapping.csv"
COLUMNS = ("title", "indicator", "unit")


@dataclass(frozen=True)
class MappedRow:
    """title: of the row as the council writes it; indicator: '' for a row that is left out on purpose."""

    title: str
    indicator: str
    unit: str


def read_dashboard_mapping(folder: Place) -> tuple[MappedRow, ...]:
    """The mapping, in its order; no file, no mapping."""
    path = folder / FILE
    if not path.exists():
        return ()
    rows = read_csv(path, COLUMNS)
    once(((row["title"], row.where) for row in rows), "row")
    units = [unit.value for unit in Unit]
    return tuple(MappedRow(text(row, "title"), row["indicator"], code(row, "unit", units)) for row in rows)


def as_csv(rows: Iterable[MappedRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.title, one.indicator, one.unit) for one in rows)
    return out.getvalue()
