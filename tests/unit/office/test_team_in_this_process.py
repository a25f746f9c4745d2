"""What the office's own commands, its backup and its serving do, asked in this process: each sentence, file and word.

That they work as processes of their own is tried in test_team_commands and test_office_serve.
"""

import json
import os
import re
import signal
import socket
import stat
import zipfile
from types import SimpleNamespace

import pytest

from highneeds.office import __main__ as one_person
from highneeds.office import backup, command, files, machine, serving
from highneeds.office.evidence.bridge import InputError
from highneeds.office.settings import HERE
from office_answers import same
from office_by_hand import NOW, documents, person, worked_out
from on_file import held


@pytest.fixture
def told(office, tmp_path, monkeypatch, capsys):
    """Asks for a command as the command line does, and gives what it ends with and says."""
    monkeypatch.setattr(command, "start_django", lambda folder: None)
    monkeypatch.setattr(command, "migrate", lambda: None)
    monkeypatch.chdir(tmp_path)
    (office / "secret.key").write_text("a key of the tests")

    def ask(word, **words):
        code = command.main(word, words)
        said = capsys.readouterr()
        text = (said.out + said.err).replace(str(office), "OFFICE").replace(str(tmp_path), "HERE")
        text = re.sub(r"key/[^\s]+", "key/…", text)
        typed = {name: value for name, value in words.items() if name != "office"}
        return ["", f"$ {word} {typed}", f"ends with {code}", *map(same, text.splitlines())]

    yield ask
    (office / "secret.key").unlink()


def test_every_command_of_an_office_says_what_is_on_file(told, office, tmp_path):
    from highneeds.office.evidence.models import RecordEntry, Run

    where = str(office)
    for la, name in (("886", "Kent County Council"), ("887", "Medway Council")):
        for path, data in documents(la, name).items():
            (tmp_path / la / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / la / path).write_bytes(data)
    dana = {"name": "Dana Doe", "email": "dana@example.gov.uk", "role": "Section 151", "council": "", "deputy": False}
    said = told("token", office=where, name="t", council="", days=9)
    said += told("export", office=where, folder="copy", council="")
    said += told("person_add", office=where, **dana)
    said += told("import_workspace", office=where, workspace="886")
    said += told("person_add", office=where, **dana | {"council": "999"})
    said += told("person_add", office=where, **dana | {"email": "x@y.uk", "deputy": True, "council": "886"})
    said += told("token", office=where, name="t", council="", days=9)
    said += told("export", office=where, folder="copy", council="")
    said += told("export", office=where, folder="copy", council="")
    said += told("import_workspace", office=where, workspace="887")
    said += told("import_workspace", office=where, workspace="nowhere")
    said += told("export", office=where, folder="other", council="")
    said += told("token", office=where, name="t", council="887", days=9)
    said += told("retention", office=where)
    said += told("audit_verify", office=where)
    said += told("audit_verify", office=str(tmp_path))
    said += told("init", office=str(tmp_path))
    said += told("restore", file="none.zip", folder="fresh")
    assert {path.name for path in (tmp_path / "copy").iterdir()} == {"council.toml", "programme", "registers"}
    kent = person("analyst", command.council_named("886"), name="Ana").memberships.get().council
    run = worked_out(kent, office)
    (office / "runs" / run.folder / "report.pdf").write_bytes(b"changed")
    said += told("audit_verify", office=where)
    Run.objects.all().delete()
    entries = [
        f"{one.chain} {one.number} {one.by}: {one.what}" for one in RecordEntry.objects.order_by("chain", "number")
    ]
    held("office/commands", [*said, "", "=== the record", *entries])


