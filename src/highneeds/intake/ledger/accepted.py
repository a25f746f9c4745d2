"""The postings that a person accepted: finance/ledger/ holds one Parquet file per export and a list of acceptances.

An acceptance names ledger, year, rows and total. Of one ledger and year the last accepted export counts; earlier ones
stay on the list. The list is written last, so an import that is interrupted leaves the account as it was.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from highneeds.intake.csvfile import CsvRow, read_csv
from highneeds.intake.file_names import file_name_to_keep
from highneeds.intake.ledger.amounts import pence_or_none
from highneeds.intake.ledger.export import LedgerExport
from highneeds.intake.ledger.keyed import is_keyed
from highneeds.intake.ledger.spend import SpendRow
from highneeds.intake.values import text, whole
from highneeds.intake.workspace.council import read_council
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.period import FinancialYear
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    import polars as pl

FOLDER = "finance/ledger"
LIST = "accepted.csv"
COLUMNS = ("batch", "ledger", "financial_year", "rows", "total_gbp", "file", "accepted_by", "accepted_on", "la_number")
SINCE = ("la_number",)
"""A column that lists written before it do not have."""


@dataclass(frozen=True)
class AcceptedYear:
    """One year of one accepted export. batch: the first 16 characters of the file's SHA-256."""

    batch: str
    ledger: str
    year: FinancialYear
    rows: int
    total: int
    file: str
    by: str
    on: str
    la_number: str = ""


def acceptances(workspace: Place, day: date = date.max) -> tuple[AcceptedYear, ...]:
    """Every acceptance until the day, oldest first; none where nothing was accepted."""
    path = workspace / FOLDER / LIST
    needed = [one for one in COLUMNS if one not in SINCE]
    found = tuple(_acceptance(row) for row in read_csv(path, needed)) if path.exists() else ()
    for one in found:
        refuse_ledger_of_another(workspace, one.la_number, f"{FOLDER}/{LIST}")
    return tuple(one for one in found if one.on[:10] <= day.isoformat())


def refuse_ledger_of_another(workspace: Place, la_number: str, where: str) -> None:
    """A ledger that says it is another council's; one that says nothing is taken at its giver's word."""
    own = read_council(workspace).la_number if la_number and (workspace / "council.toml").is_file() else la_number
    if la_number != own:
        raise InputError(
            f"The ledger is of council {la_number}, the workspace of {own}",
            where=where,
            remedy="Give this council's own ledger, or use the workspace of that one",
        )


def accepted_spend(workspace: Place, day: date = date.max) -> tuple[SpendRow, ...]:
    """The postings accepted until the day by year, line and period; a ledger's last acceptance of a year counts."""
    import polars as pl

    rows: list[SpendRow] = []
    sums: dict[tuple[FinancialYear, str, int], int] = {}
    for one in _counted(workspace, day):
        by_line = _posted(workspace, one).group_by("line", "period").agg(pl.col("pence").sum())
        for line, period, pence in by_line.sort("line", "period").rows():
            sums[one.year, line, period] = sums.get((one.year, line, period), 0) + pence
    for (year, line, period), pence in sums.items():
        rows.append(SpendRow(year, line, period, pence, None, Source(f"{FOLDER}/{LIST}")))
    return tuple(rows)


def accepted_postings(workspace: Place) -> "pl.DataFrame | None":
    """Every accepted posting that counts, as it was read from its export; None where nothing is accepted."""
    import polars as pl

    found = [_posted(workspace, one) for one in _counted(workspace)]
    return pl.concat(found) if found else None


def _counted(workspace: Place, day: date = date.max) -> tuple[AcceptedYear, ...]:
    """Of one ledger and year the last acceptance until the day."""
    return tuple({(one.ledger, one.year): one for one in acceptances(workspace, day)}.values())


