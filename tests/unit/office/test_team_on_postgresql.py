"""The same tests on a real PostgreSQL: store, record and triggers, signing, writing, jobs, the read API, a backup."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import postgresql_by_hand

HERE = Path(__file__).parent
SAME = ("test_team_store.py", "test_team_signing.py", "test_team_jobs.py", "test_team_writing.py", "test_team_api.py")
OF_NO_DATABASE = "not every_register and not every_answer"


@pytest.fixture(scope="module")
def postgresql():
    """The address of a database of one's own; the server ends with the tests."""
    with postgresql_by_hand.postgresql() as there:
        yield there["HIGHNEEDS_DATABASE_URL"]


def run(words, office: Path, database: str, **more) -> subprocess.CompletedProcess:
    told = {**os.environ, "HIGHNEEDS_OFFICE": str(office), "HIGHNEEDS_DATABASE_URL": database, **more}
    return subprocess.run(
        [sys.executable, "-m", *map(str, words)], capture_output=True, text=True, env=told, cwd=HERE.parents[2]
    )


def test_what_holds_on_sqlite_holds_on_postgresql(postgresql, tmp_path):
    words = ["pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", OF_NO_DATABASE, *(str(HERE / name) for name in SAME)]
    done = run(words, tmp_path, postgresql, DJANGO_SETTINGS_MODULE="highneeds.office.team")
    assert done.returncode == 0, done.stdout[-3000:]


def test_an_office_on_postgresql_is_made_filled_proved_backed_up_and_brought_back(postgresql, tmp_path):
    import psycopg

    from office_by_hand import documents
    from office_shell import several

    def of(database):
        return postgresql.replace("/postgres?", f"/{database}?")

    def office(*calls, name, database):
        folder = tmp_path / name
        done = several(
            *((word, {"office": folder, **more}) for word, more in calls), HIGHNEEDS_DATABASE_URL=of(database)
        )
        return [said for _, said in done], [code for code, _ in done]

    with psycopg.connect(postgresql, autocommit=True) as connection:
        for name in ("kept", "empty"):
            connection.execute(f"CREATE DATABASE {name}")
    for name, data in documents().items():
        (tmp_path / "kent" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "kent" / name).write_bytes(data)
    who = {"name": "A", "email": "a@example.gov.uk", "role": "manager", "council": "", "deputy": False}
    said, codes = office(
        ("init", {}),
        ("import_workspace", {"workspace": tmp_path / "kent"}),
        ("person_add", who),
        ("audit_verify", {}),
        ("backup", {"file": tmp_path / "backup.zip"}),
        name="office",
        database="kept",
    )
    assert codes == [0] * 5 and "The record is whole: 4 entries" in said[3]
    run(["highneeds", "restore", tmp_path / "backup.zip", tmp_path / "again"], tmp_path / "again", of("empty"))
    again, codes = office(
        ("audit_verify", {}),
        ("export", {"folder": tmp_path / "out", "council": ""}),
        name="again",
        database="empty",
    )
    assert codes == [0, 0] and again[0] == said[3]
    for name, data in documents().items():
        assert (tmp_path / "out" / name).read_bytes() == data
    with psycopg.connect(of("kept"), autocommit=True) as connection:
        with pytest.raises(psycopg.errors.RaiseException, match="kept as it was written"):
            connection.execute("TRUNCATE evidence_blob CASCADE")
        connection.execute("ALTER TABLE evidence_recordentry DISABLE TRIGGER USER")
        connection.execute("UPDATE evidence_recordentry SET by = 'Nobody' WHERE chain = '886' AND number = 1")
    altered, codes = office(("audit_verify", {}), name="office", database="kept")
    assert codes == [1]
    assert "Record 886: entry 1 is not as it was written" in altered[0]
