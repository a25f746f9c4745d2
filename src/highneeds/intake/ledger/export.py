"""A council's ledger export, read whole: postings on s251 lines, and what stands in the way of posting them."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from highneeds.intake.cells_said import code_to_say
from highneeds.intake.file_names import file_name_to_say
from highneeds.intake.ledger.frames import Problem, pence, period, problems_where, year_start
from highneeds.intake.ledger.mapping import Control, LedgerMapping
from highneeds.intake.ledger.sheet import LINE, read_sheet
from highneeds.intake.text import read_bytes
from highneeds.store.place import Place
from highneeds.vocabulary.errors import InputError
from highneeds.vocabulary.money import pounds_text
from highneeds.vocabulary.source import Source

if TYPE_CHECKING:
    import polars as pl

OPTIONAL = ("reference", "supplier", "child", "commitment")


@dataclass(frozen=True)
class LedgerExport:
    """postings   line_number, year, period, line, pence, code, reference, supplier, child, commitment
    problems   what must be put right first
    left_out   rows on codes that are no high needs spend, and their sum in pence
    digest     SHA-256 of the file as received
    la_number  of the council whose ledger it is, where the mapping says it; '' else
    """

    file: str
    digest: str
    ledger: str
    postings: "pl.DataFrame"
    problems: tuple[Problem, ...]
    left_out: tuple[int, int]
    la_number: str = ""

    @property
    def total(self) -> int:
        """The sum of the postings in pence."""
        return int(self.postings["pence"].sum() or 0)


def read_export(path: Place, mapping: LedgerMapping, control: Control | None = None) -> LedgerExport:
    """Read an export by its mapping. Nothing is posted; what cannot be posted is listed with its line."""
    import polars as pl

    file = file_name_to_say(path.name)
    sheet = _named(read_sheet(path, mapping.sheet), mapping, file)
    read = sheet.with_columns(
        pence("amount").alias("pence") * (1 if mapping.sign == "spend_positive" else -1),
        _period(mapping).alias("p"),
        (year_start("year") if "year" in sheet.columns else _one_year(mapping)).alias("y"),
        pl.col("code").replace_strict(mapping.lines, default=None, return_dtype=pl.String).alias("line"),
    )
    problems = _unreadable(read, mapping, file) + _unknown_codes(read, mapping, file)
    problems += _control(read, control or Control(), file)
    problems += _given_twice(read, file) if "reference" in read.columns else []
    ours = read.filter(pl.col("line").is_not_null() & (pl.col("line") != ""))
    others = read.filter(pl.col("line") == "")
    names = [pl.col(name) if name in ours.columns else pl.lit(None, pl.String).alias(name) for name in OPTIONAL]
    postings = ours.select(
        LINE, pl.col("y").alias("year"), pl.col("p").alias("period"), "line", "pence", "code", *names
    )
    left_out = (others.height, int(others["pence"].sum() or 0))
    digest = sha256(read_bytes(path)).hexdigest()
    return LedgerExport(file, digest, mapping.name, postings, tuple(problems), left_out, mapping.la_number)


def _named(sheet: "pl.DataFrame", mapping: LedgerMapping, file: str) -> "pl.DataFrame":
    missing = [name for name in mapping.columns.values() if name not in sheet.columns]
    if missing:
        raise InputError(
            f"The column {', '.join(missing)} is missing",
            where=Source(file, 1),
            remedy=f"Add it, or correct its name in {mapping.file}",
        )
    return sheet.select(LINE, *(sheet[name].alias(ours) for ours, name in mapping.columns.items()))


def _period(mapping: LedgerMapping) -> "pl.Expr":
    """1 to 12; a closing period of the ledger counts in March."""
    import polars as pl

    return pl.when(pl.col("period").is_in(list(mapping.closing_periods))).then(12).otherwise(period("period"))


def _one_year(mapping: LedgerMapping) -> "pl.Expr":
    import polars as pl

    from highneeds.vocabulary.period import FinancialYear

    return pl.lit(FinancialYear.parse(mapping.year, mapping.file).start, pl.Int64)


def _unreadable(read: "pl.DataFrame", mapping: LedgerMapping, file: str) -> list[Problem]:
    import polars as pl

    amount, when, code = (mapping.columns[name] for name in ("amount", "period", "code"))
    money = "{} stands where an amount belongs"
    found = problems_where(
        read, pl.col("pence").is_null(), "amount", file, "amount", money, f"Write pounds and pence in {amount}"
    )
    words = "{} is no period"
    found += problems_where(
        read, pl.col("p").is_null(), "period", file, "period", words, f"Write 1 for April to 12 for March in {when}"
    )
    empty = "The code is empty"
    found += problems_where(read, pl.col("code").is_null(), "code", file, "code", empty, f"Fill in {code}")
    if "year" in read.columns:
        words, fix = "{} is no financial year", f"Write it as 2024-25 in {mapping.columns['year']}"
        found += problems_where(read, pl.col("y").is_null(), "year", file, "year", words, fix)
    return found


def _unknown_codes(read: "pl.DataFrame", mapping: LedgerMapping, file: str) -> list[Problem]:
    """One problem for each code that the mapping does not know, with its rows and pounds."""
    import polars as pl

    unknown = read.filter(pl.col("line").is_null() & pl.col("code").is_not_null())
    by_code = unknown.group_by("code").agg(pl.len(), pl.col("pence").sum(), pl.col(LINE).min()).sort("code")
    remedy = f"Give it an s251 line in {mapping.file}, or list it under not_high_needs"
    return [
        Problem(
            "unknown line",
            file,
            line,
            "code",
            f"The code {code_to_say(code)} has no s251 line: {rows:,} rows, £{pounds_text(total or 0)}",
            remedy,
            rows,
        )
        for code, rows, total, line in by_code.rows()
    ]


def _control(read: "pl.DataFrame", control: Control, file: str) -> list[Problem]:
    """The export against the ledger's own figures: every row counts, whatever its code."""
    found, total = [], int(read["pence"].sum() or 0)
    remedy = "Export again, and check that no filter was set and no row lost"
    if control.rows is not None and control.rows != read.height:
        message = f"The export has {read.height:,} rows where the ledger says {control.rows:,}"
        found.append(Problem("control total", file, None, "", message, remedy))
    if control.total is not None and control.total != total:
        apart = pounds_text(abs(total - control.total))
        message = (
            f"The export adds up to £{pounds_text(total)} where the ledger says £{pounds_text(control.total)}, "
            f"£{apart} apart"
        )
        found.append(Problem("control total", file, None, "", message, remedy))
    return found


def _given_twice(read: "pl.DataFrame", file: str) -> list[Problem]:
    """Rows alike in every column: exported twice."""
    import polars as pl

    alike = pl.struct(name for name in read.columns if name != LINE)
    named = read.filter(pl.col("reference").is_not_null())
    repeated = named.filter(~alike.is_first_distinct())
    words = "The posting {} stands there already, alike in every column that is read"
    remedy = "See whether it was exported twice; two equal items of one document may both be right"
    found = problems_where(repeated, pl.lit(True), "twice", file, "reference", words, remedy)
    return [replace(one, blocking=False) for one in found]
