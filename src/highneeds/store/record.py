"""The record: one entry per change, each holding on to the one before it, so that none can be altered unseen."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from highneeds.store.protocol import StoreError
from highneeds.vocabulary.errors import InputError

START = ""
"""What the first entry has for the hash of the one before it."""


@dataclass(frozen=True)
class Changed:
    """One document of a change: its version before and after, '' where there was or is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One change.

    number    1 for the first
    at        when, ISO 8601 with its time zone
    by        who
    what      what was done
    why       the reason that was given
    changes   each document with its version before and after, by name
    previous  the hash of the entry before, '' for the first
    hash      of all of the above
    """

    number: int
    at: str
    by: str
    what: str
    why: str
    changes: tuple[Changed, ...]
    previous: str
    hash: str

    @property
    def line(self) -> bytes:
        return _canonical(asdict(self)) + b"\n"


@dataclass(frozen=True)
class Altered:
    """The first entry that is not as it was written: its place on the record, and what does not fit."""

    number: int
    why: str


def must_be_complete(by: str, now: datetime, what: str) -> None:
    """Nothing is changed by nobody, for nothing, or at no known moment."""
    if not by.strip():
        raise InputError("Nobody is named who makes this change", remedy="Give a name or a role")
    if not what.strip() or now.tzinfo is None:
        raise ValueError("a change says what it does, and its moment has a time zone")


def next_entry(last: Entry | None, *, by: str, now: datetime, what: str, why: str, changes: Iterable[Changed]) -> Entry:
    """The entry that follows `last`."""
    number, previous = (last.number + 1, last.hash) if last else (1, START)
    at = now.isoformat(timespec="seconds")
    entry = Entry(number, at, by.strip(), what.strip(), why.strip(), tuple(changes), previous, hash="")
    return Entry(**{**vars(entry), "hash": _hash(entry)})


def entries_of(lines: bytes) -> tuple[Entry, ...]:
    """The entries of a record file; StoreError naming the first line that is none."""
    return tuple(_entry(line, number) for number, line in enumerate(lines.splitlines(), start=1))


def verify(record: bytes | Iterable[Entry]) -> Altered | None:
    """The first entry that was altered, removed or put in since it was written; None where the record is whole.

    What a chain cannot show is that its last entries are missing: compare with the number or hash noted elsewhere.
    """
    lines = record.splitlines() if isinstance(record, bytes) else [one.line.rstrip(b"\n") for one in record]
    previous = START
    for number, line in enumerate(lines, start=1):
        try:
            entry = _entry(line, number)
        except StoreError as problem:
            return Altered(number, problem.what)
        wrong = _problem(entry, number, previous)
        if wrong:
            return Altered(number, wrong)
        previous = entry.hash
    return None


def _problem(entry: Entry, number: int, previous: str) -> str:
    if entry.number != number:
        return f"It calls itself entry {entry.number}: an entry is missing or out of its place"
    if entry.previous != previous:
        return "It does not follow the entry before it: that one was altered, removed or put in"
    if entry.hash != _hash(entry):
        return "Its words are not those that were written"
    return ""


def _entry(line: bytes, number: int) -> Entry:
    try:
        found: dict[str, Any] = json.loads(line)
        changes = tuple(Changed(**one) for one in found.pop("changes"))
        return Entry(**found, changes=changes)
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise StoreError(
            "This is no entry of a record", where=f"entry {number}", remedy="Bring the record back from a backup"
        ) from problem


def _hash(entry: Entry) -> str:
    return sha256(_canonical({name: value for name, value in asdict(entry).items() if name != "hash"})).hexdigest()


def _canonical(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
