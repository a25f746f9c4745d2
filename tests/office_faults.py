"""python tests/office_faults.py OFFICE COUNT SEED: hit an office with faults, and count by kind what came of them.

Each fault is a process that does one thing and is killed at some moment of it, runs out of disk, or meets another that
does the same. Afterwards the office is started again and must be whole: the record verifies, nothing is there twice or
by half. Prints one JSON object each time, of all faults so far: kind -> {"faults": n, "killed": n, "finished": n,
"refused": n}. Ends with 1 and says what broke.
"""

import json
import os
import random
import resource
import shutil
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "src")]


def main(office: Path, count: int, seed: int) -> dict[str, dict[str, int]]:
    ground = Ground(office)
    rng, counts = random.Random(seed), {}
    kinds = [name.removeprefix("do_") for name in dir(Ground) if name.startswith("do_")]
    for number in range(count):
        kind = kinds[number % len(kinds)]
        ended = ground.fault(kind, rng)
        found = counts.setdefault(kind, {"faults": 0, "killed": 0, "finished": 0, "refused": 0})
        found["faults"] += 1
        found[ended] += 1
        thorough = number % 25 == 24 or number == count - 1
        ground.must_be_whole(f"fault {number}, {kind}, {ended}", thorough=thorough)
        if thorough:
            print(json.dumps(counts), flush=True)
    return counts


JOBS = ("accept", "run", "two_workers", "worker_killed_twice")


