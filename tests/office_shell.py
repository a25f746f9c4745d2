"""Commands of an office, several in one process: a process of its own for each would take most of a test's time."""

import json
import os
import subprocess
import sys

SEVERAL = """
import contextlib, io, json, sys
from highneeds.office.command import main
for name, words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(name, words)
    print(json.dumps([code, out.getvalue() + err.getvalue()]))
"""


def several(*calls: tuple[str, dict], **environment: str) -> list[tuple[int, str]]:
    """(exit code, what it says) of several commands one after another, past the command line, in one process."""
    told = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-c", SEVERAL, json.dumps(calls, default=str)]
    done = subprocess.run(command, capture_output=True, text=True, env={**told, **environment})
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]