def _posted(workspace: Place, one: AcceptedYear) -> "pl.DataFrame":
    """The postings of one acceptance; refused where they are not those that were accepted."""
    import polars as pl

    postings = pl.read_parquet(io.BytesIO(_file(workspace, one).read_bytes())).filter(pl.col("year") == one.year.start)
    if (postings.height, int(postings["pence"].sum() or 0)) != (one.rows, one.total):
        raise InputError(
            f"The accepted postings of {one.ledger} for {one.year} are not those that were accepted",
            where=f"{FOLDER}/{one.batch}.parquet",
            remedy="Bring the file back from the backup, or accept the export again",
        )
    if not is_keyed(postings):
        raise InputError(
            f"The accepted postings of {one.ledger} for {one.year} say who was paid as the ledger wrote it",
            where=f"{FOLDER}/{one.batch}.parquet",
            remedy="Accept the export again: it is then kept without names",
        )
    return postings


def stands(workspace: Place, one: AcceptedYear) -> bool:
    """Whether the postings of an acceptance are there, unaltered and without names."""
    try:
        _posted(workspace, one)
    except InputError:
        return False
    return True


def to_accept(
    export: LedgerExport, earlier: Sequence[AcceptedYear], by: str, on: date, la_number: str = ""
) -> tuple[dict[str, bytes], tuple[AcceptedYear, ...]]:
    """The files that accepting this export writes, in the order in which to write them, and the new acceptances.

    Refused while anything is wrong in the export: nothing is posted in part.
    """
    must_be_acceptable(export, by)
    fresh = tuple(
        AcceptedYear(
            export.digest[:16],
            export.ledger,
            FinancialYear(year),
            rows,
            total,
            file_name_to_keep(export.file),
            by,
            str(on),
            la_number,
        )
        for year, rows, total in _years(export)
    )
    if any((one.batch, one.year) == (other.batch, other.year) for one in fresh for other in earlier):
        raise InputError(
            "This very file is accepted already", where=export.file, remedy="Export again if the ledger has moved on"
        )
    files = {f"{FOLDER}/{export.digest[:16]}.parquet": _parquet(export), f"{FOLDER}/{LIST}": _list([*earlier, *fresh])}
    return files, fresh


def must_be_acceptable(export: LedgerExport, by: str) -> None:
    """Refuse an export in which anything is wrong, or that nobody accepts."""
    blocking = [one for one in export.problems if one.blocking]
    if blocking:
        first = blocking[0]
        more = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
        raise InputError(
            f"Nothing is posted: {first.message}{more}",
            where=Source(export.file, first.line),
            remedy=first.remedy,
        )
    if not by.strip():
        raise InputError("Nobody accepts the export", where="--by", remedy="Name the role that accepts it")


def years_of(export: LedgerExport) -> list[str]:
    """'Main ledger 2024-25' for each year of the export."""
    return [f"{export.ledger} {FinancialYear(year)}" for year, _, _ in _years(export)]


def _years(export: LedgerExport) -> list[tuple[int, int, int]]:
    import polars as pl

    by_year = export.postings.group_by("year").agg(pl.len(), pl.col("pence").sum()).sort("year")
    return [(int(year), int(rows), int(total)) for year, rows, total in by_year.rows()]


def _parquet(export: LedgerExport) -> bytes:
    out = io.BytesIO()
    export.postings.write_parquet(out)
    return out.getvalue()


def _list(rows: Sequence[AcceptedYear]) -> bytes:
    import csv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (one.batch, one.ledger, one.year, one.rows, pounds_text(one.total), one.file, one.by, one.on, one.la_number)
        for one in rows
    )
    return out.getvalue().encode("utf-8")


def _file(workspace: Place, one: AcceptedYear) -> Place:
    path = workspace / FOLDER / f"{one.batch}.parquet"
    if not path.is_file():
        raise InputError(
            f"The accepted postings of {one.ledger} for {one.year} are missing",
            where=f"{FOLDER}/{path.name}",
            remedy="Bring the file back from the backup, or accept the export again",
        )
    return path


def _acceptance(row: CsvRow) -> AcceptedYear:
    return AcceptedYear(
        text(row, "batch"),
        text(row, "ledger"),
        FinancialYear.parse(row["financial_year"], row.place("financial_year")),
        whole(row, "rows"),
        pence_or_none(row, "total_gbp") or 0,
        row["file"],
        row["accepted_by"],
        row["accepted_on"],
        row["la_number"],
    )
