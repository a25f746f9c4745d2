"""How long the main job takes on Kent, cold and after a changed word, and its memory: `benchmarks/run.py [RUNS]`.

Each run is a process of its own on a copy of Kent: first with nothing kept, then again after one word of the narrative.
Goals on two quiet cores: 10 s and 500 MB cold, 3 s after a changed word. Where others work beside, judge by the seconds
of processor, which cost the same. The program is compiled first, as it is wherever it was installed.

Where the seconds of processor go, about (December 2026, on two cores that count to ten million in 2.5 s, which is
slow): cold 30, of which 7 draw the futures, 5 learn and price beside them, 6 are Python in the main process, 3 polars
and 3 the typesetter. After a changed word 5.5: 1.3 load the program, 1 renders what changed, 0.5 reads the narrative.
"""

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KENT = ROOT / "examples" / "kent"
NARRATIVE, BEFORE, AFTER = "programme/2025-04/narrative.md", "main concern", "chief concern"
MADE_BY_RUNS = shutil.ignore_patterns("forecasts", "drafts", "record.jsonl", ".highneeds")


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of processor of all processes, megabytes of the largest one."""

    wall: float
    processor: float
    memory: float


def one_run(workspace: Path, out: Path) -> Cost:
    words = [sys.executable, "-m", "highneeds", "run", str(workspace), "--out", str(out)]
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {process.returncode}")
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold_and_changed() -> tuple[Cost, Cost]:
    with tempfile.TemporaryDirectory() as folder:
        workspace, out = Path(folder) / "kent", Path(folder) / "out" / "kent"
        shutil.copytree(KENT, workspace, ignore=MADE_BY_RUNS)
        cold = one_run(workspace, out)
        narrative = workspace / NARRATIVE
        text = narrative.read_text(encoding="utf-8")
        if BEFORE not in text:
            raise SystemExit(f"{narrative} no longer says '{BEFORE}'")
        narrative.write_text(text.replace(BEFORE, AFTER, 1), encoding="utf-8")
        return cold, one_run(workspace, out)


def said(name: str, costs: list[Cost]) -> str:
    wall, processor = (sorted(getattr(one, kind) for one in costs) for kind in ("wall", "processor"))
    return (
        f"{name}: {statistics.median(wall):.1f} s ({wall[0]:.1f} to {wall[-1]:.1f}), of processor "
        f"{statistics.median(processor):.1f} s, {max(one.memory for one in costs):.0f} MB in the largest process"
    )


def main() -> None:
    compileall.compile_dir(ROOT / "src", quiet=1)
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    costs = [cold_and_changed() for _ in range(runs)]
    print(f"highneeds run examples/kent, {runs} runs")
    print(said("nothing kept", [cold for cold, _ in costs]))
    print(said("one word of the narrative changed", [changed for _, changed in costs]))


if __name__ == "__main__":
    main()
