"""The office from a shell: made, filled, proved, kept and brought back; what is refused is one sentence and exit 2.

A few commands are typed as a person would; of the others it is on file what they hand over (golden/commands), and here
is what the office does with it.
"""

import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from office_by_hand import documents
from office_shell import several


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
    [(code, said)] = several(("export", {"office": office, "folder": tmp_path / "out", "council": ""}))
    assert code == 0, said
    assert contents(tmp_path / "out") == contents(workspace)


def test_a_second_import_replaces_what_is_there(office, workspace, tmp_path):
    _, (code, said) = several(
        ("import_workspace", {"office": office, "workspace": workspace}), ("audit_verify", {"office": office})
    )
    assert code == 0 and "The record is whole" in said


def test_the_folder_and_its_keys_are_the_owners_alone(office):
    for path in (office, office / "uploads", office / "keys"):
        assert path.stat().st_mode & 0o777 == 0o700, path
    for path in (office / "secret.key", office / "keys" / "seal.key"):
        assert path.stat().st_mode & 0o777 == 0o600, path


def test_the_folder_may_come_from_the_environment(office):
    assert "The record is whole" in highneeds("audit", "verify", HIGHNEEDS_OFFICE=str(office))


def test_an_office_that_is_there_is_brought_up_to_date_and_keeps_its_key(office):
    key = (office / "secret.key").read_text()
    assert several(("init", {"office": office}))[0][0] == 0
    assert (office / "secret.key").read_text() == key


def test_a_role_given_before_the_workspace_waits_for_it(tmp_path, workspace):
    office = tmp_path / "office"
    who = {"name": "Ash", "email": "ash@example.gov.uk", "role": "administrator", "council": "", "deputy": False}
    made, added, imported = several(
        ("init", {"office": office}),
        ("person_add", {"office": office, **who}),
        ("import_workspace", {"office": office, "workspace": workspace}),
    )
    assert (made[0], added[0], imported[0]) == (0, 0, 0) and "/accounts/password/reset/key/" in added[1]
    rows = sqlite3.connect(office / "office.sqlite3").execute(
        "SELECT la_number, role FROM people_membership JOIN people_council ON people_council.id = council_id"
    )
    assert rows.fetchall() == [("886", "administrator")]


def test_without_an_office_each_command_says_so(tmp_path):
    none = {"office": tmp_path / "none"}
    assert "There is no office here" in highneeds("audit", "verify", "--office", tmp_path / "none", rc=2)
    for code, said in several(
        ("serve", {**none, "port": 8000}),
        ("backup", {**none, "file": "b.zip"}),
        ("token", {**none, "name": "a", "council": "", "days": 1}),
    ):
        assert code == 2 and "There is no office here" in said


def test_what_cannot_be_is_refused_in_one_sentence(office, tmp_path):
    add = {"office": office, "name": "A", "role": "analyst", "deputy": False}
    full = tmp_path / "full"
    full.mkdir()
    (full / "x").write_text("x")
    said = several(
        ("person_add", {**add, "email": "a@example.gov.uk", "council": "", "role": "king"}),
        ("person_add", {**add, "email": "nowhere", "council": ""}),
        ("person_add", {**add, "email": "a@b.uk", "council": "999"}),
        ("export", {"office": office, "folder": full, "council": ""}),
        ("import_workspace", {"office": office, "workspace": full}),
        ("init", {"office": full}),
    )
    assert "There is no role 'king'" in said[0][1]
    wanted = (
        "section-151",
        "is no email address",
        "is not in this office",
        "not empty",
        "no council.toml",
        "holds something else",
    )
    for (code, text), part in zip(said, wanted, strict=True):
        assert code == 2 and part in text and text.count("\n") == 1


def test_a_backup_brings_all_of_it_back_and_a_broken_one_nothing(office, tmp_path, workspace):
    file = tmp_path / "backup.zip"
    highneeds("backup", file, "--office", office)
    assert file.stat().st_mode & 0o777 == 0o600
    again, broken, odd = tmp_path / "again", tmp_path / "broken.zip", tmp_path / "odd.zip"
    highneeds("restore", file, again)
    broken.write_bytes(file.read_bytes()[:-2000])
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(odd, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name) + (b"x" if name == "secret.key" else b""))
    [before] = several(("audit_verify", {"office": office}))
    after, exported, full, half, changed = several(
        ("audit_verify", {"office": again}),
        ("export", {"office": again, "folder": tmp_path / "out", "council": ""}),
        ("restore", {"file": file, "folder": again}),
        ("restore", {"file": broken, "folder": tmp_path / "no"}),
        ("restore", {"file": odd, "folder": tmp_path / "no"}),
    )
    assert before == after and before[0] == exported[0] == 0
    assert contents(tmp_path / "out") == contents(workspace)
    assert full[0] == 2 and "not empty" in full[1]
    assert half[0] == 2 and "no whole backup" in half[1]
    assert changed[0] == 2 and "secret.key is not what was backed up" in changed[1]
    assert not (tmp_path / "no").exists()


def test_the_first_altered_entry_is_named_with_exit_1(office, tmp_path, workspace):
    altered = tmp_path / "altered"
    file = tmp_path / "backup.zip"
    several(("backup", {"office": office, "file": file}), ("restore", {"file": file, "folder": altered}))
    with sqlite3.connect(altered / "office.sqlite3") as database:
        database.execute("DROP TRIGGER evidence_recordentry_update")
        database.execute("UPDATE evidence_recordentry SET what = 'Nothing' WHERE chain = '886' AND number = 1")
    assert "Record 886: entry 1 is not as it was written" in highneeds("audit", "verify", "--office", altered, rc=1)


def test_a_token_is_printed_once_and_kept_as_its_digest(office):
    [(code, said)] = several(("token", {"office": office, "name": "dashboard", "council": "", "days": 1}))
    key = said.strip()
    assert code == 0 and key.startswith("hn_")
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
