"""`highneeds serve`: what it refuses before it starts, in one sentence and with exit 2."""

import os
import socket
import subprocess
import sys

import pytest

from highneeds.office import __main__ as one_person
from highneeds.office.machine import other_people
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
    command.append("--no-token")
    told = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=told)
    try:
        assert f"open http://127.0.0.1:{port}/" in process.stdout.readline()
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(("uid", "other"), [(0, False), (999, False), (1000, True), (59_999, True), (60_000, False)])
def test_another_person_is_one_with_a_number_of_people(uid, other):
    assert bool(other_people([uid, uid])) is (other and uid != os.getuid())
    assert not other_people([os.getuid()])


def test_a_token_is_asked_for_where_another_person_is_at_work(monkeypatch, capsys):
    """With nothing said; --token and --no-token go before what the machine is like."""
    monkeypatch.setenv("HIGHNEEDS_START_TOKEN", "")
    plain = "http://127.0.0.1:8000/"
    for at_work, accounts, asked, has_token, said in (
        (True, True, "", True, False),
        (False, True, "", False, True),
        (False, False, "", False, False),
        (False, False, "token", True, False),
        (True, True, "no-token", False, False),
    ):
        monkeypatch.setattr(one_person, "others_at_work", lambda known=at_work: known)
        monkeypatch.setattr(one_person, "others_have_accounts", lambda known=accounts: known)
        address = one_person._address(8000, asked)
        assert address.startswith(f"{plain}?token=") if has_token else address == plain
        assert ("with --token only this address does" in capsys.readouterr().err) is said
