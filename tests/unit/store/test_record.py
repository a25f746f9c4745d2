"""Whoever alters the record is seen at the first entry altered."""

import json
from datetime import UTC, datetime

import pytest

from highneeds.store import StoreError, verify
from highneeds.store.record import Changed, entries_of, next_entry


@pytest.fixture
def lines():
    last, found = None, []
    for number in range(4):
        last = next_entry(
            last,
            by="Finance partner",
            now=datetime(2026, 4, 1 + number, tzinfo=UTC),
            what=f"Change £{number}",
            why="",
            changes=[Changed("facts.csv", "", "ab")],
        )
        found.append(last.line)
    return found


def test_an_untouched_record_is_whole(lines):
    assert verify(b"".join(lines)) is None
    assert verify(b"") is None
    assert entries_of(b"".join(lines))[3].what == "Change £3"


@pytest.mark.parametrize("part", ["at", "by", "what", "why", "changes", "previous", "hash", "number"])
def test_an_altered_part_is_named_by_its_entry(lines, part):
    entry = json.loads(lines[1])
    entry[part] = {"changes": [], "number": 7}.get(part, "altered")
    lines[1] = json.dumps(entry).encode() + b"\n"
    assert verify(b"".join(lines)).number == 2


def test_an_entry_taken_out_or_put_twice_is_seen_where_it_was(lines):
    assert verify(b"".join(lines[:1] + lines[2:])).number == 2
    assert verify(b"".join(lines[1:])).number == 1
    assert verify(b"".join([lines[0], *lines])).number == 2


def test_an_entry_rewritten_with_its_own_hash_is_seen_at_the_next(lines):
    first = entries_of(lines[0])[0]
    forged = next_entry(
        first, by="Somebody", now=datetime(2026, 4, 2, tzinfo=UTC), what="Change £1", why="", changes=first.changes
    )
    found = verify(b"".join([lines[0], forged.line, *lines[2:]]))
    assert found.number == 3 and "entry before it" in found.why


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b"not json", b'{"changes": 3}', b'{"changes": [1]}', b"\xff"])
def test_a_line_that_is_no_entry_is_named(lines, line):
    broken = b"".join([lines[0], line + b"\n", *lines[2:]])
    assert verify(broken).number == 2
    with pytest.raises(StoreError, match=r"^entry 2: This is no entry"):
        entries_of(broken)
