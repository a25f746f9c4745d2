"""How long Kent's report takes in each format, cold and again, and how much memory: `python benchmarks/render.py`.

Each format is made in a process of its own, so that "cold" holds the loading of the libraries and the first drawing.
The limit for all formats together is 15 s and 600 MB on two cores.
"""

import importlib
import resource
import subprocess
import sys
import time
from pathlib import Path

from highneeds.report.build import build
from highneeds.report.pages.shown import shown as safety_valve
from highneeds.run import gather

KENT = Path(__file__).resolve().parents[1] / "examples" / "kent"
FORMATS = ("html", "pdf", "docx", "xlsx", "csv")


def timed(formats: tuple[str, ...]) -> str:
    """Seconds cold and again, and the peak of memory, of one process that makes these formats."""
    document = build(safety_valve, gather(KENT))
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        size = 0
        for name in formats:
            made = importlib.import_module(f"highneeds.report.render.{name}").render(document)
            size += len(made) if isinstance(made, bytes) else sum(len(part) for part in made.values())
        seconds.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = "all" if len(formats) > 1 else formats[0]
    return (
        f"{words:<5} cold {seconds[0]:5.2f} s   again {seconds[1]:5.2f} s   {size / 1e6:5.2f} MB   peak {peak:4.0f} MB"
    )


def main() -> None:
    if len(sys.argv) > 1:
        print(timed(tuple(sys.argv[1:])))
        return
    for formats in (*((name,) for name in FORMATS), FORMATS):
        subprocess.run([sys.executable, __file__, *formats], check=True)


if __name__ == "__main__":
    main()
