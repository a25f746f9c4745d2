"""An export becomes the council's spend in one change, whoever's store it is."""

from datetime import UTC, datetime

import pytest

from highneeds.actions.accept_ledger import accept_ledger
from highneeds.intake.ledger.accepted import accepted_spend
from highneeds.intake.ledger.export import read_export
from highneeds.intake.ledger.mapping import read_mapping
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

MAPPING = b"""
name: Main ledger
columns: {year: Year, period: Per, code: Cost centre, amount: Net, reference: Doc}
lines: {"7001": 1.2.1}
"""
NOW = datetime(2025, 6, 1, 10, tzinfo=UTC)


def export(*rows):
    files = documents(
        MemoryStore({"map.yaml": MAPPING, "e.csv": "\n".join(("Doc,Year,Per,Cost centre,Net", *rows)).encode()})
    )
    return read_export(files / "e.csv", read_mapping(files / "map.yaml"))


def test_what_was_accepted_is_the_spend_and_one_entry_on_the_record():
    store = MemoryStore()
    (year,) = accept_ledger(store, export("D1,2024-25,1,7001,100.10"), by="finance_partner", now=NOW)
    assert (str(year.year), year.rows, year.total, year.on) == ("2024-25", 1, 10010, "2025-06-01")
    assert [(str(row.year), row.amount) for row in accepted_spend(documents(store))] == [("2024-25", 10010)]
    (entry,) = store.record()
    assert entry.what == "Accept the ledger export e.csv: Main ledger 2024-25"


def test_an_export_with_a_problem_changes_nothing():
    store = MemoryStore()
    with pytest.raises(InputError, match="Nothing is posted"):
        accept_ledger(store, export("D1,2024-25,1,9999,5"), by="finance_partner", now=NOW)
    assert store.names() == () and store.record() == ()
