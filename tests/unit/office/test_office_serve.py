"""`highneeds serve`: what it refuses before it starts, in one sentence and with exit 2."""

import os
import socket
import subprocess
import sys

import pytest

from journeys.kent_results import KENT


def serve(*words: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "highneeds", "serve", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def refused(done: subprocess.CompletedProcess) -> str:
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_workspace_that_is_not_there(tmp_path):
    assert "There is no such workspace folder" in refused(serve(tmp_path / "nothing"))


def test_a_port_that_is_taken(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} cannot be used" in refused(serve(KENT, "--out", folder, "--port", port))


@pytest.mark.parametrize("port", ["0", "70000", "eight"])
def test_a_port_that_is_none(folder, port):
    assert "--port" in refused(serve(KENT, "--out", folder, "--port", port))


def test_results_that_do_not_fit(folder):
    path = folder / "internal" / "results.json"
    path.write_text(path.read_text().replace('"answer": "No"', '"answer": "Perhaps"'))
    assert "answers.0.answer" in refused(serve(KENT, "--out", folder, "--port", free_port()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_nothing_is_written_outside_by_serving(folder, tmp_path):
    """gunicorn would leave a control socket in the home folder; it is told not to."""
    home = tmp_path / "home"
    home.mkdir()
    port = free_port()
    command = [sys.executable, "-m", "highneeds", "serve", str(KENT), "--out", str(folder), "--port", str(port)]
    told = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=told)
    try:
        assert f"open http://127.0.0.1:{port}/" in process.stdout.readline()
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert list(home.iterdir()) == []
