"""A file is written beside its target and moved into place: whoever reads meanwhile reads the old one, whole."""

import os

import pytest

from highneeds.cli._command import write_whole
from highneeds.vocabulary.errors import InputError


def test_the_old_file_is_left_as_it_was_and_another_takes_its_name(tmp_path):
    target, kept = tmp_path / "out.csv", tmp_path / "kept.csv"
    target.write_bytes(b"old")
    os.link(target, kept)  # the same file under another name: writing in place would change it too
    write_whole(target, b"new")
    assert (target.read_bytes(), kept.read_bytes()) == (b"new", b"old")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["kept.csv", "out.csv"]


def test_a_link_stays_one(tmp_path):
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_whole(tmp_path / "link.csv", b"new")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_folder_and_a_missing_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="This is a folder"):
        write_whole(tmp_path, b"new")
    with pytest.raises(InputError, match="The folder is missing"):
        write_whole(tmp_path / "no" / "out.csv", b"new")
