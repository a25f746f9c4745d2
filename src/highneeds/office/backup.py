"""A backup while the office is in use, and an office again out of it on an empty machine.

One zip: the database as it stood at one moment, every file that it speaks of, the keys, and a list of all with their
SHA-256. The embedded database is copied by SQLite itself; of a PostgreSQL the rows are written in one snapshot.
"""

import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from highneeds.office.evidence.bridge import InputError
from highneeds.office.files import FOLDERS, KEPT, digest, make_private

LIST = "list.json"
ROWS = "rows.jsonl"
DATABASE = "office.sqlite3"
LEFT_OUT = ("sessions.session", "django_q.ormq", "django_q.task", "django_q.success", "django_q.failure")
"""Signed-in browsers and deliveries under way are of this machine; jobs themselves are kept and delivered anew."""


def write_backup(office: Path, file: Path) -> str:
    """Write the backup whole or not at all; gives the sentence that says what is in it."""
    part = file.with_name(file.name + ".part")
    try:
        with tempfile.TemporaryDirectory(dir=office / "working") as scratch:
            database = copy_database(Path(scratch))
            members = [(database.name, database), ("secret.key", office / "secret.key"), *kept_files(office)]
            count = write_zip(part, members)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return f"{file}: {count} files and the database. Keep it as safely as the office: it holds its keys."


def write_zip(part: Path, members: list[tuple[str, Path]]) -> int:
    listed = {}
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in members:
            try:
                archive.write(path, name)
            except FileNotFoundError:
                continue  # an upload that was accepted or forgotten just now
            listed[name] = digest(path)
        archive.writestr(LIST, json.dumps(listed, indent=1))
    with part.open("rb") as file:
        os.fsync(file.fileno())
    return len(listed) - 1


def kept_files(office: Path) -> Iterator[tuple[str, Path]]:
    """Written before the database speaks of them and never changed, so reading them after it misses none."""
    for folder in KEPT:
        for path in sorted((office / folder).rglob("*")):
            if path.is_file() and path.suffix != ".part":
                yield path.relative_to(office).as_posix(), path


def copy_database(scratch: Path) -> Path:
    from django.db import connection

    if connection.vendor != "sqlite":
        return write_rows(scratch / ROWS)
    target = scratch / DATABASE
    source, copy = sqlite3.connect(connection.settings_dict["NAME"]), sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()
    return target


def write_rows(target: Path) -> Path:
    from django.apps import apps
    from django.core import serializers
    from django.db import connection, transaction

    with transaction.atomic(), target.open("w", encoding="utf-8") as out:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for model in ordered(apps.get_models()):
            if model._meta.label_lower not in LEFT_OUT and model._meta.managed:
                for row in model._base_manager.order_by("pk").iterator(chunk_size=200):
                    out.write(serializers.serialize("jsonl", [row]))
    return target


def ordered(models: Any) -> list[Any]:
    """Each model after those that it refers to."""
    left = list(models)
    done: list[Any] = []
    while left:
        ready = [one for one in left if not _refers_to(one) - {one} - set(done)]
        done += ready or left
        left = [one for one in left if one not in done]
    return done


def _refers_to(model: Any) -> set[Any]:
    return {field.related_model for field in model._meta.fields if field.is_relation}


def read_backup(file: Path, folder: Path, start: Callable[[Path], None], migrate: Callable[[], None]) -> None:
    """Check every file against the list, then make the office; nothing is left where one does not fit."""
    if folder.exists() and any(folder.iterdir()):
        raise InputError("The folder is not empty", where=str(folder), remedy="Name a new or an empty folder")
    try:
        with zipfile.ZipFile(file) as archive:
            beside = folder.with_name(folder.name + ".part")
            make_private(beside)
            unpack(archive, beside)
    except (zipfile.BadZipFile, KeyError, ValueError, FileNotFoundError) as problem:
        raise InputError(f"This is no whole backup: {problem}", where=str(file), remedy="Take another backup") from None
    if folder.exists():
        folder.rmdir()
    beside.replace(folder)
    rows = folder / ROWS
    start(folder)
    migrate()
    if rows.exists():
        load_rows(rows)
        rows.unlink()


def unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    listed: dict[str, str] = json.loads(archive.read(LIST))
    for name, sha256 in listed.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{name} leads out of the folder")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with archive.open(name) as source, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            while chunk := source.read(1 << 20):
                out.write(chunk)
        if digest(path) != sha256:
            raise ValueError(f"{name} is not what was backed up")
    for name in FOLDERS:
        make_private(folder / name)


def load_rows(rows: Path) -> None:
    from django.apps import apps
    from django.core import serializers
    from django.core.management import call_command
    from django.core.management.color import no_style
    from django.db import connection, transaction

    if apps.get_model("people", "Person").objects.exists():
        raise InputError("The database is not empty", remedy="Give an empty one in HIGHNEEDS_DATABASE_URL")
    call_command("flush", interactive=False, verbosity=0) if connection.vendor == "sqlite" else empty_tables()
    with transaction.atomic(), rows.open(encoding="utf-8") as lines:
        for line in lines:
            for one in serializers.deserialize("jsonl", line):
                one.save()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(apps.get_models())):
                cursor.execute(statement)


def empty_tables() -> None:
    """What migrations put in (kinds of content, permissions) comes from the backup instead."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType

    Permission.objects.all().delete()
    ContentType.objects.all().delete()
