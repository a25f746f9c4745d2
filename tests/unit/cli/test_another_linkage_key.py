"""Returns of one council are linked by one key; another is refused by name, and nothing is written."""

import shutil
from datetime import UTC, date, datetime

import pytest

from highneeds.actions.accept_return import accept_return
from highneeds.checks.finding import Findings
from highneeds.intake.accepted import current
from highneeds.intake.privacy import key_mark
from highneeds.intake.sen2.rows import YoungPerson, from_people
from highneeds.store.folder import FolderStore
from highneeds.vocabulary.errors import InputError

NOW = datetime(2025, 4, 2, tzinfo=UTC)
ONE, OTHER = key_mark(b"1" * 32), key_mark(b"2" * 32)


@pytest.fixture
def store(tmp_path):
    shutil.copy("examples/harrowdale/council.toml", tmp_path)
    return FolderStore(tmp_path)


def accept(store, year, mark):
    return_ = from_people((YoungPerson(),), reference_date=date(year, 1, 16))
    return accept_return(store, return_, Findings(), files={}, by="test", now=NOW, key_mark=mark)


def test_the_same_key_is_taken_and_another_is_refused_by_name(store):
    accept(store, 2024, ONE)
    accept(store, 2025, ONE)
    before = store.fingerprint()
    with pytest.raises(InputError, match=f"The linkage key {OTHER} is another than {ONE}"):
        accept(store, 2026, OTHER)
    assert store.fingerprint() == before and len(current(store.folder)) == 2


def test_a_return_of_an_unknown_key_is_taken_at_its_givers_word(store):
    accept(store, 2024, "")
    accept(store, 2025, ONE)
    accept(store, 2026, "")


def test_a_mark_is_short_and_differs_from_key_to_key():
    assert len(ONE) == 12 and ONE != OTHER and key_mark(b"1" * 32) == ONE