@pytest.mark.parametrize("there", [False, True])
def test_a_new_office_has_its_folders_for_its_owner_alone(tmp_path, monkeypatch, capsys, office, there):
    """Made once: a key that is there stays."""
    from highneeds.office.evidence.models import RecordEntry

    monkeypatch.setattr(command, "start_django", lambda folder: None)
    monkeypatch.setattr(command, "migrate", lambda: None)
    place, before = tmp_path / "place", RecordEntry.objects.count()
    if there:
        files.make_private(place)
        command.write_secret(place / "secret.key", b"there")
        with pytest.raises(FileExistsError):
            command.write_secret(place / "secret.key", b"another")
    assert command.main("init", {"office": str(place)}) == 0
    assert sorted(path.name for path in place.iterdir()) == sorted(["secret.key", *files.FOLDERS])
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (place, *(place / name for name in files.FOLDERS))}
    assert modes == {0o700} and stat.S_IMODE((place / "secret.key").stat().st_mode) == 0o600
    assert ((place / "secret.key").read_bytes() == b"there") is there
    assert (place / "keys" / "seal.key").exists() is not there
    assert RecordEntry.objects.count() - before == (0 if there else 1)
    assert capsys.readouterr().out.splitlines() == [
        f"The office is in {place}.",
        "Next: highneeds office import WORKSPACE, highneeds office person add, highneeds serve.",
    ]


def test_what_a_disk_says_ends_with_2(monkeypatch, capsys):
    def full(**words):
        raise OSError(28, "No space left on device", words["file"])

    monkeypatch.setitem(command.COMMANDS, "full", full)
    assert command.main("full", {"file": "a.zip"}) == 2 and command.main("full", {"file": None}) == 2
    assert capsys.readouterr().err.splitlines() == [
        "No space left on device: a.zip. Nothing was half done. Mend that, and try again.",
        "No space left on device: this machine. Nothing was half done. Mend that, and try again.",
    ]


# The backup


@pytest.fixture
def kept(tmp_path):
    """A small office, and a backup of it that holds one file of each folder that is kept."""
    place = tmp_path / "office"
    for name in files.FOLDERS:
        files.make_private(place / name)
        (place / name / "one.bin").write_bytes(name.encode())
        (place / name / "half.part").write_bytes(b"half")
    (place / "secret.key").write_bytes(b"secret")
    return place


def test_a_backup_holds_the_database_the_keys_and_what_is_kept(kept, tmp_path, office):
    target = tmp_path / "b.zip"
    said = f"{target}: 5 files and the database. Keep it as safely as the office: it holds its keys."
    assert backup.write_backup(kept, target) == said
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        listed = json.loads(archive.read(backup.LIST))
    assert names[1:] == ["secret.key", *(f"{name}/one.bin" for name in files.KEPT), backup.LIST]
    assert names[0] in (backup.DATABASE, backup.ROWS) and list(listed) == names[:-1]
    assert listed["secret.key"] == files.digest(kept / "secret.key")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "office"]


def test_a_restored_office_is_the_one_that_was_kept(kept, tmp_path):
    file, place, done = tmp_path / "b.zip", tmp_path / "again", []
    members = [("secret.key", kept / "secret.key"), *backup.kept_files(kept), ("gone", kept / "gone")]
    assert backup.write_zip(file, members) == 4  # one that went meanwhile is left out, and one is the database
    place.mkdir()
    backup.read_backup(file, place, done.append, lambda: done.append("migrated"))
    assert done == [place, "migrated"]
    assert (place / "secret.key").read_bytes() == b"secret" and (place / "runs" / "one.bin").read_bytes() == b"runs"
    assert {path.name for path in place.iterdir()} == {"secret.key", *files.FOLDERS}
    assert stat.S_IMODE((place / "keys" / "one.bin").stat().st_mode) == 0o600
    assert stat.S_IMODE((place / "working").stat().st_mode) == 0o700
    with pytest.raises(InputError, match="The folder is not empty"):
        backup.read_backup(file, place, done.append, lambda: None)


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ({"../out.txt": "0"}, "leads out of the folder"),
        ({"in.txt": "0"}, "in.txt is not what was backed up"),
        ({"absent.txt": "0"}, "This is no whole backup"),
        (None, "This is no whole backup"),
    ],
)
def test_a_backup_that_is_not_whole_makes_no_office(tmp_path, listed, says):
    file, place = tmp_path / "b.zip", tmp_path / "again"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("../out.txt", "x")
        archive.writestr("in.txt", "x")
        if listed is not None:
            archive.writestr(backup.LIST, json.dumps(listed))
    with pytest.raises(InputError, match=says):
        backup.read_backup(file, place, lambda folder: None, lambda: None)
    assert not place.exists() and not (tmp_path / "out.txt").exists()


