"""What the worker does: one job, in a process of the engine's own, finished once however often it is delivered."""

import os
import shutil
import tempfile
import threading
import traceback
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import connections, transaction
from django.db.models import F, Q
from django.utils import timezone

from highneeds.office.evidence import record
from highneeds.office.evidence.actions import deliver, forget_upload, take_back, upload_folder, upload_path
from highneeds.office.evidence.bridge import RESULTS_FILE, InputError, __version__, fingerprint_of
from highneeds.office.evidence.content import content_of
from highneeds.office.evidence.engine import failed, run_engine
from highneeds.office.evidence.job_kinds import DESPITE, KINDS, LEDGER_MAPPING, UPLOADS, JobOutcome
from highneeds.office.evidence.materialise import differences, read_folder, write_folder
from highneeds.office.evidence.models import Job, JobState, Run, Upload
from highneeds.office.evidence.naming import in_words
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.files import digest

STEPS = "steps.txt"
LONGEST_LISTING = 5_000_000
"""Signs of a list that are kept: some 30,000 findings, more than anybody works through."""
LEASE = timedelta(seconds=30)
"""A job whose worker has not been heard of for so long is delivered again; a worker is heard of every five seconds."""
TRIES = 3
"""How often work is begun that ends in a fault. What passes by itself, such as a database that starts again or a disk
that was full for a moment, is over within the two minutes that two more deliveries take. A fault of the program is the
same each time, and each try may keep the one worker for half an hour."""


def do(pk: int) -> str:
    """Do a job that was delivered. A second delivery of one that is being done, or is done, does nothing."""
    attempt = claim(pk)
    if not attempt:
        return "nothing to do"
    job = Job.objects.select_related("council", "by").get(pk=pk)
    with (
        structlog.contextvars.bound_contextvars(job=pk),
        tempfile.TemporaryDirectory(dir=working_folder()) as scratch,
        heard_of(job, attempt, Path(scratch) / STEPS),
    ):
        try:
            work(job, attempt, Path(scratch))
        except InputError as problem:
            finish(job, attempt, JobState(JobState.REFUSED), str(problem))
        except Superseded:
            return "another delivery finished it"
        except Exception as problem:  # whatever it is, the person who asked must be told in the end
            return broke_off(job, attempt, problem)
    return "done"


def broke_off(job: Job, attempt: int, problem: Exception) -> str:
    """A fault that nobody foresaw: left to be delivered again, and after the last try told to the person."""
    said = failed([job.kind], 1, "".join(traceback.format_exception(problem)))
    if attempt < TRIES:
        return "to be delivered again"
    finish(job, attempt, JobState(JobState.REFUSED), f"{said} It was tried {attempt} times.")
    return "given up"


class Superseded(Exception):
    """Another delivery of this job was begun meanwhile, and this one may not finish it."""


def claim(pk: int) -> int:
    """The number of this attempt, 0 where there is nothing to do."""
    now = timezone.now()
    left = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING) & away_from(now, "seen_at", LEASE)
    taken = Job.objects.filter(left, pk=pk).update(state=JobState.RUNNING, seen_at=now, attempt=F("attempt") + 1)
    return Job.objects.values_list("attempt", flat=True).get(pk=pk) if taken else 0


def away_from(now: datetime, moment: str, span: timedelta) -> Q:
    """Longer ago than `span`, or still to come: a clock that was ahead and is put right leaves such moments behind."""
    return Q(**{f"{moment}__lt": now - span}) | Q(**{f"{moment}__gt": now + span})


def deliver_again() -> int:
    """Every job whose worker died is delivered again. Asked once a minute, and when the office starts."""
    now = timezone.now()
    lost = Job.objects.filter(away_from(now, "seen_at", LEASE), state=JobState.RUNNING)
    waiting = Job.objects.filter(away_from(now, "asked_at", 4 * LEASE), state=JobState.WAITING)
    count = 0
    for job in lost | waiting:
        deliver(job)
        count += 1
    return count


