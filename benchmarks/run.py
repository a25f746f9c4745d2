"""How long the main job takes on Kent, from a cold start, and how much memory: `python benchmarks/run.py [RUNS]`.

Each run is a process of its own with an empty output folder. Limits: 15 s and 600 MB on two cores.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KENT = Path(__file__).resolve().parents[1] / "examples" / "kent"


def one_run() -> float:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "highneeds", "run", KENT, "--out", out], check=True, capture_output=True)
        return time.perf_counter() - started


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = [one_run() for _ in range(runs)]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"highneeds run examples/kent, {runs} runs")
    print(f"seconds: min {min(seconds):.1f}, median {statistics.median(seconds):.1f}, max {max(seconds):.1f}")
    print(f"peak memory of the largest process: {peak:.0f} MB")


if __name__ == "__main__":
    main()
