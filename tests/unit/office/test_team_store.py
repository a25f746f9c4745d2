"""The database store keeps the promises of a store, keeps every version, and nobody can alter what it kept."""

import pytest
from django.db import DatabaseError, connection, transaction

from highneeds.office.evidence import record
from highneeds.office.evidence.bridge import ChangedMeanwhile, StoreError, verify
from highneeds.office.evidence.materialise import differences, read_folder, write_folder
from highneeds.office.evidence.models import Blob, Document, DocumentVersion, RecordEntry
from highneeds.office.evidence.store import DatabaseStore
from office_by_hand import NOW, documents

SAID = {"by": "Test", "now": NOW, "what": "Change something"}


@pytest.fixture
def store(kent):
    return DatabaseStore(kent)


def test_it_is_the_same_store_as_a_folder_with_the_same_documents(store, tmp_path):
    from highneeds.store import FolderStore

    write_folder(store, tmp_path / "kent")
    folder = FolderStore(tmp_path / "kent")
    assert folder.names() == store.names() == tuple(sorted(documents()))
    assert folder.names("programme/2025-07") == store.names("programme/2025-07")
    assert folder.fingerprint() == store.fingerprint()
    assert all(folder.read(name) == store.read(name) for name in store.names())
    assert read_folder(tmp_path / "kent") == documents()


def test_a_change_is_whole_or_nothing_and_leaves_one_entry(store):
    entries = len(store.record())
    with store.change(**SAID) as change:
        change.put("a.csv", b"1\n")
        change.append("a.csv", b"2\n")
        change.put("b.csv", b"x")
    assert store.read("a.csv") == b"1\n2\n"
    assert len(store.record()) == entries + 1
    with pytest.raises(ZeroDivisionError), store.change(**SAID) as change:
        change.put("a.csv", b"lost")
        raise ZeroDivisionError
    assert store.read("a.csv") == b"1\n2\n" and len(store.record()) == entries + 1
    with store.change(**SAID) as change:
        change.put("a.csv", b"1\n2\n")  # what is there already
    assert len(store.record()) == entries + 1


def test_the_second_of_two_who_change_one_document_is_told_both(store):
    seen = store.version("council.toml")
    with store.change(**SAID) as change:
        change.put("council.toml", b"first", expects=seen)
    with pytest.raises(ChangedMeanwhile) as refused, store.change(**SAID) as change:
        change.put("council.toml", b"second", expects=seen)
    assert (refused.value.theirs, refused.value.yours) == (b"first", b"second")
    assert store.read("council.toml") == b"first"


def test_every_version_stays_and_a_removed_document_can_be_brought_back(store, kent):
    with store.change(**SAID) as change:
        change.remove("registers/payments.csv")
    assert not store.exists("registers/payments.csv") and store.version("registers/payments.csv") == ""
    kept = DocumentVersion.objects.filter(council=kent, name="registers/payments.csv").order_by("number")
    assert [bool(one.blob_id) for one in kept] == [True, False]
    with store.change(**SAID) as change:
        change.put("registers/payments.csv", bytes(kept[0].blob.body))
    assert store.read("registers/payments.csv") == documents()["registers/payments.csv"]


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a//b", ".git/config", "record.jsonl", "a\\b"])
def test_no_name_leads_out_of_the_store(store, name):
    with pytest.raises(StoreError), store.change(**SAID) as change:
        change.put(name, b"x")


def test_two_councils_never_meet(store, medway):
    other = DatabaseStore(medway)
    with other.change(**SAID) as change:
        change.put("theirs.csv", b"theirs")
    assert not store.exists("theirs.csv")
    assert b"Kent" in store.read("council.toml") and b"Medway" in other.read("council.toml")
    assert {one.chain for one in RecordEntry.objects.all()} == {"office", "886", "887"}


@pytest.mark.parametrize("model", [RecordEntry, DocumentVersion, Blob])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_alter_what_was_written(store, model, verb):
    table = model._meta.db_table
    field = {
        "evidence_recordentry": "why = 'x'",
        "evidence_documentversion": "number = 9",
        "evidence_blob": "body = body",
    }
    statement = f"UPDATE {table} SET {field[table]}" if verb == "update" else f"DELETE FROM {table}"
    with (
        pytest.raises(DatabaseError, match="kept as it was written"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.fixture
def without_triggers(store):
    """As somebody who owns the database could have it; the test's transaction takes it back."""
    with connection.cursor() as cursor:
        for table in ("evidence_recordentry", "evidence_documentversion", "evidence_blob"):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {table}_update")
                cursor.execute(f"DROP TRIGGER {table}_delete")
            else:
                cursor.execute(f"DROP TRIGGER {table}_kept ON {table}")


def test_a_whole_record_is_found_whole(store):
    assert verify(record.entries("886")) is None
    assert list(record.altered()) == []


@pytest.mark.parametrize(
    ("change", "number", "says"),
    [
        (
            lambda: RecordEntry.objects.filter(chain="886", number=1).update(why="another"),
            1,
            "not those that were written",
        ),
        (
            lambda: RecordEntry.objects.filter(chain="886", number=2).update(by="Somebody"),
            2,
            "not those that were written",
        ),
        (
            lambda: Blob.objects.filter(body=documents()["programme/2025-07/levels.csv"]).update(body=b"x"),
            1,
            "levels.csv is not",
        ),
        (lambda: Document.objects.filter(name="a.csv").delete(), 2, "a.csv was changed without an entry"),
    ],
)
def test_the_first_altered_entry_is_named(store, without_triggers, change, number, says):
    with store.change(**SAID) as making:
        making.put("a.csv", b"1")
    change()
    (chain, altered), *_ = record.altered()
    assert (chain, altered.number) == ("886", number) and says in altered.why


def test_an_entry_that_was_taken_out_is_missed(store, without_triggers):
    for name in ("a.csv", "b.csv"):
        with store.change(**SAID) as making:
            making.put(name, b"1")
    entry = RecordEntry.objects.get(chain="886", number=2)
    DocumentVersion.objects.filter(entry=entry).delete()
    entry.delete()
    (_, altered), *_ = record.altered()
    assert altered.number == 2 and "missing" in altered.why


def test_differences_name_what_was_put_and_what_went():
    before = {"a": "gone", "b": "0" * 64}
    assert differences(before, {"b": b"new", "c": b"more"}) == {"a": None, "b": b"new", "c": b"more"}
