"""The office from a shell: made, filled, proved, kept and brought back; what is refused is one sentence and exit 2."""

import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from office_by_hand import documents


def highneeds(*words: object, rc: int = 0, **environment: str) -> str:
    """What it says; on stderr where it is refused."""
    told = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "highneeds", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, env={**told, **environment})
    assert done.returncode == rc, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    return done.stderr if rc == 2 else done.stdout


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "kent"
    for name, data in {**documents(), "sources/ü £.txt": b"\r\nno newline at the end", "empty.csv": b""}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory, workspace) -> Path:
    folder = tmp_path_factory.mktemp("shell") / "office"
    highneeds("office", "init", "--office", folder)
    highneeds("office", "import", workspace, "--office", folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_goes_in_comes_out_byte_for_byte(office, workspace, tmp_path):
    highneeds("office", "export", tmp_path / "out", "--office", office)
    assert contents(tmp_path / "out") == contents(workspace)


def test_a_second_import_replaces_what_is_there(office, workspace, tmp_path):
    highneeds("office", "import", workspace, "--office", office)
    assert "The record is whole" in highneeds("audit", "verify", "--office", office)


def test_the_folder_and_its_keys_are_the_owners_alone(office):
    for path in (office, office / "uploads", office / "keys"):
        assert path.stat().st_mode & 0o777 == 0o700, path
    for path in (office / "secret.key", office / "keys" / "seal.key"):
        assert path.stat().st_mode & 0o777 == 0o600, path


def test_the_folder_may_come_from_the_environment(office):
    assert "The record is whole" in highneeds("audit", "verify", HIGHNEEDS_OFFICE=str(office))


def test_an_office_that_is_there_is_brought_up_to_date_and_keeps_its_key(office):
    key = (office / "secret.key").read_text()
    highneeds("office", "init", "--office", office)
    assert (office / "secret.key").read_text() == key


def test_a_role_given_before_the_workspace_waits_for_it(tmp_path, workspace):
    office = tmp_path / "office"
    highneeds("office", "init", "--office", office)
    who = ("--name", "Ash", "--email", "ash@example.gov.uk", "--role", "administrator")
    assert "/accounts/password/reset/key/" in highneeds("office", "person", "add", *who, "--office", office)
    highneeds("office", "import", workspace, "--office", office)
    rows = sqlite3.connect(office / "office.sqlite3").execute(
        "SELECT la_number, role FROM people_membership JOIN people_council ON people_council.id = council_id"
    )
    assert rows.fetchall() == [("886", "administrator")]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("audit", "verify"), "There is no office here"),
        (("serve",), "There is no office here"),
        (("backup", "b.zip"), "There is no office here"),
        (("office", "token"), "There is no office here"),
    ],
)
def test_without_an_office_each_command_says_so(tmp_path, words, says):
    assert says in highneeds(*words, "--office", tmp_path / "none", rc=2)


def test_what_cannot_be_is_refused_in_one_sentence(office, tmp_path):
    who = ("--name", "A", "--email", "a@example.gov.uk")
    said = highneeds("office", "person", "add", *who, "--role", "king", "--office", office, rc=2)
    assert "There is no role 'king'" in said and "section-151" in said and said.count("\n") == 1
    add = ("office", "person", "add", "--name", "A", "--role", "analyst", "--office", office)
    assert "a name and an email" in highneeds(*add, "--email", "nowhere", rc=2)
    assert "is not in this office" in highneeds(*add, "--email", "a@b.uk", "--council", "999", rc=2)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    assert "not empty" in highneeds("office", "export", tmp_path / "full", "--office", office, rc=2)
    assert "holds something else" in highneeds("office", "init", "--office", tmp_path / "full", rc=2)
    assert "no council.toml" in highneeds("office", "import", tmp_path / "full", "--office", office, rc=2)


def test_a_backup_brings_all_of_it_back_and_a_broken_one_nothing(office, tmp_path, workspace):
    file = tmp_path / "backup.zip"
    highneeds("backup", file, "--office", office)
    assert file.stat().st_mode & 0o777 == 0o600
    again = tmp_path / "again"
    highneeds("restore", file, again)
    assert highneeds("audit", "verify", "--office", again) == highneeds("audit", "verify", "--office", office)
    highneeds("office", "export", tmp_path / "out", "--office", again)
    assert contents(tmp_path / "out") == contents(workspace)
    assert "not empty" in highneeds("restore", file, again, rc=2)
    broken = tmp_path / "broken.zip"
    broken.write_bytes(file.read_bytes()[:-2000])
    assert "no whole backup" in highneeds("restore", broken, tmp_path / "no", rc=2)
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name) + (b"x" if name == "secret.key" else b""))
    assert "secret.key is not what was backed up" in highneeds("restore", broken, tmp_path / "no", rc=2)
    assert not (tmp_path / "no").exists()


def test_the_first_altered_entry_is_named_with_exit_1(office, tmp_path, workspace):
    altered = tmp_path / "altered"
    file = tmp_path / "backup.zip"
    highneeds("backup", file, "--office", office)
    highneeds("restore", file, altered)
    with sqlite3.connect(altered / "office.sqlite3") as database:
        database.execute("DROP TRIGGER evidence_recordentry_update")
        database.execute("UPDATE evidence_recordentry SET what = 'Nothing' WHERE chain = '886' AND number = 1")
    assert "Record 886: entry 1 is not as it was written" in highneeds("audit", "verify", "--office", altered, rc=1)


def test_a_token_is_printed_once_and_kept_as_its_digest(office):
    key = highneeds("office", "token", "--name", "dashboard", "--office", office).strip()
    assert key.startswith("hn_")
    assert key.encode() not in (office / "office.sqlite3").read_bytes()


def test_the_pages_of_one_person_may_ask_for_the_printed_address(client):
    from django.test import override_settings

    with override_settings(START_TOKEN="word"):
        from django.test import Client

        reader = Client(SERVER_NAME="127.0.0.1")
        assert reader.get("/").status_code == 403
        assert reader.get("/?token=wrong").status_code == 403
        answer = reader.get("/?token=word")
        assert answer.status_code == 302 and answer.headers["Location"] == "/"
        assert reader.get("/").status_code == 200