def test_rows_are_kept_after_those_that_they_refer_to():
    def model(*others):
        fields = [SimpleNamespace(is_relation=True, related_model=one) for one in others]
        fields.append(SimpleNamespace(is_relation=False, related_model=None))
        return SimpleNamespace(_meta=SimpleNamespace(fields=fields))

    class Model:
        def __init__(self, *others):
            self._meta = model(*others)._meta

    first = Model()
    second = Model(first)
    third = Model(second, first)
    itself = Model()
    itself._meta.fields[0].is_relation, itself._meta.fields[0].related_model = True, itself
    assert backup.ordered([third, itself, second, first]) == [itself, first, second, third]
    around = Model()
    around._meta.fields[0].is_relation, around._meta.fields[0].related_model = True, third
    first._meta.fields[0].is_relation, first._meta.fields[0].related_model = True, around
    assert set(map(id, backup.ordered([third, second, first, around]))) == set(map(id, [third, second, first, around]))


def test_what_is_wrong_with_the_files_of_a_run(tmp_path):
    (tmp_path / "runs" / "r").mkdir(parents=True)
    (tmp_path / "runs" / "r" / "a.pdf").write_bytes(b"x")
    run = SimpleNamespace(folder="r", files={"a.pdf": files.digest(tmp_path / "runs" / "r" / "a.pdf")})
    assert files.run_problem(tmp_path, run) == ""
    (tmp_path / "runs" / "r" / "a.pdf").write_bytes(b"y")
    assert files.run_problem(tmp_path, run) == "a.pdf was changed"
    run.files["b.pdf"] = "0"
    del run.files["a.pdf"]
    assert files.run_problem(tmp_path, run) == "b.pdf is missing"


# Serving


class Process:
    """Stands in for a process that was started."""

    def __init__(self, words, **told):
        self.words, self.told, self.pid, self.ended, self.waited = words, told, 4_000_001, None, None

    def poll(self):
        return self.ended

    def terminate(self):
        self.ended = 0

    def wait(self, timeout):
        self.waited = timeout


@pytest.fixture
def started(monkeypatch):
    made = []
    monkeypatch.setattr(
        serving.subprocess, "Popen", lambda words, **told: made.append(Process(words, **told)) or made[-1]
    )
    monkeypatch.setattr(serving, "give_way", lambda pid: made.append(("gives way", pid)))
    return made


def test_what_is_started_and_with_which_words(started, monkeypatch):
    monkeypatch.setenv("HIGHNEEDS_WEB", "3")
    monkeypatch.delenv("HIGHNEEDS_BIND", raising=False)
    web = serving.start("web", 8001)
    monkeypatch.setenv("HIGHNEEDS_BIND", "0.0.0.0")
    monkeypatch.delenv("HIGHNEEDS_WEB")
    monkeypatch.setattr(serving.os, "sched_getaffinity", lambda process: range(1))
    serving.start("web", 8001)
    worker = serving.start("worker", 8001)
    said = []
    for one in started:
        if isinstance(one, Process):
            ours = {name: one.told["env"][name] for name in ("DJANGO_SETTINGS_MODULE", "HIGHNEEDS_WARM_UP")}
            said += [
                *one.words[1:],
                str(ours),
                f"stdin {one.told['stdin']}, session {one.told['start_new_session']}",
                "",
            ]
    held("office/started", said)
    assert web.words[0] == os.sys.executable and ("gives way", worker.pid) in started and len(started) == 4
    monkeypatch.setattr(serving.os, "sched_getaffinity", lambda process: range(5))
    assert serving.web_processes() == 5


