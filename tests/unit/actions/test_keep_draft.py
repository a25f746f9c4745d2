"""Drafts of a report: the two newest that differ are kept, and the review compares with the one before."""

from datetime import UTC, datetime

import pytest

from highneeds.actions.keep_draft import keep_draft
from highneeds.intake.drafts import drafts_of, earlier_draft
from highneeds.report.drafts import moved_lines
from highneeds.store.folder import FolderStore
from highneeds.store.place import documents
from highneeds.vocabulary.errors import InputError

NOW = datetime(2025, 4, 2, 9, tzinfo=UTC)


def kept(store, run: str, *lines: str, report: str = "2025-04") -> bool:
    return keep_draft(store, report, run, [("1. Where we stand", line) for line in lines], by="officer", now=NOW)


def test_the_draft_before_is_that_of_another_run(tmp_path):
    store = FolderStore(tmp_path)
    assert earlier_draft(documents(store), "2025-04", "b") is None
    kept(store, "a", "About £53m.")
    kept(store, "b", "About £28m.")
    assert kept(store, "b", "About £28m.") is False, "the same run again leaves no entry"
    found = earlier_draft(documents(store), "2025-04", "b")
    assert (found.fingerprint, found.lines) == ("a", (("1. Where we stand", "About £53m."),))
    assert earlier_draft(documents(store), "2025-04", "c").fingerprint == "b"


def test_the_record_names_the_report_and_the_run(tmp_path):
    store = FolderStore(tmp_path)
    assert kept(store, "0123456789abcdef", "About £53m.") is True
    [entry] = store.record()
    assert (entry.what, entry.by) == ("Keep the draft of 2025-04, run 0123456789ab", "officer")
    [draft] = drafts_of(documents(store), "2025-04")
    assert (draft.report, draft.made_on, draft.fingerprint) == ("2025-04", "2025-04-02", "0123456789abcdef")


def test_two_are_kept(tmp_path):
    store = FolderStore(tmp_path)
    for run in "abc":
        kept(store, run, run)
    assert [one.fingerprint for one in drafts_of(documents(store), "2025-04")] == ["b", "c"]


def test_a_new_report_is_held_against_the_last_one(tmp_path):
    store = FolderStore(tmp_path)
    kept(store, "a", "April", report="2025-04")
    kept(store, "b", "July", report="2025-07")
    assert earlier_draft(documents(store), "2025-12", "c").report == "2025-07"
    assert earlier_draft(documents(store), "2025-04", "a") is None


def test_a_spoilt_file_is_refused_with_its_place(tmp_path):
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "2025-04.json").write_text("[{}]")
    with pytest.raises(InputError, match=r"drafts/2025-04\.json"):
        drafts_of(documents(FolderStore(tmp_path)), "2025-04")


def test_moved_lines_stand_beside_one_another():
    before = [("1", "same"), ("1", "£53m"), ("2", "gone")]
    after = [("1", "same"), ("1", "£28m"), ("3", "same too")]
    assert moved_lines(before, [*after, ("3", "new")]) == [
        ("1", "£53m", "£28m"),
        ("3", "gone", "same too"),
        ("3", "", "new"),
    ]
    assert moved_lines(before, before) == []
