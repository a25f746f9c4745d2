"""A register is accepted with its history and an entry on the record, or not at all."""

from datetime import UTC, datetime

import pytest

from highneeds.actions.accept_register import RegisterRefused, accept_register
from highneeds.intake.csvfile import parse_csv
from highneeds.registers.mechanism.history import place_of
from highneeds.registers.registry import registers
from highneeds.report.render.tables import as_csv
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

RISKS = registers()["risks"]
TEMPLATE = as_csv(RISKS.template())
BY = dict(where="risks.csv", by="programme_manager", why="Agreed at the board", now=datetime(2026, 7, 1, tzinfo=UTC))


def entries(text=TEMPLATE):
    return RISKS.entries(parse_csv(text, "risks.csv", RISKS.required))


def test_the_register_its_history_and_the_record_change_together():
    store = MemoryStore()
    done = accept_register(store, RISKS, entries(), **BY)
    assert done.rows == len(RISKS.example) and done.cells > 0
    assert store.exists(RISKS.place)
    (entry,) = store.record()
    assert (entry.by, entry.why) == ("programme_manager", "Agreed at the board")
    assert sorted(one.name for one in entry.changes) == sorted([RISKS.place, place_of(RISKS)])


def test_the_same_again_changes_no_cell_and_is_no_entry():
    store = MemoryStore()
    accept_register(store, RISKS, entries(), **BY)
    assert accept_register(store, RISKS, entries(), **BY).cells == 0
    assert len(store.record()) == 1


@pytest.mark.parametrize(("given", "says"), [({"by": "somebody"}, "is no role"), ({"why": " "}, "No reason")])
def test_nobody_and_no_reason_change_nothing(given, says):
    store = MemoryStore()
    with pytest.raises(InputError, match=says):
        accept_register(store, RISKS, entries(), **{**BY, **given})
    assert store.names() == () and store.record() == ()


def test_a_file_with_a_finding_that_must_be_fixed_is_refused_whole():
    store = MemoryStore()
    header, first, *_ = TEMPLATE.splitlines()
    twice = entries("\n".join((header, first, first, "")))
    with pytest.raises(RegisterRefused, match="have to be fixed first") as refused:
        accept_register(store, RISKS, twice, **BY)
    assert refused.value.findings and store.names() == ()