def test_serving_begins_again_what_ends_and_ends_with_the_signal(started, monkeypatch, capsys, tmp_path):
    asked, handlers = [], {}
    for name in ("style_must_be_built", "prepare", "adopt_what_is_left", "deliver_what_it_had"):
        monkeypatch.setattr(serving, name, lambda name=name: asked.append(name))
    monkeypatch.setattr(serving, "port_must_be_free", lambda port: asked.append(f"port {port}"))
    monkeypatch.setattr(serving, "end_all_but", lambda kept: asked.append(f"end all but {len(kept)}"))
    monkeypatch.setattr(serving.signal, "signal", lambda number, handler: handlers.update({number: handler}))
    turns = iter([None, "worker", None, "web", None, "end"])

    def sleep(seconds):
        if seconds == 1:
            return
        turn, running = next(turns), [one for one in started if isinstance(one, Process)]
        if turn == "end":
            handlers[signal.SIGTERM]()
        elif turn:
            word = "qcluster" if turn == "worker" else "gunicorn"
            [one for one in running if word in one.words and one.ended is None][-1].ended = 1

    monkeypatch.setattr(serving.time, "sleep", sleep)
    monkeypatch.setattr(serving, "SECONDS_TO_END", 7)
    assert serving.serve(tmp_path / "place", 8002) == 0
    processes = [one for one in started if isinstance(one, Process)]
    assert asked == [
        *("style_must_be_built", "port 8002", "prepare", "adopt_what_is_left"),
        *("end all but 0", "deliver_what_it_had", "end all but 0", "end all but 0"),
    ]
    assert ["gunicorn" in one.words for one in processes] == [True, False, False, True]
    assert [one.ended for one in processes] == [1, 1, 0, 0] and [one.waited for one in processes] == [None, None, 7, 7]
    assert set(handlers) == {signal.SIGTERM, signal.SIGINT}
    said = "The office of place: open http://127.0.0.1:8002/ in a browser. Ctrl+C ends it.\n"
    assert capsys.readouterr().out == said


def test_work_that_was_under_way_is_delivered_again_and_the_clock_is_set(office, kent, monkeypatch):
    from django.db import connections
    from django_q.models import OrmQ, Schedule

    from highneeds.office.evidence import actions, worker
    from highneeds.office.evidence.models import Job

    monkeypatch.setattr(worker, "clear_leftovers", lambda: 0)
    monkeypatch.setattr(type(connections), "close_all", lambda self: None)
    by = person("analyst", kent)
    job = actions.ask_for("run", kent, by=by, now=NOW)
    done = Job.objects.create(council=kent, kind="run", words="x", by=by, state="done", finished_at=NOW)
    Job.objects.filter(pk=job.pk).update(state="running", seen_at=NOW)
    serving.prepare()
    assert {one.pk: one.state for one in Job.objects.all()} == {job.pk: "waiting", done.pk: "done"}
    assert OrmQ.objects.count() == 1
    rows = Schedule.objects.order_by("name").values_list("name", "func", "schedule_type")
    assert [*rows] == [
        ("deliver again", "highneeds.office.evidence.worker.deliver_again", "I"),
        ("retention", "highneeds.office.evidence.worker.retention", "D"),
    ]
    serving.deliver_what_it_had()
    assert OrmQ.objects.count() == 2


def test_what_a_sudden_end_left_is_cleared_away(office, kent, settings_of_a_folder):
    from highneeds.office.evidence import worker

    place = settings_of_a_folder
    left = ["working/x/a", "arriving/b", "sealed/886/c.part", "uploads/d.zip", "runs/886/old/e"]
    stays = ["sealed/886/f.pdf"]
    for name in (*left, *stays):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(b"x")
    assert worker.clear_leftovers() == 5
    assert [path.relative_to(place).as_posix() for path in sorted(place.rglob("*")) if path.is_file()] == stays


@pytest.fixture
def settings_of_a_folder(tmp_path):
    from django.test import override_settings

    for name in files.FOLDERS:
        files.make_private(tmp_path / "place" / name)
    with override_settings(OFFICE=tmp_path / "place"):
        yield tmp_path / "place"


# One person


@pytest.mark.parametrize(
    ("token", "at_work", "accounts", "ends", "warned"),
    [
        ("token", False, False, True, False),
        ("no-token", True, True, False, False),
        ("", True, True, True, False),
        ("", False, True, False, True),
        ("", False, False, False, False),
    ],
)
def test_what_is_to_be_opened(monkeypatch, capsys, token, at_work, accounts, ends, warned):
    monkeypatch.setattr(one_person, "others_at_work", lambda: at_work)
    monkeypatch.setattr(one_person, "others_have_accounts", lambda: accounts)
    monkeypatch.setenv("HIGHNEEDS_START_TOKEN", "")
    address = one_person._address(8003, token)
    wanted = f"?token={os.environ['HIGHNEEDS_START_TOKEN']}" if ends else ""
    assert address == f"http://127.0.0.1:8003/{wanted}" and bool(os.environ["HIGHNEEDS_START_TOKEN"]) is ends
    assert len(os.environ["HIGHNEEDS_START_TOKEN"]) in ((32,) if ends else (0,))
    told = "Others have accounts on this machine and could open the pages too; with --token only this address does.\n"
    assert capsys.readouterr().err == (told if warned else "")


