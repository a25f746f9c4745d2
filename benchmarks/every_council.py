"""`highneeds new` and `highneeds run` for every council of the statistics: none may crash, and how long it takes.

python benchmarks/every_council.py [--workers 2] [--dask HOST:PORT] [--only 887,867] [--open-data DIR] [--keep DIR]

Each council is a job in a process of its own; with --dask they go to a cluster (`--dask local` begins one here).
One line a council as it comes, with its processor time and what is still to come, then what crashed, what is not
published of whom, and the times. With --keep each council's workspace and documents stay in DIR/NUMBER to be read.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from highneeds.intake.published import open_pack
from highneeds.intake.published.of_council import councils


@dataclass(frozen=True)
class Done:
    """said: the last line of what went wrong, '' where nothing did; unpublished: lines of `new` on what is missing.

    seconds on the clock; processor: seconds of processor of both commands; megabytes: the most that one of them held.
    """

    la_number: str
    seconds: float
    processor: float
    megabytes: float
    documents: int
    said: str
    unpublished: tuple[str, ...]


def one_council(la_number: str, open_data: str | None, keep: str | None) -> Done:
    """A fresh workspace and its documents, in a folder that is thrown away unless it is to be kept."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as thrown_away:
        folder = Path(keep) / la_number if keep else Path(thrown_away)
        folder.mkdir(parents=True, exist_ok=True)
        workspace, out = folder / "workspace", folder / "out"
        extra = ["--open-data", open_data] if open_data else []
        begun = _command("new", workspace, "--council", la_number, *extra)
        ran = _command("run", workspace, "--out", out, *extra) if begun.code == 0 else begun
        documents = sum(1 for path in out.rglob("*") if path.is_file()) if out.exists() else 0
        said = "" if ran.code in (0, 1) else (ran.complained.strip().splitlines() or ["nothing was said"])[-1]
        missing = tuple(line for line in begun.printed.splitlines() if "published" in line and ":" in line)[1:]
        took, held = begun.processor + ran.processor, max(begun.megabytes, ran.megabytes)
        return Done(la_number, time.perf_counter() - started, took, held, documents, said, missing)


@dataclass(frozen=True)
class Ended:
    """A command that came to its end."""

    code: int
    printed: str
    complained: str
    processor: float
    megabytes: float


def _command(*words: object) -> Ended:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        begun = subprocess.Popen([sys.executable, "-m", "highneeds", *map(str, words)], stdout=out, stderr=err)
        _, status, used = os.wait4(begun.pid, 0)
        begun.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        return Ended(begun.returncode, out.read(), err.read(), seconds, megabytes)


def all_of(numbers: list[str], executor: Executor, open_data: str | None, keep: str | None) -> Iterator[Done]:
    """As they come."""
    futures = [executor.submit(one_council, number, open_data, keep) for number in numbers]
    for future in as_completed(futures):
        yield future.result()


def _executor(workers: int, dask: str | None) -> Executor:
    if dask is None:
        return ThreadPoolExecutor(workers)  # each job is a process of its own already
    from distributed import Client

    client = Client(n_workers=workers, threads_per_worker=1) if dask == "local" else Client(dask)
    executor: Executor = client.get_executor()
    return executor


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--workers", type=int, default=2)
    ask.add_argument("--dask")
    ask.add_argument("--only", default="")
    ask.add_argument("--open-data")
    ask.add_argument("--keep")
    given = ask.parse_args()
    listed = councils(open_pack(Path(given.open_data) if given.open_data else None))
    names = {one.la_number: one.name for one in listed}
    numbers = given.only.split(",") if given.only else list(names)
    started, done = time.perf_counter(), []
    with _executor(given.workers, given.dask) as executor:
        for one in all_of(numbers, executor, given.open_data, given.keep):
            done.append(one)
            words = one.said or f"{one.documents} files, {one.processor:.1f} s of processor, {one.megabytes:.0f} MB"
            left = (time.perf_counter() - started) / len(done) * (len(numbers) - len(done)) / 60
            which = f"{len(done):3} of {len(numbers)} {one.la_number} {names[one.la_number]}"
            print(f"{which}: {words}; {left:.0f} minutes to come", flush=True)
    _tell(done, time.perf_counter() - started)
    sys.exit(any(one.said for one in done))


def _tell(done: list[Done], seconds: float) -> None:
    crashed = [one for one in done if one.said]
    times = [one.seconds for one in done]
    print(f"{len(done)} councils in {seconds:.0f} s; {len(crashed)} did not come through")
    print(f"seconds a council: min {min(times):.1f}, median {statistics.median(times):.1f}, max {max(times):.1f}")
    used = [one.processor for one in done]
    print(f"of processor: min {min(used):.1f}, median {statistics.median(used):.1f}, max {max(used):.1f}")
    for one in crashed:
        print(f"{one.la_number}: {one.said}")
    for one in done:
        for line in one.unpublished:
            print(f"{one.la_number}: {line}")


if __name__ == "__main__":
    main()
