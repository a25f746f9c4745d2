"""The local SEND reform plan as it was last sent, kept by the council as returns/lsrp-last.csv.

Each return writes its cells in these columns beside its tables; whoever sends it keeps that file under this name.
"""

import csv
import io
from collections.abc import Mapping

from highneeds.intake.csvfile import read_csv
from highneeds.intake.values import whole
from highneeds.report.returns.lsrp_figures import LsrpLayer
from highneeds.store.place import Place

PLACE = "returns/lsrp-last.csv"
COLUMNS = ("table", "row", "year", "plans")
Cells = Mapping[tuple[str, str, int], int]


def last_submission(workspace: Place) -> Cells:
    """(table, row, calendar year) -> what was sent; empty where none is kept."""
    path = workspace / PLACE
    if not path.exists():
        return {}
    found: dict[tuple[str, str, int], int] = {}
    for row in read_csv(path, COLUMNS):
        found[row["table"], row["row"], whole(row, "year")] = whole(row, "plans")
    return found


def cells_of(layer: LsrpLayer) -> Cells:
    """Every cell of one layer, as it is kept."""
    return {
        (table, row, year): value
        for table, rows in layer.tables.items()
        for row, years in rows.items()
        for year, value in years.items()
    }


def written_cells(cells: Cells) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*key, value) for key, value in cells.items())
    return out.getvalue().encode("utf-8")
