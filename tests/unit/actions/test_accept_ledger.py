"""An export becomes the council's spend in one change, whoever's store it is."""

import io
import threading
from datetime import UTC, datetime

import pytest

from highneeds.actions.accept_ledger import accept_ledger
from highneeds.intake.ledger.accepted import acceptances, accepted_postings, accepted_spend
from highneeds.intake.ledger.export import read_export
from highneeds.intake.ledger.mapping import read_mapping
from highneeds.store.folder import FolderStore
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

MAPPING = b"""
name: Main ledger
columns: {year: Year, period: Per, code: Cost centre, amount: Net, reference: Doc}
lines: {"7001": 1.2.1}
"""
KEY = b"k" * 32
NOW = datetime(2025, 6, 1, 10, tzinfo=UTC)


def export(*rows):
    files = documents(
        MemoryStore({"map.yaml": MAPPING, "e.csv": "\n".join(("Doc,Year,Per,Cost centre,Net", *rows)).encode()})
    )
    return read_export(files / "e.csv", read_mapping(files / "map.yaml"))


def test_what_was_accepted_is_the_spend_and_one_entry_on_the_record():
    store = MemoryStore()
    (year,) = accept_ledger(store, export("D1,2024-25,1,7001,100.10"), key=KEY, by="finance_partner", now=NOW)
    assert (str(year.year), year.rows, year.total, year.on) == ("2024-25", 1, 10010, "2025-06-01")
    assert [(str(row.year), row.amount) for row in accepted_spend(documents(store))] == [("2024-25", 10010)]
    (entry,) = store.record()
    assert entry.what == "Accept the ledger export e.csv: Main ledger 2024-25"


def test_an_export_with_a_problem_changes_nothing():
    store = MemoryStore()
    with pytest.raises(InputError, match="Nothing is posted"):
        accept_ledger(store, export("D1,2024-25,1,9999,5"), key=KEY, by="finance_partner", now=NOW)
    assert store.names() == () and store.record() == ()


NAMED = MAPPING.replace(b"reference: Doc", b"reference: Doc, child: Child, supplier: Payee, commitment: Agreed")


def with_children(name="Aisha Khan top ups 2025.csv"):
    rows = "Doc,Child,Payee,Agreed,Year,Per,Cost centre,Net\nINV Khan 7,Khan A,Mrs P Qureshi,C1,2024-25,1,7001,5\n"
    rows += "INV 8,Khan A,Mrs P Qureshi,,2024-25,2,7001,6\n,,,,2024-25,3,7001,7\n"
    files = documents(MemoryStore({"map.yaml": NAMED, name: rows.encode()}))
    return read_export(files / name, read_mapping(files / "map.yaml"))


def test_child_payee_and_document_are_kept_under_the_key_alone():
    """Equal ones stay equal within their column; one column cannot be held against another."""
    store = MemoryStore()
    accept_ledger(store, with_children(), key=KEY, by="finance_partner", now=NOW)
    kept = accepted_postings(documents(store))
    one, same, none = kept["child"].to_list()
    assert one == same and len(one) == 32 and none is None
    assert len({one, kept["supplier"][0], kept["reference"][0], kept["reference"][1]}) == 4
    assert kept["commitment"].to_list() == ["C1", None, None], "the council's own number of its book"
    for name, data in {**store.documents, "the record": store.record()[0].line}.items():
        assert not any(text in data for text in (b"Khan", b"Qureshi", b"Aisha")), name
    other = MemoryStore()
    accept_ledger(other, with_children(), key=b"o" * 32, by="finance_partner", now=NOW)
    assert accepted_postings(documents(other))["child"][0] != one


def test_the_file_is_named_without_the_words_that_may_be_a_name():
    store = MemoryStore()
    (year,) = accept_ledger(store, with_children(), key=KEY, by="finance_partner", now=NOW)
    assert year.file == "aaaaa aaaa top ups 2025.csv"


def test_exports_accepted_at_once_are_all_on_the_list(tmp_path):
    """Each of them reads the list while the workspace is its own."""
    together = threading.Barrier(4)

    def accept(number):
        given = export(f"D{number},2024-25,{number},7001,{number}00")
        together.wait()
        accept_ledger(FolderStore(tmp_path), given, key=KEY, by=f"partner {number}", now=NOW)

    threads = [threading.Thread(target=accept, args=(number,)) for number in range(1, 5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(one.by for one in acceptances(tmp_path)) == [f"partner {number}" for number in range(1, 5)]
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "finance" / "ledger").iterdir()} == {0o600}


def test_postings_kept_with_names_before_are_refused_and_accepting_the_same_file_again_mends_it():
    """Of what an earlier version kept as the ledger wrote it the same export is taken again; else it stands."""
    store, whole = MemoryStore(), with_children()
    accept_ledger(store, whole, key=KEY, by="finance_partner", now=NOW)
    with pytest.raises(InputError, match="This very file is accepted already"):
        accept_ledger(store, whole, key=KEY, by="finance_partner", now=NOW)
    (kept,) = (name for name in store.names() if name.endswith(".parquet"))
    named = io.BytesIO()
    whole.postings.write_parquet(named)
    store.documents[kept] = named.getvalue()
    with pytest.raises(InputError, match="as the ledger wrote it"):
        accepted_spend(documents(store))
    accept_ledger(store, whole, key=KEY, by="finance_partner", now=NOW)
    assert len(acceptances(documents(store))) == 1
    assert sum(row.amount for row in accepted_spend(documents(store))) == 1800
    assert b"Qureshi" not in store.documents[kept]