@contextmanager
def heard_of(job: Job, attempt: int, steps: Path) -> Any:
    """While this lasts, the job says that somebody is at it, and which step is under way."""
    over = threading.Event()

    def say() -> None:
        while not over.wait(3):
            step = steps.read_text("utf-8")[:200] if steps.is_file() else ""
            mine = Job.objects.filter(pk=job.pk, attempt=attempt, state=JobState.RUNNING)
            mine.update(seen_at=timezone.now(), says=step)
        connections.close_all()

    thread = threading.Thread(target=say)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def work(job: Job, attempt: int, scratch: Path) -> None:
    kind = KINDS[job.kind]
    workspace, out = scratch / workspace_name(job), scratch / "out"
    out.mkdir()
    before = write_folder(DatabaseStore(job.council), workspace)
    words = command(job, workspace, out)
    code, said = run_engine(words, scratch / STEPS) if words else (0, "")
    if code not in (0, 1):
        raise InputError(said)
    if listing_in(out).is_file():
        job.listing = listing_in(out).read_text("utf-8")[:LONGEST_LISTING]
    if kind.outcome is JobOutcome.RUN:
        keep_run(job, attempt, out, before)
    elif kind.outcome in (JobOutcome.FINDINGS, JobOutcome.LISTING):
        keep_listing(job, attempt, said)
    elif code == 1 and DESPITE in kind.asks and not job.arguments.get(DESPITE.name):
        remedy = "Check it to see what; correct it and upload it again, or say why it is accepted all the same"
        raise InputError("Something in it must be fixed, so it is not accepted", remedy=remedy)
    elif code == 1 and DESPITE not in kind.asks and not kind.partly:
        raise InputError(said or "Something must be fixed first", remedy="Check it, correct it, and upload it again")
    elif kind.keeps:
        keep_upload(job, attempt, kind.keeps, before)
    else:
        if code == 1 and kind.partly:
            said = "Some rows could not be used; they are listed below. The others are kept."
        keep_changes(job, attempt, differences(before, read_folder(workspace)), before, said)


def workspace_name(job: Job) -> str:
    """Documents are named after the folder, so it is named as the council's own would be."""
    return "".join(sign if sign.isalnum() else "-" for sign in job.council.name.split(" ")[0].lower())


def command(job: Job, workspace: Path, out: Path) -> list[str]:
    """The words of the command, filled in; none for work that needs no engine."""
    kind = KINDS[job.kind]
    paths = [str(received(upload, workspace.parent)) for upload in uploads_of(job)]
    if kind.upload and not paths:
        raise InputError("The uploaded file is no longer here", remedy="Upload it again")
    mapping = workspace / LEDGER_MAPPING
    if "{mapping}" in kind.command and not mapping.is_file():
        raise InputError(
            "Nobody has said yet how the ledger is read",
            remedy=f"Upload its mapping first: {UPLOADS['ledger-mapping'][0]}",
        )
    filled = {
        "workspace": str(workspace),
        "out": str(out),
        "by": role_of(job),
        "listing": str(listing_in(out)),
        "key": str(linkage_key(job)),
        "mapping": str(mapping),
        "slot": str(job.arguments.get("slot", "")),
        **{one.name: str(job.arguments.get(one.name, "")) for one in kind.asks},
    }
    return filled_in(kind.command, filled, paths)


def filled_in(command: tuple[str, ...], filled: dict[str, str], paths: list[str]) -> list[str]:
    """The words with what stands for each; an option for which there is nothing goes."""
    words: list[str] = []
    for word in command:
        if word == "{uploads}":
            words += paths
        elif word.startswith("{") and not filled[word[1:-1]]:
            words.pop()
        else:
            words.append(word.format(**filled))
    return words


def uploads_of(job: Job) -> Any:
    return Upload.objects.filter(pk__in=job.arguments.get("uploads", ()), council=job.council, gone_at=None)


def role_of(job: Job) -> str:
    """The role in which the person asked, as documents name it."""
    held = job.by.memberships.filter(council=job.council, until=None).order_by("pk").first()
    return held.words if held else "Programme office"


def listing_in(out: Path) -> Path:
    return out.parent / "listing.csv"


def received(upload: Upload, scratch: Path) -> Path:
    """The upload under the name it came with: the readers go by its ending, findings by its name."""
    place = scratch / "uploads" / str(upload.pk) / upload.name
    place.parent.mkdir(parents=True, exist_ok=True)
    os.link(upload_path(upload), place)
    return place


def linkage_key(job: Job) -> Path:
    """The key with which children's numbers become pseudonyms stays outside every workspace and every export."""
    return Path(settings.OFFICE) / "keys" / f"linkage-{job.council.la_number}"


# What becomes of it


