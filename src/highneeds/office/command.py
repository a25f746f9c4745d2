"""python -m highneeds.office.command WORDS JSON: what `highneeds office ...`, backup, restore, audit and serve do.

The command line hands over here, as a process of its own: the office is the last room, and no room imports it.
"""

import json
import os
import secrets
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from highneeds.office.evidence.bridge import InputError
from highneeds.office.files import FOLDERS, make_private, must_be_office, write_secret

COMMANDS: dict[str, Callable[..., int | None]] = {}


def command(run: Callable[..., int | None]) -> Callable[..., int | None]:
    COMMANDS[run.__name__] = run
    return run


def start_django(office: Path) -> None:
    import django

    os.environ["HIGHNEEDS_OFFICE"] = str(office.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "highneeds.office.team"
    django.setup()


def in_office(office: str) -> Path:
    folder = Path(office)
    must_be_office(folder)
    start_django(folder)
    return folder


@command
def init(office: str) -> None:
    """Make the folder with its keys, and the database with its tables. One that is there is brought up to date."""
    from django.utils import timezone

    folder = Path(office)
    fresh = not (folder / "secret.key").exists()
    if fresh and folder.exists() and any(folder.iterdir()):
        raise InputError("The folder holds something else", where=office, remedy="Name a new or an empty folder")
    make_private(folder)
    for name in FOLDERS:
        make_private(folder / name)
    if fresh:
        write_secret(folder / "secret.key", secrets.token_urlsafe(64).encode())
    start_django(folder)
    migrate()
    if fresh:
        from highneeds.office.evidence import record
        from highneeds.office.submission.seal import make_key

        make_key(folder / "keys", timezone.now())
        with transaction():
            record.append(record.OFFICE, by=SHELL, now=timezone.now(), what="Open the office")
    print(f"The office is in {folder}.")
    print("Next: highneeds office import WORKSPACE, highneeds office person add, highneeds serve.")


SHELL = "Administrator at the shell"


def transaction() -> Any:
    from django.db import transaction

    return transaction.atomic()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


@command
def person_add(office: str, name: str, email: str, role: str, council: str, deputy: bool) -> None:
    from django.conf import settings
    from django.utils import timezone

    in_office(office)
    from highneeds.office.people import actions

    person = actions.add_person(
        name=name,
        email=email,
        role=actions.role_named(role),
        council=council_named(council),
        by=SHELL,
        now=timezone.now(),
        deputy=deputy,
    )
    print(f"{person.name} is added.")
    if not person.has_usable_password():
        print(f"Give them this link; it works once, for three days: {settings.URL}{actions.welcome_path(person)}")


def council_named(la: str) -> Any:
    """The council of that number; the only one for ''; none where there is none yet."""
    from highneeds.office.people.models import Council

    found = list(Council.objects.all())
    if la:
        one = next((one for one in found if one.la_number == la), None)
        if one is None:
            raise InputError(f"Council {la} is not in this office", remedy="Import its workspace first")
        return one
    if len(found) > 1:
        raise InputError("This office keeps several councils", remedy="Say which with --council and its number")
    return found[0] if found else None


@command
def token(office: str, name: str, council: str, days: int) -> None:
    from django.utils import timezone

    in_office(office)
    from highneeds.office.people import actions

    one = council_named(council)
    if one is None:
        raise InputError("There is no council yet", remedy="Import its workspace first")
    now = timezone.now()
    key = actions.make_token(one, name=name, until=now + timedelta(days=days), by=SHELL, now=now)
    print(key)


@command
def import_workspace(office: str, workspace: str) -> None:
    from django.utils import timezone

    in_office(office)
    from highneeds.office.evidence.actions import import_workspace
    from highneeds.office.evidence.materialise import read_folder

    council, count = import_workspace(read_folder(Path(workspace)), by=SHELL, now=timezone.now())
    print(f"{council.name}: {count} documents are in the office.")


@command
def export(office: str, folder: str, council: str) -> None:
    in_office(office)
    from highneeds.office.evidence.materialise import write_folder
    from highneeds.office.evidence.store import DatabaseStore

    one = council_named(council)
    if one is None:
        raise InputError("There is no council to export", remedy="Import a workspace first")
    where = Path(folder)
    if where.exists() and any(where.iterdir()):
        raise InputError("The folder is not empty", where=folder, remedy="Name a new or an empty folder")
    with transaction():
        written = write_folder(DatabaseStore(one), where)
    print(f"{one.name}: {len(written)} documents are in {folder}.")


@command
def audit_verify(office: str) -> int:
    in_office(office)
    from highneeds.office.evidence import record
    from highneeds.office.evidence.models import RecordEntry, Run
    from highneeds.office.files import run_problem

    for chain, altered in record.altered():
        print(f"Record {chain}: entry {altered.number} is not as it was written. {altered.why}.")
        return 1
    for run in Run.objects.select_related("council"):
        problem = run_problem(Path(office), run)
        if problem:
            print(f"Record {run.council.la_number}: the documents of job {run.job_id} are not as they were. {problem}.")
            return 1
    print(f"The record is whole: {RecordEntry.objects.count()} entries, every document and every file as they say.")
    return 0


@command
def backup(office: str, file: str) -> None:
    folder = in_office(office)
    from highneeds.office.backup import write_backup

    print(write_backup(folder, Path(file)))


@command
def restore(file: str, folder: str) -> None:
    from highneeds.office.backup import read_backup

    read_backup(Path(file), Path(folder), start_django, migrate)
    print(f"The office is in {folder}. Prove it with: highneeds audit verify --office {folder}")


@command
def serve(office: str, port: int) -> int:
    folder = in_office(office)
    from highneeds.office.serving import serve

    return serve(folder, port)


@command
def retention(office: str) -> None:
    in_office(office)
    from highneeds.office.evidence.worker import retention

    print(f"{retention()} uploads are removed.")


def main(word: str, arguments: dict[str, Any]) -> int:
    try:
        return COMMANDS[word](**arguments) or 0
    except InputError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    except OSError as problem:
        where = problem.filename or "this machine"
        sys.stderr.write(f"{problem.strerror}: {where}. Nothing was half done. Mend that, and try again.\n")
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], json.loads(sys.argv[2])))
