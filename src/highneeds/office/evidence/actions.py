"""Taking things in: a whole workspace, an upload, and work that is asked for."""

import hashlib
import os
import tomllib
import uuid
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django_q.tasks import async_task

from highneeds.office.evidence import record
from highneeds.office.evidence.bridge import InputError, file_name_to_keep
from highneeds.office.evidence.job_kinds import KINDS, OF_REGISTERS, UPLOADS
from highneeds.office.evidence.models import Job, JobState, Upload
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Council, Membership, Person


@transaction.atomic
def import_workspace(documents: Mapping[str, bytes], *, by: str, now: datetime) -> tuple[Council, int]:
    """These documents are what the council has; those of an earlier import that are not among them go."""
    la, name = council_in(documents)
    first = not Council.objects.exists()
    council, made = Council.objects.get_or_create(la_number=la, defaults={"name": name})
    if made:
        record.append(record.OFFICE, by=by, now=now, what=f"Take in {name} ({la})")
    if first:
        Membership.objects.filter(council=None).update(council=council)
    store = DatabaseStore(council)
    with store.change(by=by, now=now, what="Import a workspace folder") as change:
        for gone in set(store.names()) - documents.keys():
            change.remove(gone)
        for document, data in documents.items():
            change.put(document, data)
    return council, len(documents)


def council_in(documents: Mapping[str, bytes]) -> tuple[str, str]:
    """The number and name that council.toml gives."""
    try:
        said = tomllib.loads(documents["council.toml"].decode())
        return str(said["la_number"]), str(said["name"])
    except KeyError as problem:
        missing = "council.toml" if "council.toml" not in documents else f"{problem.args[0]} in council.toml"
        raise InputError(f"The folder has no {missing}", remedy="Name a workspace folder") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise InputError(f"council.toml cannot be read: {problem}", remedy="Correct it") from None


def receive(
    council: Council,
    *,
    kind: str,
    name: str,
    chunks: Iterable[bytes],
    by: Person,
    now: datetime,
    most: int = 0,
    known: Collection[str] = (),
) -> Upload:
    """Keep a file as received, whole or not at all, readable by the office alone.

    most   the bytes that it may have; of 0 what any upload may
    known  words of its name that tell of no person
    """
    words = words_of_upload(kind, name)
    part = upload_folder() / f"{uuid.uuid4().hex}.part"
    try:
        sha256, size = write_whole(part, chunks, most or settings.UPLOAD_MAX_BYTES)
        kept = file_name_to_keep(Path(name).name, known)[:200]
        said = dict(kind=kind, name=kept, sha256=sha256, size=size, by=by, at=now)
        with transaction.atomic():
            upload = Upload.objects.create(council=council, **said)
            record.append(council.la_number, by=by.signature, now=now, what=f"Upload {upload.name} ({words})")
            part.replace(upload_path(upload))
        return upload
    finally:
        part.unlink(missing_ok=True)


def words_of_upload(kind: str, name: str) -> str:
    """What a file of this kind is called; InputError where its name does not end as its readers want."""
    words, endings = UPLOADS.get(kind, OF_REGISTERS)
    ending = Path(name).suffix.lower()
    if ending not in endings:
        raise InputError(
            f"{words}: a file of this kind does not end in '{ending}'", remedy=f"It ends in {', '.join(endings)}"
        )
    return words


def write_whole(place: Path, chunks: Iterable[bytes], most: int) -> tuple[str, int]:
    """Until they are on the disk: the SHA-256 and how many bytes; InputError for none or too many."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise InputError(f"The file is larger than {most // 1024**2} MB", remedy="Send it in parts")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise InputError("The file is empty", remedy="Choose another")
    return digest.hexdigest(), size


def upload_folder() -> Path:
    return Path(settings.OFFICE) / "uploads"


def upload_path(upload: Upload) -> Path:
    return upload_folder() / f"{upload.pk}{Path(upload.name).suffix.lower()}"


@transaction.atomic
def forget_upload(upload: Upload, *, by: str, now: datetime, why: str) -> None:
    """The file goes; that it was here stays."""
    if upload.gone_at is None:
        upload.gone_at = now
        upload.save()
        record.append(upload.council.la_number, by=by, now=now, what=f"Remove the upload {upload.name}", why=why)
        transaction.on_commit(lambda: upload_path(upload).unlink(missing_ok=True))


@transaction.atomic
def ask_for(kind: str, council: Council, *, by: Person, now: datetime, **arguments: Any) -> Job:
    """A job for the worker. The same one that is still waiting is not asked for twice."""
    waiting = Job.objects.filter(council=council, kind=kind, arguments=arguments, state=JobState.WAITING).first()
    if waiting:
        return waiting
    job = Job.objects.create(
        council=council, kind=kind, words=KINDS[kind].words, arguments=arguments, by=by, asked_at=now
    )
    record.append(council.la_number, by=by.signature, now=now, what=f"Ask: {job.words}")
    deliver(job)
    return job


def deliver(job: Job) -> None:
    async_task("highneeds.office.evidence.worker.do", job.pk, task_name=f"job {job.pk}")


def take_back(
    council: Council,
    changed: Mapping[str, bytes | None],
    based_on: Mapping[str, str],
    *,
    by: str,
    now: datetime,
    what: str,
    why: str = "",
) -> None:
    """What the engine changed becomes the council's, unless somebody changed the same document meanwhile."""
    with DatabaseStore(council).change(by=by, now=now, what=what, why=why) as change:
        for name, data in changed.items():
            before = based_on.get(name, "")
            if data is None:
                change.remove(name, expects=before)
            else:
                change.put(name, data, expects=before)
