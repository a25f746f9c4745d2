"""The office served: the web processes, and the worker beside them, ended together."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from highneeds.office.__main__ import ONLY_THIS_MACHINE, port_must_be_free, style_must_be_built


def serve(office: Path, port: int) -> int:
    """Start both and wait. One that ends by itself is started again; Ctrl+C or SIGTERM ends both."""
    from django.conf import settings

    style_must_be_built()
    port_must_be_free(port)
    prepare()
    processes = {name: start(name, port) for name in ("web", "worker")}
    ending = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.append(True))
    address = settings.URL if settings.SECURE else f"http://{ONLY_THIS_MACHINE}:{port}"
    print(f"The office of {office.name}: open {address}/ in a browser. Ctrl+C ends it.", flush=True)
    while not ending:
        time.sleep(0.5)
        for name, process in processes.items():
            if process.poll() is not None and not ending:
                time.sleep(1)
                processes[name] = start(name, port)
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
    return 0


def prepare() -> None:
    """What a sudden end left behind is cleared away, and work that was under way is delivered again."""
    from django.db import connections
    from django_q.models import OrmQ, Schedule

    from highneeds.office.evidence.worker import clear_leftovers

    clear_leftovers()
    OrmQ.objects.all().delete()
    redeliver_all()
    plans = {
        "deliver again": ("highneeds.office.evidence.worker.deliver_again", Schedule.MINUTES),
        "retention": ("highneeds.office.evidence.worker.retention", Schedule.DAILY),
    }
    for name, (function, every) in plans.items():
        Schedule.objects.update_or_create(name=name, defaults={"func": function, "schedule_type": every})
    connections.close_all()


def redeliver_all() -> None:
    from highneeds.office.evidence.models import Job, JobState
    from highneeds.office.evidence.worker import deliver

    Job.objects.filter(state=JobState.RUNNING).update(state=JobState.WAITING)
    for job in Job.objects.filter(state=JobState.WAITING):
        deliver(job)


def start(name: str, port: int) -> subprocess.Popen:
    bind = os.environ.get("HIGHNEEDS_BIND", ONLY_THIS_MACHINE)
    commands = {
        "web": [
            "-m",
            "gunicorn",
            f"--bind={bind}:{port}",
            "--workers=2",
            "--threads=4",
            "--no-control-socket",
            "--forwarder-headers=",  # nobody may say under which address we answer: a forged one was an error
            "--log-level=warning",
            "--timeout=120",
            "highneeds.office.wsgi:application",
        ],
        "worker": ["-m", "django", "qcluster"],
    }
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "highneeds.office.team"}
    return subprocess.Popen([sys.executable, *commands[name]], env=environment, stdin=subprocess.DEVNULL)
