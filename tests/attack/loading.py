"""Two hundred readers at once, two who say nothing, and forged headers: every page comes, and none is a fault."""

import http.client
import random
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from attack.cases import Outcome
from examples_copied import copy_of
from journeys.conftest import free_port, wait_until_it_answers
from journeys.kent_results import KENT, write_kent

READERS, SILENT = 200, 2
PAGES = ("/", "/dashboard/", "/money/", "/indicators/", "/charts/", "/report/", "/data-quality/", "/sources/", "/none/")
FORGED = (
    *({}, {}, {"SCRIPT_NAME": "/evil"}, {"Script-Name": "/evil"}, {"X-Script-Name": "/evil"}),
    *({"X-Forwarded-Prefix": "/evil"}, {"X-Forwarded-Host": "evil.example"}, {"Cookie": "start=x; ="}),
)
FAULT = 500
PATIENCE_SECONDS = 300
"""A reader that waits longer waits for ever; how long pages take is measured in benchmarks/."""


def try_load(folder: Path, seed: int, cases: int, until: float) -> Outcome:
    """Over a served copy of Kent; each reader asks for one page after another until the time is over."""
    found, lock = Outcome(), threading.Lock()
    write_kent(folder / "results")
    port = free_port()
    words = ["serve", copy_of(KENT, folder / "kent"), "--out", folder / "results", "--port", port, "--no-token"]
    process = subprocess.Popen([sys.executable, "-m", "highneeds", *map(str, words)], stdout=subprocess.DEVNULL)
    silent: list[socket.socket] = []
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(SILENT)]
        each = max(1, cases // READERS)
        readers = [
            threading.Thread(target=_read, args=(port, random.Random(seed + one), each, until, found, lock))
            for one in range(READERS)
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    finally:
        for one in silent:
            one.close()
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)
    return found


def _read(port: int, chance: random.Random, cases: int, until: float, found: Outcome, lock: threading.Lock) -> None:
    for _ in range(cases):
        if time.monotonic() > until:
            return
        page, headers = chance.choice(PAGES), chance.choice(FORGED)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", page, headers=headers)
            answer = connection.getresponse()
            ended, body = str(answer.status), answer.read()
            wrong = f"{ended} for {page} {headers}" if answer.status >= FAULT or b"/evil" in body else ""
        except (OSError, http.client.HTTPException) as problem:
            ended, wrong = "no answer", f"{page} {headers}: {problem!r}"
        finally:
            connection.close()
        with lock:
            found.add("one of 200 readers", ended, wrong)
