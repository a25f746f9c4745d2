"""How long it takes to read a workspace of many facts and to judge its narrative by them: it grows as they do.

Run: python benchmarks/facts.py
"""

import csv
import shutil
import tempfile
import time
from pathlib import Path

from highneeds.run import gather

KENT = Path(__file__).parent.parent / "examples" / "kent"
SIZES = (0, 5_000, 20_000, 100_000)


def with_facts(folder: Path, number: int) -> Path:
    """Kent without its caseload, and so many further sums."""
    workspace = Path(shutil.copytree(KENT, folder / str(number), ignore=shutil.ignore_patterns("caseload")))
    with (workspace / "facts.csv").open(encoding="utf-8") as file:
        columns = next(csv.reader(file))
    with (workspace / "facts.csv").open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        for one in range(number):
            writer.writerow(
                dict(
                    id=f"extra_{one}",
                    group="finance",
                    value=1000 + one,
                    unit="gbp",
                    period="2024-25",
                    qualifier="exact",
                    raw=f"£{1000 + one:,}",
                    context=f"An extra sum {one}",
                    source_doc="REPORT",
                    source_line=11,
                    confidence="high",
                )
            )
    return workspace


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number in SIZES:
            evidence = gather(with_facts(Path(folder), number))
            began, worked = time.perf_counter(), time.process_time()
            _ = evidence.findings, evidence.narrative
            spent = f"{time.perf_counter() - began:>8.2f} s {time.process_time() - worked:>8.2f} s of the processor"
            print(f"{number:>7,} facts more {spent}", flush=True)


if __name__ == "__main__":
    main()
