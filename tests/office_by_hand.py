"""An office for the tests: a database, two councils, people of every role, and results that need no engine."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

NOW = datetime(2025, 7, 1, 9, 0, tzinfo=UTC)
OF_EACH_KIND = ("ROOT_URLCONF", "MIDDLEWARE", "CONTENT_SECURITY_POLICY", "ALLOWED_HOSTS")
"""Settings in which the office of a team and the pages of one person differ."""
NARRATIVE = b"""# Narrative

What stands before the first section.

## On track: in year

We are over the agreed position. The reasons are known.

## Condition 1

Requests fell by 10.7%.
"""
LEVELS = b"condition,update,level,source,source_line,note\n1,April,G,REPORT,124,\n1,July,not_yet,,,\n"
RISKS = b"risk,title,level,likelihood,impact,trend,owner,review_on,progress,source\n"


def documents(la: str = "886", name: str = "Kent County Council") -> dict[str, bytes]:
    """The smallest workspace with a report in it."""
    return {
        "council.toml": f'name = "{name}"\nla_number = "{la}"\nslots = ["April", "July"]\n'
        '[report]\nid = "2025-07"\nslot = "July"\n'.encode(),
        "programme/2025-07/narrative.md": NARRATIVE,
        "programme/2025-07/levels.csv": LEVELS,
        "registers/payments.csv": b"payment,payer,financial_year,due_on,amount_gbp,state,report,report_accepted_on,"
        b"received_on,received_gbp,withheld_because,figures,source\n"
        b"dfe-5,dfe,2025-26,2025-09-30,1000000.00,scheduled,2025-07,,,,,,letter\n",
    }


@pytest.fixture(scope="session")
def office_made():
    """The tables of the office, made once; each test leaves them as they were."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from highneeds.office.files import FOLDERS, make_private
    from highneeds.office.submission.seal import make_key

    folder = Path(settings.OFFICE)
    for name in FOLDERS:
        make_private(folder / name)
    if not (folder / "keys" / "seal.key").exists():
        make_key(folder / "keys", datetime.now(UTC))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return folder


@pytest.fixture
def office(office_made):
    """The office's folder; what a test writes into the database is taken back."""
    from django.core.cache import cache
    from django.db import transaction

    with transaction.atomic():
        cache.clear()
        yield office_made
        transaction.set_rollback(True)


@pytest.fixture
def kent(office):
    from highneeds.office.evidence.actions import import_workspace

    return import_workspace(documents(), by="Test", now=NOW)[0]


@pytest.fixture
def medway(office):
    from highneeds.office.evidence.actions import import_workspace

    return import_workspace(documents("887", "Medway Council"), by="Test", now=NOW)[0]


def level_of(condition, update, level):
    """A level as its owner gives it, with nothing that the measures point to."""
    from highneeds.office.programme.actions import OwnersLevel

    return OwnersLevel(condition, update, level, "", False, "")


def person(role: str, council, name: str = "", deputy: bool = False):
    from highneeds.office.people.actions import add_person, role_named

    name = name or f"{role} of {council.la_number}"
    email = f"{name.replace(' ', '.')}@example.gov.uk"
    return add_person(name=name, email=email, role=role_named(role), council=council, by="Test", now=NOW, deputy=deputy)


def signed_in(someone, second_factor: str | None = "totp"):
    """A browser in which this person signed in, with a second factor just now; without one for None."""
    import time

    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    records = [{"method": "password", "at": time.time()}]
    if second_factor:
        records.append({"method": "mfa", "type": second_factor, "at": time.time()})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(someone.pk)
    session.save()
    return client


def worked_out(council, office: Path):
    """A run as the worker keeps one, of what the council has now, without the engine."""
    import hashlib

    from highneeds.office.evidence.bridge import fingerprint_of
    from highneeds.office.evidence.content import content_of
    from highneeds.office.evidence.models import Run
    from highneeds.office.evidence.store import DatabaseStore
    from journeys.kent_results import write_kent

    versions = DatabaseStore(council).versions()
    content = content_of(versions)
    folder = f"{council.la_number}/{os.urandom(6).hex()}"
    place = office / "runs" / folder
    if not (office / "made").exists():
        write_kent(office / "made")
    shutil.copytree(office / "made", place)
    for path in (place / "report.pdf", *place.glob("*.pdf")):
        path.write_bytes(a_pdf(content.whole))
    files = {
        path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }
    return Run.objects.create(
        council=council,
        content=content.whole,
        figures=content.figures,
        words=content.words,
        artefacts=fingerprint_of(files),
        files=files,
        documents=versions,
        folder=folder,
        version="test",
        at=NOW,
    )


def a_pdf(says: str) -> bytes:
    """One empty page that carries a word of its own."""
    import io

    import pikepdf

    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Title"] = says
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


@pytest.fixture
def slot(kent):
    from highneeds.office.programme.actions import open_slot

    manager = person("manager", kent)
    return open_slot(kent, code="2025-07", title="July 2025", due_on=None, by=manager, now=NOW)


@pytest.fixture
def ready(slot, kent, office):
    """A submission put to the two who sign."""
    from highneeds.office.submission import actions

    by = slot.opened_by
    submission = actions.start(slot, by=by, now=NOW)
    actions.prepare(submission, worked_out(kent, office), by=by, now=NOW)
    submission.refresh_from_db()
    return submission


def sign_as(submission, role: str, someone, **changed):
    from highneeds.office.people.roles import Role
    from highneeds.office.submission import actions

    submission.refresh_from_db()
    said = {
        "role": Role(role),
        "by": someone,
        "content": submission.run.content,
        "artefacts": submission.run.artefacts,
        "second_factor": "totp",
        "now": NOW,
        **changed,
    }
    return actions.sign(submission, **said)


@pytest.fixture
def signed(ready, kent):
    sign_as(ready, "section-151", person("section-151", kent))
    sign_as(ready, "director", person("director", kent))
    ready.refresh_from_db()
    return ready


@pytest.fixture
def in_this_process(monkeypatch):
    """The engine's own words, without a process of its own."""
    from highneeds.office.evidence import bridge

    monkeypatch.setattr(bridge, "engine_says", engine_in_this_process)


def engine_in_this_process(*words):
    from cli_runner import run
    from highneeds.office.evidence import bridge

    done = run(*words)
    if done.code:
        raise bridge.InputError(done.err.strip())
    return done.out or done.err
