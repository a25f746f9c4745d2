"""Everything that changes a workspace, four at once and killed at any moment: whole afterwards, and nothing is lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import docx

from attack.cases import Outcome
from attack.usual import EXPORT, MAPPING
from cli_runner import run
from highneeds.intake.sen2.corrections import read_kept
from highneeds.intake.workspace import read_workspace
from highneeds.invented.caseload.forms import write_blade
from highneeds.registers.registry import registers
from highneeds.report.render.tables import as_csv
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.period import FinancialYear, Month
from sen2_tables import tables

CHANGES = (
    *("ledger", "caseload", "corrections", "register", "dashboard", "finance", "narrative"),
    *("next-report", "suggest"),
)
SILENT = ("next-report", "suggest")
"""What may be done without a line on the record: a slot opened twice is refused, a bound figure is bound."""
NARRATIVE = "# Report\n\n## Condition 1\n\nThe number of plans in force was 18,000 in April 2024.\n"


def _words(change: str, beside: Path, number: int) -> Sequence[object]:
    """The command line of a change, over files of its own; each says who it was by."""
    own = beside / f"export {number}.csv"
    joined = ("--workspace", beside / "workspace", "--by", f"officer {number}")
    if change == "ledger":
        own.write_text(EXPORT.replace(",5\n", f",{number}\n"), "utf-8")
        return ("ledger", "accept", own, "--mapping", beside / "mapping.yaml", *joined, "--key", beside / "key")
    if change == "caseload":
        return ("caseload", "accept", beside / "return", *joined, "--key", beside / "key")
    if change == "register":
        own.write_text(as_csv(registers()["risks"].template()).replace("Both classes", f"{number} classes", 1), "utf-8")
        by = ("--by", "programme_manager", "--why", f"officer {number}")
        return ("register", "accept", own, "--register", "risks", *joined[:2], *by)
    if change == "corrections":
        row = f"2025-01-16 0123456789ab,namedplan {number + 1},{number},startdate,2024-05-01"
        own.write_text(f"return,row,record,item,right value\n{row}\n", "utf-8")
        return ("caseload", "corrections", "--filled", own, *joined)
    if change == "dashboard":
        own.write_text(f"Measure,{_month(number)},Apr-24\nPlans in force,{number},18000\n", "utf-8")
        return ("dashboard", "import", own, *joined)
    if change == "finance":
        own.write_text(f"Line,{_year(number)},2024-25\n1.2.3 Top-up funding,{number},2\n", "utf-8")
        return ("finance", "import", own, *joined)
    if change == "narrative":
        edited = docx.Document()
        edited.add_paragraph("Condition 1: Early help", style="Heading 2")
        edited.add_paragraph(f"Plans rose by {number}.")
        edited.save(str(beside / f"edited {number}.docx"))
        return ("narrative", beside / "workspace", beside / f"edited {number}.docx", *joined[2:])
    if change == "suggest":
        return ("claims", "suggest", beside / "workspace", "--accept", "all", *joined[2:])
    return ("next-report", beside / "workspace", "--slot", "July", *joined[2:])


def _month(number: int) -> str:
    """One of its own for each of the first 240."""
    return f"{Month(2000, 1).plus(number % 240).label[:3]}-{number % 240 // 12:02d}"


def _year(number: int) -> FinancialYear:
    return FinancialYear(2013 + number % 11)


def _holds(change: str, workspace: Path, number: int) -> bool:
    """What was said to be done stands in the workspace; of what replaces what was there, the record alone says it."""
    if change == "corrections":
        kept = (one for cells in read_kept(workspace).values() for one in cells)
        return any(one.row == number for one in kept)
    if change == "finance":
        return f"{_year(number)},1.2.3,," in (workspace / "finance" / "spend.csv").read_text("utf-8")
    if change == "dashboard":
        month = str(Month(2000, 1).plus(number % 240))
        return any(str(one.period) == month for one in read_workspace(workspace).observations)
    return True


def _start(words: Sequence[object]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "highneeds", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def _begin(folder: Path) -> None:
    (folder / "mapping.yaml").write_text(MAPPING, "utf-8")
    (folder / "return").mkdir()
    write_blade(dict(tables(6)), 2025, folder / "return", date(2025, 2, 1))
    done = run("new", folder / "workspace", "--council", "886", "--programme", "none")
    assert done.code == 0, done.err
    [narrative] = (folder / "workspace").rglob("narrative.md")
    narrative.write_text(NARRATIVE, "utf-8")
    for name in ("registers", "finance"):
        shutil.rmtree(folder / "workspace" / name, ignore_errors=True)


def try_changing(folder: Path, seed: int, rounds: int, until: float) -> Outcome:
    """Each was done and is on the record, was refused in a sentence, or was killed; the workspace reads on."""
    found, chance = Outcome(), random.Random(seed)
    _begin(folder)
    said: dict[int, str] = {}
    for number in range(rounds):
        if time.monotonic() > until:
            break
        started = {4 * number + one: chance.choice(CHANGES) for one in range(4)}
        running = {one: _start(_words(change, folder, one)) for one, change in started.items()}
        killed = chance.sample(sorted(running), chance.randrange(3))
        if killed:
            time.sleep(chance.uniform(0.3, 4))
        for one in killed:
            running[one].send_signal(signal.SIGKILL)
        for one, process in running.items():
            _, err = process.communicate()
            ended = {0: "done", 1: "done", 2: "refused", -9: "killed"}.get(process.returncode, "otherwise")
            strange = err[-300:] if ended == "otherwise" or "Traceback" in err else ""
            found.add(f"change: {started[one]}", ended, strange)
            if ended == "done" and started[one] not in SILENT:
                said[one] = started[one]
        _hold_against(folder / "workspace", said, found)
    return found


def _hold_against(workspace: Path, said: Mapping[int, str], found: Outcome) -> None:
    store = FolderStore(workspace)
    store.names()  # finishes what one who was killed had begun
    entries = store.record()
    recorded = {words for one in entries for words in (one.by, one.why)}
    for number, change in said.items():
        if f"officer {number}" not in recorded:
            found.add("change", "lost", f"{change} {number} is said to be done, and not on the record")
        elif not _holds(change, workspace, number):
            found.add("change", "lost", f"{change} {number} is on the record, and what it brought is not there")
    try:
        done = run("check", workspace)
    except BaseException as problem:
        found.add("change", "unreadable after", repr(problem)[:300])
    else:
        found.add("change", f"check after ended with {done.code}", done.err[:300] if done.code not in (0, 1) else "")
    if left := [path.name for path in workspace.rglob("*") if path.name.endswith((".part", ".new", ".tmp"))]:
        found.add("change", "left behind", str(left[:5]))
    if loose := [
        path.name for path in (workspace / "caseload").rglob("*") if path.is_file() and path.stat().st_mode & 0o077
    ]:
        found.add("change", "readable by others", str(loose[:5]))
