"""How long the account takes: Kent's account and bridge, a ledger of a million lines, a book of 60,000 commitments.

Run: python benchmarks/account.py [--xlsx]

Each line says wall time and processor time: on a machine that others use as well only the second can be compared.
With --xlsx the million lines are also written as a workbook (half a minute) and read from it.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from highneeds.account.commitments.cost import accruals, cost_by_period, full_year
from highneeds.account.commitments.matching import match
from highneeds.intake.ledger.commitments import read_commitments
from highneeds.intake.ledger.export import read_export
from highneeds.intake.ledger.mapping import Control, read_mapping
from highneeds.invented.commitments import KINDS, invented_book
from highneeds.vocabulary.period import FinancialYear

KENT = Path(__file__).parent.parent / "examples" / "kent"
YEAR = FinancialYear(2024)
POSTINGS, CHILDREN = 1_000_000, 33_000
MAPPING = """
name: Benchmark ledger
year: 2024-25
columns: {code: Code, amount: Net, period: Period, reference: Document, child: Child, commitment: Commitment}
lines: {"7001": 1.2.1, "7002": 1.2.2, "7003": 1.2.3, "7007": 1.2.7}
not_high_needs: ["9999"]
"""


def timed(words: str, work: Callable[[], object]) -> object:
    began, used = time.perf_counter(), processor_time()
    result = work()
    print(f"{words:<58} {time.perf_counter() - began:6.2f} s, processor {processor_time() - used:6.2f} s")
    return result


def processor_time() -> float:
    """Of this process and of the commands that it ran."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def command(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "highneeds", *words], check=True, capture_output=True)


def ledger(folder: Path, commitments: pl.DataFrame, rng: np.random.Generator) -> Path:
    """A million postings, nineteen in twenty of which name a commitment."""
    at = rng.integers(0, commitments.height, POSTINGS)
    named = rng.random(POSTINGS) < 0.95
    frame = pl.DataFrame(
        {
            "Document": [f"D{number:07d}" for number in range(POSTINGS)],
            "Code": rng.choice(["7001", "7002", "7003", "7007", "9999"], POSTINGS),
            "Period": rng.integers(1, 13, POSTINGS).astype(str),
            "Net": [f"{pence // 100}.{pence % 100:02d}" for pence in rng.integers(1, 500_000, POSTINGS)],
            "Commitment": commitments["commitment"].gather(at),
            "Child": commitments["child"].gather(at),
        }
    ).with_columns(pl.when(pl.Series(named)).then(pl.col(name)).name.keep() for name in ("Commitment", "Child"))
    frame.write_csv(folder / "ledger.csv")
    (folder / "mapping.yaml").write_text(MAPPING)
    return folder / "ledger.csv"


def workbook(csv_file: Path) -> Path:
    """The same lines as Excel keeps them: text, and numbers as numbers."""
    import xlsxwriter

    frame = pl.read_csv(csv_file, infer_schema=False)
    path = csv_file.with_suffix(".xlsx")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Ledger")
    sheet.write_row(0, 0, frame.columns)
    for at, row in enumerate(frame.rows(), start=1):
        for place, cell in enumerate(row):
            if cell is not None and frame.columns[place] in ("Net", "Period"):
                sheet.write_number(at, place, float(cell))
            elif cell is not None:
                sheet.write_string(at, place, cell)
    book.close()
    return path


def main() -> None:
    rng = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for side in ("plan", "actual"):
            (folder / f"{side}.csv").write_text("line,volume,price\nstate,10,10000\nprivate,12,16000\n")
        timed("bridge, cold start", lambda: command("bridge", str(folder / "plan.csv"), str(folder / "actual.csv")))
        timed("account of Kent, cold start", lambda: command("account", str(KENT)))
        counts = {kind: CHILDREN // len(KINDS) for kind in KINDS}
        book = timed("(inventing the book)", lambda: invented_book(counts, YEAR, "886", rng))
        book.write_csv(folder / "commitments.csv")
        path = ledger(folder, book, rng)
        read = timed(f"read {book.height:,} commitments", lambda: read_commitments(folder / "commitments.csv"))
        as_at = date(2025, 1, 31)
        timed("  cost by period and line", lambda: cost_by_period(read.rows, YEAR))
        timed("  accruals and full-year effect", lambda: (accruals(read.rows, YEAR, as_at), full_year(read.rows, YEAR)))
        export = timed(
            f"read {POSTINGS:,} ledger lines ({path.stat().st_size / 1e6:.0f} MB)",
            lambda: read_export(path, read_mapping(folder / "mapping.yaml"), Control(POSTINGS)),
        )
        if "--xlsx" in sys.argv:
            sheet = workbook(path)
            timed(
                f"read the same lines as Excel ({sheet.stat().st_size / 1e6:.0f} MB)",
                lambda: read_export(sheet, read_mapping(folder / "mapping.yaml"), Control(POSTINGS)),
            )
        children = read.rows.select("child", "from_day", "to_day")
        timed(
            "match caseload, commitments and ledger", lambda: match(children, read.rows, export.postings, YEAR, as_at)
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
