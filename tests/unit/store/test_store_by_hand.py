"""The store word for word: what it refuses, what it writes where, who may read it, how an altered record is told."""

import fcntl
import json
import os
import stat
from datetime import datetime, timedelta, timezone
from hashlib import sha256

import pytest

from highneeds.store import FolderStore, StoreError, verify
from highneeds.store.change import Change
from highneeds.store.names import checked, is_under, is_wording
from highneeds.store.place import EMPTY, documents, documents_of
from highneeds.store.protocol import ChangedMeanwhile, fingerprint_of, version_of
from highneeds.store.record import Altered, Changed, entries_of, must_be_complete, next_entry
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

NOON = datetime(2026, 7, 1, 12, 30, 15, 999, tzinfo=timezone(timedelta(hours=1)))
CHANGE = dict(by=" Head of SEND ", now=NOON, what=" Change it ", why=" because ")


def sentence(ask):
    with pytest.raises(InputError) as refused:
        ask()
    return refused.value.sentence


def changed(store, *steps):
    with store.change(**CHANGE) as change:
        for step in steps:
            step(change)


def test_a_change_is_one_line_of_the_record(tmp_path):
    store = FolderStore(tmp_path)
    changed(store, lambda change: change.put("b.csv", b"x"), lambda change: change.put("a/é.csv", b"y"))
    body = {
        "at": "2026-07-01T12:30:15+01:00", "by": "Head of SEND",
        "changes": [{"after": version_of(b"y"), "before": "", "name": "a/é.csv"},
                    {"after": version_of(b"x"), "before": "", "name": "b.csv"}],
        "number": 1, "previous": "", "what": "Change it", "why": "because",
    }  # fmt: skip
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    body["hash"] = sha256(text.encode()).hexdigest()
    line = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
    assert (tmp_path / "record.jsonl").read_text("utf-8") == line and store.recorded() == line.encode()
    assert store.record()[0].changes == (
        Changed("a/é.csv", "", version_of(b"y")),
        Changed("b.csv", "", version_of(b"x")),
    )
    assert repr(store) == f"FolderStore({str(tmp_path)!r})" and FolderStore(tmp_path).recorded() == line.encode()


def test_what_is_private_is_its_owners_alone_and_the_rest_as_it_was(tmp_path):
    (tmp_path / "open.csv").write_bytes(b"x")
    (tmp_path / "open.csv").chmod(0o664)
    store = FolderStore(tmp_path)
    names = ("open.csv", "new.csv", "caseload/a.csv", "finance/ledger/a.csv", "finance/a.csv")
    changed(store, *(lambda change, name=name: change.put(name, b"y") for name in names),
            lambda change: change.put("children.csv", b"z", private=True))  # fmt: skip
    modes = {name: stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (*names, "children.csv", "record.jsonl")}
    assert modes == {
        "open.csv": 0o664, "new.csv": 0o644, "caseload/a.csv": 0o600, "finance/ledger/a.csv": 0o600,
        "finance/a.csv": 0o644, "children.csv": 0o600, "record.jsonl": 0o600,
    }  # fmt: skip
    own = tmp_path / ".highneeds"
    assert sorted(path.name for path in own.iterdir()) == ["lock"] and stat.S_IMODE(own.stat().st_mode) == 0o700
    assert stat.S_IMODE((own / "lock").stat().st_mode) == 0o600 and (own / "lock").read_bytes() == b"Head of SEND"
    assert store.names() == tuple(sorted((*names, "children.csv")))


def test_a_change_that_was_interrupted_is_finished_by_whoever_comes_next(tmp_path):
    (tmp_path / "gone.csv").write_bytes(b"x")
    staged = tmp_path / ".highneeds" / "staged"
    staged.mkdir(parents=True)
    (staged / "0").write_bytes(b"new")
    (tmp_path / ".highneeds" / "journal").write_text('[["deep/a.csv", "0"], ["gone.csv", ""], ["moved.csv", "1"]]')
    store = FolderStore(tmp_path)
    assert store.read("deep/a.csv") == b"new" and store.names() == ("deep/a.csv",)
    assert sorted(path.name for path in (tmp_path / ".highneeds").iterdir()) == ["lock"]
    staged.mkdir()
    (staged / "0").write_bytes(b"never")
    changed(store, lambda change: change.put("b.csv", b"x"))
    assert store.names() == ("b.csv", "deep/a.csv") and not staged.exists()
    (tmp_path / ".highneeds" / "journal").write_text('[["b.csv", ""]]')
    assert store.names() == ("deep/a.csv",) and not (tmp_path / ".highneeds" / "journal").exists()


