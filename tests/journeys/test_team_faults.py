"""Kill it at any moment: nothing is lost, nothing doubled, nothing half-done. A thousand of them in make soak."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FAULTS = Path(__file__).resolve().parents[1] / "office_faults.py"
KINDS = 13


def faults(folder: Path, count: int, seed: int) -> dict[str, dict[str, int]]:
    told = {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "HIGHNEEDS_OFFICE")
    }
    command = [sys.executable, str(FAULTS), str(folder / "office"), str(count), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, env=told)
    assert done.returncode == 0, done.stderr[-2000:]
    counts = json.loads(done.stdout.splitlines()[-1])
    assert len(counts) == KINDS and sum(one["faults"] for one in counts.values()) == count
    return counts


def test_each_kind_of_fault_leaves_the_office_whole(tmp_path):
    faults(tmp_path, KINDS, seed=1)


@pytest.mark.soak
def test_a_thousand_faults_leave_the_office_whole(tmp_path):
    counts = faults(tmp_path, 1000, seed=2)
    print(json.dumps(counts, indent=1))
    assert sum(one["killed"] for one in counts.values()) > 300
