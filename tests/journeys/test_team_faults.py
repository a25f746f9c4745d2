"""Kill it at any moment: nothing is lost, doubled or half-done. A thousand faults on each database in make soak."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from postgresql_by_hand import postgresql
from soaking import fresh_seed, soak_share

HERE = Path(__file__).resolve().parents[1]
KINDS = 14


def faults(
    folder: Path, count: int, seed: int, script: str = "office_faults.py", **environment: str
) -> dict[str, dict[str, int]]:
    told = {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "HIGHNEEDS_OFFICE")
    }
    command = [sys.executable, str(HERE / script), str(folder / "office"), str(count), str(seed)]
    env = {**told, "HIGHNEEDS_DATABASE_URL": "", **environment}
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    so_far = (done.stdout.splitlines() or [""])[-1]
    assert done.returncode == 0, f"{done.stderr[-2000:]}\nuntil then: {so_far}"
    counts = json.loads(so_far)
    assert sum(one["faults"] for one in counts.values()) == count
    return counts


def test_each_kind_of_fault_leaves_the_office_whole(tmp_path):
    counts = faults(tmp_path, KINDS, seed=1)
    assert len(counts) == KINDS
    assert counts["database_gone"]["refused"] == counts["full_disk"]["refused"] == 1


@pytest.mark.soak
def test_a_thousand_faults_leave_the_office_whole(tmp_path):
    must_be_many(told(tmp_path, soak_share(1000)))


@pytest.mark.soak
def test_a_thousand_faults_leave_an_office_that_is_served_whole(tmp_path):
    served_must_be_many(told(tmp_path, soak_share(1000), script="office_served_faults.py"))


@pytest.mark.soak
def test_a_thousand_faults_leave_the_office_on_postgresql_whole(tmp_path):
    with postgresql() as there:
        must_be_many(told(tmp_path, soak_share(1000), **there))


@pytest.mark.soak
def test_a_thousand_faults_leave_an_office_that_is_served_on_postgresql_whole(tmp_path):
    with postgresql() as there:
        counts = told(tmp_path, soak_share(1000), script="office_served_faults.py", **there)
    served_must_be_many(counts)
    assert any(kind.endswith(", database") for kind in counts)


def told(folder: Path, count: int, **how: str) -> dict[str, dict[str, int]]:
    """As `faults`, with a seed of its own that is said before, and with the counts by kind."""
    seed = fresh_seed()
    print(json.dumps({"seed": seed, "cases": count}))
    counts = faults(folder, count, seed, **how)
    print(json.dumps(counts, indent=1))
    return counts


def must_be_many(counts: dict[str, dict[str, int]]) -> None:
    assert sum(one["killed"] for one in counts.values()) > 0.3 * sum(one["faults"] for one in counts.values())
    assert counts["database_gone"]["refused"] == counts["database_gone"]["faults"]


def served_must_be_many(counts: dict[str, dict[str, int]]) -> None:
    """Many were answered and many were not: the faults came in the middle of things."""
    total = sum(one["faults"] for one in counts.values())
    assert sum(one["answered"] for one in counts.values()) > total / 4
    assert sum(one["unanswered"] for one in counts.values()) > total / 10
