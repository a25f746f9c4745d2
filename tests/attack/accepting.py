"""Exports accepted at the same time, and killed while they are: what was said to be accepted is on the list."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from attack.cases import Outcome
from attack.usual import MAPPING
from highneeds.intake.ledger.accepted import acceptances, accepted_spend
from highneeds.store.folder import FolderStore

NAME = "Qvzxkhan"


def _accept(workspace: Path, number: int) -> subprocess.Popen[str]:
    beside = workspace.parent
    (beside / "mapping.yaml").write_text(MAPPING)
    export = beside / f"{NAME} {number}.csv"
    export.write_text(f"Doc,Child,Year,Per,Cost centre,Net\n{NAME} {number},{NAME},2024-25,1,7001,{number + 1}\n")
    words = ["ledger", "accept", export, "--mapping", beside / "mapping.yaml", "--workspace", workspace]
    words += ["--by", f"partner {number}", "--key", beside / "linkage.key"]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-m", "highneeds", *map(str, words)],
        stdout=pipe,
        stderr=pipe,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def try_accepting(folder: Path, seed: int, rounds: int, until: float) -> Outcome:
    """Four at once, of which some are killed at any moment; each is on the list, was refused, or was killed."""
    found, chance = Outcome(), random.Random(seed)
    workspace = folder / "workspace"
    workspace.mkdir()
    said: set[str] = set()
    for number in range(rounds):
        if time.monotonic() > until:
            break
        running = {f"partner {number * 4 + one}": _accept(workspace, number * 4 + one) for one in range(4)}
        killed = set(chance.sample(sorted(running), chance.randrange(3)))
        time.sleep(chance.uniform(0.5, 3.5)) if killed else None
        for by in killed:
            running[by].send_signal(signal.SIGKILL)
        for by, process in running.items():
            _, err = process.communicate()
            said |= {by} if process.returncode == 0 else set()
            ended = {0: "accepted", 2: "refused", -9: "killed"}.get(process.returncode, str(process.returncode))
            strange = "" if process.returncode in (0, 2, -9) and "Traceback" not in err else err[-300:]
            found.add("accept at once", ended, strange)
        _hold_against(workspace, said, found)
    return found


def _hold_against(workspace: Path, said: set[str], found: Outcome) -> None:
    FolderStore(workspace).names()  # finishes what one who was killed had begun
    listed = {one.by for one in acceptances(workspace)}
    if lost := said - listed:
        found.add("accept at once", "lost", f"said to be accepted, and not on the list: {sorted(lost)}")
    accepted_spend(workspace)
    for path in workspace.rglob("*"):
        if path.is_file() and NAME.encode() in path.read_bytes():
            found.add("accept at once", "name kept", str(path.relative_to(workspace)))
