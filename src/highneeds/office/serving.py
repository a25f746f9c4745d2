"""The office served: the web processes, and the worker beside them, ended together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path

from highneeds.office.__main__ import ONLY_THIS_MACHINE, port_must_be_free, style_must_be_built

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
SECONDS_TO_END = 20
"""A job that takes longer is ended, and done from its beginning when the office starts again."""
PLANS = {"deliver_again": ("I", timedelta(minutes=1)), "retention": ("D", timedelta(days=1))}
"""What the worker does by itself: how often, as a letter of django_q.models.Schedule, and the time between turns."""
LOOKS_EVERY = 120
"""Half seconds between two looks at these plans."""
WORKER_NICENESS = 10
"""Pages go before work in the background: a job takes what processor they leave."""


def serve(office: Path, port: int) -> int:
    """Start both and wait. One that ends by itself is started again; Ctrl+C or SIGTERM ends both."""
    from django.conf import settings

    style_must_be_built()
    port_must_be_free(port)
    prepare()
    adopt_what_is_left()
    processes = {name: start(name, port) for name in ("web", "worker")}
    ending = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.append(True))
    address = settings.URL if settings.SECURE else f"http://{ONLY_THIS_MACHINE}:{port}"
    print(f"The office of {office.name}: open {address}/ in a browser. Ctrl+C ends it.", flush=True)
    keep_going(processes, port, ending)
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=SECONDS_TO_END)
    end_all_but(set())
    return 0


def keep_going(processes: dict[str, subprocess.Popen[bytes]], port: int, ending: list[bool]) -> None:
    """Until it is to end: a process that ended by itself is started again, and the worker's plans are looked after."""
    for turn in count():
        if ending:
            return
        time.sleep(0.5)
        if turn % LOOKS_EVERY == 0:
            put_plans_right()
        for name, process in processes.items():
            if process.poll() is not None and not ending:
                end_all_but({one.pid for one in processes.values()} - {process.pid})
                time.sleep(1)
                if name == "worker":
                    deliver_what_it_had()
                processes[name] = start(name, port)


def adopt_what_is_left() -> None:
    """Processes whose parent dies become this one's, so that the engine of a killed worker can be ended too."""
    with suppress(OSError, AttributeError):  # where the system is not Linux they are left to it
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_all_but(kept: set[int]) -> None:
    """Kill every child that is not kept, and its children as they become ours."""
    while left := [one for one in children() if one not in kept]:
        for one in left:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        for one in left:
            with suppress(ChildProcessError):
                os.waitpid(one, 0)


def children() -> list[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children")
    return [int(one) for one in listed.read_text().split()] if listed.exists() else []


def prepare() -> None:
    """What a sudden end left behind is cleared away, and work that was under way is delivered again."""
    from django.db import connections
    from django_q.models import OrmQ, Schedule

    from highneeds.office.evidence.worker import clear_leftovers

    clear_leftovers()
    OrmQ.objects.all().delete()
    redeliver_all()
    for name, (every, _) in PLANS.items():
        words = {"func": f"highneeds.office.evidence.worker.{name}", "schedule_type": every}
        Schedule.objects.update_or_create(name=name.replace("_", " "), defaults=words)
    connections.close_all()


def put_plans_right() -> None:
    """What is planned for longer ahead than its turn is due now: the clock was ahead and is put right."""
    from django.db import DatabaseError, connections
    from django.utils import timezone
    from django_q.models import Schedule

    now = timezone.now()
    with suppress(DatabaseError):
        for name, (_, turn) in PLANS.items():
            Schedule.objects.filter(name=name.replace("_", " "), next_run__gt=now + 2 * turn).update(next_run=now)
    connections.close_all()


def deliver_what_it_had() -> None:
    """The work of a worker that ended goes to the next one at once; without a database once a minute looks after it."""
    from django.db import DatabaseError, connections

    with suppress(DatabaseError):
        redeliver_all()
    connections.close_all()


def redeliver_all() -> None:
    from highneeds.office.evidence.actions import deliver
    from highneeds.office.evidence.models import Job, JobState

    Job.objects.filter(state=JobState.RUNNING).update(state=JobState.WAITING)
    for job in Job.objects.filter(state=JobState.WAITING):
        deliver(job)


def start(name: str, port: int) -> subprocess.Popen[bytes]:
    bind = os.environ.get("HIGHNEEDS_BIND", ONLY_THIS_MACHINE)
    commands = {
        "web": [
            "-m",
            "gunicorn",
            f"--bind={bind}:{port}",
            f"--workers={web_processes()}",
            "--threads=4",
            "--preload",  # every web process begins with templates and results read, and shares their memory
            "--no-control-socket",
            "--forwarder-headers=",  # nobody may say under which address we answer: a forged one was an error
            "--log-level=warning",
            "--timeout=120",
            "highneeds.office.wsgi:application",
        ],
        "worker": ["-m", "django", "qcluster"],
    }
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "highneeds.office.team", "HIGHNEEDS_WARM_UP": "team"}
    process = subprocess.Popen(
        [sys.executable, *commands[name]],
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=name == "worker",
    )
    if name == "worker":
        give_way(process.pid)
    return process


def give_way(worker: int) -> None:
    """The worker, in a session of its own, and all that it starts come after the pages and the database.

    Linux shares the processor between sessions before it looks at how nice each process is (`man 7 sched`, autogroup),
    so both are told.
    """
    os.setpriority(os.PRIO_PROCESS, worker, WORKER_NICENESS)
    with suppress(OSError):  # where the system does not share by session
        Path(f"/proc/{worker}/autogroup").write_text(str(WORKER_NICENESS))


def web_processes() -> int:
    """As many as there are processors, two at least, so that one that ends leaves another; HIGHNEEDS_WEB says else."""
    return int(os.environ.get("HIGHNEEDS_WEB", 0)) or max(2, len(os.sched_getaffinity(0)))
