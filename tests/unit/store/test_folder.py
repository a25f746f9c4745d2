"""A folder survives many writers, a kill at any moment, and links that lead out of it."""

import os
import stat
from datetime import UTC, datetime

import pytest

from highneeds.store import FolderStore, StoreError, verify
from highneeds.store import folder as folder_module

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
CHANGE = dict(by="Head of SEND", now=NOON, what="Change it")
BEFORE = {"facts.csv": b"old\n", "gone.csv": b"gone\n"}
AFTER = {"facts.csv": b"new\n", "registers/risks.csv": b"risk\n"}


def filled(folder, documents):
    for name, data in documents.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return FolderStore(folder)


def listed(folder):
    return sorted(path.name for path in folder.iterdir())


def everything(store):
    return {name: store.read(name) for name in store.names()}


def in_a_process_of_its_own(work):
    """Run `work` in a fork and give its exit code; 0 where it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_four_writers_of_twenty_five_lines_each_lose_nothing(tmp_path):
    filled(tmp_path, BEFORE)

    def write(writer):
        store = FolderStore(tmp_path, patience=60)
        for number in range(25):
            with store.change(**CHANGE) as change:
                change.append("facts.csv", f"{writer}-{number}\n".encode())

    children = []
    for writer in range(4):
        child = os.fork()
        if child == 0:
            try:
                write(writer)
                os._exit(0)
            except BaseException:
                os._exit(1)
        children.append(child)
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0, 0, 0]
    store = FolderStore(tmp_path)
    lines = store.read("facts.csv").decode().split()
    assert sorted(lines) == sorted(["old", *(f"{writer}-{number}" for writer in range(4) for number in range(25))])
    assert len(store.record()) == 100 and verify(store.recorded()) is None


def change_everything(store):
    with store.change(**CHANGE) as change:
        change.put("facts.csv", AFTER["facts.csv"])
        change.put("registers/risks.csv", AFTER["registers/risks.csv"])
        change.remove("gone.csv")


class Killed:
    """Ends the process, as a kill does, just before the nth time that something is done to the disk."""

    def __init__(self, at):
        self.left = at

    def before(self, done):
        def do(*arguments, **options):
            self.left -= 1
            if self.left < 0:
                os._exit(9)
            return done(*arguments, **options)

        return do


DISK = ("open", "fsync", "fchmod", "truncate", "pwrite", "close")
PATHS = ("mkdir", "replace", "unlink")


def killed_at(step, tmp_path):
    def work():
        kill = Killed(step)
        store = FolderStore(tmp_path)
        for name in DISK:
            setattr(os, name, kill.before(getattr(os, name)))
        for name in PATHS:
            setattr(folder_module.Path, name, kill.before(getattr(folder_module.Path, name)))
        folder_module.shutil.rmtree = kill.before(folder_module.shutil.rmtree)
        change_everything(store)

    return in_a_process_of_its_own(work)


def test_a_kill_at_any_step_leaves_all_or_nothing_for_the_next_opener(tmp_path):
    outcomes = []
    for step in range(200):
        folder = tmp_path / str(step)
        folder.mkdir()
        filled(folder, BEFORE)
        code = killed_at(step, folder)
        store = FolderStore(folder)
        found = everything(store)
        assert found in (BEFORE, AFTER), f"step {step}"
        assert len(store.record()) == (found == AFTER), f"step {step}"
        with store.change(**CHANGE) as change:
            change.append("facts.csv", b"more\n")
        assert verify(store.recorded()) is None
        assert listed(folder / ".highneeds") == ["lock"], f"step {step}: something of the dead is left"
        outcomes.append(found == AFTER)
        if code == 0:
            break
        assert code == 9
    assert code == 0 and step > 15
    assert outcomes == sorted(outcomes), "once made, a change stays made"
    assert False in outcomes and outcomes.count(True) > 5


def test_a_reader_finishes_what_another_left_when_it_died(tmp_path):
    """The journal is there and nothing has been moved: the change is made, and whoever reads sees it."""
    store = filled(tmp_path, BEFORE)

    def work():
        folder_module.FolderStore._move_into_place = lambda self: os._exit(9)
        change_everything(store)

    assert in_a_process_of_its_own(work) == 9
    assert (tmp_path / "facts.csv").read_bytes() == b"old\n"
    assert store.read("facts.csv") == b"new\n"
    assert everything(store) == AFTER


def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch):
    store = filled(tmp_path, BEFORE)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            change_everything(store)
    assert everything(store) == BEFORE and store.record() == ()
    assert listed(tmp_path / ".highneeds") == ["lock"]


def test_a_second_change_is_refused_in_a_sentence_that_says_who_is_at_it(tmp_path):
    first, second = filled(tmp_path, BEFORE), FolderStore(tmp_path, patience=0.05)
    with first.change(**CHANGE) as change:
        change.put("facts.csv", b"first")
        with pytest.raises(StoreError, match="is being changed by Head of SEND"), second.change(**CHANGE):
            pass
    assert first.read("facts.csv") == b"first"


def test_a_link_out_of_the_workspace_is_refused_by_name(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_bytes(b"secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    store = filled(inside, BEFORE)
    (inside / "risks.csv").symlink_to(outside / "secret.csv")
    (inside / "same.csv").symlink_to(inside / "facts.csv")
    assert store.read("same.csv") == b"old\n"
    for ask in (store.read, store.exists, store.version):
        with pytest.raises(StoreError, match=r"^risks.csv: This links to something outside"):
            ask("risks.csv")
    with pytest.raises(StoreError, match=r"^risks.csv"), store.change(**CHANGE) as change:
        change.put("risks.csv", b"overwritten")
    assert (outside / "secret.csv").read_bytes() == b"secret"
    (inside / "registers").symlink_to(outside)
    with pytest.raises(StoreError, match=r"^registers: This links"):
        store.names()
    with pytest.raises(StoreError, match=r"^registers/secret.csv"), store.change(**CHANGE) as change:
        change.put("registers/secret.csv", b"overwritten")


def test_a_journal_that_somebody_made_up_moves_nothing_outside(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    store = filled(inside, BEFORE)
    (inside / ".highneeds").mkdir()
    (inside / ".highneeds" / "journal").write_text('[["../facts.csv", "0"]]')
    with pytest.raises(StoreError):
        store.read("facts.csv")
    assert not (tmp_path / "facts.csv").exists()


def test_a_link_that_replaces_the_stores_own_folder_is_refused(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    store = filled(inside, BEFORE)
    (inside / ".highneeds").symlink_to(outside)
    with pytest.raises(StoreError, match="outside"):
        change_everything(store)
    assert listed(outside) == []


def test_kept_data_is_its_owners_alone_and_the_rest_keeps_its_rights(tmp_path):
    store = filled(tmp_path, BEFORE)
    (tmp_path / "facts.csv").chmod(0o664)
    with store.change(**CHANGE) as change:
        change.put("caseload/accepted/a.parquet", b"x")
        change.put("finance/ledger/a.parquet", b"x")
        change.put("registers/risks.csv", b"x")
        change.put("registers/appeals.csv", b"x", private=True)
        change.put("facts.csv", b"x")
    rights = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (*store.names(), "record.jsonl")}
    assert rights["caseload/accepted/a.parquet"] == rights["finance/ledger/a.parquet"] == 0o600
    assert rights["record.jsonl"] == rights["registers/appeals.csv"] == 0o600
    assert (rights["registers/risks.csv"], rights["facts.csv"]) == (0o644, 0o664)


def test_hidden_files_and_folders_are_no_documents(tmp_path):
    store = filled(tmp_path, BEFORE)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(b"x")
    (tmp_path / ".env").write_bytes(b"x")
    assert store.names() == ("facts.csv", "gone.csv")


def test_a_folder_is_no_document(tmp_path):
    store = filled(tmp_path, {"registers/risks.csv": b"x"})
    with pytest.raises(StoreError, match=r"^registers: This is a folder"):
        store.read("registers")
    with pytest.raises(StoreError, match="This is a folder"), store.change(**CHANGE) as change:
        change.put("registers", b"x")
    assert not store.exists("registers")


def test_a_workspace_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match="The workspace folder is missing"):
        FolderStore(tmp_path / "nowhere")
