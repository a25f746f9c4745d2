"""Output lands whole or not at all, inside its folder, and what the disk says is a sentence."""

import errno
from pathlib import Path
from types import SimpleNamespace

import pytest

from cli_runner import run
from highneeds.cli import _folder
from highneeds.cli._folder import must_be_writable, place_files, replace_folder
from highneeds.report.build import as_file_name
from highneeds.vocabulary.errors import InputError


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def out(tmp_path) -> Path:
    replace_folder(tmp_path / "out", {"report.pdf": b"old", "csv/a.csv": b"old"})
    return tmp_path / "out"


def test_a_folder_is_replaced_whole(out):
    replace_folder(out, {"report.pdf": b"new"})
    assert contents(out.parent) == {"out/report.pdf": b"new"}


def test_a_link_stays_a_link_and_what_it_leads_to_is_replaced(out):
    link = out.with_name("link")
    link.symlink_to(out)
    replace_folder(link, {"report.pdf": b"new"})
    assert link.is_symlink() and contents(out) == {"report.pdf": b"new"}
    place_files(link, {"b.csv": b"new"})
    assert link.is_symlink() and set(contents(out)) == {"report.pdf", "b.csv"}


def test_at_every_moment_there_is_a_whole_output_under_its_name(out, monkeypatch):
    """The swap is one step where the system can do it: no rename of the old output away is ever seen."""
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("moved in two steps"))
    replace_folder(out, {"report.pdf": b"new"})
    assert contents(out.parent) == {"out/report.pdf": b"new"}


@pytest.mark.parametrize("write", [replace_folder, place_files])
def test_what_the_dead_left_is_cleared_away(out, write):
    """A run that was killed left a hidden copy with small counts; one killed between two steps, no output."""
    for left in (".out.unfinished", ".out.earlier"):
        (out.parent / left).mkdir()
        (out.parent / left / "small-counts.csv").write_bytes(b"1")
    write(out, {"report.pdf": b"new"})
    assert [path.name for path in out.parent.iterdir()] == ["out"] and contents(out)["report.pdf"] == b"new"


def test_an_output_that_was_moved_aside_by_somebody_who_died_comes_back(out):
    out.rename(out.with_name(".out.earlier"))
    place_files(out, {"b.csv": b"new"})
    assert set(contents(out.parent)) == {"out/report.pdf", "out/csv/a.csv", "out/b.csv"}


def test_the_old_folder_comes_back_when_the_new_one_cannot_be_put(out, monkeypatch):
    """Where the system knows no exchange: in two steps, and back."""
    monkeypatch.setattr(_folder, "_exchanged", lambda *_: False)
    rename, done = Path.rename, []

    def fails_the_second_time(self, target):
        done.append(self)
        if len(done) == 2:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_the_second_time)
    with pytest.raises(OSError, match="No space"):
        replace_folder(out, {"report.pdf": b"new"})
    assert contents(out.parent) == {"out/report.pdf": b"old", "out/csv/a.csv": b"old"}


def test_files_placed_among_others_leave_those_alone(out):
    place_files(out, {"report.pdf": b"new", "more/b.csv": b"new"})
    assert contents(out) == {"report.pdf": b"new", "csv/a.csv": b"old", "more/b.csv": b"new"}


def test_all_earlier_files_come_back_when_one_cannot_be_placed(out):
    (out / "more").write_bytes(b"a file where a folder belongs")
    before = contents(out.parent)
    with pytest.raises(OSError):
        place_files(out, {"report.pdf": b"new", "new.html": b"new", "more/b.csv": b"new"})
    assert contents(out.parent) == before


@pytest.mark.parametrize("write", [replace_folder, place_files])
@pytest.mark.parametrize("name", ["../evil.html", "/tmp/evil.html", "."])
def test_a_name_that_leads_out_of_the_folder_is_refused(out, write, name):
    with pytest.raises(InputError, match="leads out"):
        write(out, {name: b"evil"})
    assert contents(out)["report.pdf"] == b"old"


def test_what_a_council_is_called_is_a_plain_file_name():
    assert as_file_name("../../St. Helens/x-report") == "st-helens-x-report"


def test_a_folder_that_cannot_be_written_is_refused_before_the_work(out):
    with pytest.raises(InputError, match="Nothing can be written"):
        must_be_writable(out / "report.pdf" / "x")


def test_what_the_disk_says_is_one_sentence(kent):
    found = run("run", kent, "--out", "/proc/x/y")
    assert found.code == 2 and len(found.err.strip().splitlines()) == 1
    assert "Traceback" not in found.err and "/proc" in found.err


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_cannot_exchange_two_names_says_so(monkeypatch, tmp_path, number):
    monkeypatch.setattr(_folder.ctypes, "CDLL", lambda *_, **__: SimpleNamespace(renameat2=lambda *_: -1))
    monkeypatch.setattr(_folder.ctypes, "get_errno", lambda: number)
    assert _folder._exchanged(tmp_path / "one", tmp_path / "other") is False


def test_any_other_trouble_in_exchanging_two_names_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(_folder.ctypes, "CDLL", lambda *_, **__: SimpleNamespace(renameat2=lambda *_: -1))
    monkeypatch.setattr(_folder.ctypes, "get_errno", lambda: errno.ENOSPC)
    with pytest.raises(OSError, match="No space left"):
        _folder._exchanged(tmp_path / "one", tmp_path / "other")


def test_where_names_cannot_be_exchanged_the_new_folder_takes_the_place_in_two_steps(out, monkeypatch):
    monkeypatch.setattr(_folder, "_exchanged", lambda *_: False)
    replace_folder(out, {"report.pdf": b"new"})
    assert contents(out.parent) == {"out/report.pdf": b"new"} and [one.name for one in out.parent.iterdir()] == ["out"]
    assert out.stat().st_mode & 0o777 == 0o755


def test_a_file_that_cannot_be_put_leaves_the_earlier_one(out, monkeypatch):
    rename = Path.rename

    def fails_for_the_new(self, target):
        if self.parent.name == ".out.unfinished" and self.name == "report.pdf":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_for_the_new)
    for files in ({"report.pdf": b"new"}, {"first.csv": b"new", "report.pdf": b"new"}):
        with pytest.raises(OSError, match="No space"):
            place_files(out, files)
        assert contents(out.parent) == {"out/report.pdf": b"old", "out/csv/a.csv": b"old"}


def test_a_system_that_knows_no_exchange_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(_folder.ctypes, "CDLL", lambda *_, **__: SimpleNamespace())
    assert _folder._exchanged(tmp_path / "one", tmp_path / "other") is False


def test_a_folder_that_is_not_there_yet_can_be_written_and_nothing_is_left(tmp_path):
    must_be_writable(tmp_path / "a" / "b")
    assert [*tmp_path.iterdir()] == []