def test_pages_are_served_with_these_words_once_all_is_ready(monkeypatch, capsys, tmp_path):
    import gunicorn.app.wsgiapp

    asked = []
    assert one_person.STYLE.relative_to(HERE).as_posix() == "site/static/build/highneeds.css"
    monkeypatch.setattr(one_person, "STYLE", tmp_path / "style.css")
    with pytest.raises(InputError, match="The pages' style is not built"):
        one_person.main(tmp_path, tmp_path / "out", 8004)
    (tmp_path / "style.css").touch()
    monkeypatch.setattr(one_person, "port_must_be_free", lambda port: asked.append(port))
    monkeypatch.setattr(one_person, "bring_up_to_date", lambda workspace, out: asked.append((workspace, out)))
    monkeypatch.setattr(one_person, "load", lambda out: SimpleNamespace(council=SimpleNamespace(name="Kent")))
    monkeypatch.setattr(gunicorn.app.wsgiapp, "run", lambda: asked.append(list(one_person.sys.argv)))
    monkeypatch.setattr(one_person.sys, "argv", [])
    for name in ("DJANGO_SETTINGS_MODULE", "HIGHNEEDS_WORKSPACE", "HIGHNEEDS_RESULTS", "HIGHNEEDS_WARM_UP"):
        monkeypatch.setenv(name, "")
    one_person.main(tmp_path, tmp_path / "out", 8004, "no-token")
    assert asked == [
        8004,
        (tmp_path, tmp_path / "out"),
        [
            *("gunicorn", "--bind=127.0.0.1:8004", "--workers=2", "--threads=8", "--no-control-socket"),
            *("--forwarder-headers=", "--log-level=warning", "highneeds.office.wsgi:application"),
        ],
    ]
    told = [os.environ[name] for name in ("DJANGO_SETTINGS_MODULE", "HIGHNEEDS_WORKSPACE", "HIGHNEEDS_RESULTS")]
    assert told == ["highneeds.office.settings", str(tmp_path), str(tmp_path / "out")]
    assert os.environ["HIGHNEEDS_WARM_UP"] == "yes"
    said = "Kent: open http://127.0.0.1:8004/ in a browser. Ctrl+C ends it.\n"
    assert capsys.readouterr().out == said


def test_a_port_that_is_taken_is_refused():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"Port {port} cannot be used on this machine"):
            one_person.port_must_be_free(port)
    one_person.port_must_be_free(port)
    with pytest.raises(InputError, match="Port 99999999 cannot be used"):
        one_person.port_must_be_free(99_999_999)


@pytest.mark.parametrize(("uid", "other"), [(999, False), (1000, True), (59_999, True), (60_000, False), (0, False)])
def test_who_else_is_on_this_machine(monkeypatch, uid, other):
    assert bool(machine.other_people([uid])) is other and not machine.other_people([os.getuid()])
    monkeypatch.setattr(machine.os, "getuid", lambda: uid)
    assert machine.other_people([uid, uid]) == set()
    monkeypatch.undo()
    import pwd

    there = [SimpleNamespace(pw_uid=uid, pw_shell="/bin/bash"), SimpleNamespace(pw_uid=2000, pw_shell="/sbin/nologin")]
    monkeypatch.setattr(pwd, "getpwall", lambda: there)
    assert machine.others_have_accounts() is other
    owners = {"12": uid, "13": None}

    def stat_of(name):
        if owners[name] is None:
            raise FileNotFoundError(name)  # it ended meanwhile
        return SimpleNamespace(st_uid=owners[name])

    asked = []
    found = [SimpleNamespace(stat=lambda name=name: stat_of(name)) for name in owners]
    assert machine.others_at_work(SimpleNamespace(glob=lambda pattern: asked.append(pattern) or found)) is other
    assert asked == ["[0-9]*"]
