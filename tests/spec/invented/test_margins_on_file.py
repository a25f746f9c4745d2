"""The margins of an invented council, whole: a council's own figures, and England's shape where it has none."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from highneeds.intake.published import Published, open_pack
from highneeds.invented.caseload.margins import Margins, margins
from on_file import held

TABLES = (
    "ehcp_caseload_single_age_by_setting",
    "ehcp_process",
    "ehcp_new_plans_by_single_age",
    "ehcp_ceased_by_age_and_placement",
    "ehcp_primary_need_by_single_age_shares",
    "ehcp_residential",
)
BARNET = "302"


def without(table: str, pack: Published, folder: Path) -> Published:
    """The pack as if this table said nothing of Barnet."""
    path = folder / f"{table}.csv"
    pack.table(table).filter(pl.col("la_number") != BARNET).write_csv(path)
    return replace(pack, files={**pack.files, table: path}, _read={})


def lines(found: Margins) -> list[str]:
    said = [f"  census {found.census}, residential {found.residential}, others {' '.join(found.others)}"]
    said += [f"  note: {note}" for note in found.notes]
    said += [f"  stock by age {_row(found.stock.sum(axis=1))}", f"  stock by class {_row(found.stock.sum(axis=0))}"]
    for name in ("new", "ceased"):
        said += [f"  {name} {year}: {_row(counts)}" for year, counts in getattr(found, name).items()]
    said += [f"  {year}: {_named(counts)}" for year, counts in found.process.items()]
    said += [f"  reasons at {age}: {_row(found.reasons[age - 2])}" for age in (2, 15, 16, 17, 18, 23, 24, 25)]
    return [*said, f"  needs {_named(found.needs)}"]


def _row(counts: np.ndarray) -> str:
    return " ".join(f"{count:.4g}" for count in counts.tolist())


def _named(counts) -> str:
    return ", ".join(f"{name} {count:.6g}" for name, count in counts.items())


def test_the_margins_of_a_council_are_what_is_on_file(tmp_path):
    pack = open_pack()
    said = ["Barnet at a tenth", *lines(margins(pack, BARNET, date(2024, 1, 18), 0.1))]
    said += ["Barnet before anything is published", *lines(margins(pack, BARNET, date(2009, 1, 1)))]
    for table in TABLES:
        said += [f"without {table}", *lines(margins(without(table, pack, tmp_path), BARNET, date(2024, 1, 17), 0.1))]
    held("invented_margins", said)
