"""The team's office under load: 50 people who read, write drafts and look at registers, beside one job that runs.

    python benchmarks/office.py [SECONDS] [USERS]      on SQLite
    HIGHNEEDS_DATABASE_URL=... python benchmarks/office.py

Prints one JSON line: requests, errors, requests a second, and the 75th, 95th and 99th percentile in milliseconds.
The aim on two cores is 45 requests a second with P75 100 ms, P95 300 ms, P99 1 s and errors under 0.1%.
"""

import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]
REPORT = "2025-04"
JOBS = 20
PAGES = (
    "",
    f"reports/{REPORT}/",
    "registers/",
    "registers/payments/",
    "record/",
    "figures/",
    "figures/dashboard/",
    "data/",
)
SECTION = f"reports/{REPORT}/sections/condition-1/"
RATE = 45.0


def main(seconds: float, users: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        office = Path(scratch) / "office"
        sessions = json.loads(
            subprocess.run(
                [sys.executable, __file__, "make", str(office), str(users)], capture_output=True, text=True, check=True
            ).stdout.splitlines()[-1]
        )
        port = 8931
        serving = subprocess.Popen(
            [sys.executable, "-m", "highneeds", "serve", "--office", str(office), "--port", str(port)],
            stdout=subprocess.DEVNULL,
        )
        try:
            wait(port)
            before = processor_seconds(serving.pid)
            found = measure(port, sessions, seconds)
            spent = {name: used - before.get(name, 0.0) for name, used in processor_seconds(serving.pid).items()}
            found["web_cpu_ms_a_request"] = round(1000 * spent["web"] / found["requests"], 1)
            found["job_cpu_s"] = round(spent["worker"], 1)
            found["load_average"] = os.getloadavg()[0]
            print(json.dumps(found))
        finally:
            serving.terminate()
            serving.wait(timeout=30)


def make(office: Path, users: int) -> None:
    """An office with a report, results, and people who are signed in; prints their session keys."""
    from highneeds.office import command

    command.init(str(office))
    from highneeds.office.evidence.actions import ask_for, import_workspace
    from highneeds.office.evidence.materialise import read_folder
    from highneeds.office.programme.actions import open_slot
    from office_by_hand import NOW, person, signed_in, worked_out

    kent, _ = import_workspace(read_folder(ROOT / "examples" / "kent"), by="Benchmark", now=NOW)
    manager = person("manager", kent)
    open_slot(kent, code=REPORT, title="April 2025", due_on=None, by=manager, now=NOW)
    worked_out(kent, office)
    for number in range(JOBS):  # one at a time; together they last longer than anybody measures
        ask_for("run", kent, by=manager, now=NOW, turn=number)
    people = [person("finance", kent, name=f"user {number}") for number in range(users)]
    print(json.dumps([signed_in(one).cookies["sessionid"].value for one in people]))


def wait(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the office did not answer")


def processor_seconds(office: int) -> dict[str, float]:
    """What the web processes and the worker, each with its children, have used so far."""
    spent = {"web": 0.0, "worker": 0.0}
    for child in children(office):
        kind = "web" if b"gunicorn" in Path(f"/proc/{child}/cmdline").read_bytes() else "worker"
        spent[kind] += used_by(child)
    return spent


def used_by(process: int) -> float:
    """Its own processor time, that of its children, and that of those that have ended."""
    try:
        own = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0  # it ended this moment, and stands with its parent's from now on
    return sum(map(int, own[11:15])) / os.sysconf("SC_CLK_TCK") + sum(map(used_by, children(process)))


def children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def measure(port: int, sessions: list[str], seconds: float) -> dict[str, float]:
    """Each person asks at a steady pace, so that together they ask RATE times a second."""
    times, errors, lock = [], [], threading.Lock()
    end = time.monotonic() + seconds
    threads = [
        threading.Thread(target=one_person, args=(port, key, number, len(sessions) / RATE, end, times, errors, lock))
        for number, key in enumerate(sessions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()

    def percentile(share: float) -> float:
        return round(1000 * times[min(len(times) - 1, int(share * len(times)))], 1)

    return {
        "requests": len(times),
        "errors": len(errors),
        "a_second": round(len(times) / seconds, 1),
        "p75_ms": percentile(0.75),
        "p95_ms": percentile(0.95),
        "p99_ms": percentile(0.99),
        "database": "postgresql" if os.environ.get("HIGHNEEDS_DATABASE_URL") else "sqlite",
        "first_error": errors[0] if errors else "",
    }


def one_person(port, key, number, pause, end, times, errors, lock) -> None:
    rng = random.Random(number)
    connection, cookie, token = http.client.HTTPConnection("127.0.0.1", port, timeout=30), f"sessionid={key}", ""
    time.sleep(rng.random() * pause)
    while time.monotonic() < end:
        begun = time.monotonic()
        page, form = (
            (SECTION + "draft/", True) if token and rng.random() < 0.1 else (rng.choice([*PAGES, SECTION]), False)
        )
        try:
            status, csrf = ask(connection, f"/councils/886/{page}", cookie, token if form else "")
            token = csrf or token
            if status >= 400:
                raise OSError(f"{page} {status}")
        except (OSError, http.client.HTTPException) as problem:
            connection.close()
            with lock:
                errors.append(str(problem))
        took = time.monotonic() - begun
        with lock:
            times.append(took)
        time.sleep(max(0, pause - took))


def ask(connection, path: str, cookie: str, token: str) -> tuple[int, str]:
    headers = {"Cookie": cookie}
    if token:
        cookies, value = token.split("|")
        body = urlencode({"text": "A draft.", "based_on": "x", "csrfmiddlewaretoken": value})
        headers |= {"Cookie": f"{cookie}; {cookies}", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", path, body, headers)
    else:
        connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    made = re.search(r"csrftoken=[^;]+", answer.headers.get("Set-Cookie") or "")
    return answer.status, f"{made[0]}|{found[1]}" if found and made else ""


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(float(sys.argv[1]) if sys.argv[1:] else 60.0, int(sys.argv[2]) if sys.argv[2:] else 50)
