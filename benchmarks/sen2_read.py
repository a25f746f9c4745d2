"""How long a return takes to read, and how much memory: one council (21,000 plans) in each form, England as CSV.

    python benchmarks/sen2_read.py            both; England needs some 2 GB of disk
    python benchmarks/sen2_read.py --council  the council alone

Each reading is a process of its own, so that its peak memory is its own. The council is an invented one of two calendar
years and a bit, with two and a half times as many rows as a January return of the same size.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

COUNCIL_PLANS, ENGLAND_PLANS = 21_000, 640_000
AS_AT = date(2024, 1, 18)
_READ = """
import json, resource, sys, time
from pathlib import Path
began = time.perf_counter()
from highneeds.intake.establishments import read_establishments
from highneeds.intake.sen2.read import read_sen2
from highneeds.intake.sen2.rows import MODULES
imported = time.perf_counter()
folder = Path(sys.argv[1])
schools = read_establishments(folder / "establishments.csv")
found = read_sen2(folder, key=b"k" * 32, establishments=schools)
print(json.dumps(dict(
    import_s=imported - began, read_s=time.perf_counter() - imported,
    peak_mb=int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024,  # not that of the parent
    cpu_s=sum(resource.getrusage(resource.RUSAGE_SELF)[:2]),
    rows=sum(found.module(module).height for module in MODULES), unreadable=found.unreadable.height,
    frames_mb=sum(found.module(module).estimated_size() for module in MODULES) / 1e6,
)))
"""


def make(plans: int, form: str, out: Path) -> float:
    """Write an invented Kent, scaled to so many plans; says how long that took."""
    from highneeds.intake.published import open_pack
    from highneeds.invented.caseload import forms
    from highneeds.invented.caseload.council import synthesise
    from highneeds.invented.caseload.margins import margins

    began = time.perf_counter()
    whole = margins(open_pack(), "886", AS_AT)
    found = synthesise(margins(open_pack(), "886", AS_AT, plans / whole.stock.sum()), AS_AT, seed=1)
    out.mkdir()
    found.schools.frame.write_csv(out / "establishments.csv")
    if form == "csv":
        forms.write_blade(found.written.tables, 2025, out, AS_AT)
    else:
        write = {"xml": forms.write_xml, "template": forms.write_template, "workbook": forms.write_workbook}[form]
        write(found.written.tables, 2025, out / ("return.xml" if form == "xml" else "return.xlsx"))
    return time.perf_counter() - began


def read(folder: Path) -> dict[str, float]:
    """Read the folder in a fresh process."""
    done = subprocess.run([sys.executable, "-c", _READ, str(folder)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--council", action="store_true", help="the council alone")
    cases = [(COUNCIL_PLANS, form) for form in ("csv", "xml", "template", "workbook")]
    if not parser.parse_args().council:
        cases += [(ENGLAND_PLANS, "csv"), (ENGLAND_PLANS, "xml")]
    print(
        f"{'plans':>8} {'form':9} {'rows':>10} {'made s':>7} {'read s':>7} {'cpu s':>7} {'peak MB':>8} {'frames MB':>9}"
    )
    for plans, form in cases:
        with tempfile.TemporaryDirectory() as home:
            made = make(plans, form, Path(home) / "return")
            got = read(Path(home) / "return")
        figures = f"{made:7.1f} {got['read_s']:7.1f} {got['cpu_s']:7.1f} {got['peak_mb']:8.0f} {got['frames_mb']:9.0f}"
        print(f"{plans:>8,} {form:9} {got['rows']:>10,} {figures}", flush=True)


if __name__ == "__main__":
    main()
