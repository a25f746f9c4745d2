"""How far a command is: a bar on a terminal that is gone at the end, nothing else elsewhere, and a step in a file."""

import io
import sys

import pytest

from highneeds.cli._progress import bar, doing, progress_bar

ERASED = "\x1b[2K"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def asked(shown, *given):
    """Tell a bar of either kind how far it is."""
    if shown is not None:
        shown(*given)


WAYS = [
    (lambda: progress_bar(), ("Reading",), ["Starting", "Reading"]),
    (lambda: bar("Simulating"), (3, 4), ["Simulating", "75%"]),
    (lambda: doing("Checking"), ("Rule 7", 1, 4), ["Checking", "Rule 7", "25%"]),
]


@pytest.mark.parametrize(("begin", "given", "words"), WAYS)
def test_a_terminal_shows_a_bar_on_stderr_that_is_gone_at_the_end(monkeypatch, capsys, begin, given, words):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.delenv("HIGHNEEDS_STEPS", raising=False)
    with begin() as shown:
        asked(shown, *given)
    said = sys.stderr.getvalue()
    assert [word for word in words if word not in said] == [] and ERASED in said.rpartition(words[-1])[2]
    assert said.rstrip().endswith(ERASED) and capsys.readouterr().out == ""


@pytest.mark.parametrize(("begin", "given", "words"), WAYS)
def test_a_file_or_a_program_is_shown_nothing(capsys, begin, given, words):
    with begin() as shown:
        asked(shown, *given)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("terminal", [True, False])
def test_the_step_stands_in_the_file_that_was_named(monkeypatch, tmp_path, terminal):
    monkeypatch.setattr(sys, "stderr", Terminal() if terminal else io.StringIO())
    monkeypatch.setenv("HIGHNEEDS_STEPS", str(tmp_path / "step"))
    with progress_bar() as step:
        step("Reading")
        assert (tmp_path / "step").read_text("utf-8") == "Reading"
    with bar("Prüfen"):
        assert (tmp_path / "step").read_bytes() == "Prüfen".encode()
