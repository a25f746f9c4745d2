"""The same seed invents the same council in every version. Meant to change: scripts/write_invented.py, and say so."""

import importlib.util
from pathlib import Path

import pytest

from cli_runner import run

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "write_invented.py"
ON_FILE = sorted(path.stem for path in (Path(__file__).parent / "invented").glob("*.csv"))


@pytest.fixture(scope="module")
def write_invented():
    spec = importlib.util.spec_from_file_location("write_invented", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Where they are written: one that another carries on is made once."""
    return tmp_path_factory.mktemp("invented")


def test_every_way_is_on_file(write_invented):
    assert sorted(write_invented.EVERY) == ON_FILE


@pytest.mark.parametrize("way", ON_FILE)
def test_what_is_invented_is_what_is_on_file(write_invented, folder, way):
    made = write_invented.written(run, folder, way)
    assert made.splitlines() == (write_invented.ON_FILE / f"{way}.csv").read_text("utf-8").splitlines()


def test_an_invented_world_is_what_is_on_file(write_invented, tmp_path):
    made = list(write_invented.world_lines(tmp_path))
    assert made == (write_invented.ON_FILE / "world.txt").read_text("utf-8").splitlines()
