"""What was worked out is kept under all that made it: words, files, the rooms of this program and its libraries."""

import os

import pytest

from highneeds.store import cache
from highneeds.store.cache import MANY, NO_CACHE, FolderCache, fingerprint_of, kept_or_made


@pytest.fixture
def room(tmp_path, monkeypatch):
    """A room of the program with one file in a folder of it; asked anew after each change."""
    monkeypatch.setattr(cache, "ROOT", tmp_path)
    folder = tmp_path / "room" / "inner"
    folder.mkdir(parents=True)
    (folder / "one.py").write_text("1")

    def named(words="words", files=(), rooms=("room",), libraries=()):
        cache._code.cache_clear()
        return fingerprint_of(words, files, rooms, libraries)

    named.folder = folder
    yield named
    cache._code.cache_clear()


@pytest.mark.parametrize("name", ["one.py", "new.py", "font.ttf", "table.parquet", "list.txt", "words.yaml", "a.typ"])
def test_any_file_of_a_room_counts(room, name):
    before = room()
    (room.folder / name).write_text("2")
    assert room() != before


@pytest.mark.parametrize("name", ["one.cpython-311.pyc", "one.f-12.py311.nbi", "one.f-12.py311.1.nbc"])
def test_what_python_or_numba_compiled_beside_a_file_does_not_count(room, name):
    before = room()
    (room.folder / "__pycache__").mkdir()
    (room.folder / "__pycache__" / name).write_text("2")
    assert room() == before


def test_words_files_and_libraries_count(room, tmp_path):
    for name, text in (("a.csv", "1"), ("b.csv", "2"), ("c.csv", "1")):
        (tmp_path / name).write_text(text)
    a, b, c = (tmp_path / name for name in ("a.csv", "b.csv", "c.csv"))
    found = [
        room(),
        room(words="other"),
        room(rooms=()),
        room(rooms=("room/inner/one.py",)),
        room(files=[a]),
        room(files=[c]),
        room(files=[a, b]),
        room(files=[b, a]),
        room(libraries=("numpy",)),
        room(libraries=("no-such-library",)),
    ]
    assert len(set(found)) == len(found) and room(files=[a]) == found[4]


def test_what_is_kept_is_made_once_and_what_is_damaged_again(tmp_path):
    made, kept = [], FolderCache(tmp_path / "kept")

    def make():
        made.append(1)
        return b"body\nof two lines"

    assert [kept_or_made(kept, "kind", "name", make) for _ in range(3)] == [b"body\nof two lines"] * 3
    assert len(made) == 1 and kept.find("other", "name") is None
    (tmp_path / "kept" / "kind-name").write_bytes(b"body\nof two lines")
    assert kept_or_made(kept, "kind", "name", make) == b"body\nof two lines" and len(made) == 2
    assert kept_or_made(NO_CACHE, "kind", "name", make) and len(made) == 3


def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path):
    (tmp_path / "kept").write_text("a file where the folder should be")
    kept = FolderCache(tmp_path / "kept")
    kept.keep("kind", "name", b"body")
    assert kept.find("kind", "name") is None


def test_the_newest_of_a_kind_are_kept(tmp_path, monkeypatch):
    """Looked through at the first that is kept and then at every so many; other kinds stay."""
    monkeypatch.setitem(cache.SPARED, "drawn", 2)
    kept = FolderCache(tmp_path)
    for number in range(4):
        (tmp_path / f"drawn-old{number}").write_text("x")
        os.utime(tmp_path / f"drawn-old{number}", (number, number))
    (tmp_path / "document-old").write_text("x")
    kept.keep("drawn", "first", b"body")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["document-old", "drawn-first", "drawn-old3"]
    for number in range(1, MANY):
        kept.keep("drawn", f"{number:02}", b"body")
    assert len(list(tmp_path.glob("drawn-*"))) == MANY + 1
    kept.keep("drawn", "last", b"body")
    assert len(list(tmp_path.glob("drawn-*"))) == 2
    few = {"comparisons": 5, "comparison-pages": 5, "drawn": 2}
    assert {"forecast": 20, "caseload": 20, "books": 20, "document": 150} | few == cache.SPARED
