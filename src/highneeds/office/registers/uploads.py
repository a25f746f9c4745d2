"""A filled file of a register: received, held against the register, and kept once somebody confirmed what changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from highneeds.office.evidence.actions import forget_upload, receive, upload_path
from highneeds.office.evidence.bridge import (
    InputError,
    RegisterAsGiven,
    RegisterRefused,
    register_accepted,
    register_as_given,
    register_read,
)
from highneeds.office.evidence.models import Upload
from highneeds.office.evidence.store import DatabaseStore
from highneeds.office.people.models import Council
from highneeds.office.registers.actions import Author
from highneeds.office.registers.definitions import RegisterForm


def kind_of(register: RegisterForm) -> str:
    """How an upload says that it was sent as this register."""
    return f"register {register.name}"


def received(
    council: Council, register: RegisterForm, *, name: str, chunks: Iterable[bytes], by: Author, now: datetime
) -> Upload:
    """Keep a file as it came. One that is not this register, or cannot be read, goes again: InputError says why."""
    most = settings.REGISTER_MAX_BYTES
    upload = receive(council, kind=kind_of(register), name=name, chunks=chunks, by=by.person, now=now, most=most)
    try:
        read(upload, register)
    except InputError:
        forget_upload(upload, by=by.person.signature, now=now, why="It cannot be read as this register")
        raise
    return upload


def read(upload: Upload, register: RegisterForm) -> Any:
    """The rows and findings of the file."""
    path = upload_path(upload)
    if not path.exists():
        raise InputError("The file is no longer here", remedy="Upload it again")
    found = register_read(register.name, path.read_bytes(), upload.name.lower())
    if len(found.rows) > settings.REGISTER_MAX_ROWS:
        raise InputError(
            f"The file has {len(found.rows):,} rows, more than {settings.REGISTER_MAX_ROWS:,}",
            remedy="Send it in parts, or accept it on the command line",
        )
    return found


@dataclass(frozen=True)
class ReadUpload:
    """What a file holds.

    look     what the rules find that does not stand in the way
    given    what it would make of the register
    strange  the register has rows, and none of them is in the file
    """

    look: Any
    given: RegisterAsGiven
    strange: bool


def held_against(council: Council, register: RegisterForm, upload: Upload, *, part: bool, by: Author) -> ReadUpload:
    """What the file would make of the register as it is now. Nothing is written."""
    new = read(upload, register)
    given = register_as_given(DatabaseStore(council), new, by=by.editor, part=part)
    refused, there = set(given.refused), {row[register.key] for row in given.before}
    strange = bool(there) and not any(row[register.key] in there for row in new.rows)
    return ReadUpload(tuple(one for one in new.findings.all if one not in refused), given, strange)


@transaction.atomic
def accept(
    council: Council,
    register: RegisterForm,
    upload: Upload,
    *,
    part: bool,
    based_on: str,
    by: Author,
    why: str,
    now: datetime,
) -> Any:
    """The file becomes the register, or the rows of it that it holds, and the file goes.

    based_on  the version that the differences were shown against; ChangedMeanwhile where it is another now
    """
    if not why.strip():
        raise InputError("A change has a reason", remedy="Say why the register changes")
    if Upload.objects.select_for_update().get(pk=upload.pk).gone_at:
        raise InputError("The file was confirmed already", remedy="Look at the register")
    said = {"where": upload.name, "by": by.editor, "why": why.strip(), "now": now, "expects": based_on, "part": part}
    done = register_accepted(DatabaseStore(council), read(upload, register), **said)
    forget_upload(upload, by=by.person.signature, now=now, why="It was confirmed")
    return done


def bring_back(council: Council, register: RegisterForm, data: bytes, *, by: Author, why: str, now: datetime) -> None:
    """An earlier version of the register comes in like a file: by its rules and moves, with a history, or not."""
    new = register_read(register.name, data, register.place)
    try:
        register_accepted(DatabaseStore(council), new, where=register.place, by=by.editor, why=why, now=now)
    except RegisterRefused as refused:
        first = refused.findings[0]
        what = f"{refused.what}, {first.record or f'line {first.line}'} first: {first.message}"
        raise InputError(what, remedy="Bring back single rows from their history") from None