class Ground:
    """An office with one council, its people, and a report that is opened."""

    def __init__(self, office: Path) -> None:
        import django

        os.environ.update(DJANGO_SETTINGS_MODULE="highneeds.office.team", HIGHNEEDS_OFFICE=str(office))
        from highneeds.office import command

        self.office = office
        command.init(str(office))
        django.setup()
        from highneeds.office.evidence import worker
        from highneeds.office.evidence.actions import import_workspace
        from highneeds.office.programme.actions import open_slot
        from journeys.kent_results import write_kent
        from office_by_hand import NOW, a_pdf, documents, person

        self.now = NOW
        self.kent, _ = import_workspace(documents(), by="Test", now=NOW)
        self.people = {role: person(role, self.kent) for role in ("manager", "analyst", "section-151", "director")}
        self.slot = open_slot(
            self.kent, code="2025-07", title="July 2025", due_on=None, by=self.people["manager"], now=NOW
        )
        write_kent(office / "made")
        for path in (office / "made").glob("*.pdf"):
            path.write_bytes(a_pdf("made"))
        worker.run_engine = self.engine
        self.turn = 0

    def engine(self, words, steps):
        """Stands in for the engine's process: the same files, in a moment."""
        time.sleep(0.02)
        if words[0] == "run":
            shutil.copytree(self.office / "made", words[words.index("--out") + 1], dirs_exist_ok=True)
        else:
            place = Path(words[words.index("--workspace") + 1]) / "caseload" / "accepted.csv"
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(f"{self.turn}\n".encode())
        return 0, ""

    # The faults

    def fault(self, kind: str, rng) -> str:
        from django.db import connections

        self.turn += 1
        job = self.job(kind) if kind in JOBS else None
        ended = ""
        for _ in range(2 if kind == "worker_killed_twice" else 1):
            connections.close_all()
            back = self.database_goes() if kind == "database_gone" else lambda: None
            children = [self.fork(kind, job) for _ in range(2 if kind.startswith("two_") else 1)]
            if not kind.startswith("two_") and kind not in ("full_disk", "clock_moved", "database_gone"):
                time.sleep(rng.choice([0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3]))
                for child in children:
                    os.kill(child, signal.SIGKILL)
            codes = [os.waitpid(child, 0)[1] for child in children]
            back()
            if any(os.WIFSIGNALED(code) for code in codes):
                ended = "killed"
            else:
                ended = ended or ("finished" if all(os.WEXITSTATUS(code) == 0 for code in codes) else "refused")
            self.forget_leases()
        self.start_again()
        return ended

    def database_goes(self):
        """While this lasts no connection is made; gives what brings it back."""
        from django.db import connection, connections

        connections.close_all()
        if connection.vendor == "sqlite":
            parts = list(self.office.glob("office.sqlite3*"))
            for path in parts:
                path.rename(path.with_name(f"gone-{path.name}"))
            (self.office / "office.sqlite3").mkdir()

            def back():
                (self.office / "office.sqlite3").rmdir()
                for path in parts:
                    path.with_name(f"gone-{path.name}").rename(path)

            return back
        import psycopg

        name = connection.settings_dict["NAME"]
        elsewhere = psycopg.connect(os.environ["HIGHNEEDS_DATABASE_URL"], dbname="template1", autocommit=True)
        elsewhere.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        elsewhere.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

        def back():
            elsewhere.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
            elsewhere.close()

        return back

    def fork(self, kind: str, job) -> int:
        child = os.fork()
        if child:
            return child
        from highneeds.office.evidence.bridge import InputError

        code, do = 0, getattr(self, f"do_{kind}")
        try:
            do(job) if job else do()
        except InputError:
            code = 2
        except BaseException as problem:  # said by the parent
            (self.office / "problem.txt").write_text(f"{kind}: {type(problem).__name__}: {problem}")
            code = 3
        os._exit(code)

    def forget_leases(self) -> None:
        """As if half a minute had gone by since the worker was last heard of."""
        from django.utils import timezone

        from highneeds.office.evidence.models import Job, JobState

        long_ago = timezone.now() - timedelta(minutes=5)
        Job.objects.filter(state=JobState.RUNNING).update(seen_at=long_ago)

    def start_again(self) -> None:
        """As `highneeds serve` does after a sudden end; then the work that was under way is done."""
        from django_q.models import OrmQ

        from highneeds.office.evidence import worker
        from highneeds.office.evidence.models import Job, JobState

        problem = self.office / "problem.txt"
        if problem.exists():
            raise AssertionError(problem.read_text())
        worker.clear_leftovers()
        OrmQ.objects.all().delete()
        for job in Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]):
            worker.do(job.pk)

    # What is done

    def job(self, kind: str):
        from highneeds.office.evidence import actions

        analyst = self.people["analyst"]
        if kind == "run":
            return actions.ask_for("run", self.kent, by=analyst, now=self.now)
        upload = actions.receive(self.kent, kind="return", name="a.zip", chunks=[b"x"], by=analyst, now=self.now)
        return actions.ask_for("accept-return", self.kent, by=analyst, now=self.now, uploads=[upload.pk])

    def do_accept(self, job):
        from highneeds.office.evidence import worker

        worker.do(job.pk)

    do_run = do_two_workers = do_worker_killed_twice = do_accept

    def do_upload(self):
        from highneeds.office.evidence import actions

        chunks = (b"x" * 100_000 for _ in range(20))
        actions.receive(self.kent, kind="return", name="a.zip", chunks=chunks, by=self.people["analyst"], now=self.now)

    def do_edit(self):
        self.write(self.now)

    def do_clock_moved(self):
        self.write(self.now - timedelta(days=400))

    def do_database_gone(self):
        """Nothing is written, and the next edit, once it is back, goes through as if nothing had been."""
        from django.db import OperationalError

        from highneeds.office.evidence.bridge import InputError

        try:
            self.write(self.now)
        except OperationalError:
            raise InputError("The office cannot reach its database") from None

    def do_two_editors(self):
        self.write(self.now)

    def do_full_disk(self):
        from django.db import Error

        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            self.do_upload()
        except (OSError, Error):
            from highneeds.office.evidence.bridge import InputError

            raise InputError("The disk is full") from None

    def write(self, now):
        from highneeds.office.evidence.store import DatabaseStore
        from highneeds.office.programme.actions import write_section
        from highneeds.office.programme.sections import section_of

        there = section_of(DatabaseStore(self.kent).read(self.slot.narrative), "condition-1")
        by = self.people["manager"]
        write_section(self.slot, "condition-1", f"Text {self.turn}.", based_on=there.version, by=by, now=now)

    def do_sign(self):
        self.through(self.now)

    def do_two_signatures(self):
        self.through(self.now)

    def do_publish(self):
        from highneeds.office.submission import actions

        submission = self.through(self.now)
        actions.submit(submission, by=self.people["manager"], now=self.now)
        actions.publish(submission, by=self.people["manager"], now=self.now)
        actions.start_again(submission, by=self.people["manager"], what_changed=f"turn {self.turn}", now=self.now)

    def through(self, now):
        """The report prepared anew and signed by both, from wherever it stands."""
        from highneeds.office.people.roles import CERTIFIERS
        from highneeds.office.submission import actions
        from highneeds.office.submission.models import OPEN, SENT, Submission, SubmissionState
        from office_by_hand import sign_as, worked_out

        manager = self.people["manager"]
        one = Submission.objects.filter(state__in=OPEN).first()
        if one is None:
            last = Submission.objects.filter(state__in=SENT).order_by("-number").first()
            said = f"turn {self.turn}"
            one = (
                actions.start_again(last, by=manager, what_changed=said, now=now)
                if last
                else actions.start(self.slot, by=manager, now=now)
            )
        if one.state == SubmissionState.DRAFTING or not actions.is_current(one):
            actions.prepare(one, worked_out(self.kent, self.office), by=manager, now=now)
        for role in CERTIFIERS:
            if not one.standing.filter(role=role).exists():
                sign_as(one, role, self.people[str(role)])
        return Submission.objects.get(pk=one.pk)

    def do_backup(self):
        from highneeds.office.backup import write_backup

        write_backup(self.office, self.office.parent / "backup.zip")

    # What must hold

    def must_be_whole(self, after: str, *, thorough: bool) -> None:
        from django.db.models import Count

        from highneeds.office.evidence import record
        from highneeds.office.evidence.actions import upload_path
        from highneeds.office.evidence.models import Job, JobState, RecordEntry, Run, Upload
        from highneeds.office.files import run_problem
        from highneeds.office.submission.models import SENT, Submission, SubmissionState

        said = []
        if Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists():
            said.append("a job is left")
        if Run.objects.values("job").exclude(job=None).annotate(n=Count("pk")).filter(n__gt=1).exists():
            said.append("a job was done twice")
        done = Job.objects.filter(state=JobState.DONE).count()
        if RecordEntry.objects.filter(what__startswith="Done: ").count() != done:
            said.append("a job is done without its entry, or twice")
        for one in Upload.objects.filter(gone_at=None):
            if not upload_path(one).is_file() or upload_path(one).stat().st_size != one.size:
                said.append(f"upload {one.pk} is not whole")
        for one in Submission.objects.all():
            standing = one.standing.count()
            wanted = {SubmissionState.READY: 0, SubmissionState.PART_SIGNED: 1, SubmissionState.SIGNED: 2}.get(
                one.state
            )
            if one.state in SENT:
                wanted = 2
            if wanted is not None and standing != wanted:
                said.append(f"{one} is {one.state} with {standing} signatures")
        backup = self.office.parent / "backup.zip"
        if thorough:
            said += [f"{chain}: {altered}" for chain, altered in record.altered()]
            said += [problem for run in Run.objects.all() if (problem := run_problem(self.office, run))]
            if backup.exists():
                said += whole_backup(backup)
        if said:
            raise AssertionError(f"after {after}: {'; '.join(said)}")


def whole_backup(file: Path) -> list[str]:
    import zipfile

    with zipfile.ZipFile(file) as archive:
        return [f"{name} in the backup is broken" for name in [archive.testzip()] if name]


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    except AssertionError as broken:
        sys.exit(f"{broken}")
