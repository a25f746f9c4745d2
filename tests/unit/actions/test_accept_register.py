"""A register is accepted with its history and an entry on the record, or not at all."""

import stat
from datetime import UTC, datetime

import pytest

from highneeds.actions._register_given import RegisterEditor
from highneeds.actions.accept_register import RegisterRefused, accept_register
from highneeds.intake.csvfile import parse_csv
from highneeds.registers.mechanism.history import place_of
from highneeds.registers.registry import registers
from highneeds.report.render.tables import as_csv
from highneeds.store.folder import FolderStore
from highneeds.store.protocol import ChangedMeanwhile
from highneeds.vocabulary.errors import InputError
from memory_store import MemoryStore

RISKS = registers()["risks"]
TEMPLATE = as_csv(RISKS.template())
MANAGER = RegisterEditor.in_role("programme_manager")
BY = dict(where="risks.csv", by=MANAGER, why="Agreed at the board", now=datetime(2026, 7, 1, tzinfo=UTC))


def entries(text=TEMPLATE):
    return RISKS.entries(parse_csv(text, "risks.csv", RISKS.required))


def test_the_register_its_history_and_the_record_change_together():
    store = MemoryStore()
    done = accept_register(store, entries(), **BY)
    assert done.rows == len(RISKS.example) and done.cells > 0
    assert store.exists(RISKS.place)
    (entry,) = store.record()
    assert (entry.by, entry.why) == ("programme_manager", "Agreed at the board")
    assert sorted(one.name for one in entry.changes) == sorted([RISKS.place, place_of(RISKS)])


@pytest.mark.parametrize(("name", "rights"), [("risks", 0o644), ("appeals", 0o600)])
def test_rows_about_single_children_are_for_their_owner_alone(tmp_path, name, rights):
    register = registers()[name]
    given = register.entries(parse_csv(as_csv(register.template()), f"{name}.csv", register.required))
    by = RegisterEditor.in_role(register.kept_by.split()[0])
    accept_register(FolderStore(tmp_path), given, **{**BY, "by": by})
    written = [tmp_path / register.place, tmp_path / place_of(register)]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {rights}


def test_the_same_again_changes_no_cell_and_is_no_entry():
    store = MemoryStore()
    accept_register(store, entries(), **BY)
    assert accept_register(store, entries(), **BY).cells == 0
    assert len(store.record()) == 1


NOBODY = RegisterEditor("Ann", "person 1", frozenset())


@pytest.mark.parametrize(("given", "says"), [({"by": NOBODY}, "is not kept by"), ({"why": " "}, "No reason")])
def test_nobody_and_no_reason_change_nothing(given, says):
    store = MemoryStore()
    with pytest.raises(InputError, match=says):
        accept_register(store, entries(), **{**BY, **given})
    assert store.names() == () and store.record() == ()


def test_a_file_with_a_finding_that_must_be_fixed_is_refused_whole():
    store = MemoryStore()
    header, first, *_ = TEMPLATE.splitlines()
    twice = entries("\n".join((header, first, first, "")))
    with pytest.raises(RegisterRefused, match="have to be fixed first") as refused:
        accept_register(store, twice, **BY)
    assert refused.value.findings and store.names() == ()


HEADER, FIRST, *_ = TEMPLATE.splitlines()


def risk(name, title="Kept"):
    return FIRST.replace(RISKS.example[0]["risk"], name, 1).replace(RISKS.example[0]["title"], title)


def risks(*rows):
    return entries("\n".join((HEADER, *rows, "")))


def test_a_file_with_some_of_the_rows_leaves_the_others_and_the_whole_register_may_lose_none():
    """Two risks; a file changes the title of the first and adds one."""
    store = MemoryStore()
    accept_register(store, risks(risk("a"), risk("b")), **BY)
    part = risks(risk("a", "Another title"), risk("c"))
    with pytest.raises(RegisterRefused, match="changes are refused"):
        accept_register(store, part, **BY)
    assert accept_register(store, part, part=True, **BY).rows == 3
    after = store.read(RISKS.place).decode().splitlines()
    assert [line.split(",")[0] for line in after[1:]] == ["a", "b", "c"] and "Another title" in after[1]


def test_a_row_that_cannot_be_read_is_not_lost_unseen():
    """Its own line in the file puts it right; without one nothing is accepted."""
    store = MemoryStore()
    broken = risk("b").replace(",R,", ",no level,", 1)
    with store.change(by="test", now=BY["now"], what="by hand") as change:
        change.put(RISKS.place, "\n".join((HEADER, risk("a"), broken, "")).encode())
    for part in (True, False):
        with pytest.raises(RegisterRefused) as refused:
            accept_register(store, risks(risk("a")), part=part, **BY)
        assert "cannot be read" in refused.value.findings[0].message
        assert refused.value.findings[0].line == 3
    assert accept_register(store, risks(risk("b")), part=True, **BY).rows == 2


def test_a_register_that_changed_since_it_was_looked_at_is_left_as_it_is():
    store = MemoryStore()
    seen = store.version(RISKS.place)
    accept_register(store, entries(), **BY)
    with pytest.raises(ChangedMeanwhile):
        accept_register(store, entries(), expects=seen, **BY)


FEES = registers()["fee_uplifts"]
OFFERED = dict(
    uplift="u1", provider="Oak", financial_year="2025-26", places="1", present_fee_gbp="1.00", asked_fee_gbp="2.00",
    requested_on="2025-01-10", offered_on="2025-02-01", offered_fee_gbp="1.50", benchmark_fee_gbp="1.40",
    evidence="letter", outcome="offered",
)  # fmt: skip
AGREED = OFFERED | dict(outcome="agreed", agreed_fee_gbp="1.50", decided_on="2025-03-03", effective_from="2025-04-01")


def fees(row):
    return FEES.asked(FEES.rows_of([row]))


def ann(role):
    return RegisterEditor("Ann", "person 1", frozenset({role}))


BO = RegisterEditor("Bo", "person 2", frozenset({"finance_partner"}))
BY_ROLE = RegisterEditor.in_role("finance_partner")


@pytest.mark.parametrize(
    ("first", "then", "goes"),
    [
        (ann("condition_owner"), ann("finance_partner"), False),
        (ann("finance_partner"), BO, True),
        (ann("finance_partner"), BY_ROLE, False),
        (BY_ROLE, BO, False),
        (RegisterEditor.in_role("condition_owner"), BO, True),
    ],
)
def test_who_and_role_stand_apart_so_that_a_second_person_is_known_by_file_too(first, then, goes):
    store = MemoryStore()
    said = BY | dict(where="fees.csv", by=first)
    accept_register(store, fees(OFFERED), **said)
    if goes:
        assert accept_register(store, fees(AGREED), **said | dict(by=then)).decided == 1
        last = store.read(place_of(FEES)).decode().splitlines()[-1]
        assert f",{then.number},finance_partner," in last
    else:
        with pytest.raises(RegisterRefused) as refused:
            accept_register(store, fees(AGREED), **said | dict(by=then))
        assert "last changed the row" in refused.value.findings[0].message
