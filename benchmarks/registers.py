"""How long registers take: 200,000 phase transfers read, checked and measured; all registers of a workspace together.

Run: python benchmarks/registers.py [ROWS]

Targets on two cores: read and check 20 s, all measures 5 s more, 1 GB; a workspace with 20,000 rows in all under 3 s.
"""

import csv
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from highneeds.registers.mechanism.declared import results_in
from highneeds.registers.mechanism.measuring import measures_of
from highneeds.registers.of_workspace import CouncilRegisters
from highneeds.registers.registry import read_registers, registers
from highneeds.store.cache import FolderCache

AS_AT = date(2025, 2, 10)
STATES = ("not_started", "reviewed", "consulting", "draft_offer", "final")
DAYS = ("review_held_on", "consulted_on", "draft_offer_on", "final_on")


def timed(words: str, ask: Callable[[], Any]) -> Any:
    begun, spent = time.perf_counter(), time.process_time()
    found = ask()
    wall, own = time.perf_counter() - begun, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words:<53} {wall:7.2f} s wall {own:7.2f} s processor {memory:7.0f} MB at most")
    return found


def write(path: Path, rows: int) -> None:
    """Transfers of three years in every state, each with its days."""
    chance = Random(1)
    register = registers()["phase_transfers"]
    names = [column.name for column in register.columns]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.DictWriter(file, names, restval="")
        out.writeheader()
        for number in range(rows):
            out.writerow(transfer(number, chance))


def transfer(number: int, chance: Random) -> dict[str, str]:
    year = 2023 + number % 3
    state = chance.randrange(5)
    day = date(year - 1, 9, 20)
    row = dict(
        transfer=f"{year}-{number:06d}", child=f"{number:06d}", transfer_year=str(year),
        phase=chance.choice(("primary_to_secondary", "secondary_to_post16", "early_years_to_school")),
        plan_issued_on=f"{year - 2}-05-{1 + number % 28:02d}", cohort="before_cutoff", state=STATES[state],
        from_type=chance.choice(("mainstream", "special_state", "srp")), home_district=f"District {number % 12}",
        school_district=f"District {chance.randrange(12)}", distance_miles=f"{chance.random() * 20:.1f}",
        annual_gbp=f"{chance.randrange(5_000, 70_000)}.00",
    )  # fmt: skip
    for name in DAYS[:state]:
        day += timedelta(days=chance.randrange(1, 40))
        row[name] = day.isoformat()
    if state >= 3:
        row["named_type"] = chance.choice(("mainstream", "srp", "special_state", "special_independent"))
    return row


WORKSPACE_ROWS = 20_000


def write_workspace(folder: Path, rows: int) -> None:
    """The worked example of every register again and again, each time with keys, children and schools of its own."""
    kinds = list(registers().values())
    for register in kinds:
        path = folder / register.place
        path.parent.mkdir(parents=True, exist_ok=True)
        names = [column.name for column in register.columns]
        own = {register.key, "child", "urn", "number"} | {column.name for column in register.columns if column.refers}
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.DictWriter(file, names, restval="")
            out.writeheader()
            for turn in range(max(rows // len(kinds) // len(register.example), 1)):
                for row in register.example:
                    out.writerow(
                        {name: f"{cell}{turn}" if name in own and cell else cell for name, cell in row.items()}
                    )


def all_registers(folder: Path, cache: FolderCache) -> None:
    """What the main job asks of the registers: rows, findings and measures of each."""
    known = CouncilRegisters(read_registers(folder, cache), AS_AT)
    for name in known.entries:
        known.findings(name)
        known.measures(name)


def main() -> None:
    with tempfile.TemporaryDirectory() as given:
        folder, cache = Path(given), FolderCache(Path(given) / "kept")
        write_workspace(folder, WORKSPACE_ROWS)
        timed("all registers, 20,000 rows, read for the first time", lambda: all_registers(folder, cache))
        timed("all registers, 20,000 rows, unchanged", lambda: all_registers(folder, cache))
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    register = registers()["phase_transfers"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phase_transfers.csv"
        write(path, rows)
        entries = timed(f"read {rows:,} rows and ask the row rules", lambda: register.read(path))
        at = register.situation(entries.rows, AS_AT, settings={"phase_transfer_cutoff": {"2025": "2024-09-27"}})
        timed("ask the rules over the whole", lambda: results_in(register, at))
        measured = timed("all measures", lambda: measures_of(at))
        print(f"{len(measured):,} values; {len(entries.findings.all):,} findings")


if __name__ == "__main__":
    main()