def test_what_is_under_way_is_the_owners_alone(tmp_path, monkeypatch):
    store = FolderStore(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(store, "_move_into_place", lambda: None)
        changed(store, lambda change: change.put("a.csv", b"x"))
    own = tmp_path / ".highneeds"
    modes = {name: stat.S_IMODE((own / name).stat().st_mode) for name in ("journal", "staged", "staged/0", "staged/1")}
    assert modes == {"journal": 0o600, "staged": 0o700, "staged/0": 0o644, "staged/1": 0o600}
    assert not (tmp_path / "a.csv").exists() and store.read("a.csv") == b"x"


def test_another_change_is_waited_for_and_named(tmp_path):
    store = FolderStore(tmp_path, patience=0.05)
    changed(store, lambda change: change.put("a.csv", b"x"))
    for said, holder in ((b"", "somebody else"), (b"Data lead", "Data lead")):
        handle = os.open(tmp_path / ".highneeds" / "lock", os.O_RDWR)
        os.truncate(handle, 0)
        os.pwrite(handle, said, 0)
        fcntl.flock(handle, fcntl.LOCK_EX)
        words = f"{tmp_path}: The workspace is being changed by {holder}. Wait until that is done, and try again."
        assert sentence(lambda: changed(store, lambda change: change.put("b.csv", b"x"))) == words
        os.close(handle)
    assert store.names() == ("a.csv",) and len(store.record()) == 1


CHECK = "Check the name."


def test_what_the_store_refuses(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "folder").mkdir()
    (tmp_path / "in" / "out.csv").symlink_to(tmp_path / "secret.csv")
    store = FolderStore(tmp_path / "in")
    assert sentence(lambda: store.read("a.csv")) == f"a.csv: There is no such file in the workspace. {CHECK}"
    assert sentence(lambda: store.read("folder")) == "folder: This is a folder, not a file. Name the file."
    outside = "This links to something outside the workspace. Copy what it links to into the workspace."
    assert sentence(lambda: store.exists("out.csv")) == f"out.csv: {outside}"
    assert sentence(lambda: changed(store, lambda change: change.put("folder", b"x"))) == (
        "folder: This is a folder, not a file. Name the file."
    )
    assert sentence(lambda: changed(store, lambda change: change.remove("a.csv"))) == (
        "a.csv: There is nothing to remove. Look at what there is now."
    )
    assert sentence(lambda: FolderStore(tmp_path / "none")) == (
        f"{tmp_path / 'none'}: The workspace folder is missing. Check the name, or run highneeds new."
    )
    (tmp_path / "in" / "away").symlink_to(tmp_path)
    assert sentence(lambda: store.names()) == f"away: {outside}"


NAME = "This cannot be the name of a document. Name it by its place in the workspace, such as registers/risks.csv."


@pytest.mark.parametrize(
    ("name", "where"),
    [("", "''"), ("/a", "/a"), ("a/", "a/"), ("a//b", "a//b"), (".a", ".a"), ("a/.b", "a/.b"), ("a\\b", "a\\b"),
     ("a\0b", "a b"), ("record.jsonl", "record.jsonl")],
)  # fmt: skip
def test_what_cannot_be_a_name(name, where):
    assert sentence(lambda: checked(name)) == f"{where}: {NAME}"
    assert checked("a/record.jsonl") == "a/record.jsonl" and checked("a b.csv") == "a b.csv"


def test_what_lies_under_a_folder_and_what_is_wording():
    assert [is_under(name, "a/") for name in ("a/b", "a/b/c", "ab", "a", "b/a/c")] == [True, True, False, False, False]
    assert is_under("x", "") and is_under("a/b", "a")
    names = ("programme/x/y.md", "programme/y.csv", "other/y.md", "programme.md")
    assert [is_wording(name) for name in names] == [True, False, False, False]


def test_a_document_that_somebody_else_changed():
    change = Change({"a.csv": b"theirs"}.get)
    with pytest.raises(ChangedMeanwhile) as refused:
        change.put("a.csv", b"yours", expects=version_of(b"before"))
    one = refused.value
    words = "Somebody else changed this meanwhile, and nothing was written. "
    assert one.sentence == f"a.csv: {words}Look at what is there now, and make your change again from it."
    assert (one.name, one.expected, one.found, one.theirs, one.yours) == (
        "a.csv", version_of(b"before"), version_of(b"theirs"), b"theirs", b"yours",
    )  # fmt: skip
    with pytest.raises(ChangedMeanwhile):
        change.remove("a.csv", expects="")
    change.remove("a.csv", expects=version_of(b"theirs"))
    change.put("b.csv", b"x", expects="", private=True)
    change.append("c.csv", b"1")
    change.append("c.csv", b"2\n")
    assert change.documents == {"a.csv": None, "b.csv": b"x", "c.csv": b"1\n2\n"} and change.private == {"b.csv"}
    assert change.changes[0] == Changed("a.csv", version_of(b"theirs"), "") and change.read("d.csv") is None
    assert sentence(lambda: change.read("../x")) == f"../x: {NAME}"


def test_versions_and_fingerprints_are_of_the_bytes():
    assert version_of(None) == "" and version_of(b"a") == sha256(b"a").hexdigest()
    digest = sha256(b"a\0" + b"1" + b"\n" + b"b\0" + b"2" + b"\n").hexdigest()
    assert fingerprint_of({"b": "2", "a": "1"}) == digest
    store = MemoryStore({"a": b"x"})
    assert store.fingerprint() == fingerprint_of({"a": version_of(b"x")})


def test_who_does_what_when_has_to_be_said():
    assert sentence(lambda: must_be_complete(" ", NOON, "x")) == (
        "Nobody is named who makes this change. Give a name or a role."
    )
    for now, what in ((NOON.replace(tzinfo=None), "x"), (NOON, " ")):
        with pytest.raises(ValueError, match="a change says what it does, and its moment has a time zone"):
            must_be_complete("A", now, what)
    must_be_complete("A", NOON, "x")


def record(count=3):
    last, lines = None, []
    for number in range(count):
        last = next_entry(last, by="A", now=NOON, what=f"x{number}", why="", changes=[Changed("a", "", "b")])
        lines.append(last)
    return lines


def test_an_altered_record_is_told_by_its_first_wrong_entry():
    one, two, three = record()
    lines = [entry.line for entry in (one, two, three)]
    assert verify([one, two, three]) is None and (two.number, two.previous, three.previous) == (2, one.hash, two.hash)
    out = "It calls itself entry 3: an entry is missing or out of its place"
    assert verify([one, three]) == Altered(2, out) and verify(lines[0] + lines[2]) == Altered(2, out)
    other = next_entry(one, by="B", now=NOON, what="y", why="", changes=[])
    follows = "It does not follow the entry before it: that one was altered, removed or put in"
    assert verify([one, other, three]) == Altered(3, follows)
    words = lines[1].replace(b'"x1"', b'"y1"')
    assert verify(lines[0] + words) == Altered(2, "Its words are not those that were written")
    assert verify(lines[0] + b"{}\n") == Altered(2, "This is no entry of a record")
    assert sentence(lambda: entries_of(lines[0] + b"[]\n")) == (
        "entry 2: This is no entry of a record. Bring the record back from a backup."
    )


def test_a_place_of_documents():
    place = documents(MemoryStore({"b/c.csv": b"1", "a.csv": b"2", "b/d/e.csv": b"3"}))
    assert str(place) == "." and place.is_dir() and place.exists() and not place.is_file()
    assert [str(one) for one in place.iterdir()] == ["a.csv", "b"]
    assert [str(one) for one in place.rglob("*")] == ["a.csv", "b", "b/c.csv", "b/d", "b/d/e.csv"]
    assert [str(one) for one in place.rglob("c*")] == ["b/c.csv"] and list((place / "x").iterdir()) == []
    inner = place / "b" / "d" / "e.csv"
    assert (inner.name, inner.stem, inner.suffix, str(inner.parent)) == ("e.csv", "e", ".csv", "b/d")
    assert inner.read_bytes() == inner.open("rb").read() == b"3" and (place / "a.csv") < (place / "b")
    assert inner == documents_of(lambda _: b"", ("b/d/e.csv",)) / "b/d/e.csv"
    with pytest.raises(StoreError) as refused:
        EMPTY.read_bytes()
    assert refused.value.sentence == f".: There is no such file in the workspace. {CHECK}"
