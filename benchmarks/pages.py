"""How long a page takes on the server, and what the web process weighs.

    python benchmarks/pages.py [RESULTS]      default: out/kent

Every page that can be reached by a link is asked for, each 20 times after one for warmth, in one process and without a
network: what is timed is our own work from request to answer. Prints the slowest pages and the process's memory.
"""

import os
import resource
import statistics
import sys
import time
from pathlib import Path

ROUNDS = 20
TARGET_MS = 100


def main(results: Path) -> int:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="highneeds.office.settings",
        HIGHNEEDS_RESULTS=str(results),
        HIGHNEEDS_WORKSPACE=str(Path("examples/kent").resolve()),
    )
    began = time.perf_counter()
    from django.test import Client

    from highneeds.office.wsgi import application

    assert application
    client = Client(SERVER_NAME="127.0.0.1")
    client.get("/")
    print(f"from nothing to the first page: {(time.perf_counter() - began) * 1000:.0f} ms")
    times = {path: timed(client, path) for path in addresses(client)}
    slowest = sorted(times.items(), key=lambda item: -max(item[1]))
    print(f"{len(times)} pages; typical (median of medians) {middle(times):.1f} ms; milliseconds of the slowest:")
    for path, taken in slowest[:12]:
        print(f"  {statistics.median(taken):7.1f} median {max(taken):7.1f} worst  {path}")
    print(f"memory of the process at its peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    within = statistics.median(slowest[0][1]) < TARGET_MS
    print(f"target: every page under {TARGET_MS} ms: {'met' if within else 'NOT MET'}")
    return 0 if within else 1


def addresses(client) -> list[str]:
    """Every page that a link leads to, files left out."""
    from lxml import html

    waiting, seen = ["/"], []
    while waiting:
        path = waiting.pop().partition("#")[0]
        if path.startswith("/") and path not in seen and not path.startswith(("/static/", "/report/files/")):
            answer = client.get(path)
            if answer.headers["Content-Type"].startswith("text/html"):
                seen.append(path)
                waiting += html.fromstring(answer.content).xpath("//a/@href")
    return seen


def timed(client, path: str) -> list[float]:
    """Milliseconds of each round."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(path)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def middle(times: dict[str, list[float]]) -> float:
    return statistics.median(statistics.median(taken) for taken in times.values())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/kent").resolve()))
