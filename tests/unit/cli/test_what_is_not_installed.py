"""What a command says where an extra is not installed or nobody answers; and how a cluster is asked."""

import sys
from types import SimpleNamespace

import pytest

from cli_runner import run
from highneeds.cli import _forecasting, _office, serve
from highneeds.vocabulary.errors import InputError


@pytest.mark.parametrize("missing", ["django", "gunicorn", "allauth"])
def test_an_office_that_is_not_installed_is_said(monkeypatch, tmp_path, missing):
    monkeypatch.setattr(_office, "find_spec", lambda name: None if name == missing else "there")
    said = (2, "The office is not installed. Install highneeds[web].\n")
    done = run("audit", "verify")
    assert (done.code, done.err) == said
    monkeypatch.setattr(_office.os, "execv", lambda *given: pytest.fail("the office was begun"))
    assert run("serve").code == 2
    monkeypatch.setattr(serve, "find_spec", lambda name: None if name == missing else "there")
    monkeypatch.setattr(serve.os, "execv", lambda *given: None)
    done = run("serve", tmp_path)
    pages = (2, "The pages are not installed. Install highneeds[web].\n") if missing != "allauth" else (0, "")
    assert (done.code, done.err) == pages


def test_the_exit_code_of_the_office_is_ours(monkeypatch):
    told = []
    monkeypatch.setattr(_office, "find_spec", lambda name: "there")
    monkeypatch.setattr(_office.subprocess, "run", lambda words: told.append(words) or SimpleNamespace(returncode=3))
    assert run("audit", "verify", "--office", "place").code == 3
    assert told == [[sys.executable, "-m", "highneeds.office.command", "audit_verify", '{"office": "place"}']]


class Client:
    """A Dask client that writes down how it was asked."""

    asked: list[object] = []

    def __init__(self, address, timeout):
        if address == "tcp://nobody":
            raise OSError("timed out")
        self.asked.append((address, timeout))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.asked.append("closed")

    def get_executor(self, retries):
        self.asked.append(retries)
        return "EXECUTOR"


def test_a_cluster_is_asked_for_its_executor(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=Client))
    Client.asked.clear()
    with _forecasting.run_options(3, "tcp://here") as options:
        assert (options.executor, options.threads) == ("EXECUTOR", 3)
    assert Client.asked == [("tcp://here", "10s"), 5, "closed"]
    with _forecasting.run_options(3) as options:
        assert options.executor is None
    with pytest.raises(InputError) as refused, _forecasting.run_options(1, "tcp://nobody"):
        pass
    assert refused.value.sentence == "tcp://nobody: No Dask scheduler answers: timed out. Check the address."


def test_a_cluster_needs_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError) as refused, _forecasting.cluster_executor("tcp://here"):
        pass
    assert refused.value.sentence == (
        "--cluster needs the extra highneeds[cluster]. Install it, or leave --cluster out."
    )


def test_every_core_works_where_no_number_is_given(monkeypatch):
    monkeypatch.setattr(_forecasting.os, "cpu_count", lambda: 6)
    told = []
    monkeypatch.setattr("highneeds.cli._progress.tell_step", told.append)
    with _forecasting.run_options() as options:
        assert options.threads == 6 and told == ["Simulating"]
    monkeypatch.setattr(_forecasting.os, "cpu_count", lambda: None)
    with _forecasting.run_options() as options:
        assert options.threads == 1
