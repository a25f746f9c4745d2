"""Every store answers the same: a folder, and the reference in memory."""

from datetime import UTC, datetime

import pytest

from highneeds.store import ABSENT, ChangedMeanwhile, FolderStore, StoreError, verify, version_of
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
CHANGE = dict(by="Head of SEND", now=NOON, what="Put a risk on the register")


@pytest.fixture(params=["folder", "memory"])
def store(request, tmp_path):
    documents = {"council.toml": b"name = 'A'\n", "registers/risks.csv": b"risk\nfees\n"}
    if request.param == "memory":
        return MemoryStore(documents)
    for name, data in documents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return FolderStore(tmp_path)


def test_it_lists_what_there_is(store):
    assert store.names() == ("council.toml", "registers/risks.csv")
    assert store.names("registers") == store.names("registers/") == ("registers/risks.csv",)
    assert store.names("caseload") == ()


def test_a_missing_document_is_named(store):
    assert not store.exists("registers/savings.csv")
    assert store.version("registers/savings.csv") == ABSENT
    with pytest.raises(StoreError, match=r"^registers/savings.csv: There is no such file"):
        store.read("registers/savings.csv")


@pytest.mark.parametrize(
    "name", ["", "/etc/passwd", "../x", "a/../b", "a//b", ".hidden", "a/.b", "a\\b", "a\0b", "record.jsonl"]
)
def test_a_name_that_leads_elsewhere_is_refused(store, name):
    with pytest.raises(StoreError, match="cannot be the name"):
        store.read(name)
    with pytest.raises(StoreError, match="cannot be the name"), store.change(**CHANGE) as change:
        change.put(name, b"x")
    assert store.record() == ()


def test_a_change_puts_appends_and_removes_together(store):
    with store.change(**CHANGE, why="The panel asked") as change:
        change.put("registers/savings.csv", b"saving\n")
        change.append("registers/risks.csv", b"places\n")
        change.append("registers/risks.csv", b"transport\n")
        change.remove("council.toml")
        assert change.read("registers/risks.csv") == b"risk\nfees\nplaces\ntransport\n"
        assert store.read("registers/risks.csv") == b"risk\nfees\n"
    assert store.names() == ("registers/risks.csv", "registers/savings.csv")
    assert store.read("registers/risks.csv") == b"risk\nfees\nplaces\ntransport\n"
    (entry,) = store.record()
    assert (entry.number, entry.by, entry.why) == (1, "Head of SEND", "The panel asked")
    assert entry.at == "2026-07-01T12:00:00+00:00"
    assert [(one.name, one.before, one.after) for one in entry.changes] == [
        ("council.toml", version_of(b"name = 'A'\n"), ABSENT),
        ("registers/risks.csv", version_of(b"risk\nfees\n"), store.version("registers/risks.csv")),
        ("registers/savings.csv", ABSENT, version_of(b"saving\n")),
    ]


def test_a_line_is_appended_under_a_last_line_without_an_end(store):
    with store.change(**CHANGE) as change:
        change.put("notes.csv", b"a\nb")
    with store.change(**CHANGE) as change:
        change.append("notes.csv", b"c\n")
    assert store.read("notes.csv") == b"a\nb\nc\n"


def test_an_error_within_a_change_changes_nothing(store):
    before = store.fingerprint()
    with pytest.raises(RuntimeError), store.change(**CHANGE) as change:
        change.put("council.toml", b"other")
        raise RuntimeError
    assert store.fingerprint() == before and store.record() == ()


def test_a_change_based_on_an_earlier_version_is_refused_with_both(store):
    seen = store.version("registers/risks.csv")
    with store.change(**CHANGE) as change:
        change.put("registers/risks.csv", b"theirs", expects=seen)
    with pytest.raises(ChangedMeanwhile) as refused, store.change(**CHANGE) as change:
        change.put("council.toml", b"other")
        change.put("registers/risks.csv", b"yours", expects=seen)
    assert (refused.value.theirs, refused.value.yours) == (b"theirs", b"yours")
    assert (refused.value.expected, refused.value.found) == (seen, version_of(b"theirs"))
    assert store.read("council.toml") == b"name = 'A'\n" and len(store.record()) == 1


def test_what_was_to_be_new_is_refused_where_it_is_there_already(store):
    with pytest.raises(ChangedMeanwhile), store.change(**CHANGE) as change:
        change.put("council.toml", b"new", expects=ABSENT)
    with store.change(**CHANGE) as change:
        change.put("facts.csv", b"new", expects=ABSENT)
    assert store.read("facts.csv") == b"new"


def test_removing_what_is_not_there_is_refused(store):
    with pytest.raises(StoreError, match="nothing to remove"), store.change(**CHANGE) as change:
        change.remove("facts.csv")


def test_a_change_that_leaves_everything_as_it_was_is_no_entry(store):
    with store.change(**CHANGE) as change:
        change.put("facts.csv", b"x")
        change.remove("facts.csv")
        change.put("council.toml", store.read("council.toml"))
    assert store.record() == ()


@pytest.mark.parametrize("by", ["", "  "])
def test_nobody_changes_nothing(store, by):
    with pytest.raises(InputError, match="Nobody is named"), store.change(**{**CHANGE, "by": by}) as change:
        change.put("facts.csv", b"x")
    assert not store.exists("facts.csv")


def test_a_moment_without_a_time_zone_is_our_own_mistake(store):
    with (
        pytest.raises(ValueError, match="time zone"),
        store.change(**{**CHANGE, "now": datetime(2026, 7, 1)}),
    ):
        pass


def test_the_fingerprint_follows_names_and_contents_and_not_their_order(store):
    one = store.fingerprint(["council.toml", "registers/risks.csv"])
    assert one == store.fingerprint(["registers/risks.csv", "council.toml"]) == store.fingerprint()
    assert store.fingerprint(["council.toml"]) != one
    with store.change(**CHANGE) as change:
        change.put("council.toml", b"name = 'B'\n")
    assert store.fingerprint() != one
    assert store.fingerprint(["facts.csv"]) != store.fingerprint([])


def test_a_chain_of_changes_verifies(store):
    for number in range(3):
        with store.change(**CHANGE) as change:
            change.put("facts.csv", b"%d" % number)
    first, second, third = store.record()
    assert (first.previous, second.previous, third.previous) == ("", first.hash, second.hash)
    assert verify(store.record()) is None
