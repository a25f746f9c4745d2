"""The engine's process: what it says, and what is said where it fails through a fault of its own."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import structlog
from django.conf import settings

from highneeds.office.evidence.bridge import InputError

CRASHED = "Traceback (most recent call last):\n"
FRAME = re.compile(r'^  File "(.+)", line (\d+), in \S+$', re.MULTILINE)
FAULT = re.compile(r"^[A-Za-z_][\w.]*(?=:|$)", re.MULTILINE)


def run_engine(words: list[str], steps: Path) -> tuple[int, str]:
    """How the engine ended (0, 1 or 2) and what it said.

    In a process group of its own, ended with all its children when its time is up. A group and not a session: in a
    session of its own it would no longer come after the pages (`serving.give_way`).

    steps  the file in which it says what is under way
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "highneeds", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb", "HIGHNEEDS_STEPS": str(steps)},
    )
    try:
        output, said = process.communicate(timeout=settings.JOB_SECONDS - 60)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise InputError(
            "It took longer than half an hour and was ended", remedy="Tell whoever runs the office"
        ) from None
    if process.returncode not in (0, 1, 2) or CRASHED in said:
        raise failed(words, process.returncode, said)
    if process.returncode == 2:
        return 2, " ".join(said.split())[-2000:]
    return process.returncode, (output.strip() or said.strip())[-4000:]


def failed(words: list[str], code: int, said: str) -> InputError:
    """For the person: what happened and to whom to turn. For the log: the place in the program, and no word of data."""
    fault, frames = fault_in(said)
    own = [one for one in frames if one.startswith("highneeds/")]
    place = (own or frames or [""])[-1]
    command = " ".join(word for word in words[:2] if word.replace("-", "").isalpha())
    structlog.get_logger("highneeds").error(
        "the engine failed", command=command, ended=code, fault=fault, frames=frames
    )
    if code < 0:
        again = "Ask for it again; where it happens twice, tell whoever runs the office: most often memory ran short"
        return InputError(f"The work was ended from outside (signal {-code}) and nothing was changed", remedy=again)
    return InputError(
        f"The program failed through a fault of its own ({fault or f'it ended with {code}'}"
        f"{', ' if place else ''}{place}) and nothing was changed",
        remedy="Tell whoever runs the office: its log says where it failed, and nothing of what was in your files",
    )


def fault_in(said: str) -> tuple[str, list[str]]:
    """(kind, places) of the last fault that Python printed. Its message is left out: it may quote what a cell holds."""
    if CRASHED not in said:
        return "", []
    last = said.rsplit(CRASHED, 1)[1]
    frames = [f"{within(path)} line {line}" for path, line in FRAME.findall(last)]
    kind = FAULT.search(last)
    return kind.group() if kind else "", frames


def within(path: str) -> str:
    """A file of our own as the house calls it; another's as it is, also where the installation is called highneeds."""
    _, found, rest = path.rpartition("/highneeds/")
    return f"highneeds/{rest}" if found and "site-packages/" not in rest else path
