"""Any change of what went in is another record; the same again is the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from highneeds.evidence import Evidence, Options
from highneeds.store import FolderStore
from memory_store import MemoryStore

KENT = Path("examples/kent")


@pytest.fixture(scope="module")
def record():
    return Evidence(FolderStore(KENT)).run_record


def test_the_same_again_is_the_same_record(record):
    assert Evidence(FolderStore(KENT)).run_record == record
    assert Evidence(FolderStore(KENT)).fingerprint == record.fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {"store": "x"}, {"as_known": "2025-07-31"}, {"inputs": "x"}, {"levers": "x"},
        {"draws": 301}, {"seed": 2}, {"version": "9"},
    ],
)  # fmt: skip
def test_every_part_counts(record, change):
    assert replace(record, **change).fingerprint != record.fingerprint


def test_another_seed_or_day_is_another_record(record):
    assert Evidence(FolderStore(KENT), options=Options(seed=2)).fingerprint != record.fingerprint
    assert Evidence(FolderStore(KENT), as_known=date(2025, 7, 31)).fingerprint != record.fingerprint


def kent_with(name: str, old: bytes, new: bytes) -> Evidence:
    """Kent with one word changed in one file."""
    kent = FolderStore(KENT)
    files = {one: kent.read(one) for one in kent.names()}
    assert old in files[name]
    return Evidence(MemoryStore(files | {name: files[name].replace(old, new, 1)}))


def test_wording_leads_to_no_figure_and_has_a_fingerprint_of_its_own(record):
    worded = kent_with("programme/2025-04/narrative.md", b"Kent", b"KENT")
    levelled = kent_with("programme/2025-04/levels.csv", b"not_yet", b"R")
    before = Evidence(FolderStore(KENT)).wording
    assert (worded.fingerprint, levelled.wording) == (record.fingerprint, before)
    assert worded.wording != before and levelled.fingerprint != record.fingerprint
