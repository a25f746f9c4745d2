"""finance/mapping.csv: which row of the council's own workbook is which line or sum; kept, and theirs to edit."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from highneeds.intake.csvfile import read_csv
from highneeds.intake.ledger.years import MONEY
from highneeds.intake.values import text
from highneeds.intake.workspace.facts import once
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError

FILE = "finance/mapping.csv"
COLUMNS = ("row", "goes_to")
SPOKEN = {
    "allocation_gbp": (
        "high needs block allocation",
        "high needs allocation",
        "high needs block",
        "hnb allocation",
        "hnb",
        "allocation",
        "high needs block after deductions",
        "dsg high needs block",
        "high needs funding",
        "high needs dsg allocation",
    ),
    "block_transfer_in_gbp": (
        "block transfer",
        "block transfers",
        "schools block transfer",
        "transfer from schools block",
        "block transfer in",
        "transfer from the schools block",
        "0 5 transfer from schools block",
    ),
    "dfe_payment_due_gbp": (
        "dfe payment due",
        "dfe payments due",
        "safety valve payment due",
        "safety valve funding due",
    ),
    "dfe_payment_received_gbp": (
        "dfe payment received",
        "dfe payments received",
        "safety valve payment",
        "safety valve payments",
        "safety valve payment received",
        "safety valve funding received",
        "safety valve funding",
    ),
    "council_contribution_gbp": (
        "council contribution",
        "la contribution",
        "general fund contribution",
        "local authority contribution",
    ),
    "plan_in_year_before_gbp": (
        "planned in year deficit",
        "planned in year overspend",
        "planned in year position",
        "agreed in year deficit",
    ),
    "plan_dfe_payment_gbp": ("planned dfe payment", "agreed dfe payment"),
    "plan_council_contribution_gbp": ("planned council contribution", "agreed council contribution"),
    "plan_closing_deficit_gbp": (
        "planned closing deficit",
        "planned accumulated deficit",
        "planned cumulative deficit",
        "agreed closing deficit",
    ),
}
"""A column of years.csv -> the words that council workbooks write for it."""


@dataclass(frozen=True)
class MappedLine:
    """row: its words; goes_to: a section 251 line, a column of years.csv, or '' for a row that is left out."""

    row: str
    goes_to: str


def read_finance_mapping(folder: Place) -> tuple[MappedLine, ...]:
    """The mapping in its order; no file, no mapping."""
    path = folder / "finance" / "mapping.csv"
    if not path.exists():
        return ()
    rows = read_csv(path, COLUMNS, name=FILE)
    once(((row["row"], row.where) for row in rows), "row")
    for row in rows:
        target = row["goes_to"]
        if target and target not in MONEY and not target[0].isdigit():
            raise InputError(
                f"'{target}' is neither a line nor a column of years.csv",
                where=row.place("goes_to"),
                remedy=f"Write a line such as 1.2.3, one of {', '.join(MONEY)}, or leave it empty",
            )
    return tuple(MappedLine(text(row, "row"), row["goes_to"]) for row in rows)


def as_csv(rows: Iterable[MappedLine]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.row, one.goes_to) for one in rows)
    return out.getvalue()
