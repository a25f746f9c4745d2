"""A served office and a browser to look at it with."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from examples_copied import copy_of, share_what_is_kept
from journeys.kent_results import KENT, write_kent

ROOT = Path(__file__).resolve().parents[2]
STYLE = ROOT / "src/highneeds/office/site/static/build/highneeds.css"
PATIENCE_SECONDS = 180  # the engine works first, perhaps beside other tests


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Iterator[str]:
    """The address of the pages on a results folder made by these tests, known to the last word."""
    folder = tmp_path_factory.mktemp("made")
    write_kent(folder)
    yield from serve(folder)


@pytest.fixture(scope="session")
def kent_office(tmp_path_factory, kept) -> Iterator[str]:
    """The address of the pages on what the engine says of Kent: serving works the results out first.

    What other tests worked out of Kent lies where that run looks for its own.
    """
    home = tmp_path_factory.mktemp("engine")
    share_what_is_kept(home, kept)
    yield from serve(home / "real")


def serve(results: Path) -> Iterator[str]:
    """`highneeds serve` on a copy of the Kent workspace, started and ended as a person would."""
    workspace = copy_of(KENT, results.parent / f"{results.name}-kent")
    if not STYLE.is_file():
        subprocess.run([sys.executable, str(ROOT / "scripts/build_assets.py")], check=True)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "highneeds",
        "serve",
        str(workspace),
        "--out",
        str(results),
        "--port",
        str(port),
        "--no-token",
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(address: str, process: subprocess.Popen) -> None:
    for _ in range(PATIENCE_SECONDS * 10):
        if process.poll() is not None:
            pytest.fail(f"the pages did not start: highneeds serve ended with {process.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the pages did not answer in time")


@pytest.fixture
def page(chromium, office):
    """A fresh page at the office's address, as wide as a desk screen."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=office, accept_downloads=True)
    yield context.new_page()
    context.close()
