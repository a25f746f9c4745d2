"""Any change of what went in is another record; the same again is the same."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from highneeds.evidence import Evidence, Options
from highneeds.store import FolderStore

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