def keep_run(job: Job, attempt: int, out: Path, versions: dict[str, str]) -> None:
    """The files go to a folder of their own, never changed again; then the database says that they are there."""
    if not (out / RESULTS_FILE).is_file():
        raise InputError("The engine wrote no results", remedy="Tell whoever runs the office")
    files = {path.relative_to(out).as_posix(): digest(path) for path in sorted(out.rglob("*")) if path.is_file()}
    content, artefacts = content_of(versions), fingerprint_of(files)
    folder = f"{job.council.la_number}/{job.pk}-{content.whole[:12]}-{artefacts[:12]}"
    place = runs_folder() / folder
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not place.exists():
        out.replace(place)
    with finishing(job, attempt, "The documents and pages are ready."):
        Run.objects.create(
            council=job.council,
            job=job,
            content=content.whole,
            figures=content.figures,
            words=content.words,
            artefacts=artefacts,
            files=files,
            documents=versions,
            folder=folder,
            version=__version__,
        )


def keep_listing(job: Job, attempt: int, said: str) -> None:
    """Of findings the list says it all; beside another list stands what the engine says must be known of it."""
    findings = KINDS[job.kind].outcome is JobOutcome.FINDINGS
    with finishing(job, attempt, "It was checked." if findings else said or "It is worked out."):
        pass


def keep_upload(job: Job, attempt: int, name: str, before: dict[str, str]) -> None:
    """The upload, once the engine took it, is the council's document of that name."""
    data = upload_path(uploads_of(job).get()).read_bytes()
    keep_changes(job, attempt, {name: data}, before, f"It is kept as {name}.")


def keep_changes(job: Job, attempt: int, changed: Any, before: Any, said: str) -> None:
    names = sorted(changed)
    says = said or (f"Changed: {', '.join(in_words(names))}." if names else "Nothing had to be changed.")
    with finishing(job, attempt, says) as now:
        why = job.arguments.get(DESPITE.name, "")
        take_back(job.council, changed, before, by=job.by.signature, now=now, what=job.words, why=why)
        for upload in uploads_of(job):
            forget_upload(upload, by=job.by.signature, now=now, why="It was accepted")


@contextmanager
def finishing(job: Job, attempt: int, says: str) -> Any:
    """One transaction: what came of the job, and that it is done. Only the newest attempt may, and only once."""
    with transaction.atomic():
        now = timezone.now()
        mine = Job.objects.filter(pk=job.pk, attempt=attempt, state=JobState.RUNNING)
        if not mine.update(state=JobState.DONE, finished_at=now, says=says, listing=job.listing):
            raise Superseded
        yield now
        record.append(job.council.la_number, by=job.by.signature, now=now, what=f"Done: {job.words}")


def finish(job: Job, attempt: int, state: JobState, says: str) -> None:
    with transaction.atomic():
        now = timezone.now()
        mine = Job.objects.filter(pk=job.pk, attempt=attempt, state=JobState.RUNNING)
        if mine.update(state=state, finished_at=now, says=says, listing=job.listing):
            record.append(
                job.council.la_number, by=job.by.signature, now=now, what=f"Not done: {job.words}", why=says[:500]
            )


def working_folder() -> Path:
    return Path(settings.OFFICE) / "working"


def runs_folder() -> Path:
    return Path(settings.OFFICE) / "runs"


def clear_leftovers() -> int:
    """What a sudden end left: half-written files, and files that the database does not speak of, or no longer.

    Called when the office starts, before anybody works. Gives how many were cleared away.
    """
    here = {str(upload_path(one)) for one in Upload.objects.filter(gone_at=None)}
    runs = {str(runs_folder() / one) for one in Run.objects.values_list("folder", flat=True)}
    office = Path(settings.OFFICE)
    left = [*working_folder().iterdir(), *(office / "arriving").glob("*"), *(office / "sealed").rglob("*.part")]
    left += [path for path in upload_folder().iterdir() if str(path) not in here]
    left += [path for path in runs_folder().glob("*/*") if str(path) not in runs]
    for path in left:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    return len(left)


def retention() -> int:
    """Uploads older than the days that are kept go."""
    now = timezone.now()
    old = Upload.objects.filter(gone_at=None, at__lt=now - timedelta(days=settings.KEEP_UPLOADS_DAYS))
    for upload in old:
        forget_upload(upload, by="Retention", now=now, why=f"Kept for {settings.KEEP_UPLOADS_DAYS} days")
    return len(old)
